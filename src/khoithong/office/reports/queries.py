"""What reports ask of the database: each board in one GROUP BY, whatever the number of tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import QuerySet

from khoithong.office.accounts.models import Person
from khoithong.office.agencies.models import Agency
from khoithong.office.documents.models import Paper
from khoithong.office.reports.board import Board, By, Line, board_of
from khoithong.office.tasks.models import Task, WorkState
from khoithong.office.tasks.queries import counts_by_agency, counts_by_paper, followed, visible_tasks, with_time_state

OWED = (WorkState.NOT_STARTED, WorkState.IN_PROGRESS, WorkState.SUSPENDED, WorkState.REFUSED, WorkState.REDO)
"""The states in which the work is still the lead's to do."""
WEEK_LENGTH = 8
"""How many of the week's tasks the dashboard shows; the rest is one click away."""


def board(person: Person, by: By, *, on: date, soon_until: date) -> Board:
    """The board of what `person` may see on the day `on`: one query counts, and of agencies one more names.

    Papers are many: their rows get their words by `named`, when it is known which are shown.
    """
    if by is By.PAPER:
        counts = counts_by_paper(person, on=on, soon_until=soon_until)
        return board_of(by, counts, {key: ("", _newest_first(key)) for key in counts if key})
    counts = counts_by_agency(person, on=on, soon_until=soon_until)
    names = Agency.objects.filter(pk__in=[key for key in counts if key]).values_list("pk", "name", "sort_key")
    return board_of(by, counts, {pk: (_shorter(name), rank) for pk, name, rank in names})


def named(by: By, lines: Sequence[Line]) -> list[Line]:
    """`lines` of a board as they are shown, with the words of their papers: one query, of agencies none."""
    if by is By.AGENCY:
        return list(lines)
    papers = Paper.objects.only("symbol", "type", "subject").in_bulk([line.key for line in lines if line.key])
    return [replace(line, label=_paper_words(papers[line.key])) if line.key else line for line in lines]


def _shorter(name: str) -> str:
    """The name as it fits the first column of a table: with the one abbreviation that everybody reads."""
    return name.replace("Ủy ban nhân dân", "UBND")


def _paper_words(paper: Paper) -> str:
    subject = paper.subject if len(paper.subject) <= 90 else f"{paper.subject[:89].rstrip()}…"
    return f"{paper}: {subject}" if paper.symbol and subject else str(paper)


def _newest_first(key: int) -> str:
    return f"{2**63 - key:020d}"


def end_of_week(on: date) -> date:
    """The Sunday of the week in which `on` lies."""
    return on + timedelta(days=6 - on.weekday())


def owed_by_week(person: Person, *, on: date, soon_until: date) -> QuerySet[Task]:
    """What the person's agency leads, has not yet done, and should have done by the end of this week or before."""
    open_tasks = followed(visible_tasks(person)).filter(
        work_state__in=OWED,
        lead=person.agency_id,
        deadline_on__lte=end_of_week(on),
    )
    return (
        with_time_state(open_tasks, on=on, soon_until=soon_until).select_related("paper").order_by("deadline_on", "pk")
    )
