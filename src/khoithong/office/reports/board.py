"""The board: how many tasks stand how, by agency or by directive. Values and words; the counting is in `queries`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

Counts = Mapping[str, int]

STATES = ("overdue", "due_soon", "within", "no_deadline", "done_late", "done_on_time")
"""The order of the columns and of the parts of a bar: what is wrong first, so that bars compare from one line."""


class By(StrEnum):
    """What a row of the board is."""

    AGENCY = "agency"
    PAPER = "paper"

    @property
    def label(self) -> str | Promise:
        return _("Theo cơ quan chủ trì") if self is By.AGENCY else _("Theo văn bản giao")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: who or what, and how many tasks in each state. `key` is the id that the list of tasks filters by."""

    key: int | None
    label: str
    rank: str
    counts: Counts
    total: int


@dataclass(frozen=True, kw_only=True)
class Board:
    """All rows and their sums."""

    by: By
    lines: tuple[Line, ...]
    sums: Counts = field(default_factory=dict)
    total: int = 0
    longest: int = 0

    @property
    def overdue(self) -> int:
        return self.sums.get("overdue", 0)

    @property
    def due_soon(self) -> int:
        return self.sums.get("due_soon", 0)

    @property
    def worst(self) -> Line | None:
        """The row with the most overdue tasks; None where there are none or only one row."""
        if len(self.lines) < 2 or not self.overdue:
            return None
        return max(self.lines, key=lambda line: line.counts.get("overdue", 0))


def board_of(by: By, counts: Mapping[int | None, Counts], names: Mapping[int | None, tuple[str, str]]) -> Board:
    """The board from counts by key and from names (label, sort key) by key; what has no name is left out of nothing:
    it stands under the name of the key None.
    """
    nameless = names.get(None, (gettext("Không có văn bản giao"), "\uffff"))
    lines = [_line(key, *names.get(key, nameless), counts=found) for key, found in counts.items()]
    sums = {state: sum(line.counts.get(state, 0) for line in lines) for state in STATES}
    return Board(
        by=by,
        lines=tuple(sorted(lines, key=lambda line: line.rank)),
        sums=sums,
        total=sum(sums.values()),
        longest=max((line.total for line in lines), default=0),
    )


def _line(key: int | None, label: str, rank: str, *, counts: Counts) -> Line:
    return Line(key=key, label=label, rank=rank, counts=counts, total=sum(counts.values()))


def sorted_lines(board: Board, sort: str) -> list[Line]:
    """The rows, most of the state `sort` first; "name" and anything unknown sorts by name, "total" by all tasks."""
    if sort == "total":
        return sorted(board.lines, key=lambda line: -line.total)
    if sort in STATES:
        return sorted(board.lines, key=lambda line: -line.counts.get(sort, 0))
    return list(board.lines)


def grouped(count: int) -> str:
    """1204 -> "1.204"."""
    return f"{count:,}".replace(",", ".")


def overdue_words(count: int) -> str:
    """How many tasks are overdue, in words."""
    words = ngettext("%(count)s nhiệm vụ quá hạn", "%(count)s nhiệm vụ quá hạn", count)
    return words % {"count": grouped(count)}


def due_soon_words(count: int) -> str:
    """How many tasks are due soon, in words."""
    words = ngettext("%(count)s nhiệm vụ sắp đến hạn", "%(count)s nhiệm vụ sắp đến hạn", count)
    return words % {"count": grouped(count)}


def of_agency_words(line: Line) -> str:
    """ "3 nhiệm vụ của Sở ...": the share of the row with the most overdue tasks."""
    count = line.counts.get("overdue", 0)
    words = ngettext("%(count)s nhiệm vụ của %(agency)s", "%(count)s nhiệm vụ của %(agency)s", count)
    return words % {"count": grouped(count), "agency": line.label}


def bar_parts(counts: Counts, *, longest: int, width: int) -> Iterable[tuple[str, float, float]]:
    """The parts of one bar: (state, where it begins, how wide), scaled so that the longest row fills `width`."""
    begin = 0.0
    for state in STATES:
        if count := counts.get(state, 0):
            wide = width * count / longest
            yield state, round(begin, 2), round(wide, 2)
            begin += wide
