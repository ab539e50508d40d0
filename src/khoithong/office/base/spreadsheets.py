"""Lists as files: XLSX in constant memory, CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
import tempfile
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, Protocol

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

EXPORTS: dict[str, Promise] = {"xlsx": _("Bảng tính (XLSX)"), "csv": _("Tệp CSV")}
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BATCH = 2000
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
MAX_CELL = 32_767
"""The most characters that a cell of XLSX holds."""
MAX_HEIGHT = 409.0
"""The most points that a row of XLSX is high."""

Decorate = Callable[[list[Any]], None]


class ExportColumn(Protocol):
    """What an export asks of a column."""

    @property
    def label(self) -> str | Promise: ...
    @property
    def width(self) -> int: ...
    def value_of(self, row: Any) -> Any: ...


def in_batches(rows: QuerySet[Any], decorate: Decorate | None = None) -> Iterator[Any]:
    """The rows one after another, fetched (and decorated) a batch at a time."""
    source = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(source, BATCH)):
        if decorate is not None:
            decorate(batch)
        yield from batch


def plain(value: Any) -> Any:
    """A value as a cell holds it: number, date, or text; a moment in the office's time, truth in words."""
    if value is None or (isinstance(value, int | float | date) and not isinstance(value, bool | datetime)):
        return value
    if isinstance(value, bool):
        return gettext("Có") if value else gettext("Không")
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    return str(value)


def guarded(value: Any) -> str:
    """A value as CSV holds it. Text that a spreadsheet would take for a formula is led by an apostrophe."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return f"'{value}"
    return str(value)


def open_workbook(target: Any) -> xlsxwriter.Workbook:
    """A workbook in constant memory that never takes text for a formula, a link or a number."""
    return xlsxwriter.Workbook(
        target,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "dd/mm/yyyy",
        },
    )


def write_cell(sheet: Any, row: int, column: int, value: Any, *, text: Any, moment: Any) -> None:
    """Writes one value by its type; `text` and `moment` are formats. Rows must be written in order."""
    value = plain(value)
    if value is None:
        sheet.write_blank(row, column, None, text)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value, moment)
    elif isinstance(value, str):
        sheet.write_string(row, column, value[:MAX_CELL], text)
    else:
        sheet.write(row, column, value, None if isinstance(value, date) else text)


def row_height(cells: Iterable[tuple[Any, float]], *, points: float = 15.0) -> float:
    """The height in points of a row that wraps: `cells` are values with the widths of their columns in characters.

    A row without a height is fitted by Excel when it opens the file, by other programs not at all: lines would print
    over each other. `points` is the height of one line.
    """
    lines = max((_lines(str(plain(value) or ""), width) for value, width in cells), default=1)
    return min(lines * points + 2, MAX_HEIGHT)


def _lines(text: str, width: float) -> int:
    """How many lines `text` takes in a column, words kept whole."""
    return sum(len(textwrap.wrap(part, max(int(width), 4))) or 1 for part in text[:MAX_CELL].split("\n"))


def _xlsx(title: str, columns: Sequence[ExportColumn], rows: Iterator[Any]) -> Any:
    target = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    workbook = open_workbook(target)
    text = workbook.add_format({"text_wrap": True, "valign": "top"})
    moment = workbook.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top"})
    head = workbook.add_format({"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#EFEEEA"})
    sheet = workbook.add_worksheet()
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_header(f"&L{title.replace('&', '&&')[:200]}&R&P/&N")
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, str(column.label), head)
    for number, row in enumerate(rows, start=1):
        values = [(column.value_of(row), column.width) for column in columns]
        sheet.set_row(number, row_height(values))
        for place, (value, _width) in enumerate(values):
            write_cell(sheet, number, place, value, text=text, moment=moment)
    workbook.close()
    target.seek(0)
    return target


def _csv(columns: Sequence[ExportColumn], rows: Iterator[Any]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield "\ufeff"  # so that Excel reads the file as UTF-8
    writer.writerow([guarded(str(column.label)) for column in columns])
    for row in rows:
        writer.writerow([guarded(column.value_of(row)) for column in columns])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def export(
    kind: str,
    *,
    name: str,
    title: str,
    columns: Sequence[ExportColumn],
    rows: QuerySet[Any],
    decorate: Decorate | None = None,
) -> HttpResponseBase:
    """The rows as a file for download; `kind` is a key of EXPORTS."""
    each = in_batches(rows, decorate)
    if kind == "xlsx":
        return FileResponse(
            _xlsx(title, columns, each), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE
        )
    response = StreamingHttpResponse(_csv(columns, each), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
