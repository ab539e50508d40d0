"""Reading tasks: who sees which, how each stands against its deadline on a day, and what stands behind a figure.

`visible_tasks` is the only way in for a page. The time state is computed in SQL from the columns of the indexes
`task_board` and `task_paper_board`, so that counting 100,000 tasks reads an index alone, in its order.

How a state is found:

- done: on time where `done_on` is not after `deadline_on`, or where there was no deadline to miss; else late;
- no deadline, or one that recurs: `no_deadline` (of a recurring task the present period's day is shown beside it);
- awaiting confirmation: measured on the day on which the proof was offered, so that a slow confirmer makes nobody late;
- everything else, suspended and refused tasks too, on the day `on`: neither a pause nor a refusal moves a deadline,
  only an extension does; otherwise a pause would hide what is overdue. The page shows the work state beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from khoithong.clock import Calendar
from khoithong.office.accounts.models import Person
from khoithong.office.accounts.permissions import Capability, Scope, can, scope_of
from khoithong.office.agencies.models import Agency, Kind
from khoithong.office.base.actions import story_of
from khoithong.office.base.models import AuditEntry
from khoithong.office.documents.models import Paper
from khoithong.office.tasks import timing
from khoithong.office.tasks.models import (
    LAID_FROM_ABOVE,
    CalendarDay,
    Extension,
    Participant,
    Proof,
    Task,
    TimeState,
    WorkState,
)

TO_DO: tuple[Any, ...] = (WorkState.NOT_STARTED, WorkState.IN_PROGRESS, WorkState.REDO)
"""States in which the lead has something to do."""


def visible_tasks(person: Person) -> QuerySet[Task]:
    """The tasks and groups that `person` may see: all, or those of the own agency in any part."""
    if can(person, Capability.SEE_ALL):
        return Task.objects.all()
    own = person.agency_id
    # Each branch is found by an index of its own; one condition over all of them would read every task there is.
    led = Task.objects.filter(lead=own).order_by()
    taking_part = Participant.objects.filter(agency=own).order_by()
    mine = led.values("pk").union(
        Task.objects.filter(assigner=own).order_by().values("pk"),
        taking_part.values("task_id"),
        led.filter(parent__isnull=False).values("parent_id"),
        taking_part.filter(task__parent__isnull=False).values("task__parent_id"),
        all=True,
    )
    return Task.objects.filter(pk__in=mine)


def followed(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """The tasks that count: groups stand over tasks and are none themselves."""
    return tasks.filter(is_group=False)


def time_state_conditions(*, on: date, soon_until: date) -> dict[Any, Q]:
    """TimeState -> what holds of a task that is in it on the day `on`. Of every task exactly one holds."""
    done = Q(work_state=WorkState.DONE)
    reckoned = Coalesce(F("offered_on"), Value(on))
    in_time = ~done & Q(deadline_on__gte=reckoned)
    near = Q(deadline_on__lte=soon_until, offered_on__isnull=True)
    return {
        TimeState.WITHIN: in_time & (Q(deadline_on__gt=soon_until) | Q(offered_on__isnull=False)),
        TimeState.DUE_SOON: in_time & near,
        TimeState.OVERDUE: ~done & Q(deadline_on__lt=reckoned),
        TimeState.DONE_ON_TIME: done & (Q(deadline_on__isnull=True) | Q(done_on__lte=F("deadline_on"))),
        TimeState.DONE_LATE: done & Q(done_on__gt=F("deadline_on")),
        TimeState.NO_DEADLINE: ~done & Q(deadline_on__isnull=True),
    }


def with_time_state(tasks: QuerySet[Task], *, on: date, soon_until: date) -> QuerySet[Task]:
    """`tasks` with `time_state`, a value of TimeState, as it is on the day `on` in Viet Nam.

    A deadline from `on` to `soon_until`, both included, is due soon (`tasks.timing.soon_until`); overdue begins on the
    day after the deadline.
    """
    conditions = time_state_conditions(on=on, soon_until=soon_until)
    whens = [When(condition, then=Value(state.value)) for state, condition in conditions.items()]
    return tasks.annotate(time_state=Case(*whens, output_field=CharField()))


def time_state_sums(*, on: date, soon_until: date) -> dict[str, Count]:
    """One count for each time state, named as its value: what `.annotate` or `.aggregate` of a figure takes."""
    conditions = time_state_conditions(on=on, soon_until=soon_until)
    return {state.value: Count("pk", filter=condition) for state, condition in conditions.items()}


def counts_by_agency(person: Person, *, on: date, soon_until: date) -> dict[int | None, dict[str, int]]:
    """Of the tasks that `person` sees: lead's id -> time state -> how many. One GROUP BY."""
    return _counts(followed(visible_tasks(person)), key="lead_id", on=on, soon_until=soon_until)


def counts_by_paper(person: Person, *, on: date, soon_until: date) -> dict[int | None, dict[str, int]]:
    """Of the tasks that `person` sees: paper's id -> time state -> how many; None for tasks without a paper."""
    return _counts(followed(visible_tasks(person)), key="paper_id", on=on, soon_until=soon_until)


def _counts(tasks: QuerySet[Task], *, key: str, on: date, soon_until: date) -> dict[int | None, dict[str, int]]:
    rows = tasks.order_by().values(key).annotate(**time_state_sums(on=on, soon_until=soon_until))
    return {row.pop(key): {state: count for state, count in row.items() if count} for row in rows}


