"""What the commands of the office do first: private files and static files made once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from khoithong.commands import office


@pytest.mark.django_db
def test_static_files_are_gathered_once_and_the_data_folder_is_private(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path / "var"
    settings.STATIC_ROOT = settings.VAR / "static"
    said: list[str] = []
    office.bring_up_to_date(say=said.append)
    assert said == ["đã gom tệp tĩnh của giao diện"]
    assert settings.VAR.stat().st_mode & 0o777 == 0o700
    assert list(settings.STATIC_ROOT.rglob("*.js"))
    office.bring_up_to_date(say=said.append)
    assert len(said) == 1
