"""The office in English: the catalogue is in step with the code, and what a person chose stays chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import polib
import pytest
from django.apps import apps
from django.db.models import CharField, JSONField, Model, TextField
from django.test import Client
from django.urls import reverse
from django.utils import translation

from khoithong.commands.demo import SEEDS
from khoithong.office.accounts.actions import PREFERENCES
from khoithong.office.accounts.models import Person, RoleGrant
from khoithong.office.base.actions import recorded
from khoithong.office.base.models import AuditEntry
from khoithong.office.documents.forms import TYPES
from tests.components import require
from tests.factories import make_agency, make_person
from tests.office.walking import said, walk
from tools import messages

AT = datetime(2023, 12, 4, 2, 0, tzinfo=UTC)


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


def test_pages_are_vietnamese_until_another_language_is_chosen(client: Client) -> None:
    page = reverse("accounts:sign-in")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en-US,en;q=0.9"
    assert '<html lang="vi"' in client.get(page).content.decode()
    chosen = client.post(reverse("set_language"), {"language": "en", "next": page}).cookies["django_language"]
    assert (chosen.value, chosen["samesite"]) == ("en", "Lax")
    assert int(chosen["max-age"]) > 300 * 24 * 60 * 60
    assert '<html lang="en"' in client.get(page).content.decode()
    client.cookies["django_language"] = "xx"
    assert '<html lang="vi"' in client.get(page).content.decode()


@pytest.mark.django_db
def test_the_language_switched_to_is_kept_with_the_person(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    client.post(reverse("set_language"), {"language": "xx", "next": "/"})
    changes = AuditEntry.objects.filter(verb=PREFERENCES)
    assert changes.count() == 0
    for _twice in range(2):
        client.post(reverse("set_language"), {"language": "en", "next": "/"})
    person.refresh_from_db()
    assert (person.language, person.text_size) == ("en", "normal")
    assert changes.count() == 1


@pytest.mark.django_db
def test_what_is_kept_for_good_is_vietnamese_whoever_acts() -> None:
    agency = make_agency("Sở Thử")
    with translation.override("en"):
        with recorded(verb="agencies.agency_added", by=None, at=AT) as record:
            record.about(agency)
        assert translation.get_language() == "en"
    assert AuditEntry.objects.get().actor_name == "Hệ thống"


VIETNAMESE = re.compile("[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]")
KEPT = ("khơi thông", "đề án 06", "nđ-cp", "“kèm theo”", "“ngày dd/mm/yyyy”")
"""Vietnamese that the English texts keep."""
BOTH = {"English", "Esc", "Tiếng Việt"}
"""What is the same in both languages."""


@pytest.fixture
def demo(db: None) -> list[Person]:
    """The demo office, and one person of it for each role."""
    with translation.override("vi"):
        for app in SEEDS:
            import_module(f"khoithong.office.{app}.seed").seed_demo(at=AT)
    people = {grant.role: grant.person for grant in RoleGrant.objects.select_related("person").order_by("-pk")}
    assert len(people) == 8
    return list(people.values())


def kept_words() -> list[str]:
    """All that people wrote and papers say: it is shown as it is, in every language. Longest first."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("khoithong.")]
    words = {text for model in ours for text in _words_in(model)} | set(TYPES)
    return sorted({" ".join(text.casefold().split()) for text in words}, key=len, reverse=True)


def _words_in(model: type[Model]) -> Iterator[str]:
    names = [field.attname for field in model._meta.fields if isinstance(field, CharField | TextField | JSONField)]
    for row in model._default_manager.all():
        yield str(row)
        for name in names:
            yield from _strings(getattr(row, name))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def unkept(text: str, kept: list[str]) -> str:
    """What of `text` nobody wrote: what is left when all that is kept in the office is taken out."""
    left = []
    for piece in re.split(r"[…·]", text.casefold()):
        if _is_part(piece, kept):
            continue
        for words in (*(words for words in kept if len(words) > 3), *KEPT):
            piece = piece.replace(words, " ")
        if not _is_part(piece, kept):
            left.append(piece)
    return " ".join(left)


def _is_part(piece: str, kept: list[str]) -> bool:
    """A text cut short, or a piece of a longer one, stands inside what is kept."""
    return any(piece.strip() in words for words in kept)


def spoken(people: Iterable[Person], language: str) -> dict[str, str]:
    """Every text that any of the people meets, with one page on which it stands."""
    found: dict[str, str] = {}
    for person in people:
        client = Client()
        client.force_login(person)
        client.cookies["django_language"] = language
        pages = 0
        for url, root in walk(client):
            assert root.get("lang") == language, url
            pages += 1
            for text in said(root):
                found.setdefault(text, f"{person.username} {url}")
        assert pages > 15, person
    return found


def test_the_english_pages_leave_no_label_in_vietnamese(demo: list[Person], catalogue: polib.POFile) -> None:
    found = spoken(demo, "en")
    assert {"Dashboard", "Sign out", "Overdue", "Lead", "Audit trail"} <= set(found)
    kept = kept_words()
    doubtful = {text: page for text, page in found.items() if VIETNAMESE.search(text.casefold()) and text not in BOTH}
    left = {text: page for text, page in doubtful.items() if VIETNAMESE.search(unkept(text, kept))}
    assert left == {}


def test_the_vietnamese_pages_leave_no_label_in_english(demo: list[Person]) -> None:
    found = spoken(demo, "vi")
    assert {"Bảng điều hành", "Đăng xuất", "Quá hạn", "Chủ trì", "Nhật ký"} <= set(found)
    kept = kept_words()
    unmarked = {text: page for text, page in found.items() if not VIETNAMESE.search(text.casefold())}
    left = {text: page for text, page in unmarked.items() if unkept(text, kept).strip() and text not in BOTH}
    assert {text for text in left if not re.fullmatch(r"T[2-7]|CN|.?[A-Z]{2,5}.?", text)} == set(), left
