"""What the pages of tasks share: the task behind an address, refusals, how a deadline is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import Form
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from khoithong.clock import Calendar
from khoithong.office.accounts.models import Person
from khoithong.office.base.actions import Forbidden, Refused
from khoithong.office.base.clock import local_date, now
from khoithong.office.documents.views.common import forbids as forbids
from khoithong.office.documents.views.common import person_of as person_of
from khoithong.office.tasks.models import Task, TimeState, WorkState
from khoithong.office.tasks.queries import office_calendar, soon_until, visible_tasks, with_time_state
from khoithong.office.tasks.timing import present_period, time_left_words, with_weekday

TONES = {TimeState.OVERDUE: "late", TimeState.DUE_SOON: "soon"}


@dataclass(frozen=True)
class Due:
    """How a task's deadline is shown: the day with its weekday, beside it how far off it is, in a tone."""

    words: str
    left: str = ""
    tone: str = ""


def today() -> date:
    """The day in Viet Nam."""
    return local_date(now())


def task_or_404(person: Person, pk: int) -> Task:
    """The task with its time state of today, if `person` may see it; to others it does not exist."""
    on = today()
    tasks = visible_tasks(person).select_related(
        "lead", "assigner", "paper", "paper__issuer", "finding__reading", "parent"
    )
    return get_object_or_404(with_time_state(tasks, on=on, soon_until=soon_until(office_calendar(), on=on)), pk=pk)


def hang_due(tasks: Iterable[Any], *, on: date, calendar: Calendar | None = None) -> None:
    """Gives each of `tasks` (with time states) its `due`."""
    calendar = calendar or office_calendar()
    for task in tasks:
        task.due = due_of(task, on=on, calendar=calendar)


def due_of(task: Any, *, on: date, calendar: Calendar) -> Due:
    """How the deadline of a task with a time state is shown on a day."""
    done = task.work_state == WorkState.DONE
    if task.deadline_on is None:
        if period := present_period(task.recurrence, on=on):
            return Due(str(task.get_recurrence_display()), f"{period.words}: {period.due_on:%d/%m/%Y}")
        return Due(str(task.get_recurrence_display()) if task.recurrence else _("Không thời hạn"))
    words = with_weekday(task.deadline_on)
    if done:
        return Due(words, _("xong ngày %(day)s") % {"day": f"{task.done_on:%d/%m/%Y}"})
    if task.offered_on:
        return Due(words, _("đã trình ngày %(day)s") % {"day": f"{task.offered_on:%d/%m/%Y}"})
    left = time_left_words(task.deadline_on, on=on, calendar=calendar)
    return Due(words, left, TONES.get(task.time_state, ""))


def show_at_field(refusal: Refused, form: Form) -> None:
    """Says why nothing was done at the field that is meant, or above the form."""
    if isinstance(refusal, Forbidden):
        raise refusal
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
