"""What the commands of the office do first: private files, translations and static files made once."""

from __future__ import annotations

import gettext
import os
from pathlib import Path
from typing import Any

import pytest

from khoithong.commands import office

CATALOG = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Nhiệm vụ"\nmsgstr "{}"\n'


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    source = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOG.format("Tasks"), encoding="utf-8")
    return source


def translated(catalog: Path) -> str:
    with catalog.with_suffix(".mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled).gettext("Nhiệm vụ")


def test_translations_are_compiled_once(catalog: Path, tmp_path: Path) -> None:
    assert office.compile_translations([tmp_path]) == 1
    assert translated(catalog) == "Tasks"
    assert office.compile_translations([tmp_path]) == 0
    assert sorted(path.name for path in catalog.parent.iterdir()) == ["django.mo", "django.po"]


def test_translations_are_compiled_again_when_they_change(catalog: Path, tmp_path: Path) -> None:
    office.compile_translations([tmp_path])
    catalog.write_text(CATALOG.format("Duties"), encoding="utf-8")
    later = catalog.with_suffix(".mo").stat().st_mtime_ns + 1
    os.utime(catalog, ns=(later, later))
    assert office.compile_translations([tmp_path]) == 1
    assert translated(catalog) == "Duties"


def test_no_translations_is_no_matter(tmp_path: Path) -> None:
    assert office.compile_translations([]) == 0
    assert office.compile_translations([tmp_path]) == 0


@pytest.mark.django_db
def test_static_files_are_gathered_once_and_the_data_folder_is_private(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path / "var"
    settings.STATIC_ROOT = settings.VAR / "static"
    settings.LOCALE_PATHS = []
    said: list[str] = []
    office.bring_up_to_date(say=said.append)
    assert said == ["đã gom tệp tĩnh của giao diện"]
    assert settings.VAR.stat().st_mode & 0o777 == 0o700
    assert list(settings.STATIC_ROOT.rglob("*.js"))
    office.bring_up_to_date(say=said.append)
    assert len(said) == 1
