"""The text of a paper cut for showing: pieces between the borders of its findings, lines, brackets in the margin. Pure.

Findings may overlap in any way (a citation inside a duty, two duties that share words); HTML elements may not. So the
text is cut at every border, and each piece names all findings that lie over it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding as the text shows it. Offsets count characters, `end` exclusive."""

    key: int
    kind: str
    start: int
    end: int
    open: bool = False
    doubtful: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text over which the same marks lie throughout; `begins` are those that begin with it."""

    start: int
    text: str
    marks: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Bracket:
    """A duty in the margin of one line: opens on its `first`, closes on its `last`; `lane` 0 lies next to the text."""

    mark: Mark
    lane: int
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text as it was written, without its line end."""

    start: int
    segments: tuple[Segment, ...]
    brackets: tuple[Bracket, ...] = ()


def segments(text: str, marks: Iterable[Mark], *, start: int = 0, end: int | None = None) -> tuple[Segment, ...]:
    """The pieces of text[start:end] in order; together they are exactly that text.

    A mark that reaches beyond the piece of text is cut to it; one that lies outside, or is empty, is left out.
    """
    stop = len(text) if end is None else min(end, len(text))
    inside = [m for m in marks if max(m.start, start) < min(m.end, stop)]
    borders = {start, stop}
    for mark in inside:
        borders.update((max(mark.start, start), min(mark.end, stop)))
    ordered = sorted(borders)
    return tuple(
        Segment(
            start=left,
            text=text[left:right],
            marks=tuple(m for m in inside if m.start <= left and right <= m.end),
            begins=tuple(m for m in inside if m.start == left),
        )
        for left, right in itertools.pairwise(ordered)
    )


def lines(text: str, marks: Sequence[Mark], *, bracketed: str = "duty") -> tuple[Line, ...]:
    """The text line by line. Marks of the kind `bracketed` also stand in the margin, in as few lanes as they need."""
    ordered = sorted((m for m in marks if m.start < m.end), key=lambda m: (m.start, -m.end, m.key))
    lanes = _lanes([m for m in ordered if m.kind == bracketed], text)
    found: list[Line] = []
    waiting, active = 0, list[Mark]()
    place = 0
    for content in text.split("\n"):
        end = place + len(content)
        while waiting < len(ordered) and ordered[waiting].start <= end:
            active.append(ordered[waiting])
            waiting += 1
        active = [m for m in active if m.end > place]
        here = [m for m in active if m.start < end] if content else []
        brackets = tuple(
            Bracket(m, lanes[m.key], first=place <= m.start, last=m.end <= end + 1)
            for m in active
            if m.kind == bracketed and (m.start < end or (not content and m.start < place))
        )
        found.append(Line(place, segments(text, here, start=place, end=end) if content else (), brackets))
        place = end + 1
    return tuple(found)


def _lanes(marks: Sequence[Mark], text: str) -> dict[int, int]:
    """Mark -> lane, so that no two brackets of one lane stand on one line. `marks` are in order of their start."""
    taken: list[int] = []
    lanes: dict[int, int] = {}
    for mark in marks:
        line_start = text.rfind("\n", 0, mark.start) + 1
        line_end = text.find("\n", max(mark.start, mark.end - 1))
        lane = next((number for number, until in enumerate(taken) if until < line_start), len(taken))
        if lane == len(taken):
            taken.append(0)
        taken[lane] = len(text) if line_end < 0 else line_end
        lanes[mark.key] = lane
    return lanes
