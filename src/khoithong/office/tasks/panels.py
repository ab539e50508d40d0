"""What tasks lay on the page of a paper: how its duties stand, and the names that became no task."""

from __future__ import annotations

from datetime import datetime

from khoithong.office.accounts.models import Person
from khoithong.office.base.clock import local_date
from khoithong.office.documents.models import Paper
from khoithong.office.documents.panels import Panel
from khoithong.office.tasks.models import DutyNote, TimeState
from khoithong.office.tasks.queries import followed, office_calendar, soon_until, time_state_sums, visible_tasks


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
