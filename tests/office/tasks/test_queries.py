"""Who sees which tasks, and how each stands on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from khoithong.clock import Calendar
from khoithong.office.accounts.models import Role
from khoithong.office.accounts.permissions import roles_of
from khoithong.office.base.clock import local_date
from khoithong.office.tasks.models import CalendarDay, Participant, Task, TimeState, WorkState
from khoithong.office.tasks.queries import (
    counts_by_agency,
    counts_by_paper,
    due_reminders,
    followed,
    office_calendar,
    soon_until,
    time_state_conditions,
    time_state_sums,
    visible_tasks,
    with_time_state,
)
from khoithong.office.tasks.waiting import waiting_tasks
from tests.office.tasks import things
from tests.office.tasks.things import TODAY

pytestmark = pytest.mark.django_db
SOON = date(2023, 12, 3)


def state_of(task: Task, *, on: date = TODAY, soon: date = SOON) -> str:
    found: Any = with_time_state(Task.objects.filter(pk=task.pk), on=on, soon_until=soon).get()
    state: str = found.time_state
    return state


@pytest.mark.parametrize(
    ("days_to_deadline", "state"),
    [(-1, TimeState.OVERDUE), (0, TimeState.DUE_SOON), (5, TimeState.DUE_SOON), (6, TimeState.WITHIN)],
)
@pytest.mark.parametrize(
    "work_state",
    [WorkState.NOT_STARTED, WorkState.IN_PROGRESS, WorkState.REDO, WorkState.SUSPENDED, WorkState.REFUSED],
)
def test_an_open_task_is_measured_by_the_day_paused_and_refused_ones_too(
    work_state: WorkState, days_to_deadline: int, state: TimeState
) -> None:
    task = things.task(work_state=work_state, deadline_on=TODAY + timedelta(days=days_to_deadline))
    assert state_of(task) == state


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (datetime(2023, 11, 30, 16, 59, tzinfo=UTC), TimeState.DUE_SOON),  # 23:59 in Viet Nam
        (datetime(2023, 11, 30, 17, 1, tzinfo=UTC), TimeState.OVERDUE),  # 00:01 of the day after
    ],
)
def test_overdue_begins_at_midnight_in_viet_nam(moment: datetime, state: TimeState) -> None:
    task = things.task(deadline_on=date(2023, 11, 30))
    assert state_of(task, on=local_date(moment)) == state


@pytest.mark.parametrize(
    ("done_on", "state"),
    [(date(2023, 11, 30), TimeState.DONE_ON_TIME), (date(2023, 12, 1), TimeState.DONE_LATE)],
)
def test_a_done_task_was_on_time_up_to_its_deadline(done_on: date, state: TimeState) -> None:
    task = things.task(work_state=WorkState.DONE, done_on=done_on, deadline_on=date(2023, 11, 30))
    assert state_of(task, on=date(2024, 5, 1)) == state


def test_without_a_deadline_nothing_is_missed() -> None:
    assert state_of(things.task()) == TimeState.NO_DEADLINE
    assert state_of(things.task(recurrence="monthly")) == TimeState.NO_DEADLINE
    assert state_of(things.task(work_state=WorkState.DONE)) == TimeState.DONE_ON_TIME


@pytest.mark.parametrize("work_state", WorkState)
def test_of_every_task_exactly_one_condition_holds(work_state: WorkState) -> None:
    for days in (None, -1, 0, 5, 6):
        things.task(work_state=work_state, deadline_on=None if days is None else TODAY + timedelta(days=days))
    found = [
        pk
        for condition in time_state_conditions(on=TODAY, soon_until=SOON).values()
        for pk in Task.objects.filter(condition).values_list("pk", flat=True)
    ]
    assert sorted(found) == sorted(Task.objects.values_list("pk", flat=True))


def test_a_proof_that_waits_is_measured_on_the_day_it_was_offered() -> None:
    in_time = things.task(work_state=WorkState.AWAITING, offered_on=TODAY, deadline_on=TODAY)
    late = things.task(work_state=WorkState.AWAITING, offered_on=TODAY, deadline_on=TODAY - timedelta(days=1))
    much_later = TODAY + timedelta(days=40)
    assert state_of(in_time, on=much_later, soon=much_later) == TimeState.WITHIN
    assert state_of(late, on=much_later, soon=much_later) == TimeState.OVERDUE


def seen(agency: str, *roles: Role) -> set[str]:
    return {task.action for task in visible_tasks(things.person(agency, *roles))}


def test_an_officer_sees_what_the_own_agency_leads_assigned_or_takes_part_in() -> None:
    things.task(action="của Sở A")
    things.task(action="của Sở B", lead=things.agency("Sở B"))
    things.task(action="Sở A giao", lead=things.agency("Sở B"), assigner=things.agency("Sở A"))
    shared = things.task(action="Sở A phối hợp", lead=things.agency("Sở B"))
    Participant.objects.create(task=shared, agency=things.agency("Sở A"))
    watched = things.task(action="Sở A theo dõi", lead=things.agency("Sở B"))
    Participant.objects.create(task=watched, agency=things.agency("Sở A"), part=Participant.Part.FOLLOW)

    assert seen("Sở A", Role.OFFICER) == {"của Sở A", "Sở A giao", "Sở A phối hợp", "Sở A theo dõi"}
    assert seen("Sở C", Role.OFFICER, Role.HEAD) == set()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR])
def test_those_who_see_all_see_all(role: Role) -> None:
    things.task(action="của Sở A")
    assert seen("Sở C", role) == {"của Sở A"}


def test_a_group_is_seen_by_those_who_see_a_task_of_it_and_the_others_tasks_are_not() -> None:
    group = things.task(action="nhóm", is_group=True)
    things.task(action="phần của A", parent=group)
    of_b = things.task(action="phần của B", parent=group, lead=things.agency("Sở B"))
    Participant.objects.create(task=of_b, agency=things.agency("Sở D"))

    assert seen("Sở A", Role.OFFICER) == {"nhóm", "phần của A"}
    assert seen("Sở D", Role.OFFICER) == {"nhóm", "phần của B"}
    assert seen("Sở C", Role.OFFICER) == set()


def test_counts_hold_what_the_person_sees_without_groups() -> None:
    source = things.paper()
    group = things.task(action="nhóm", is_group=True, paper=source)
    of_a = things.task(parent=group, paper=source, deadline_on=TODAY)
    things.task(parent=group, paper=source, lead=things.agency("Sở B"), deadline_on=date(2023, 1, 1))
    things.task(work_state=WorkState.DONE)
    a, b = things.agency("Sở A").pk, things.agency("Sở B").pk
    days = {"on": TODAY, "soon_until": SOON}

    everything = things.person("Sở C", Role.COORDINATOR)
    assert counts_by_agency(everything, **days) == {a: {"due_soon": 1, "done_on_time": 1}, b: {"overdue": 1}}
    assert counts_by_paper(everything, **days) == {source.pk: {"due_soon": 1, "overdue": 1}, None: {"done_on_time": 1}}

    own = things.person("Sở A", Role.OFFICER)
    assert counts_by_agency(own, **days) == {a: {"due_soon": 1, "done_on_time": 1}}
    assert counts_by_paper(own, **days) == {source.pk: {"due_soon": 1}, None: {"done_on_time": 1}}
    assert counts_by_agency(things.person("Sở C", Role.OFFICER), **days) == {}
    assert of_a in followed(visible_tasks(own))


def test_the_offices_calendar_is_the_national_one_with_its_own_days() -> None:
    CalendarDay.objects.create(day=date(2023, 11, 29), is_working=False, note="nghỉ tránh bão")
    calendar = office_calendar()
    assert calendar == Calendar({date(2023, 11, 29): False})
    assert soon_until(calendar, on=TODAY) == date(2023, 12, 4)


def test_reminders_are_those_of_the_own_agency_the_nearest_first() -> None:
    in_seven = things.task(deadline_on=TODAY + timedelta(days=7))
    late = things.task(deadline_on=TODAY - timedelta(days=1), work_state=WorkState.IN_PROGRESS)
    things.task(deadline_on=TODAY + timedelta(days=8))
    things.task(deadline_on=TODAY, lead=things.agency("Sở B"))
    things.task(deadline_on=TODAY, work_state=WorkState.AWAITING)
    things.task(deadline_on=TODAY, work_state=WorkState.DONE)
    things.task()

    found = due_reminders(things.person("Sở A", Role.OFFICER, Role.COORDINATOR), on=TODAY)

    assert [(reminder.task, reminder.step) for reminder in found] == [(late, 0), (in_seven, 7)]


def test_what_waits_is_counted_in_one_query(django_assert_num_queries: Any) -> None:
    at = things.AT
    things.task(deadline_on=TODAY)
    things.task(work_state=WorkState.REDO)
    things.task(work_state=WorkState.REFUSED)
    officer, chief = things.person("Sở A", Role.OFFICER), things.person("UBND tỉnh Thử", Role.HEAD)
    for person, counts in ((officer, [1, 1, 0, 0, 0]), (chief, [0, 0, 0, 0, 1]), (things.person("Sở A"), [0] * 5)):
        roles_of(person)
        with django_assert_num_queries(1 if any(counts) else 0):
            found = [waiting.count for waiting in waiting_tasks(person, at)]
        assert found == counts


@pytest.mark.sqlite
@pytest.mark.parametrize(("key", "index"), [("lead_id", "task_board"), ("paper_id", "task_paper_board")])
def test_counting_reads_an_index_alone(key: str, index: str) -> None:
    sums = time_state_sums(on=TODAY, soon_until=SOON)
    plan = followed(Task.objects.all()).order_by().values(key).annotate(**sums).explain()
    assert f"USING COVERING INDEX {index}" in plan
    assert "TEMP B-TREE" not in plan
