"""The office in English: the catalogue is in step with the code, and what a person chose stays chosen."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from tests.components import require
from tools import messages


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(messages.CATALOGUE))


def test_every_text_of_the_code_is_in_the_catalogue_and_nothing_else(catalogue: polib.POFile) -> None:
    require("gettext")
    assert messages.differences(messages.extracted(), catalogue) == []


def test_every_text_has_one_sure_translation_that_fills_the_same_places(catalogue: polib.POFile) -> None:
    assert len(catalogue) > 1000
    assert messages.faults(catalogue) == []


def test_the_compiled_catalogue_is_that_of_the_written_one(catalogue: polib.POFile) -> None:
    assert messages.uncompiled(catalogue) == []


def test_the_catalogue_tells_nothing_of_the_machine_it_was_made_on(catalogue: polib.POFile) -> None:
    text = messages.CATALOGUE.read_text(encoding="utf-8")
    assert catalogue.metadata == messages.HEADER
    assert not [line for line in text.splitlines() if line.startswith(("#:", "#~"))]


def entry(msgid: str, *translations: str, context: str | None = None, fuzzy: bool = False) -> polib.POEntry:
    flags = ["fuzzy"] if fuzzy else []
    if len(translations) == 1:
        return polib.POEntry(msgid=msgid, msgstr=translations[0], msgctxt=context, flags=flags)
    plural = dict(enumerate(translations))
    return polib.POEntry(msgid=msgid, msgid_plural=msgid, msgstr_plural=plural, msgctxt=context, flags=flags)


def po(*entries: polib.POEntry) -> polib.POFile:
    made = polib.POFile()
    made.extend(entries)
    return made


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (entry("Nhiệm vụ", ""), "chưa dịch"),
        (entry("%(n)s việc", "%(n)s task", ""), "chưa dịch"),
        (entry("Nhiệm vụ", "Tasks", fuzzy=True), "fuzzy"),
        (entry("Còn %(n)s ngày", "%(m)s days left"), "placeholder"),
        (entry("%(n)s việc", "one task", "%(n)s tasks"), "placeholder"),
        (entry(" hoặc ", "or"), "dấu cách"),
    ],
)
def test_what_is_wrong_with_a_translation_is_told(wrong: polib.POEntry, says: str) -> None:
    right = entry("Cơ quan", "Agency")
    found = messages.faults(po(right, wrong))
    assert len(found) == 1
    assert says in found[0]


def test_new_texts_come_in_empty_old_ones_keep_their_words_and_gone_ones_go() -> None:
    code = po(entry("Mới", ""), entry("Sau", "", context="trang"), entry("Sau", ""), entry("%(n)s việc", "", ""))
    written = po(
        entry("Cũ", "Old"),
        entry("Sau", "Next", context="trang"),
        entry("Sau", "After"),
        entry("%(n)s việc", "%(n)s task", "%(n)s tasks"),
    )
    assert len(messages.differences(code, written)) == 2
    result = messages.merged(code, written)
    assert messages.differences(code, result) == []
    assert [(e.msgctxt, e.msgid, e.msgstr_plural or e.msgstr) for e in result] == [
        (None, "Mới", ""),
        ("trang", "Sau", "Next"),
        (None, "Sau", "After"),
        (None, "%(n)s việc", {0: "%(n)s task", 1: "%(n)s tasks"}),
    ]


def test_a_catalogue_that_was_not_compiled_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "COMPILED", tmp_path / "django.mo")
    written = po(entry("Nhiệm vụ", "Tasks"))
    assert len(messages.uncompiled(written)) == 1
    messages.COMPILED.write_bytes(messages.compiled(written))
    assert messages.uncompiled(written) == []
    assert len(messages.uncompiled(po(entry("Nhiệm vụ", "Duties")))) == 1
