"""What tasks lay on the page of a paper (how its duties stand, which names became no task) and on that of an agency."""

from __future__ import annotations

from datetime import date, datetime

from khoithong.office.accounts.models import Person
from khoithong.office.accounts.permissions import Capability, can
from khoithong.office.agencies.models import Agency
from khoithong.office.base.clock import local_date
from khoithong.office.base.panels import Panel
from khoithong.office.documents.models import Paper
from khoithong.office.tasks.models import DutyNote, TimeState
from khoithong.office.tasks.queries import followed, office_calendar, soon_until, time_state_sums, visible_tasks
from khoithong.office.tasks.succession import Heritage, heritage


def tasks_of_paper(person: Person, paper: Paper, at: datetime) -> Panel | None:
    """The paper's tasks as `person` sees them, counted by time state; None where there are none."""
    on = local_date(at)
    tasks = followed(visible_tasks(person)).filter(paper=paper)
    sums = time_state_sums(on=on, soon_until=soon_until(office_calendar(), on=on))
    counts = {state: count for state, count in tasks.aggregate(**sums).items() if count}
    notes = list(DutyNote.objects.filter(paper=paper).select_related("by"))
    if not counts and not notes:
        return None
    ordered = [(state, counts[state]) for state in TimeState.values if state in counts]
    return Panel(
        "tasks/parts/paper_panel.html",
        {"paper": paper, "task_counts": ordered, "task_total": sum(counts.values()), "duty_notes": notes},
    )


def tasks_of_agency(person: Person, agency: Agency, at: datetime) -> Panel | None:
    """The tasks that `agency` leads and assigned, as `person` sees them; after a succession, those to be passed on."""
    on = local_date(at)
    tasks = followed(visible_tasks(person))
    sums = time_state_sums(on=on, soon_until=soon_until(office_calendar(), on=on))
    counts = {state: count for state, count in tasks.filter(lead=agency).aggregate(**sums).items() if count}
    assigned = tasks.filter(assigner=agency).count()
    if not counts and not assigned:
        return None
    return Panel(
        "tasks/parts/agency_panel.html",
        {
            "agency": agency,
            "counts": [(state, counts[state]) for state in TimeState.values if state in counts],
            "led": sum(counts.values()),
            "assigned": assigned,
            "heritages": _heritages(person, agency, on=on) if counts else [],
        },
    )


def _heritages(person: Person, agency: Agency, *, on: date) -> list[Heritage]:
    """What `person` may pass on to each agency that has taken over, where there is anything."""
    if not can(person, Capability.DECIDE_EXTENSION):
        return []
    successors = {link.successor for link in agency.successions.all() if link.on <= on}
    found = (heritage(person, agency, successor, on=on) for successor in sorted(successors, key=lambda one: one.name))
    return [one for one in found if one.passing]
