"""Progress, more time, proof: what each side may do, what is refused, what stays in the history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from khoithong.office.accounts.models import Person, Role
from khoithong.office.base.actions import Forbidden, Refused, story_of
from khoithong.office.base.models import AuditEntry
from khoithong.office.documents import storage
from khoithong.office.documents.actions.registering import Upload
from khoithong.office.documents.queries import visible_papers
from khoithong.office.tasks import actions
from khoithong.office.tasks.models import Extension, Progress, Proof, Task, WorkState
from khoithong.office.tasks.queries import extensions_to_decide
from khoithong.office.tasks.states import TABLE, Act
from tests.office.tasks import things
from tests.office.tasks.things import AT, TODAY

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=30)


@pytest.fixture
def officer() -> Person:
    return things.person("Sở A", Role.OFFICER)


@pytest.fixture
def chief() -> Person:
    """Heads the body that assigns."""
    return things.person("UBND tỉnh Thử", Role.HEAD)


@pytest.fixture
def coordinator() -> Person:
    return things.person("Văn phòng Thử", Role.COORDINATOR)


def fresh(task: Task) -> Task:
    return Task.objects.get(pk=task.pk)


def offered(task: Task, by: Person, **given: Any) -> Proof:
    values = {"reason": "đã họp giao ban, có biên bản giấy", "done_on": TODAY, **given}
    return actions.offer_proof(by=by, task=task, version=fresh(task).version, at=AT, **values)


def asked(task: Task, by: Person, new: date = LATER) -> Extension:
    return actions.ask_extension(
        by=by, task=task, version=fresh(task).version, new_deadline=new, reason="chờ số liệu", at=AT
    )


def test_a_progress_report_starts_the_work_and_keeps_its_files(officer: Person) -> None:
    task = things.task()
    file = Upload(data=b"bang tong hop", name="bang.txt", media_type="text/plain")

    progress = actions.report_progress(
        by=officer, task=task, version=1, percent=40, text=" đã rà soát xong ", files=[file], at=AT
    )

    task = fresh(task)
    assert (task.work_state, task.percent, task.version) == (WorkState.IN_PROGRESS, 40, 2)
    assert progress.text == "đã rà soát xong"
    assert [file.name for file in progress.files.all()] == ["bang.txt"]
    entry = story_of(task).get()
    assert entry.verb == "tasks.progress_reported"
    assert entry.data == {
        "percent": [0, 40],
        "files": [storage.digest(file.data)],
        "state": ["not_started", "in_progress"],
    }


@pytest.mark.parametrize(
    ("percent", "text", "field"), [(40, "  ", "text"), (101, "xong", "percent"), (-1, "x", "percent")]
)
def test_a_progress_report_says_something_within_measure(officer: Person, percent: int, text: str, field: str) -> None:
    task = things.task()
    with pytest.raises(Refused) as refusal:
        actions.report_progress(by=officer, task=task, version=1, percent=percent, text=text, at=AT)
    assert refusal.value.field == field
    assert not Progress.objects.exists()
    assert fresh(task).version == 1


def test_the_second_of_two_writers_is_told_and_the_first_ones_words_stand(officer: Person) -> None:
    task = things.task()
    colleague = things.person("Sở A", Role.OFFICER, name="Trần Thị Sau")
    actions.report_progress(by=officer, task=task, version=1, percent=40, text="người trước", at=AT)

    with pytest.raises(Refused, match=officer.full_name) as refusal:
        actions.report_progress(by=colleague, task=task, version=1, percent=10, text="người sau", at=AT)

    assert refusal.value.code == "conflict"
    assert [progress.text for progress in Progress.objects.all()] == ["người trước"]
    assert AuditEntry.objects.count() == 1


def test_more_time_is_given_by_the_assigner_and_the_history_stays(officer: Person, chief: Person) -> None:
    task = things.task(deadline_on=TODAY)
    extension = asked(task, officer)

    actions.grant_extension(by=chief, extension=extension, version=2, answer="đồng ý", at=AT)

    extension.refresh_from_db()
    assert (extension.state, extension.old_deadline, extension.decided_by) == ("granted", TODAY, chief)
    assert fresh(task).deadline_on == LATER
    assert [entry.verb for entry in story_of(task)] == ["tasks.extension_granted", "tasks.extension_asked"]


def test_more_time_denied_leaves_the_deadline_and_needs_a_reason(officer: Person, chief: Person) -> None:
    task = things.task(deadline_on=TODAY)
    extension = asked(task, officer)

    with pytest.raises(Refused) as refusal:
        actions.deny_extension(by=chief, extension=extension, version=2, answer=" ", at=AT)
    assert refusal.value.field == "answer"
    actions.deny_extension(by=chief, extension=extension, version=2, answer="việc gấp", at=AT)

    assert fresh(task).deadline_on == TODAY
    with pytest.raises(Refused):
        actions.grant_extension(by=chief, extension=extension, version=3, at=AT)
    assert asked(task, officer).state == Extension.State.ASKED


def test_only_the_assigning_side_decides_on_more_time(officer: Person) -> None:
    task = things.task(deadline_on=TODAY)
    extension = asked(task, officer)
    for other in (
        things.person("Sở A", Role.HEAD),
        things.person("Sở B", Role.HEAD),
        things.person("UBND tỉnh Thử", Role.OFFICER),
        things.person("UBND tỉnh Thử", Role.HEAD, Role.AUDITOR),
    ):
        with pytest.raises(Forbidden):
            actions.grant_extension(by=other, extension=extension, version=2, at=AT)
    assert fresh(task).deadline_on == TODAY


def test_the_co_ordinator_gives_more_time_for_the_province_but_not_for_a_department(
    officer: Person, coordinator: Person
) -> None:
    of_province = asked(things.task(deadline_on=TODAY, assigner=things.agency()), officer)
    department = things.agency("Sở Giao việc")
    of_department = asked(things.task(deadline_on=TODAY, assigner=department), officer)

    assert list(extensions_to_decide(coordinator)) == [of_province]
    with pytest.raises(Forbidden):
        actions.grant_extension(by=coordinator, extension=of_department, version=2, at=AT)
    actions.grant_extension(by=coordinator, extension=of_province, version=2, at=AT)

    chief = things.person("Sở Giao việc", Role.HEAD)
    assert list(extensions_to_decide(chief)) == [of_department]
    actions.grant_extension(by=chief, extension=of_department, version=2, at=AT)


def test_who_asks_for_more_time_does_not_grant_it(chief: Person) -> None:
    task = things.task(lead=things.agency("UBND tỉnh Thử"), deadline_on=TODAY)
    extension = asked(task, chief)
    with pytest.raises(Refused, match="không tự quyết định"):
        actions.grant_extension(by=chief, extension=extension, version=2, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.filter(pk=extension.pk).update(state="granted", decided_by=chief, decided_at=AT)


@pytest.mark.parametrize(
    ("deadline", "new", "field"),
    [
        (None, LATER, None),
        (TODAY, TODAY, "new_deadline"),
        (TODAY - timedelta(days=20), TODAY - timedelta(days=1), "new_deadline"),
    ],
)
def test_more_time_is_more_time(officer: Person, deadline: date | None, new: date, field: str | None) -> None:
    task = things.task(deadline_on=deadline)
    with pytest.raises(Refused) as refusal:
        asked(task, officer, new)
    assert refusal.value.field == field
    assert not Extension.objects.exists()


def test_at_most_one_request_is_open(officer: Person) -> None:
    task = things.task(deadline_on=TODAY)
    first = asked(task, officer)
    with pytest.raises(Refused, match="đang chờ"):
        asked(task, officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(
            task=task, asked_by=officer, asked_at=AT, old_deadline=TODAY, new_deadline=LATER, reason="nữa"
        )
    assert Extension.objects.get() == first


def test_done_needs_a_registered_paper_or_a_reason(officer: Person) -> None:
    task = things.task()
    own = things.agency("Sở A")
    unregistered = things.paper("02/BC-A", holder=own)
    foreign = things.paper("03/BC-B", holder=things.agency("Sở B"), registered=True)
    for paper in (None, unregistered, foreign):
        with pytest.raises(Refused) as refusal:
            offered(task, officer, paper=paper, reason=" ")
        assert refusal.value.field == "paper"
    assert not Proof.objects.exists()

    proof = offered(task, officer, paper=things.paper("04/BC-A", holder=own, registered=True), reason="")
    assert fresh(task).work_state == WorkState.AWAITING
    assert fresh(task).offered_on == TODAY
    assert proof.paper in visible_papers(things.person("UBND tỉnh Thử", Role.HEAD))
    assert proof.paper not in visible_papers(things.person("Sở B", Role.HEAD))


@pytest.mark.parametrize("done_on", [date(2023, 11, 19), TODAY + timedelta(days=1)])
def test_the_day_of_completion_lies_between_the_order_and_today(officer: Person, done_on: date) -> None:
    with pytest.raises(Refused) as refusal:
        offered(things.task(), officer, done_on=done_on)
    assert refusal.value.field == "done_on"


def test_completion_is_confirmed_by_another(officer: Person, coordinator: Person) -> None:
    task = things.task(deadline_on=TODAY)
    proof = offered(task, officer, done_on=TODAY - timedelta(days=3))

    actions.confirm_completion(by=coordinator, proof=proof, version=2, at=AT)

    task = fresh(task)
    assert (task.work_state, task.done_on, task.percent) == (WorkState.DONE, TODAY - timedelta(days=3), 100)
    assert task.offered_on is None


def test_nobody_confirms_the_own_proof() -> None:
    both = things.person("Sở A", Role.COORDINATOR)
    task = things.task()
    proof = offered(task, both)
    with pytest.raises(Refused, match="không tự xác nhận"):
        actions.confirm_completion(by=both, proof=proof, version=2, at=AT)
    with pytest.raises(Refused, match="không tự xác nhận"):
        actions.return_proof(by=both, proof=proof, version=2, answer="thiếu", at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.filter(pk=proof.pk).update(state="confirmed", decided_by=both, decided_at=AT)
    assert fresh(task).work_state == WorkState.AWAITING


def test_a_proof_sent_back_is_to_be_done_again(officer: Person, chief: Person) -> None:
    task = things.task()
    proof = offered(task, officer)
    with pytest.raises(Refused) as refusal:
        actions.return_proof(by=chief, proof=proof, version=2, answer="", at=AT)
    assert refusal.value.field == "answer"

    actions.return_proof(by=chief, proof=proof, version=2, answer="thiếu biên bản", at=AT)

    assert fresh(task).work_state == WorkState.REDO
    again = offered(task, officer)
    with pytest.raises(Refused):
        actions.confirm_completion(by=chief, proof=proof, version=fresh(task).version, at=AT)
    actions.confirm_completion(by=chief, proof=again, version=fresh(task).version, at=AT)
    assert fresh(task).work_state == WorkState.DONE


def test_a_proof_can_be_taken_back_before_it_is_answered(officer: Person) -> None:
    task = things.task()
    proof = actions.withdraw_proof(by=officer, proof=offered(task, officer), version=2, at=AT)
    assert proof.state == Proof.State.WITHDRAWN
    assert fresh(task).work_state == WorkState.IN_PROGRESS


def test_an_open_request_lapses_where_the_work_was_done_in_time(officer: Person, coordinator: Person) -> None:
    task = things.task(deadline_on=TODAY)
    extension = asked(task, officer)
    actions.confirm_completion(by=coordinator, proof=offered(task, officer), version=3, at=AT)
    extension.refresh_from_db()
    assert extension.state == Extension.State.LAPSED


def test_an_open_request_is_answered_before_a_late_completion_is_confirmed(officer: Person, chief: Person) -> None:
    task = things.task(deadline_on=TODAY - timedelta(days=1))
    extension = asked(task, officer, LATER)
    proof = offered(task, officer)
    with pytest.raises(Refused, match="gia hạn trước"):
        actions.confirm_completion(by=chief, proof=proof, version=3, at=AT)
    actions.grant_extension(by=chief, extension=extension, version=3, at=AT)
    actions.confirm_completion(by=chief, proof=proof, version=4, at=AT)
    assert fresh(task).deadline_on == LATER


Deed = Callable[[Person, Task], Any]
DEEDS: dict[Act, Deed] = {
    Act.REPORT: lambda by, t: actions.report_progress(by=by, task=t, version=1, percent=1, text="x", at=AT),
    Act.OFFER: lambda by, t: actions.offer_proof(by=by, task=t, version=1, reason="x", done_on=TODAY, at=AT),
    Act.ASK_EXTENSION: lambda by, t: actions.ask_extension(
        by=by, task=t, version=1, new_deadline=LATER, reason="x", at=AT
    ),
    Act.REFUSE: lambda by, t: actions.refuse_task(by=by, task=t, version=1, reason="x", at=AT),
    Act.INSIST: lambda by, t: actions.insist_on_task(by=by, task=t, version=1, reason="x", at=AT),
    Act.SUSPEND: lambda by, t: actions.suspend_task(by=by, task=t, version=1, reason="x", at=AT),
    Act.RESUME: lambda by, t: actions.resume_task(by=by, task=t, version=1, reason="x", at=AT),
    Act.REOPEN: lambda by, t: actions.reopen_task(by=by, task=t, version=1, reason="x", at=AT),
    Act.REASSIGN: lambda by, t: actions.reassign_task(
        by=by, task=t, version=1, lead=things.agency("Sở B"), reason="x", at=AT
    ),
    Act.CORRECT: lambda by, t: actions.correct_task(
        by=by, task=t, version=1, lead=t.lead, deadline_on=LATER, reason="x", at=AT
    ),
}


@pytest.mark.parametrize("act", DEEDS)
def test_every_act_is_closed_to_those_outside_and_to_the_auditor(act: Act) -> None:
    source = next(move.source for move in TABLE.values() if move.act is act)
    task = things.task(work_state=source, deadline_on=TODAY)
    for stranger in (
        things.person("Sở C", Role.HEAD, Role.OFFICER),
        things.person("Sở A", Role.AUDITOR, Role.HEAD, Role.COORDINATOR),
        things.person("Sở A", Role.CLERK),
        things.person("UBND tỉnh Thử", Role.ADMINISTRATOR),
    ):
        with pytest.raises(Forbidden):
            DEEDS[act](stranger, task)
    assert fresh(task).version == 1
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("act", DEEDS)
@pytest.mark.parametrize("state", WorkState)
def test_an_act_is_done_where_the_table_has_it_and_refused_elsewhere(act: Act, state: WorkState) -> None:
    task = things.task(work_state=state, deadline_on=TODAY)
    both = things.person("Sở A", Role.OFFICER, Role.COORDINATOR)
    move = TABLE.get((state, act))
    if move is None:
        with pytest.raises(Refused, match="trạng thái"):
            DEEDS[act](both, task)
        assert fresh(task).work_state == state
    else:
        DEEDS[act](both, task)
        assert fresh(task).work_state == move.target
        assert fresh(task).version == 2
        assert AuditEntry.objects.count() == 1


def test_a_group_is_not_worked_on_itself(officer: Person) -> None:
    group = things.task(is_group=True)
    things.task(parent=group)
    chief = things.person("UBND tỉnh Thử", Role.HEAD)
    with pytest.raises(Refused, match="nhóm"):
        actions.suspend_task(by=chief, task=group, version=1, reason="x", at=AT)
