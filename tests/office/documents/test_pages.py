"""Pages of papers: what they show, to whom, at what cost; what is refused says why and leaves nothing."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khoithong.office.accounts.models import Person, Role
from khoithong.office.documents import storage
from khoithong.office.documents.actions import attach_file, register_paper
from khoithong.office.documents.actions.registering import Line
from khoithong.office.documents.models import Citation, Entry, Paper
from khoithong.office.documents.panels import SOURCES, Panel, register_panel
from tests.factories import AT, make_paper, make_person
from tests.office.documents.making import TEXT, duties, make_directive, receive
from tests.office.pages import assert_accessible

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def officer() -> Person:
    return make_person()


@pytest.fixture
def web(client: Client, officer: Person) -> Client:
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(web: Client, name: str, *args: Any, query: str = "") -> str:
    response = web.get(reverse(f"documents:{name}", args=args) + query)
    assert response.status_code == 200
    text = response.content.decode()
    assert_accessible(text)
    return text


def entered(by: Person, symbol: str) -> Entry:
    paper = make_paper(symbol, holder=by.agency)
    return register_paper(by=by, paper=paper, direction="in", line=Line(receiver="Phòng Một"), at=AT)


def test_every_page_stands_and_is_accessible_empty_and_full(web: Client, officer: Person) -> None:
    pages: list[tuple[Any, ...]] = [
        ("list",), ("upload",), ("register", "in"), ("register-year", "out", 2023),
        ("new-entry", "in"), ("new-entry", "out"), ("unmatched",), ("accuracy",),
    ]  # fmt: skip
    for each in pages:
        page(web, *each)
    paper = receive(officer)
    entered(officer, "5/A")
    Citation.objects.create(citing=paper, symbol="1/B")
    for each in [*pages, ("detail", paper.pk), ("edit", paper.pk), ("enter", paper.pk, "in"), ("review", paper.pk)]:
        page(web, *each)


def test_what_belongs_to_another_agency_does_not_exist(web: Client) -> None:
    stranger = make_person()
    paper = receive(stranger)
    register_paper(by=stranger, paper=paper, direction="in", line=Line(), at=AT)
    Citation.objects.create(citing=paper, symbol="1/B")
    finding = duties(paper)[0]
    for name, *args in (("detail", paper.pk), ("edit", paper.pk), ("review", paper.pk), ("enter", paper.pk, "in"),
                        ("file", paper.files.get().pk)):  # fmt: skip
        assert web.get(reverse(f"documents:{name}", args=args)).status_code == 404, name
    for name in ("accept", "discard", "restore", "correct", "split"):
        answer = web.post(reverse(f"documents:{name}", args=[paper.pk, finding.pk]), {"version": 1})
        assert answer.status_code == 404, name
    for name in ("merge", "accept-sure", "undo", "add-duty", "add-citation", "attach"):
        assert web.post(reverse(f"documents:{name}", args=[paper.pk])).status_code == 404, name
    for name, *args in (("list",), ("waiting",), ("upload",), ("register-year", "in", 2023), ("unmatched",)):
        text = web.get(reverse(f"documents:{name}", args=args)).content.decode()
        assert "71/UBND-TH" not in text, name
        assert "1/B" not in text, name
    assert not paper.reading.findings.exclude(state="proposed").exists()


def test_a_recipient_reads_but_is_offered_no_decision(client: Client) -> None:
    paper = receive(make_person())
    recipient = make_person()
    paper.recipients.create(agency=recipient.agency)
    client.force_login(recipient, backend="django.contrib.auth.backends.ModelBackend")
    text = page(client, "review", paper.pk)
    assert "Chấp nhận</button>" not in text
    finding = duties(paper)[0]
    answer = client.post(reverse("documents:accept", args=[paper.pk, finding.pk]), {"version": 1})
    assert answer.status_code == 403
    assert duties(paper)[0].state == "proposed"


def test_nobody_who_is_not_signed_in_sees_anything(client: Client) -> None:
    paper = receive(make_person())
    for name, *args in (("list",), ("detail", paper.pk), ("review", paper.pk), ("file", paper.files.get().pk)):
        assert client.get(reverse(f"documents:{name}", args=args)).status_code == 302, name


def questions(web: Client, name: str, *args: Any) -> int:
    """How many questions a page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        assert web.get(reverse(f"documents:{name}", args=args)).status_code == 200
    return len(asked)


