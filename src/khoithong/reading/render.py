"""A reading as the command line prints it: a table for people, JSON for programs (docs/reference/reading-json.md)."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from khoithong.reading.model import Assignment, Deadline, Directive, Recurrence

FORMATS = ("table", "json", "jsonl")

#: below this a table of duties no longer fits side by side and is printed one below the other
_NARROW = 72
_WIDEST = 160
_NARROWEST = 44
_NONE = "—"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

_RECURRENCES = {
    Recurrence.DAILY: "hằng ngày",
    Recurrence.WEEKLY: "hằng tuần",
    Recurrence.MONTHLY: "hằng tháng",
    Recurrence.QUARTERLY: "hằng quý",
    Recurrence.HALF_YEARLY: "6 tháng một lần",
    Recurrence.YEARLY: "hằng năm",
    Recurrence.CONTINUOUS: "thường xuyên",
}


def render(
    readings: Iterable[tuple[str, Directive]], *, form: str, many: bool, width: int, full: bool = False
) -> Iterator[str]:
    """The output, piece by piece as the readings come.

    `readings` are (name of the source, reading); `form` is one of FORMATS. "json" is one object, or where `many` were
    asked for one array; "jsonl" one object a line; "table" is for a terminal of `width` columns. `full` adds to JSON
    what docs/reference/reading-json.md lists under it.
    """
    if form == "json":
        objects = [directive.to_json(source_id=name, full=full) for name, directive in readings]
        if many:
            yield _json(objects, indent=2) + "\n"
        else:
            yield from (_json(found, indent=2) + "\n" for found in objects)
        return
    for place, (name, directive) in enumerate(readings):
        if form == "jsonl":
            yield _json(directive.to_json(source_id=name, full=full)) + "\n"
        else:
            yield ("\n" if place else "") + table(directive, name=name, width=width)


def table(directive: Directive, *, name: str, width: int) -> str:
    """One reading for a terminal: who the paper is, what it cites, what it lays on whom. Ends with a line end."""
    width = max(_NARROWEST, min(width, _WIDEST))
    blocks = [_identity(directive, name, width), _citations(directive, width), _duties(directive, width)]
    if directive.warnings:
        blocks.append(_warnings(directive, width))
    return "\n".join("\n".join(block) + "\n" for block in blocks)


def _identity(directive: Directive, name: str, width: int) -> list[str]:
    who = directive.identity
    lines = [_clean(name), "=" * min(width, max(8, len(name)))]
    return lines + _fields(
        (
            ("Số, ký hiệu", who.symbol),
            ("Loại", who.type),
            ("Cơ quan ban hành", who.issuer),
            ("Ngày ban hành", _day(who.issued_on)),
            ("Trích yếu", who.subject),
        ),
        width,
    )


def _citations(directive: Directive, width: int) -> list[str]:
    heading = f"VĂN BẢN VIỆN DẪN ({len(directive.citations)})"
    rows = [
        (
            str(number),
            " ".join(filter(None, (cited.type, cited.symbol))) if cited.symbol else cited.title or cited.type or _NONE,
            _day(cited.issued_on) or _NONE,
            "; ".join(filter(None, (cited.issuer, cited.title if cited.symbol else None))) or _NONE,
        )
        for number, cited in enumerate(directive.citations, start=1)
    ]
    columns = (("STT", 3, 0), ("Văn bản", 12, 4), ("Ngày", 10, 0), ("Cơ quan ban hành", 12, 6))
    return [heading, *_grid(columns, rows, width)] if rows else [heading]


def _warnings(directive: Directive, width: int) -> list[str]:
    heading = f"CẢNH BÁO ({len(directive.warnings)})"
    rows = [(str(number), slip.message) for number, slip in enumerate(directive.warnings, start=1)]
    return [heading, *_grid((("STT", 3, 0), ("Nội dung", 20, 1)), rows, width)]


def _duties(directive: Directive, width: int) -> list[str]:
    heading = f"NHIỆM VỤ ({len(directive.assignments)})"
    if not directive.assignments:
        return [heading]
    if width < _NARROW:
        lines = [heading]
        for number, duty in enumerate(directive.assignments, start=1):
            lines += ["", f"Nhiệm vụ {number}", *_fields(_duty(duty), width)]
        return lines
    columns = (("STT", 3, 0), ("Nhiệm vụ", 20, 6), ("Chủ trì", 12, 3), ("Phối hợp", 12, 3), ("Thời hạn", 10, 2))
    rows = []
    for number, duty in enumerate(directive.assignments, start=1):
        action, lead, coordinators, deadline = (value or _NONE for _, value in _duty(duty))
        rows.append((str(number), action, lead, coordinators, deadline))
    return [heading, *_grid(columns, rows, width)]


def _duty(duty: Assignment) -> tuple[tuple[str, str | None], ...]:
    condition = " (có điều kiện)" if duty.conditional else ""
    return (
        ("Nhiệm vụ", duty.action + condition),
        ("Chủ trì", "; ".join(duty.lead)),
        ("Phối hợp", "; ".join(duty.coordinators)),
        ("Thời hạn", _deadline(duty.deadline)),
    )


def _deadline(deadline: Deadline | None) -> str | None:
    if deadline is None:
        return None
    if deadline.due_on is not None:
        return f"{_day(deadline.due_on)} ({deadline.text})"
    if deadline.recurrence is not None:
        return f"{_RECURRENCES[deadline.recurrence]} ({deadline.text})"
    return deadline.text


def _day(day: date | None) -> str | None:
    return f"{day.day:02}/{day.month:02}/{day.year}" if day else None


def _fields(fields: Sequence[tuple[str, str | None]], width: int) -> list[str]:
    label_width = max(len(label) for label, _ in fields) + 2
    lines = []
    for label, value in fields:
        first, *more = _wrapped(value or _NONE, width - label_width)
        lines.append(f"{label:<{label_width}}{first}")
        lines += [" " * label_width + line for line in more]
    return lines


def _grid(columns: Sequence[tuple[str, int, int]], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Rows under headings, cells wrapped. A column is (heading, least width, share of what the least widths leave)."""
    gap = 2
    spare = max(0, width - sum(least for _, least, _ in columns) - gap * (len(columns) - 1))
    shares = sum(share for _, _, share in columns)
    widths = [least + spare * share // shares for _, least, share in columns]
    lines = _row([heading for heading, _, _ in columns], widths, gap)
    lines.append((" " * gap).join("-" * each for each in widths))
    for row in rows:
        lines += _row(row, widths, gap)
    return lines


def _row(cells: Sequence[str], widths: Sequence[int], gap: int) -> list[str]:
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    height = max(map(len, wrapped))
    lines = []
    for line in range(height):
        parts = [
            f"{cell[line] if line < len(cell) else '':<{width}}" for cell, width in zip(wrapped, widths, strict=True)
        ]
        lines.append((" " * gap).join(parts).rstrip())
    return lines


def _wrapped(value: str, width: int) -> list[str]:
    return textwrap.wrap(_clean(value), max(1, width), break_on_hyphens=False) or [_NONE]


def _clean(value: str) -> str:
    # A paper may carry control characters; they must not steer the terminal it is shown on.
    return _CONTROLS.sub(" ", value)


def _json(value: Any, *, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)
