"""Tables of tasks whose rows are lines with tabs between the cells, as Word papers, pages and workbooks give them.

Each row is a duty, read cell by cell under the headings of the columns. A cell left empty by a merged cell above takes
the bodies of the row above it; a row that only names a group of tasks is none; a group named after a body gives its
rows their lead where the table has no other. A deadline is never taken from another row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from khoithong.reading.bodies import bodies_at
from khoithong.reading.deadlines import deadline_in_cell
from khoithong.reading.duties.columns import Column, columns_of
from khoithong.reading.duties.draft import Draft, Page
from khoithong.reading.fields import expand
from khoithong.reading.patterns import Pattern
from khoithong.reading.text import Span
from khoithong.reading.words import Words

_LABEL = Pattern(
    r"(?:[-+•]\s*)?(?:(?:cơ\s+quan|đơn\s+vị|bộ\s+phận)\s+)?(?:(?P<lead>chủ\s+trì|thực\s+hiện|đầu\s+mối)|(?P<partner>phối\s+hợp))"
    r"(?:\s+thực\s+hiện)?\s*:\s*",
    re.IGNORECASE,
)
_PARTS = Pattern(r"\s*[;\n]\s*(?:[-+•]\s+)?|(?:^|(?<=\s))[-+•]\s+|\s+/\s+|\.\s+(?=[^\W\d_])")
_COLUMN_NUMBERS = Pattern(r"\(?(?:\d{1,2}|[a-zđ])\)?")
_GROUP_NUMBER = Pattern(r"(?:[IVXLC]{1,6}|[A-HĐ])[.)]?")
_SHORTEST_TASK = 6


@dataclass(frozen=True, slots=True)
class _Cell:
    """The words of a cell and their place in the text; empty cells have an empty place."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class _State:
    """What the rows above hand down."""

    task: _Cell | None = None
    lead: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    known: bool = True


def grid_duties(page: Page, printed: str, *, taken: set[int]) -> Iterator[Draft]:
    """One duty for each row; the numbers of the blocks that lie in such tables are added to `taken`."""
    if "\t" not in printed:
        return
    places: list[Span] = []
    for columns, rows in _grids(printed):
        state = _State()
        drafts = [draft for row in rows[1:] if (draft := _duty(page, columns, row, state))]
        if drafts:
            places.append(Span(rows[0][0].start, max(cell.end for cell in rows[-1])))
            yield from drafts
    at = 0
    for block in page.blocks:
        while at < len(places) and places[at].end <= block.start:
            at += 1
        if at < len(places) and places[at].start <= block.end and block.start < places[at].end:
            taken.add(block.number)


def _grids(printed: str) -> Iterator[tuple[tuple[Column, ...], list[list[_Cell]]]]:
    """The tables: the columns, and the rows from the heading on. A line without a tab ends a table unless it groups."""
    columns: tuple[Column, ...] | None = None
    rows: list[list[_Cell]] = []
    loose: list[list[_Cell]] = []  # lines without tabs that belong to the table only if more rows follow
    start = 0
    for line in printed.split("\n"):
        cells = _cells(line, start)
        start += len(line) + 1
        if len(cells) < 2:
            if columns and cells[0].text:
                loose.append(cells)
            continue
        heading = columns_of([cell.text for cell in cells]) if len(cells) > 2 else None
        if heading and columns == heading:
            continue
        if heading or (columns and len(loose) > 1):
            if columns:
                yield columns, rows
            columns, rows, loose = heading, [cells], []
        elif columns:
            rows.extend(loose)
            rows.append(cells)
            loose = []
    if columns:
        yield columns, rows


def _cells(line: str, start: int) -> list[_Cell]:
    cells = []
    for part in line.split("\t"):
        text = part.strip()
        begin = start + len(part) - len(part.lstrip()) if text else start
        cells.append(_Cell(text, begin, begin + len(text)))
        start += len(part) + 1
    return cells