def test_lists_ask_the_same_number_of_questions_with_one_row_and_with_three(web: Client, officer: Person) -> None:
    pages: list[tuple[Any, ...]] = [("list",), ("upload",), ("waiting",), ("register-year", "in", 2023), ("unmatched",)]
    asked = []
    for rows in (range(1), range(1, 3)):
        for row in rows:
            paper = receive(officer, data=f"tệp {row}".encode(), directive=make_directive(symbol=f"{row}/UBND"))
            register_paper(by=officer, paper=paper, direction="in", line=Line(), at=AT)
            Citation.objects.create(citing=paper, symbol=f"{row}/B")
        asked.append([questions(web, *each) for each in pages])
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 12


def test_the_review_and_the_page_of_a_paper_ask_the_same_number_whatever_they_hold(
    web: Client, officer: Person
) -> None:
    paper = receive(officer)
    Citation.objects.create(citing=paper, symbol="9/B", cited=make_paper(holder=officer.agency))
    pages = (("review", paper.pk), ("detail", paper.pk), ("accuracy",))
    before = [questions(web, *each) for each in pages]
    for number in range(2):
        copy = duties(paper)[0]
        copy.pk = None
        copy.save()
        Citation.objects.create(citing=paper, symbol=f"{number}/B", cited=make_paper(holder=officer.agency))
        attach_file(by=officer, paper=paper, data=b"%d" % number, name="a", media_type="", part="annex", at=AT)
        register_paper(by=officer, paper=paper, direction=("in", "out")[number], line=Line(), at=AT)
    assert [questions(web, *each) for each in pages] == before
    assert max(before) <= 24


def test_one_dropped_file_is_read_and_answered_with_the_way_to_its_review(web: Client) -> None:
    file = SimpleUploadedFile("cv.txt", TEXT.encode())
    answer = web.post(reverse("documents:upload"), {"file": file}, **JSON)
    paper = Paper.objects.get()
    assert answer.status_code == 200
    assert answer.json() == {"name": "cv.txt", "ok": True, "url": reverse("documents:review", args=[paper.pk])}
    assert paper.symbol == "71/UBND-TH"


def test_a_double_is_answered_with_the_way_to_the_paper_that_is_there(web: Client) -> None:
    for _time in range(2):
        file = SimpleUploadedFile("cv.txt", TEXT.encode())
        answer = web.post(reverse("documents:upload"), {"file": file}, **JSON)
    assert answer.status_code == 409
    assert answer.json()["ok"] is False
    assert "đã có" in answer.json()["error"]
    assert answer.json()["url"] == reverse("documents:detail", args=[Paper.objects.get().pk])


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "rỗng"), (b"\x00\x01" * 400, "bằng tay"), (b"%PDF-1.7 hong", "bằng tay"), (b"a" * 3000, "MB")],
)
def test_a_bad_file_is_answered_with_the_reason_and_leaves_nothing(
    web: Client, settings: Any, data: bytes, why: str
) -> None:
    settings.MAX_UPLOAD_BYTES = 2000
    answer = web.post(reverse("documents:upload"), {"file": SimpleUploadedFile("hong.pdf", data)}, **JSON)
    assert answer.status_code == 422
    assert answer.json()["ok"] is False
    assert why in answer.json()["error"]
    assert not Paper.objects.exists()


def test_without_script_several_files_are_taken_and_each_is_spoken_of(web: Client) -> None:
    files = [SimpleUploadedFile("một.txt", TEXT.encode()), SimpleUploadedFile("hỏng.bin", b"\x00\x01" * 400)]
    answer = web.post(reverse("documents:upload"), {"file": files}, follow=True)
    text = answer.content.decode()
    assert "một.txt: đã nhận và đọc xong" in text
    assert "hỏng.bin: " in text
    assert Paper.objects.count() == 1


def test_who_may_not_register_uploads_nothing(client: Client) -> None:
    client.force_login(make_person(Role.AUDITOR), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("documents:upload"), {"file": SimpleUploadedFile("a.txt", TEXT.encode())}, **JSON)
    assert answer.status_code == 403
    assert not Paper.objects.exists()


