"""The open tasks of an agency that another has succeeded: which of them can be passed on, and why the others not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from khoithong.office.accounts.models import Person
from khoithong.office.agencies.models import Agency, Succession
from khoithong.office.tasks.models import Task, WorkState
from khoithong.office.tasks.parties import parties_of
from khoithong.office.tasks.queries import followed, office_calendar, soon_until, visible_tasks, with_time_state
from khoithong.office.tasks.states import BY_EITHER


@dataclass(frozen=True)
class Heritage:
    """The open tasks of `predecessor` as one person may pass them on to `successor`.

    `left` stay where they are, each with why; `others` is how many more the person sees without being on the side that
    assigned them.
    """

    predecessor: Agency
    successor: Agency
    passing: tuple[Task, ...]
    left: tuple[tuple[Task, str], ...]
    others: int

    @property
    def fingerprint(self) -> str:
        """Changes as soon as one of these tasks does: what a page showed is held against what is."""
        words = " ".join(f"{task.pk}:{task.version}" for task in self.passing)
        return hashlib.sha256(f"{self.successor.pk} {words}".encode()).hexdigest()[:32]


def succession_of(predecessor: Agency, successor: Agency, *, on: date) -> Succession | None:
    """The record by which `successor` has taken over on the day `on` or before; None where there is none."""
    return Succession.objects.filter(predecessor=predecessor, successor=successor, on__lte=on).order_by("on").first()


def heritage(person: Person, predecessor: Agency, successor: Agency, *, on: date) -> Heritage:
    """What `person` may pass on: tasks not done that the predecessor leads, assigned by the side of `person`."""
    soon = soon_until(office_calendar(), on=on)
    tasks = (
        with_time_state(followed(visible_tasks(person)), on=on, soon_until=soon)
        .filter(lead=predecessor)
        .exclude(work_state=WorkState.DONE)
        .select_related("assigner", "lead", "paper")
        .order_by("pk")
    )
    own = [task for task in tasks if parties_of(person, task) & BY_EITHER]
    findings = [task.finding_id for task in own if task.finding_id]
    twins = set(Task.objects.filter(lead=successor, finding__in=findings).values_list("finding", flat=True))
    why = _("Cơ quan kế thừa đã có nhiệm vụ này trong cùng nhóm.")
    return Heritage(
        predecessor=predecessor,
        successor=successor,
        passing=tuple(task for task in own if not (task.finding_id and task.finding_id in twins)),
        left=tuple((task, why) for task in own if task.finding_id and task.finding_id in twins),
        others=len(tasks) - len(own),
    )