def _duty(page: Page, columns: tuple[Column, ...], row: list[_Cell], state: _State) -> Draft | None:
    if all(not cell.text or _COLUMN_NUMBERS.fullmatch(cell.text) for cell in row):
        return None
    if len(row) == 1:
        _open_group(state, row[0])
        return None
    by = {column: cell for column, cell in zip(columns, row, strict=False) if cell.text}
    task, number = by.get(Column.TASK), by.get(Column.NUMBER)
    told = [cell for column, cell in by.items() if column not in (Column.NUMBER, Column.TASK)]
    if task is None and number is not None and not told and len(number.text) > _SHORTEST_TASK:
        _open_group(state, number)
        return None
    grouped = number is not None and bool(_GROUP_NUMBER.fullmatch(number.text))
    if task is not None and not told and (grouped or number is None or task.text.isupper() or not state.lead):
        _open_group(state, task)
        return None
    _take_bodies(by, state, new_task=task is not None)
    if task is not None:
        state.task = task
    if state.task is None or not state.lead or len(state.task.text) < _SHORTEST_TASK:
        return None
    if task is None and not told:
        return None
    return _draft(page, by, state)


def _open_group(state: _State, cell: _Cell) -> None:
    """A row that names a group of tasks; where its name is that of bodies, they lead what stands under it."""
    name = re.sub(r"^(?:[IVXLC]{1,6}|[A-H]|\d{1,2})[.)/]\s*", "", cell.text)
    names, known = cell_bodies(name)
    state.group = names if known else ()
    state.lead, state.partners, state.known, state.task = state.group, (), True, None


def _take_bodies(by: dict[Column, _Cell], state: _State, *, new_task: bool) -> None:
    """Lead and partners of a row; an empty cell of the lead keeps those above (merged cells)."""
    partner = by.get(Column.PARTNER)
    lead = by.get(Column.LEAD) or by.get(Column.BODIES)
    if lead is not None:
        leads, partners, known = _labelled(lead.text)
        leads = tuple(name for name in leads if known or (name[0].isupper() and " " in name))
        state.lead, state.known = leads or state.lead, known
        state.partners = partners
    elif new_task and state.group:
        state.lead, state.partners = state.group, ()
    if partner is not None:
        state.partners, known = cell_bodies(partner.text)
        state.known = state.known and known


def _labelled(text: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Lead and partners of a cell that may say which is which ("Chủ trì: Sở A; phối hợp: Sở B")."""
    labels = list(_LABEL.finditer(text))
    if not labels:
        names, known = cell_bodies(text)
        return names, (), known
    leads: list[str] = []
    partners: list[str] = []
    sure = True
    ends = [label.start() for label in labels[1:]] + [len(text)]
    if head := text[: labels[0].start()].strip(" ;,.-"):
        names, sure = cell_bodies(head)
        leads.extend(names)
    for label, end in zip(labels, ends, strict=True):
        names, known = cell_bodies(text[label.end() : end])
        (leads if label["lead"] else partners).extend(names)
        sure = sure and known
    return tuple(dict.fromkeys(leads)), tuple(dict.fromkeys(partners)), sure


def cell_bodies(text: str) -> tuple[tuple[str, ...], bool]:
    """The bodies that a cell lists, and whether the grammar knew all; a part that it does not know stays as written."""
    names: list[str] = []
    sure = True
    for part in _PARTS.compiled.split(text):
        part = part.strip(" .,;:-+•*")
        if not part:
            continue
        words = Words(part)
        named = bodies_at(words, 0, after_order=True)
        if named and named.after >= len(words):
            names.extend(named.names)
            sure = sure and named.known
        else:
            names.append(expand(" ".join(part.split())))
            sure = False
    return tuple(dict.fromkeys(names)), sure


def _draft(page: Page, by: dict[Column, _Cell], state: _State) -> Draft:
    """The duty of a row: from its task to the cell of its deadline, or of its product where that stands behind."""
    spanned = [
        cell
        for column, cell in by.items()
        if column in (Column.TASK, Column.LEAD, Column.BODIES, Column.PARTNER, Column.DEADLINE, Column.PRODUCT)
    ]
    start, end = min(cell.start for cell in spanned), max(cell.end for cell in spanned)
    when = by.get(Column.DEADLINE)
    deadline = (
        deadline_in_cell(page.flat[when.start : when.end], when.start, issued_on=page.issued_on) if when else None
    )
    task = state.task
    return Draft(
        state.lead,
        start,
        start,
        end,
        "grid" if Column.TASK in by else "grid-part",
        (0.95 if state.known else 0.8) - (0 if Column.LEAD in by or Column.BODIES in by else 0.1),
        coordinators=state.partners,
        deadline=deadline,
        deadline_is_read=when is not None,
        action=" ".join(task.text.split()).strip(" .;:") if task else None,
    )