def test_the_original_comes_back_byte_for_byte_as_a_download(web: Client, officer: Person) -> None:
    file = receive(officer, data=b"<script>alert(1)</script>").files.get()
    answer = web.get(reverse("documents:file", args=[file.pk]))
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cong-van.txt"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_damaged_original_is_not_given_out(web: Client, officer: Person) -> None:
    file = receive(officer).files.get()
    path = storage.path_of(file.stored_id)
    path.chmod(0o640)
    path.write_bytes(b"khac")
    assert web.get(reverse("documents:file", args=[file.pk])).status_code == 404


def test_a_paper_is_entered_by_hand_and_a_double_is_shown_before(web: Client, officer: Person) -> None:
    entered(officer, "5/QĐ-UBND")
    address = reverse("documents:new-entry", args=["in"])
    filled = {"symbol": "5/QĐ-UBND", "subject": "bản gửi lại", "issued_on": "2023-11-22"}
    refused = web.post(address, filled)
    assert refused.status_code == 422
    text = refused.content.decode()
    assert_accessible(text)
    assert "bản gửi lại" in text
    assert "Sổ đã có văn bản cùng số" in text
    assert reverse("documents:detail", args=[Paper.objects.get().pk]) in text
    answer = web.post(address, {**filled, "duplicate_reason": "bản chính gửi sau"}, follow=True)
    assert "số 02" in answer.content.decode() or "số 01" in answer.content.decode()
    assert Entry.objects.count() == 2


def test_the_printed_register_has_the_ten_columns_in_the_order_of_numbers(web: Client, officer: Person) -> None:
    for symbol in ("5/A", "=1+1"):
        entered(officer, symbol)
    entered(make_person(), "9/C")
    answer = web.get(reverse("documents:register-xlsx", args=["in", 2023]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[arg-type]
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert rows[0] == [
        "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản", "Ngày tháng văn bản",
        "Tên loại và trích yếu nội dung văn bản", "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
    ]  # fmt: skip
    assert rows[1] == [f"({n})" for n in range(1, 11)]
    assert [row[1] for row in rows[2:]] == [1, 2]
    assert [row[3] for row in rows[2:]] == ["5/A", "=1+1"]


def test_the_outgoing_register_has_its_own_ten_columns(web: Client) -> None:
    answer = web.get(reverse("documents:register-xlsx", args=["out", 2023]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[arg-type]
    assert sheet is not None
    assert [cell.value for cell in sheet[4]] == [
        "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
        "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú",
    ]  # fmt: skip


def test_papers_are_found_without_marks_also_by_their_full_text(web: Client, officer: Person) -> None:
    receive(officer)
    make_paper("8/X", holder=officer.agency, subject="chuyện khác")
    for words, found in (("ra soat giao thong", True), ("kiem tra ben xe", True), ("khong co", False)):
        assert ("71/UBND-TH" in page(web, "list", query=f"?q={words}")) is found


def test_a_corrected_identity_is_saved_and_a_conflict_keeps_what_was_typed(web: Client, officer: Person) -> None:
    paper = receive(officer)
    address = reverse("documents:edit", args=[paper.pk])
    web.post(address, {"symbol": "72/UBND-TH", "version": 1})
    refused = web.post(address, {"symbol": "73/UBND-TH", "version": 1})
    text = refused.content.decode()
    assert "Người khác vừa sửa" in text
    assert 'value="73/UBND-TH"' in text
    paper.refresh_from_db()
    assert paper.symbol == "72/UBND-TH"
    web.post(address, {"symbol": "73/UBND-TH", "version": 2, "issued_on": "2023-11-20"})
    paper.refresh_from_db()
    assert (paper.symbol, paper.issued_on) == ("73/UBND-TH", date(2023, 11, 20))


def test_a_room_above_lays_its_panel_on_the_page_of_a_paper(
    web: Client, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khoithong.office.documents.panels.SOURCES", [])
    register_panel(lambda _person, _paper, _at: Panel("documents/waiting.html", {"readings": []}))
    assert "Đang chờ soát" in page(web, "detail", make_paper(holder=officer.agency).pk)
    assert SOURCES is not None
