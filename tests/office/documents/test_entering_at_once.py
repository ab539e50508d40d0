"""An upload that is entered at once: kept, read and numbered together or not at all; bytes left behind are swept."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from lxml import html

from khoithong.office.accounts.models import Person, Role
from khoithong.office.base.actions import story_of
from khoithong.office.base.models import AuditEntry
from khoithong.office.documents import storage
from khoithong.office.documents.actions import register_paper
from khoithong.office.documents.actions.papers import Double
from khoithong.office.documents.actions.registering import Line
from khoithong.office.documents.models import Entry, Paper, Register, StoredFile
from khoithong.office.documents.sweeping import remove, unreferenced
from tests.factories import AT, make_agency, make_paper, make_person
from tests.office.documents.making import TEXT, make_directive, receive

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}
DAY = 24 * 60 * 60


def sent(web: Client, *, accept: dict[str, str], text: str = TEXT, **more: str) -> Any:
    file = SimpleUploadedFile("cong-van.txt", text.encode())
    return web.post(reverse("documents:upload"), {"file": file, **more}, **accept)


@pytest.fixture
def clerk() -> Person:
    return make_person(Role.CLERK)


@pytest.fixture
def web(client: Client, clerk: Person) -> Client:
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_it_is_kept_and_numbered_with_one_entry_in_the_trail(clerk: Person) -> None:
    make_directive()
    paper = receive(clerk, enter=True)
    entry = paper.entries.get()
    assert (entry.number, entry.register.agency, entry.register.direction) == (1, clerk.agency, "in")
    assert (entry.register.year, f"{entry.entered_on}", entry.entered_by) == (2023, "2023-11-22", clerk)
    (told,) = story_of(paper)
    assert told.summary == "cong-van.txt, số 01, sổ văn bản đến năm 2023"
    assert told.data["number"] == 1


def test_unasked_it_gets_no_number(clerk: Person) -> None:
    assert not receive(clerk).entries.exists()
    assert not Register.objects.exists()


def test_a_double_is_neither_kept_nor_entered_and_costs_no_number(clerk: Person) -> None:
    first = receive(clerk, enter=True)
    with pytest.raises(Double) as double:
        receive(clerk, data=b"ban quet khac", enter=True)
    assert double.value.paper == first
    assert (Paper.objects.count(), Entry.objects.count(), StoredFile.objects.count()) == (1, 1, 1)
    again = receive(clerk, data=b"ban quet khac", enter=True, duplicate_reason="bản có chữ ký sống")
    entry = again.entries.get()
    assert (entry.number, entry.duplicate_reason) == (2, "bản có chữ ký sống")


def test_what_nobody_could_tell_from_others_is_kept_without_a_number(clerk: Person) -> None:
    paper = receive(clerk, directive=make_directive(symbol=None, subject=None), enter=True)
    assert not paper.entries.exists()
    assert not Register.objects.exists()


def test_the_own_paper_did_not_come_in() -> None:
    clerk = make_person(Role.CLERK, agency=make_agency("UBND tỉnh Thử"))
    paper = receive(clerk, enter=True)
    assert paper.issuer == clerk.agency
    assert not paper.entries.exists()


def test_what_fails_after_the_bytes_leaves_no_row_and_no_number(clerk: Person, monkeypatch: Any) -> None:
    entered = register_paper(by=clerk, paper=make_paper("1/A", holder=clerk.agency), direction="in", line=Line(), at=AT)

    def full(**_values: Any) -> None:
        raise OSError("database or disk is full")

    monkeypatch.setattr(AuditEntry.objects, "create", full)
    with pytest.raises(OSError, match="full"):
        receive(clerk, enter=True)
    assert (Paper.objects.count(), Entry.objects.count(), StoredFile.objects.count()) == (1, 1, 0)
    assert Register.objects.get().last_number == entered.number == 1
    assert len(list(unreferenced(older_than=-1))) == 1


@pytest.mark.parametrize(("role", "ticked"), [(Role.CLERK, True), (Role.OFFICER, False)])
def test_the_box_is_ticked_for_a_clerk(client: Client, role: Role, ticked: bool) -> None:
    client.force_login(make_person(role), backend="django.contrib.auth.backends.ModelBackend")
    page = html.document_fromstring(client.get(reverse("documents:upload")).content.decode())
    boxes = page.xpath("//input[@name='enter']")
    assert len(boxes) == 2
    assert ["checked" in box.attrib for box in boxes] == [ticked, ticked]


def test_the_script_is_told_the_number(web: Client) -> None:
    answer = sent(web, accept=JSON, enter="1").json()
    entry = Entry.objects.get()
    assert answer["ok"]
    assert answer["said"] == f"Đã nhận, số 01, sổ văn bản đến năm {entry.register.year}"
    answer = sent(web, accept=JSON, enter="1")
    assert answer.status_code == 409
    assert answer.json()["url"] == reverse("documents:detail", args=[entry.paper_id])
    assert Entry.objects.count() == 1


def test_without_script_too_and_why_there_is_no_number(web: Client) -> None:
    page = web.post(
        reverse("documents:upload"),
        {"file": SimpleUploadedFile("ghi-chu.txt", "vài dòng không đầu không cuối".encode()), "enter": "1"},
        follow=True,
    ).content.decode()
    assert "ghi-chu.txt: Chưa vào sổ: máy chưa đọc được số, ký hiệu và trích yếu." in page
    sent(web, accept={"HTTP_ACCEPT": "text/html"}, enter="1")
    assert Entry.objects.count() == 1


def lain(data: bytes, seconds: float) -> Path:
    path = storage.path_of(storage.keep(data))
    os.utime(path, (time.time() - seconds,) * 2)
    return path


def swept(*options: str) -> str:
    out = io.StringIO()
    call_command("sweep_files", *options, stdout=out)
    return out.getvalue()


def test_bytes_left_behind_are_listed_and_then_removed_and_no_others(clerk: Person) -> None:
    used = storage.path_of(receive(clerk).files.get().stored_id)
    os.utime(used, (0, 0))
    left, fresh = lain(b"bo lai", DAY + 60), lain(b"dang tai", DAY - 60)
    draft = left.with_name(".draft-abc")
    draft.write_bytes(b"do dang")
    os.utime(draft, (0, 0))
    listed = swept()
    assert (left.name in listed, draft.name in listed) == (True, True)
    assert used.name not in listed
    assert fresh.name not in listed
    assert left.exists()
    assert "Đã xóa 2 tệp" in swept("--remove")
    assert [path.exists() for path in (used, fresh, left, draft)] == [True, True, False, False]
    assert swept() == "Không có tệp nào thừa.\n"


def test_what_an_upload_takes_up_meanwhile_stays() -> None:
    path = lain(b"bo lai", DAY + 60)
    assert list(unreferenced()) == [path]
    storage.keep(b"bo lai")
    assert not remove(path)
    assert path.read_bytes() == b"bo lai"
