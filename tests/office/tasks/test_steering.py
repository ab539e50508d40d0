"""Changes of course: refusal, pause, another lead, correction, reopening; always with a reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from khoithong.office.accounts.models import Person, Role
from khoithong.office.base.actions import Forbidden, Refused, story_of
from khoithong.office.documents.queries import visible_papers
from khoithong.office.tasks import actions
from khoithong.office.tasks.models import Extension, Participant, Task, WorkState
from khoithong.office.tasks.queries import visible_tasks
from tests.office.tasks import things
from tests.office.tasks.things import AT, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief() -> Person:
    return things.person("UBND tỉnh Thử", Role.HEAD)


def fresh(task: Task) -> Task:
    return Task.objects.get(pk=task.pk)


def test_a_refusal_is_answered_by_the_assigner(chief: Person) -> None:
    officer = things.person("Sở A", Role.OFFICER)
    task = things.task(deadline_on=TODAY)
    actions.refuse_task(by=officer, task=task, version=1, reason="không thuộc chức năng", at=AT)
    assert fresh(task).work_state == WorkState.REFUSED
    with pytest.raises(Forbidden):
        actions.insist_on_task(by=officer, task=task, version=2, reason="x", at=AT)
    actions.insist_on_task(by=chief, task=task, version=2, reason="đúng chức năng", at=AT)
    assert fresh(task).work_state == WorkState.NOT_STARTED
    assert [entry.summary for entry in story_of(task)] == ["đúng chức năng", "không thuộc chức năng"]


@pytest.mark.parametrize("name", ["refuse_task", "suspend_task"])
def test_nothing_changes_course_without_a_reason(name: str) -> None:
    both = things.person("Sở A", Role.OFFICER, Role.COORDINATOR)
    task = things.task()
    with pytest.raises(Refused) as refusal:
        getattr(actions, name)(by=both, task=task, version=1, reason=" \n ", at=AT)
    assert refusal.value.field == "reason"
    assert fresh(task).version == 1


def test_another_lead_starts_anew_and_may_see_the_paper(chief: Person) -> None:
    source = things.paper()
    task = things.task(paper=source, work_state=WorkState.IN_PROGRESS, percent=60, deadline_on=TODAY)
    helper = things.agency("Sở B")
    Participant.objects.create(task=task, agency=helper)
    officer, other = things.person("Sở A", Role.OFFICER), things.person("Sở B", Role.OFFICER)
    extension = actions.ask_extension(
        by=officer, task=task, version=1, new_deadline=TODAY + timedelta(days=9), reason="x", at=AT
    )
    assert source not in visible_papers(other)

    actions.reassign_task(by=chief, task=task, version=2, lead=helper, reason="đúng chức năng hơn", at=AT)

    task, extension = fresh(task), Extension.objects.get(pk=extension.pk)
    assert (task.lead, task.work_state, task.percent) == (helper, WorkState.NOT_STARTED, 0)
    assert not task.participants.exists()
    assert extension.state == Extension.State.LAPSED
    assert source in visible_papers(other)
    assert task not in visible_tasks(officer)
    newest = story_of(task)[0]
    assert newest.data["lead"] == ["Sở A", "Sở B"]


def test_a_task_is_not_laid_on_its_own_lead_nor_on_one_who_has_its_twin(chief: Person) -> None:
    source = things.paper()
    finding = things.duty(["Sở A", "Sở B"], of=source)
    group = things.task(paper=source, finding=finding, is_group=True)
    task = things.task(paper=source, finding=finding, parent=group)
    things.task(paper=source, finding=finding, parent=group, lead=things.agency("Sở B"))
    for lead in ("Sở A", "Sở B"):
        with pytest.raises(Refused) as refusal:
            actions.reassign_task(by=chief, task=task, version=1, lead=things.agency(lead), reason="x", at=AT)
        assert refusal.value.field == "lead"
    assert fresh(task).version == 1


def test_a_correction_mends_lead_and_deadline_and_leaves_the_work_as_it_is(chief: Person) -> None:
    task = things.task(work_state=WorkState.IN_PROGRESS, percent=30, deadline_on=TODAY)
    actions.correct_task(
        by=chief,
        task=task,
        version=1,
        lead=things.agency("Sở B"),
        deadline_on=None,
        recurrence="monthly",
        reason="nhập nhầm",
        at=AT,
    )
    task = fresh(task)
    assert (task.lead.name if task.lead else "", task.recurrence, task.deadline_on) == ("Sở B", "monthly", None)
    assert (task.work_state, task.percent) == (WorkState.IN_PROGRESS, 30)
    assert story_of(task).get().data == {
        "lead": ["Sở A", "Sở B"],
        "deadline_on": ["2023-11-28", None],
        "recurrence": ["", "monthly"],
        "state": ["in_progress", "in_progress"],
    }


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"deadline_on": TODAY}, "deadline_on"),
        ({"deadline_on": TODAY + timedelta(days=1), "recurrence": "monthly"}, "deadline_on"),
        ({"deadline_on": None, "reason": ""}, "reason"),
    ],
)
def test_a_correction_corrects_something_that_can_be(chief: Person, given: dict[str, Any], field: str) -> None:
    task = things.task(deadline_on=TODAY)
    with pytest.raises(Refused) as refusal:
        actions.correct_task(
            **{"by": chief, "task": task, "version": 1, "lead": task.lead, "reason": "x", "at": AT, **given}
        )
    assert refusal.value.field == field


def test_a_task_confirmed_by_mistake_is_opened_again(chief: Person) -> None:
    task = things.task(work_state=WorkState.DONE)
    actions.reopen_task(by=chief, task=task, version=1, reason="xác nhận nhầm", at=AT)
    assert (fresh(task).work_state, fresh(task).done_on) == (WorkState.REDO, None)
