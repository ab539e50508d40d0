"""On which side of a task a person stands, and so what the person may do with it."""

from __future__ import annotations

from khoithong.office.accounts.models import Person
from khoithong.office.accounts.permissions import Capability, can
from khoithong.office.agencies.models import Agency
from khoithong.office.tasks.models import LAID_FROM_ABOVE, Task, WorkState
from khoithong.office.tasks.states import BY_EITHER, TABLE, Act, Party


def gives_time_for(person: Person, assigner: Agency) -> bool:
    """Whether `person` may give more time for what `assigner` laid: the own agency, or one above that has no desk here.

    What a department lays on others, only the department itself can give more time for.
    """
    own = person.agency_id == assigner.pk
    return (own or assigner.kind in LAID_FROM_ABOVE) and can(person, Capability.DECIDE_EXTENSION, agency=assigner)


def parties_of(person: Person, task: Task) -> frozenset[Party]:
    """The sides on which `person` may act in `task`; empty for one who may only look, as an auditor."""
    sides: set[Party] = set()
    if person.agency_id == task.lead_id and can(person, Capability.REPORT_PROGRESS):
        sides.add(Party.LEAD)
    if gives_time_for(person, task.assigner):
        sides.add(Party.ASSIGNER)
    if can(person, Capability.CONFIRM_PROOF, agency=task.assigner):
        sides.add(Party.COORDINATOR)
    return frozenset(sides)


def may_remind(person: Person, task: Task) -> bool:
    """Whether `person` stands on the assigning side of `task`."""
    return bool(parties_of(person, task) & BY_EITHER)


def acts_open_to(person: Person, task: Task) -> tuple[Act, ...]:
    """What `person` may do with `task` as it stands, in the order of `Act`: what its page offers."""
    if task.is_group:
        return ()
    sides = parties_of(person, task)
    state = WorkState(task.work_state)
    return tuple(act for act in Act if (move := TABLE.get((state, act))) and move.parties & sides)
