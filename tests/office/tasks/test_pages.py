"""The pages of tasks: what they show and to whom, what they keep of what was typed, how many queries they cost."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khoithong.office.accounts.models import Person, Role
from khoithong.office.base.clock import local_date, now
from khoithong.office.documents.actions.registering import Upload
from khoithong.office.documents.models import StoredFile
from khoithong.office.tasks import actions
from khoithong.office.tasks.models import (
    CalendarDay,
    DutyNote,
    Extension,
    Participant,
    Progress,
    Proof,
    Task,
    TaskFile,
    WorkState,
)
from khoithong.office.tasks.plan import plan_for
from khoithong.office.tasks.states import Act
from tests.office.pages import assert_accessible
from tests.office.tasks import things

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> Any:
    return local_date(now())


def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def text_of(response: Any) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    response = client.get(reverse(f"tasks:{name}", args=args), query)
    assert response.status_code == 200, response.status_code
    text = text_of(response)
    assert_accessible(text)
    return text


def send(client: Client, task: Task, act: Act, prefix: str = "", **fields: Any) -> Any:
    prefix = prefix or act.value
    data = {f"{prefix}-{name}": value for name, value in {"version": task.version, **fields}.items()}
    return client.post(reverse("tasks:act", args=[task.pk, act.value]), data)


# The list


def test_the_list_shows_what_the_person_may_see(client: Client) -> None:
    things.task(action="Lập danh mục của A")
    things.task(action="Bí mật của B", lead=things.agency("Sở B"))
    signed_in(client, things.person("Sở A", Role.OFFICER))

    text = page(client, "list")

    assert "Lập danh mục của A" in text
    assert "Bí mật của B" not in text
    assert "Sở B" not in text  # not among the choices of a filter either


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "danh muc"}, {"lập danh mục"}),
        ({"time": "overdue"}, {"việc trễ"}),
        ({"state": "in_progress"}, {"việc đang làm"}),
        ({"state": ["in_progress", "done"]}, {"việc đang làm", "việc xong"}),
        ({"mine": "1"}, {"việc của văn phòng"}),
        ({"paper": "none"}, {"lập danh mục", "việc trễ", "việc xong", "việc của văn phòng"}),
        ({"time": "none of these"}, {"lập danh mục", "việc trễ", "việc đang làm", "việc xong", "việc của văn phòng"}),
    ],
)
def test_filters_lie_in_the_address(client: Client, today: Any, query: dict[str, Any], found: set[str]) -> None:
    things.task(action="lập danh mục")
    things.task(action="việc trễ", deadline_on=today - timedelta(days=1))
    things.task(action="việc đang làm", work_state=WorkState.IN_PROGRESS, paper=things.paper())
    things.task(action="việc xong", work_state=WorkState.DONE)
    things.task(action="việc của văn phòng", lead=things.agency("Văn phòng Thử"))
    things.task(action="nhóm", is_group=True)
    signed_in(client, things.person("Văn phòng Thử", Role.COORDINATOR))

    rows = client.get(reverse("tasks:list"), query).context["lines"]

    assert {row.action for row, _cells in rows} == found


def test_a_paper_of_others_is_not_named_by_the_filter(client: Client) -> None:
    hidden = things.paper("99/KIN")
    things.task(paper=hidden, lead=things.agency("Sở B"))
    signed_in(client, things.person("Sở A", Role.OFFICER))
    assert "99/KIN" not in page(client, "list", paper=hidden.pk)


def test_due_in_a_span_of_days(client: Client, today: Any) -> None:
    for days in (0, 1, 2, 3):
        things.task(action=f"hạn {days}", deadline_on=today + timedelta(days=days))
    signed_in(client, things.person("Sở A", Role.OFFICER))
    span = {"due_from": (today + timedelta(days=1)).isoformat(), "due_to": (today + timedelta(days=2)).isoformat()}
    rows = client.get(reverse("tasks:list"), span).context["lines"]
    assert [row.action for row, _cells in rows] == ["hạn 1", "hạn 2"]


def cost_of(client: Client, name: str, *args: Any) -> int:
    address = reverse(f"tasks:{name}", args=args)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_list_costs_the_same_for_one_and_for_three(client: Client) -> None:
    signed_in(client, things.person("Sở A", Role.OFFICER))
    costs = []
    for number in range(3):
        group = things.task(action=f"nhóm {number}", is_group=True)
        task = things.task(
            action=f"việc {number}",
            parent=group,
            paper=things.paper(f"{number}/UBND"),
            assigner=things.agency(f"Cơ quan giao {number}"),
        )
        Participant.objects.create(task=task, agency=things.agency(f"Sở phối hợp {number}"))
        costs.append(cost_of(client, "list"))
    assert costs[0] == costs[2] <= 20


def test_the_export_holds_what_the_person_may_see(client: Client) -> None:
    things.task(action="lập danh mục của A")
    things.task(action="bí mật của B", lead=things.agency("Sở B"))
    signed_in(client, things.person("Sở A", Role.OFFICER))
    response: Any = client.get(reverse("tasks:list"), {"export": "xlsx"})
    sheet = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active
    cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert "lập danh mục của A" in cells
    assert "bí mật của B" not in cells


# One task


def test_the_page_says_who_does_what_by_when_because_of_which_sentence(client: Client, today: Any) -> None:
    paper = things.paper("01/UBND-TH")
    finding = things.duty(["Sở A"], of=paper)
    task = things.task(paper=paper, finding=finding, deadline_on=today, action="lập danh mục phần mềm dùng chung")
    Participant.objects.create(task=task, words="các đơn vị có liên quan")
    signed_in(client, things.person("Sở A", Role.OFFICER))

    text = page(client, "detail", task.pk)

    for words in (
        "lập danh mục phần mềm dùng chung",
        "Sở A",
        "hôm nay là ngày cuối",
        "<mark>Sở A lập danh mục phần mềm dùng chung</mark>",
        "01/UBND-TH",
        "các đơn vị có liên quan",
        f"#at-{finding.pk}",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("agency", "roles", "status"),
    [
        ("Sở A", (Role.CLERK,), 200),
        ("UBND tỉnh Thử", (Role.OFFICER,), 200),
        ("Sở Ngoài", (Role.AUDITOR,), 200),
        ("Sở Ngoài", (Role.OFFICER, Role.HEAD), 404),
    ],
)
def test_a_task_of_others_does_not_exist(client: Client, agency: str, roles: tuple[Role, ...], status: int) -> None:
    task = things.task()
    signed_in(client, things.person(agency, *roles))
    assert client.get(reverse("tasks:detail", args=[task.pk])).status_code == status
    if status == 404:
        assert send(client, task, Act.REPORT, percent=5, text="x").status_code == 404


def test_the_auditor_is_offered_nothing_and_can_do_nothing(client: Client) -> None:
    task = things.task()
    signed_in(client, things.person("Sở A", Role.AUDITOR, Role.OFFICER))
    assert '<form method="post" action="/nhiem-vu/' not in page(client, "detail", task.pk)
    file = SimpleUploadedFile("x.txt", b"x")
    assert send(client, task, Act.REPORT, percent=5, text="x", files=[file]).status_code == 403
    assert not Progress.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_group_shows_the_tasks_that_the_person_may_see(client: Client) -> None:
    group = things.task(action="việc chung", is_group=True, lead_words="các Sở")
    things.task(action="việc chung", parent=group)
    things.task(action="việc chung", parent=group, lead=things.agency("Sở Kín"))
    text = page(signed_in(client, things.person("Sở A", Role.OFFICER)), "detail", group.pk)
    assert "Nhóm 1 nhiệm vụ" in text
    assert "Sở Kín" not in text
    everything = page(signed_in(client, things.person("Văn phòng Thử", Role.COORDINATOR)), "detail", group.pk)
    assert "Nhóm 2 nhiệm vụ" in everything
    assert "Sở Kín" in everything


def test_the_page_costs_the_same_for_one_and_for_three(client: Client) -> None:
    officer = things.person("Sở A", Role.OFFICER)
    task = things.task()
    file = Upload(data=b"x", name="x.txt", media_type="text/plain")
    signed_in(client, officer)
    costs = []
    for number in range(3):
        by = things.person("Sở A", Role.OFFICER)
        actions.report_progress(by=by, task=task, version=number + 1, percent=1, text="x", files=[file], at=things.AT)
        Participant.objects.create(task=task, agency=things.agency(f"Sở phối hợp {number}"))
        costs.append(cost_of(client, "detail", task.pk))
    assert costs[0] == costs[2] <= 25


def test_a_group_costs_the_same_for_one_and_for_three(client: Client) -> None:
    group = things.task(is_group=True)
    signed_in(client, things.person("Văn phòng Thử", Role.COORDINATOR))
    costs = []
    for number in range(3):
        things.task(parent=group, lead=things.agency(f"Sở {number}"))
        costs.append(cost_of(client, "detail", group.pk))
    assert costs[0] == costs[2] <= 25


def test_a_report_is_sent_with_its_files(client: Client) -> None:
    task = things.task()
    signed_in(client, things.person("Sở A", Role.OFFICER))
    file = SimpleUploadedFile("bảng tổng hợp.txt", "số liệu".encode())
    response = send(client, task, Act.REPORT, percent=30, text="đã gửi phiếu", files=[file])
    assert response.status_code == 302
    kept = TaskFile.objects.get()
    assert kept.name == "bảng tổng hợp.txt"
    assert "đã gửi phiếu" in page(client, "detail", task.pk)

    sent = client.get(reverse("tasks:file", args=[kept.pk]))
    assert sent.content == "số liệu".encode()
    assert sent["Content-Disposition"].startswith("attachment")
    signed_in(client, things.person("Sở B", Role.OFFICER))
    assert client.get(reverse("tasks:file", args=[kept.pk])).status_code == 404


def test_the_second_writer_is_told_and_keeps_what_was_typed(client: Client) -> None:
    task = things.task()
    colleague = things.person("Sở A", Role.OFFICER, name="Trần Thị Trước")
    actions.report_progress(by=colleague, task=task, version=1, percent=40, text="của người trước", at=things.AT)
    signed_in(client, things.person("Sở A", Role.OFFICER))

    file = SimpleUploadedFile("bảng.txt", b"x")
    response = send(client, task, Act.REPORT, percent=10, text="của người sau", files=[file])

    assert response.status_code == 409
    text = text_of(response)
    assert_accessible(text)
    for words in (
        "Trần Thị Trước",
        "Hãy chọn lại tệp",
        "của người sau",
        "của người trước",
        'name="report-version" value="2"',
    ):
        assert words in text
    assert Progress.objects.count() == 1
    task.refresh_from_db()
    assert send(client, task, Act.REPORT, percent=10, text="của người sau").status_code == 302


def test_what_was_typed_stays_when_the_act_is_no_longer_open(client: Client) -> None:
    officer, chief = things.person("Sở A", Role.OFFICER), things.person("UBND tỉnh Thử", Role.HEAD)
    task = things.task()
    actions.suspend_task(by=chief, task=task, version=1, reason="chờ", at=things.AT)
    response = send(signed_in(client, officer), task, Act.REPORT, percent=10, text="báo cáo dài đã gõ")
    assert response.status_code == 409
    assert "báo cáo dài đã gõ" in text_of(response)


def test_an_error_stands_at_its_field(client: Client) -> None:
    task = things.task()
    signed_in(client, things.person("Sở A", Role.OFFICER))
    response = send(client, task, Act.OFFER, paper="", reason="", done_on=things.TODAY.isoformat())
    assert response.status_code == 422
    text = text_of(response)
    assert_accessible(text)
    assert 'id="id_offer-paper_error"' in text


def test_a_paper_proves_by_its_symbol(client: Client, today: Any) -> None:
    officer = things.person("Sở A", Role.OFFICER)
    things.paper("15/BC-A", holder=officer.agency, registered=True)
    things.paper("16/BC-A", holder=officer.agency)
    things.paper("17/BC-B", holder=things.agency("Sở B"), registered=True)
    task = things.task()
    signed_in(client, officer)
    for unknown in ("16/BC-A", "17/BC-B", "99/X", "15/BC-A ngày 01/01/2020"):
        response = send(client, task, Act.OFFER, paper=unknown, reason="", done_on=today.isoformat())
        assert response.status_code == 422, unknown
    assert send(client, task, Act.OFFER, paper="15 / bc-a", reason="", done_on=today.isoformat()).status_code == 302
    proof = Proof.objects.get()
    assert proof.paper
    assert proof.paper.symbol == "15/BC-A"


def test_a_question_is_answered_where_it_stands(client: Client, today: Any) -> None:
    officer, chief = things.person("Sở A", Role.OFFICER), things.person("UBND tỉnh Thử", Role.HEAD)
    task = things.task(deadline_on=today)
    extension = actions.ask_extension(
        by=officer, task=task, version=1, new_deadline=today + timedelta(days=9), reason="chờ số liệu", at=now()
    )
    task.refresh_from_db()
    text = page(signed_in(client, chief), "detail", task.pk)
    assert "chờ số liệu" in text
    assert "Không đồng ý gia hạn" in text
    refused = send(client, task, Act.DENY_EXTENSION, "extension", answer="")
    assert refused.status_code == 422
    assert "Hãy nêu lý do không đồng ý" in text_of(refused)
    assert send(client, task, Act.GRANT_EXTENSION, "extension", answer="").status_code == 302
    extension.refresh_from_db()
    assert extension.state == Extension.State.GRANTED
    assert "/grant_extension/" not in page(signed_in(client, officer), "detail", task.pk)


def test_every_act_open_to_somebody_has_its_form_on_the_page(client: Client, today: Any) -> None:
    both = things.person("Sở A", Role.OFFICER, Role.COORDINATOR)
    signed_in(client, both)
    for state in WorkState:
        task = things.task(work_state=state, deadline_on=today)
        if state == WorkState.AWAITING:
            Proof.objects.create(
                task=task,
                reason="x",
                done_on=today,
                offered_by=things.person("Sở A", Role.OFFICER),
                offered_at=things.AT,
            )
        text = page(client, "detail", task.pk)
        assert f'action="/nhiem-vu/{task.pk}/' in text


@pytest.mark.parametrize("address", ["/nhiem-vu/1/khong-co/", "/nhiem-vu/999999/", "/nhiem-vu/tep/999999/"])
def test_addresses_of_nothing_lead_nowhere(client: Client, address: str) -> None:
    signed_in(client, things.person("Sở A", Role.COORDINATOR))
    assert client.get(address).status_code in (404, 405)
    assert client.post(address).status_code in (404, 405)


# Entering by hand


def entered(client: Client, **changed: Any) -> Any:
    data = {
        "action": "báo cáo nhanh",
        "leads": [things.agency("Sở A").pk],
        "assigner": things.agency().pk,
        "assigned_on": things.TODAY.isoformat(),
        "origin_note": "giao qua điện thoại",
        **changed,
    }
    return client.post(reverse("tasks:add"), data)


def test_a_task_is_entered_by_hand(client: Client) -> None:
    things.agency("Sở A")
    signed_in(client, things.person("Văn phòng Thử", Role.COORDINATOR))
    assert "Ghi nhiệm vụ" in page(client, "add")
    assert entered(client).status_code == 302
    assert Task.objects.get().origin_note == "giao qua điện thoại"
    refused = entered(client, origin_note="")
    assert refused.status_code == 422
    assert 'id="id_origin_note_error"' in text_of(refused)


def test_the_form_begins_with_the_paper_it_is_entered_from(client: Client) -> None:
    paper = things.paper("05/UBND", issuer=things.agency())
    hidden = things.paper("06/KIN", holder=things.agency("Sở Kín"))
    signed_in(client, things.person("UBND tỉnh Thử", Role.HEAD))
    assert 'value="05/UBND ngày 27/11/2023"' in page(client, "add", paper=paper.pk)
    assert "06/KIN" not in page(client, "add", paper=hidden.pk)


def test_who_may_not_assign_gets_no_form(client: Client) -> None:
    signed_in(client, things.person("Sở A", Role.OFFICER))
    assert client.get(reverse("tasks:add")).status_code == 403
    assert entered(client).status_code == 403
    assert "Nhập nhiệm vụ" not in page(client, "list")


# Assigning a paper


def confirming(client: Client, paper: Any, **fields: Any) -> Any:
    plan = plan_for(paper, on=paper.issued_on)
    data: dict[str, Any] = {"fingerprint": plan.fingerprint, "assigner": things.agency().pk}
    for duty in plan.duties:
        for name in duty.names:
            data[name.key] = [agency.pk for agency in name.agencies]
    return client.post(reverse("tasks:assign", args=[paper.pk]), {**data, **fields})


def test_before_assigning_the_page_shows_whom_each_duty_goes_to(client: Client) -> None:
    paper = things.paper(issuer=things.agency())
    for name in ("Sở A", "Sở B"):
        things.agency(name)
    things.duty(["Sở A", "Sở B"], of=paper)
    things.duty(["Tổ công tác lạ"], of=paper)
    signed_in(client, things.person("Văn phòng Thử", Role.COORDINATOR))

    text = page(client, "assign", paper.pk)
    assert "Còn 1 tên chưa rõ" in text
    posted = client.post(reverse("tasks:assign", args=[paper.pk]))  # as the review screen does
    assert posted.status_code == 200
    assert not Task.objects.exists()

    refused = confirming(client, paper)
    assert refused.status_code == 422
    assert_accessible(text_of(refused))
    key = plan_for(paper, on=paper.issued_on).duties[1].leads[0].key
    assert f'id="{key}-loi"' in text_of(refused)

    done = confirming(client, paper, **{f"{key}-ghi-chu": "tổ chưa thành lập"})
    assert done.url == f"{reverse('tasks:list')}?paper={paper.pk}"
    assert Task.objects.filter(is_group=False).count() == 2
    assert DutyNote.objects.get().text == "tổ chưa thành lập"
    again = confirming(client, paper)
    assert again.status_code == 302
    assert Task.objects.filter(is_group=False).count() == 2


def test_a_paper_is_assigned_by_those_who_may(client: Client) -> None:
    paper = things.paper(issuer=things.agency())
    things.agency("Sở A")
    things.duty(["Sở A"], of=paper)
    address = reverse("tasks:assign", args=[paper.pk])
    for agency, role, status in (
        ("UBND tỉnh Thử", Role.OFFICER, 403),
        ("UBND tỉnh Thử", Role.AUDITOR, 403),
        ("Sở A", Role.HEAD, 404),
    ):
        signed_in(client, things.person(agency, role))
        assert client.get(address).status_code == status
        assert confirming(client, paper).status_code == status
    assert not Task.objects.exists()


# What waits, and the calendar


def test_what_waits_is_shown_to_those_it_waits_for(client: Client, today: Any) -> None:
    officer = things.person("Sở A", Role.OFFICER)
    chief = things.person("UBND tỉnh Thử", Role.HEAD)
    things.task(action="Việc sắp đến hạn", deadline_on=today)
    asked = things.task(action="Việc xin gia hạn", deadline_on=today + timedelta(days=60))
    actions.ask_extension(
        by=officer, task=asked, version=1, new_deadline=today + timedelta(days=90), reason="x", at=now()
    )
    offered = things.task(action="Việc đã trình")
    actions.offer_proof(by=officer, task=offered, version=1, reason="x", done_on=today, at=now())

    mine = page(signed_in(client, officer), "mine")
    assert "Việc sắp đến hạn" in mine
    assert "Việc xin gia hạn" not in mine
    his = page(signed_in(client, chief), "mine")
    assert "Việc xin gia hạn" in his
    assert "Việc đã trình" in his
    assert "Việc sắp đến hạn" not in his
    other = page(signed_in(client, things.person("Sở B", Role.HEAD)), "mine")
    assert "Không có việc nào đang chờ" in other
    auditor = page(signed_in(client, things.person("Sở A", Role.AUDITOR)), "mine")
    assert "Không có việc nào đang chờ" in auditor


def test_the_calendar_shows_the_nations_days_and_the_offices(client: Client) -> None:
    CalendarDay.objects.create(day=things.TODAY, is_working=False, note="nghỉ tránh bão")
    signed_in(client, things.person("Sở A", Role.OFFICER))
    text = page(client, "calendar", year="2023")
    assert "nghỉ tránh bão" in text
    assert "thứ Hai, 02/01/2023" in text
    assert "Ghi điều chỉnh" not in text
    for nonsense in ("abc", "0000", "99999"):
        page(client, "calendar", year=nonsense)
    day = {"day": "2023-12-01", "is_working": "0", "note": "x"}
    assert client.post(reverse("tasks:calendar"), day).status_code == 403


def test_the_administrator_sets_a_day_and_gives_it_back(client: Client) -> None:
    signed_in(client, things.person("Sở A", Role.ADMINISTRATOR))
    address = reverse("tasks:calendar")
    assert client.post(address, {"day": "2023-12-01", "is_working": "0", "note": " "}).status_code == 422
    assert client.post(address, {"day": "2023-12-01", "is_working": "0", "note": "lễ của tỉnh"}).status_code == 302
    day = CalendarDay.objects.get()
    assert not day.is_working
    assert "lễ của tỉnh" in page(client, "calendar", year="2023")
    assert client.post(reverse("tasks:calendar-clear", args=[day.pk])).status_code == 302
    assert not CalendarDay.objects.exists()


# On the page of the paper


def test_the_paper_shows_how_its_duties_stand(client: Client, today: Any) -> None:
    paper = things.paper(holder=things.agency("Sở A"))
    things.task(paper=paper, deadline_on=today - timedelta(days=1))
    things.task(paper=paper, lead=things.agency("Sở B"))
    DutyNote.objects.create(paper=paper, words="Tổ lạ", text="chưa lập", by=things.person("Sở A"), at=things.AT)
    address = reverse("documents:detail", args=[paper.pk])

    own = text_of(signed_in(client, things.person("Sở A", Role.OFFICER)).get(address))
    assert "1 nhiệm vụ" in own
    assert "chưa lập" in own
    assert f"?paper={paper.pk}&amp;time=overdue" in own
    everything = text_of(signed_in(client, things.person("Văn phòng Thử", Role.COORDINATOR)).get(address))
    assert "2 nhiệm vụ" in everything
    assert_accessible(everything)
