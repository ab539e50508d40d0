"""The register of following up: seven columns, on the page and on paper."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from khoithong.office.accounts.models import Person, Role
from khoithong.office.agencies.models import Agency
from khoithong.office.base import clock
from khoithong.office.documents.models import Direction, Entry, Paper, Register
from khoithong.office.tasks.models import Progress, Proof, Task, WorkState
from tests.factories import AT, ON, make_agency, make_paper, make_person, make_task
from tests.office.pages import assert_accessible

pytestmark = pytest.mark.django_db
PAST = ON - timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock.timezone, "now", lambda: AT)


@pytest.fixture
def coordinator() -> Person:
    return make_person(Role.COORDINATOR, agency=make_agency("Văn phòng Đề án"))


def enter(paper: Paper, agency: Agency, number: int, direction: Direction = Direction.INCOMING) -> None:
    register, _made = Register.objects.get_or_create(agency=agency, direction=direction, year=2023)
    Entry.objects.create(register=register, number=number, paper=paper, entered_on=ON)


def sheet_of(client: Client, person: Person, query: str = "") -> list[list[Any]]:
    client.force_login(person)
    response: Any = client.get(f"/so-theo-doi/?export=xlsx&{query}")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    for close in response._resource_closers:
        close()
    assert book.active is not None
    return [list(row) for row in book.active.iter_rows(values_only=True)]


def lines_of(client: Client, person: Person, query: str = "") -> list[list[Any]]:
    return sheet_of(client, person, query)[6:]


def finished(lead: Agency, paper: Paper) -> Task:
    return make_task(
        "Kết nối dữ liệu", lead=lead, paper=paper, deadline_on=PAST, work_state=WorkState.DONE, done_on=PAST
    )


def test_the_seven_columns_of_a_task(client: Client, coordinator: Person) -> None:
    issuer, lead = make_agency("UBND tỉnh Thử"), make_agency("Sở Y tế Thử")
    paper = make_paper("12/UBND-TN", issuer=issuer)
    task = finished(lead, paper)
    enter(paper, issuer, 7, Direction.OUTGOING)
    enter(paper, make_agency(), 5)
    enter(paper, lead, 34)
    enter(make_paper(), lead, 35)
    answer = make_paper("88/SYT-TN", holder=lead)
    Proof.objects.create(
        task=task,
        paper=answer,
        done_on=PAST,
        offered_by=make_person(agency=lead),
        offered_at=AT,
        state="confirmed",
        decided_by=coordinator,
        decided_at=AT,
    )
    Progress.objects.create(task=task, by=coordinator, at=AT - timedelta(days=1), percent=10, text="Mới bắt đầu")
    Progress.objects.create(task=task, by=coordinator, at=AT, percent=100, text="Đã kết nối")

    assert lines_of(client, coordinator) == [
        [
            "34/2023",
            "Công văn số 12/UBND-TN ngày 22/11/2023 của UBND tỉnh Thử\nKết nối dữ liệu",
            "Sở Y tế Thử",
            "21/11/2023",
            "Hoàn thành đúng hạn (21/11/2023)\nĐã kết nối",
            "88/SYT-TN",
            "",
        ]
    ]


def test_a_task_without_paper_number_deadline_or_proof(client: Client, coordinator: Person) -> None:
    task = make_task("Họp bàn", lead=make_agency("Sở Một"), conditional=True, deadline_words="trong quý IV")
    Task.objects.filter(pk=task.pk).update(paper=None, origin_note="Giao tại giao ban")
    assert lines_of(client, coordinator) == [
        [
            "",
            "Giao tại giao ban\nHọp bàn",
            "Sở Một",
            "trong quý IV",
            "Không thời hạn; Chưa thực hiện, 0%",
            "",
            "Có điều kiện",
        ]
    ]


def test_a_returned_proof_answers_nothing_and_a_reason_is_a_note(client: Client, coordinator: Person) -> None:
    lead = make_agency("Sở Một")
    task = make_task(lead=lead, deadline_on=PAST, work_state=WorkState.AWAITING, offered_on=ON)
    by = make_person(agency=lead)
    decided = {"decided_by": coordinator, "decided_at": AT, "answer": "Không đúng văn bản"}
    Proof.objects.create(
        task=task, paper=make_paper("1/SAI"), done_on=ON, offered_by=by, offered_at=AT, state="returned", **decided
    )
    Proof.objects.create(
        task=task, paper=make_paper("2/RUT"), done_on=ON, offered_by=by, offered_at=AT, state="withdrawn"
    )
    Proof.objects.create(task=task, reason="Đã bàn giao bằng miệng", done_on=ON, offered_by=by, offered_at=AT)
    (line,) = lines_of(client, coordinator)
    assert (line[5], line[6]) == ("", "Đã bàn giao bằng miệng")
    assert line[4] == "Quá hạn; Chờ xác nhận hoàn thành, 0%"


def test_groups_are_not_lines_and_others_tasks_are_not_shown(client: Client) -> None:
    own = make_agency("Sở Riêng")
    make_task("Việc của ta", lead=own)
    make_task("Việc người khác", lead=make_agency("Sở Kín"))
    make_task("Nhóm", is_group=True, assigner=own)
    lines = lines_of(client, make_person(agency=own))
    assert [line[2] for line in lines] == ["Sở Riêng"]


def test_the_sheet_is_narrowed_as_the_page_and_says_so(client: Client, coordinator: Person) -> None:
    late = make_agency("Sở Trễ")
    make_task(lead=late, deadline_on=PAST)
    make_task(lead=make_agency("Sở Sớm"), deadline_on=ON + timedelta(days=90))
    rows = sheet_of(client, coordinator, f"time=overdue&lead={late.pk}")
    assert [row[2] for row in rows[6:]] == ["Sở Trễ"]
    assert rows[2][0] == "Tính đến ngày 22/11/2023. Chủ trì: Sở Trễ; Hạn: Quá hạn"


def test_the_sheet_is_ready_to_print(client: Client, coordinator: Person) -> None:
    make_task("=1+1", lead=make_agency("Sở Một"))
    client.force_login(coordinator)
    response: Any = client.get("/so-theo-doi/?export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    for close in response._resource_closers:
        close()
    assert sheet is not None
    assert sheet["A1"].value == "VĂN PHÒNG ĐỀ ÁN"
    assert sheet["A2"].value == "SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN"
    assert [cell.value for cell in sheet[6]] == [f"({number})" for number in range(1, 8)]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$5:$6"
    assert sheet.page_setup.fitToHeight == 0
    assert all(sheet.cell(7, column).alignment.wrap_text for column in range(1, 8))
    assert sheet["B7"].data_type == "s"
    assert sheet.row_dimensions[7].height > 2 * 15  # two lines at least
    assert response.headers["Content-Disposition"] == 'attachment; filename="so-theo-doi-2023-11-22.xlsx"'


def test_an_empty_register_is_a_sheet_with_heads(client: Client, coordinator: Person) -> None:
    rows = sheet_of(client, coordinator)
    assert len(rows) == 6
    assert rows[4][0] == "Số đến"


def test_the_page(client: Client, coordinator: Person) -> None:
    client.force_login(coordinator)
    text = client.get("/so-theo-doi/").content.decode()
    assert "Sổ chưa có dòng nào" in text
    assert_accessible(text)
    task = make_task("Kết nối dữ liệu", lead=make_agency("Sở Một"), deadline_on=PAST, percent=40)
    Progress.objects.create(task=task, by=coordinator, at=AT, percent=40, text="Đang làm")
    text = client.get("/so-theo-doi/").content.decode()
    assert_accessible(text)
    for words in ("Kết nối dữ liệu", "Sở Một", "21/11/2023", "Quá hạn", "Đang làm"):
        assert words in text
    for sort in ("number", "paper", "lead", "-deadline", "progress", "answer", "note"):
        assert client.get(f"/so-theo-doi/?sort={sort}").status_code == 200


@pytest.mark.parametrize("export", ["", "&export=csv", "&export=xlsx"])
def test_the_register_asks_as_often_for_three_lines_as_for_one(
    client: Client, coordinator: Person, export: str
) -> None:
    client.force_login(coordinator)
    asked = []
    for _number in range(3):
        lead = make_agency()
        paper = make_paper()
        enter(paper, lead, 1)
        task = finished(lead, paper)
        by = make_person(agency=lead)
        Proof.objects.create(task=task, paper=make_paper(), done_on=PAST, offered_by=by, offered_at=AT)
        Progress.objects.create(task=task, by=by, at=AT, percent=1, text="x")
        with CaptureQueriesContext(connection) as captured:
            response: Any = client.get(f"/so-theo-doi/?size=25{export}")
            if response.streaming:
                b"".join(response.streaming_content)
                for close in response._resource_closers:
                    close()
        asked.append(len(captured))
    assert asked[0] == asked[1] == asked[2]
