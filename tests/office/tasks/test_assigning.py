"""From the accepted duties of a paper to tasks: one for each body, nothing guessed, nothing twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from khoithong.office.accounts.models import Person, Role
from khoithong.office.agencies.models import Affiliation, Kind
from khoithong.office.base.actions import Forbidden, Refused
from khoithong.office.base.models import AuditEntry
from khoithong.office.documents.models import Finding, Paper, Reading
from khoithong.office.documents.queries import visible_papers
from khoithong.office.tasks.actions import Choices, add_task, assign_tasks
from khoithong.office.tasks.models import DutyNote, Task
from khoithong.office.tasks.plan import Choice, machine_choices, plan_for
from khoithong.office.tasks.queries import task_story
from tests.office.tasks import things
from tests.office.tasks.things import AT, TODAY

pytestmark = pytest.mark.django_db
ON = date(2023, 11, 27)


@pytest.fixture
def coordinator() -> Person:
    return things.person("Văn phòng Thử", Role.COORDINATOR)


@pytest.fixture
def directive() -> Paper:
    for name in ("Sở A", "Sở B", "Sở C"):
        Affiliation.objects.create(child=things.agency(name), parent=things.agency(kind=Kind.PROVINCE))
    return things.paper("01/UBND-TH", issuer=things.agency(kind=Kind.PROVINCE), holder=things.agency("Văn phòng Thử"))


def choices(paper: Paper, names: Mapping[str, Choice] | None = None) -> Choices:
    plan = plan_for(paper, on=ON)
    return Choices(
        assigner=things.agency(), fingerprint=plan.fingerprint, names={**machine_choices(plan), **(names or {})}
    )


def leads_of(tasks: list[Task]) -> list[str]:
    return [task.lead.name for task in tasks if task.lead]


def test_a_duty_of_one_body_becomes_one_task(coordinator: Person, directive: Paper) -> None:
    finding = things.duty(
        ["Sở A"],
        of=directive,
        coordinators=("Sở B", "các đơn vị có liên quan"),
        deadline={"text": "trước ngày 15/12/2023", "due_on": "2023-12-15", "recurrence": None},
    )

    (task,) = assign_tasks(by=coordinator, paper=directive, choices=choices(directive), at=AT)

    assert (str(task.lead), task.lead_words, task.finding, task.paper) == ("Sở A", "Sở A", finding, directive)
    assert (task.deadline_on, task.deadline_words) == (date(2023, 12, 15), "trước ngày 15/12/2023")
    assert (task.assigner.name, task.assigned_on) == ("UBND tỉnh Thử", ON)
    parts = sorted(str(part) for part in task.participants.all())
    assert parts == ["Sở B", "các đơn vị có liên quan"]
    assert Task.objects.get(search__contains="lap danh muc") == task
    assert Reading.objects.get(paper=directive).state == Reading.State.CONFIRMED
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.object_id, entry.summary) == ("tasks.assigned", str(directive.pk), "1 nhiệm vụ")


def test_a_duty_of_several_becomes_one_task_each_under_a_group(coordinator: Person, directive: Paper) -> None:
    things.duty(["Sở A", "Sở B"], of=directive, coordinators=("Sở B",))

    group, *tasks = assign_tasks(by=coordinator, paper=directive, choices=choices(directive), at=AT)

    assert group.is_group
    assert group.lead is None
    assert leads_of(tasks) == ["Sở A", "Sở B"]
    assert {task.parent for task in tasks} == {group}
    assert [[str(part) for part in task.participants.all()] for task in tasks] == [["Sở B"], []]


def test_words_for_a_group_mean_its_members_on_the_papers_day(coordinator: Person, directive: Paper) -> None:
    gone = things.agency("Sở Đã giải thể")
    gone.exists_to = date(2023, 1, 1)
    gone.save()
    Affiliation.objects.create(child=gone, parent=things.agency(kind=Kind.PROVINCE))
    things.agency("Sở Tỉnh khác")
    things.duty(["các Sở"], of=directive)

    group, *tasks = assign_tasks(by=coordinator, paper=directive, choices=choices(directive), at=AT)

    assert group.lead_words == "các Sở"
    assert leads_of(tasks) == ["Sở A", "Sở B", "Sở C"]


def test_a_recurring_duty_has_no_single_day(coordinator: Person, directive: Paper) -> None:
    things.duty(["Sở A"], of=directive, deadline={"text": "hằng tháng", "due_on": None, "recurrence": "monthly"})
    (task,) = assign_tasks(by=coordinator, paper=directive, choices=choices(directive), at=AT)
    assert (task.recurrence, task.deadline_on) == ("monthly", None)


def test_a_name_that_nobody_bears_must_be_answered(coordinator: Person, directive: Paper) -> None:
    things.duty(["Sở A"], of=directive)
    unknown = things.duty(["Tổ công tác liên ngành"], of=directive)
    plan = plan_for(directive, on=ON)
    key = plan.duties[1].leads[0].key
    assert plan.open_count == 1

    with pytest.raises(Refused) as refusal:
        assign_tasks(by=coordinator, paper=directive, choices=choices(directive), at=AT)
    assert refusal.value.field == key
    assert not Task.objects.exists()
    assert Reading.objects.get(paper=directive).state == Reading.State.DRAFT

    tasks = assign_tasks(
        by=coordinator, paper=directive, choices=choices(directive, {key: Choice(note="tổ chưa lập")}), at=AT
    )
    assert leads_of(tasks) == ["Sở A"]
    note = DutyNote.objects.get()
    assert (note.finding, note.words, note.text) == (unknown, "Tổ công tác liên ngành", "tổ chưa lập")


def test_a_person_may_name_the_agency_that_is_meant(coordinator: Person, directive: Paper) -> None:
    things.duty(["Tổ công tác liên ngành"], of=directive)
    key = plan_for(directive, on=ON).duties[0].leads[0].key
    chosen = {key: Choice(agencies=(things.agency("Sở C"),))}
    (task,) = assign_tasks(by=coordinator, paper=directive, choices=choices(directive, chosen), at=AT)
    assert (str(task.lead), task.lead_words) == ("Sở C", "Tổ công tác liên ngành")


def test_an_agency_that_is_gone_is_not_replaced_unasked(coordinator: Person, directive: Paper) -> None:
    gone = things.agency("Sở Đã giải thể")
    gone.exists_to = date(2023, 1, 1)
    gone.save()
    things.duty(["Sở Đã giải thể"], of=directive)
    name = plan_for(directive, on=ON).duties[0].leads[0]
    assert (name.is_open, name.gone) == (True, gone)


def test_the_second_confirmation_is_refused(coordinator: Person, directive: Paper) -> None:
    things.duty(["Sở A"], of=directive)
    made = choices(directive)
    assign_tasks(by=coordinator, paper=directive, choices=made, at=AT)
    with pytest.raises(Refused) as refusal:
        assign_tasks(by=coordinator, paper=directive, choices=made, at=AT)
    assert refusal.value.code == "confirmed"
    assert Task.objects.count() == 1
    assert AuditEntry.objects.count() == 1


def test_nothing_is_assigned_while_a_finding_is_undecided(coordinator: Person, directive: Paper) -> None:
    things.duty(["Sở A"], of=directive)
    things.duty(["Sở B"], of=directive, state=Finding.State.PROPOSED)
    with pytest.raises(Refused) as refusal:
        assign_tasks(by=coordinator, paper=directive, choices=choices(directive), at=AT)
    assert refusal.value.code == "undecided"
    assert not Task.objects.exists()


def test_what_was_discarded_becomes_no_task(coordinator: Person, directive: Paper) -> None:
    things.duty(["Sở A"], of=directive)
    things.duty(["Sở B"], of=directive, state=Finding.State.DISCARDED)
    tasks = assign_tasks(by=coordinator, paper=directive, choices=choices(directive), at=AT)
    assert leads_of(tasks) == ["Sở A"]


def test_a_review_that_changed_since_is_looked_at_again(coordinator: Person, directive: Paper) -> None:
    finding = things.duty(["Sở A"], of=directive)
    seen = choices(directive)
    Finding.objects.filter(pk=finding.pk).update(decision={**finding.value, "lead": ["Sở B"]}, state="corrected")
    with pytest.raises(Refused) as refusal:
        assign_tasks(by=coordinator, paper=directive, choices=seen, at=AT)
    assert refusal.value.code == "conflict"
    assert not Task.objects.exists()


def test_those_charged_may_see_the_paper_and_others_not(coordinator: Person, directive: Paper) -> None:
    things.duty(["Sở A"], of=directive, coordinators=("Sở B",))
    assign_tasks(by=coordinator, paper=directive, choices=choices(directive), at=AT)
    names = ("Sở A", "Sở B", "Sở C", "UBND tỉnh Thử")
    seeing = [name for name in names if visible_papers(things.person(name, Role.OFFICER))]
    assert seeing == ["Sở A", "Sở B", "UBND tỉnh Thử"]


@pytest.mark.parametrize(
    ("agency", "roles"),
    [
        ("Sở A", (Role.OFFICER,)),
        ("Sở A", (Role.HEAD,)),
        ("UBND tỉnh Thử", (Role.OFFICER,)),
        ("UBND tỉnh Thử", (Role.AUDITOR, Role.COORDINATOR)),
        ("UBND tỉnh Thử", (Role.ADMINISTRATOR,)),
    ],
)
def test_only_those_who_may_assign_for_the_assigner_assign(
    directive: Paper, agency: str, roles: tuple[Role, ...]
) -> None:
    things.duty(["Sở A"], of=directive)
    with pytest.raises(Forbidden):
        assign_tasks(by=things.person(agency, *roles), paper=directive, choices=choices(directive), at=AT)
    assert not Task.objects.exists()


def test_the_database_refuses_a_second_task_for_one_duty_and_lead(directive: Paper) -> None:
    finding = things.duty(["Sở A"], of=directive)
    things.task(paper=directive, finding=finding)
    things.task(paper=directive, finding=finding, is_group=True)
    for again in ({}, {"is_group": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            things.task(paper=directive, finding=finding, **again)


def by_hand(by: Person, **given: Any) -> Task:
    values: dict[str, Any] = {
        "action": "báo cáo nhanh số máy trạm hỏng",
        "leads": [things.agency("Sở A")],
        "assigner": things.agency(),
        "assigned_on": TODAY,
        "origin_note": "giao qua điện thoại",
        "at": AT,
    }
    return add_task(by=by, **{**values, **given})


def test_a_task_given_by_telephone_is_kept_with_its_origin(coordinator: Person) -> None:
    task = by_hand(coordinator, coordinators=[things.agency("Sở B")], deadline_on=TODAY)
    assert (task.origin_note, task.paper, task.deadline_on) == ("giao qua điện thoại", None, TODAY)
    assert [str(part) for part in task.participants.all()] == ["Sở B"]
    assert AuditEntry.objects.get().verb == "tasks.entered"


def test_a_task_entered_for_several_is_a_group(coordinator: Person) -> None:
    group = by_hand(coordinator, leads=[things.agency("Sở A"), things.agency("Sở B"), things.agency("Sở A")])
    assert group.is_group
    children = list(group.children.order_by("pk"))
    assert leads_of(children) == ["Sở A", "Sở B"]
    assert [entry.verb for entry in task_story(children[0])] == ["tasks.entered"]


def test_a_head_enters_what_the_own_agency_assigns_or_leads() -> None:
    head = things.person("Sở A", Role.HEAD)
    assert by_hand(head).assigner == things.agency()
    assert by_hand(head, leads=[things.agency("Sở B")], assigner=things.agency("Sở A")).lead == things.agency("Sở B")
    with pytest.raises(Refused) as refusal:
        by_hand(head, leads=[things.agency("Sở B")])
    assert refusal.value.field == "assigner"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"leads": []}, "leads"),
        ({"origin_note": " "}, "origin_note"),
        ({"action": " "}, "action"),
        ({"deadline_on": date(2023, 11, 27)}, "deadline_on"),
        ({"deadline_on": TODAY, "recurrence": "weekly"}, "deadline_on"),
        ({"assigned_on": date(2023, 11, 29)}, "assigned_on"),
    ],
)
def test_a_task_entered_by_hand_is_whole(coordinator: Person, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        by_hand(coordinator, **given)
    assert refusal.value.field == field
    assert not Task.objects.exists()


def test_a_paper_that_one_may_not_see_is_no_origin() -> None:
    head = things.person("Sở A", Role.HEAD)
    with pytest.raises(Refused) as refusal:
        by_hand(head, paper=things.paper(holder=things.agency("Sở B")), origin_note="")
    assert refusal.value.field == "paper"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CLERK, Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_enter_nothing(role: Role) -> None:
    with pytest.raises(Forbidden):
        by_hand(things.person("Sở A", role))
    assert not Task.objects.exists()