def office_calendar() -> Calendar:
    """The national calendar with what the office has decided otherwise."""
    return Calendar(dict(CalendarDay.objects.values_list("day", "is_working")))


def soon_until(calendar: Calendar, *, on: date) -> date:
    """The last day whose deadline is due soon on `on`, by the office's setting of working days."""
    return timing.soon_until(calendar, on=on, working_days=settings.DUE_SOON_WORKING_DAYS)


@dataclass(frozen=True)
class Reminder:
    """A task of the own agency to be reminded of. `step` is 7, 3, 1 or, from the last day on, 0; None where no day is
    near and somebody reminded of it all the same.
    """

    task: Task
    step: int | None


def reminded(person: Person, *, on: date) -> QuerySet[Task]:
    """The open tasks that the agency of `person` leads: those near or past their deadline, and those reminded of."""
    if not can(person, Capability.REPORT_PROGRESS):
        return Task.objects.none()
    return Task.objects.filter(
        is_group=False,
        lead=person.agency_id,
        work_state__in=TO_DO,
    ).filter(Q(deadline_on__lte=on + timedelta(days=max(timing.REMINDER_DAYS))) | Q(reminded_on__isnull=False))


def due_reminders(person: Person, *, on: date) -> list[Reminder]:
    """What the agency of `person` must be reminded of on `on`, the nearest deadline first."""
    found = reminded(person, on=on).select_related("paper", "lead").order_by("deadline_on", "id")
    return [
        Reminder(task, timing.reminder_step(task.deadline_on, on=on) if task.deadline_on else None) for task in found
    ]


def to_redo(person: Person) -> QuerySet[Task]:
    """The tasks sent back to the agency of `person`."""
    if not can(person, Capability.REPORT_PROGRESS):
        return Task.objects.none()
    return Task.objects.filter(lead=person.agency_id, work_state=WorkState.REDO)


def proofs_to_confirm(person: Person) -> QuerySet[Proof]:
    """The proofs that `person` may confirm or send back: never the own ones."""
    tasks = _answerable(person, Capability.CONFIRM_PROOF) | _answerable(person, Capability.DECIDE_EXTENSION)
    return Proof.objects.filter(tasks, state=Proof.State.OFFERED).exclude(offered_by=person).order_by("offered_at")


def extensions_to_decide(person: Person) -> QuerySet[Extension]:
    """The requests for more time that `person` may answer (`parties.gives_time_for`): never the own ones."""
    own = Q(task__assigner=person.agency_id)
    tasks = _answerable(person, Capability.DECIDE_EXTENSION) & (own | Q(task__assigner__kind__in=LAID_FROM_ABOVE))
    return Extension.objects.filter(tasks, state=Extension.State.ASKED).exclude(asked_by=person).order_by("asked_at")


def refusals_to_answer(person: Person) -> QuerySet[Task]:
    """The tasks whose lead says that they are not its own, for the assigning side to answer."""
    tasks = Task.objects.filter(work_state=WorkState.REFUSED)
    scope = scope_of(person, Capability.DECIDE_EXTENSION)
    if scope is None:
        return tasks.none()
    return tasks if scope is Scope.ALL else tasks.filter(assigner=person.agency_id)


def _answerable(person: Person, capability: Capability) -> Q:
    scope = scope_of(person, capability)
    if scope is None:
        return Q(pk__in=())
    return Q() if scope is Scope.ALL else Q(task__assigner=person.agency_id)


@dataclass(frozen=True)
class Quote:
    """The sentence of the paper that laid the task, with a little of what stands around it."""

    before: str
    words: str
    after: str
    start: int


def quote_of(task: Task) -> Quote | None:
    """Because of which words the task exists; None where it was entered by hand."""
    finding = task.finding
    if finding is None or finding.start is None or finding.end is None:
        return None
    text = finding.reading.text
    before = text[: finding.start].rpartition("\n")[2]
    after = text[finding.end :].partition("\n")[0]
    return Quote(before, text[finding.start : finding.end], after, finding.start)


def children_of(group: Task, *, person: Person, on: date) -> QuerySet[Task]:
    """Those tasks of a group that `person` may see, with their time states."""
    calendar = office_calendar()
    tasks = visible_tasks(person).filter(parent=group).select_related("lead")
    return with_time_state(tasks, on=on, soon_until=soon_until(calendar, on=on)).order_by("lead__sort_key", "pk")


def task_story(task: Task) -> QuerySet[AuditEntry]:
    """The timeline of a task, newest first: its own entries, and the one by which it came into being with others."""
    own = story_of(task)
    if task.parent is not None:
        own |= story_of(task.parent)
    if task.paper_id is None:
        return own
    laid = AuditEntry.objects.filter(
        verb="tasks.assigned",
        object_type=Paper._meta.label_lower,
        object_id=str(task.paper_id),
        at=task.created_at,
    )
    return own | laid


def assigners_for(person: Person, paper: Paper) -> list[Agency]:
    """In whose name `person` may assign the duties of `paper`, the likeliest first: its issuer, then the own agency.

    The issuer comes first where it is an agency of the province, since it answers requests for more time; a body above
    has nobody here to answer them.
    """
    found: list[Agency] = []
    if paper.issuer is not None and can(person, Capability.ASSIGN_TASKS, agency=paper.issuer):
        found.append(paper.issuer)
    if can(person, Capability.ASSIGN_TASKS, agency=person.agency):
        found.append(person.agency)
    if len(found) > 1 and found[0].kind == Kind.CENTRAL:
        found.reverse()
    return list(dict.fromkeys(found))
