"""How a table becomes lines, the same for every format that has tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

#: a table of at most this many rows with at most two filled cells side by side only places things on the page
_PLACING_ROWS = 3


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
