"""How a table becomes lines, the same for every format that has tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

#: a table of at most this many rows with at most two filled cells side by side only places things on the page
_PLACING_ROWS = 3


#: columns that one cell may span, and cells that spans may add to one table: beyond, they are not taken at their word
_WIDEST_SPAN = 50
_MOST_ADDED = 100_000


class Spanning(NamedTuple):
    """A cell with its lines that takes the place of `columns` by `rows` cells."""

    lines: list[str]
    columns: int = 1
    rows: int = 1


def spread(rows: Sequence[Sequence[Spanning]]) -> list[list[list[str]]]:
    """The rows with an empty cell wherever one above or beside spans, so that columns stay under their headings."""
    added = 0
    pending: dict[int, int] = {}
    out: list[list[list[str]]] = []
    for row in rows:
        cells: list[list[str]] = []
        below: dict[int, int] = {}
        for cell in row:
            _fill(cells, pending, below)
            columns = max(1, min(cell.columns, _WIDEST_SPAN))
            added += columns - 1
            if added > _MOST_ADDED:
                columns = 1
            for place in range(len(cells), len(cells) + columns):
                below[place] = cell.rows - 1
            cells += [cell.lines, *([] for _ in range(columns - 1))]
        _fill(cells, pending, below)
        pending = {place: left for place, left in below.items() if left > 0}
        out.append(cells)
    return out


def _fill(cells: list[list[str]], pending: dict[int, int], below: dict[int, int]) -> None:
    """Empty cells where those of the rows above reach down to."""
    while (left := pending.get(len(cells), 0)) > 0:
        below[len(cells)] = left - 1
        cells.append([])


def table_lines(rows: Sequence[Sequence[Sequence[str]]]) -> Iterator[str]:
    """The lines of a table; `rows` hold cells, and a cell the lines in it.

    A table of data gives one line a row with tabs between the cells. A table that only places things side by side, as
    the head of a directive and its "Nơi nhận" beside the signature do, gives the lines of one cell after those of the
    other.
    """
    widest = max((sum(map(bool, row)) for row in rows), default=0)
    if widest <= 1 or (widest == 2 and len(rows) <= _PLACING_ROWS):
        for row in rows:
            for cell in row:
                yield from cell
        return
    for row in rows:
        line = "\t".join(" ".join(" ".join(cell).split()) for cell in row).rstrip("\t")
        if line:
            yield line
