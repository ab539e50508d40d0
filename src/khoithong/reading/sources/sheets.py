"""Workbooks (.xlsx) -> text: each sheet that is shown, row by row, tabs between the cells, as tables of papers are."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

from khoithong.reading.sources.package import CHUNK, DAMAGE, ENCRYPTED, LOCKED, opened_zip
from khoithong.reading.sources.refusal import Refused, too_long
from khoithong.reading.sources.text import tidy
from khoithong.reading.sources.values import Limits
from khoithong.reading.sources.xml import BROKEN, HOSTILE, declares_type

_UNNAMED = re.compile(r"(?:Sheet|Trang[_ ]tính|Trang)\s*\d*", re.IGNORECASE)
_BOMB = "bung ra quá lớn (có thể là tệp phá hoại); hãy xin bản gốc từ nơi gửi"
_MOST_CELLS = 2_000_000


def xlsx_text(data: bytes, limits: Limits) -> str:
    """The text of an .xlsx in NFC. Raises Refused for what is broken, locked, hostile or breaks the limits."""
    with opened_zip(data) as archive:
        _check(archive, limits)
    try:
        # What a damaged workbook makes the library raise has no common name.
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        lines = list(_lines(book, limits))
    except (Refused, MemoryError):
        raise
    except Exception:
        raise Refused(BROKEN) from None
    return tidy("\n".join(lines))


def _check(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Unpack every part once, for nothing but to see that it may be: the library has no limits of its own."""
    unpacked = 0
    for info in archive.infolist():
        if info.flag_bits & ENCRYPTED:
            raise Refused(LOCKED)
        if not info.filename.endswith((".xml", ".rels")):
            continue
        tail = b""
        try:
            with archive.open(info) as stream:
                while chunk := stream.read(CHUNK):
                    unpacked += len(chunk)
                    if unpacked > limits.max_unpacked:
                        raise Refused(_BOMB)
                    if declares_type(tail + chunk):
                        raise Refused(HOSTILE)
                    tail = chunk[-32:]
        except DAMAGE:
            raise Refused(BROKEN) from None


def _lines(book: Any, limits: Limits) -> Iterator[str]:
    length = cells = 0
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in sheets:
        # Many programs write a wrong size of the sheet; the rows themselves know.
        sheet.reset_dimensions()
        if len(sheets) > 1 and not _UNNAMED.fullmatch(sheet.title):
            yield sheet.title
        rows = []
        for values in sheet.iter_rows(values_only=True):
            cells += len(values)
            row = [_shown(value) for value in values]
            if not any(row):
                continue
            rows.append(row)
            length += sum(map(len, row)) + len(row)
            if length > limits.max_chars or cells > _MOST_CELLS:
                raise too_long(limits.max_chars)
        margin = min((next(place for place, cell in enumerate(row) if cell) for row in rows), default=0)
        for row in rows:
            filled = [cell for cell in row if cell]
            yield filled[0] if len(filled) == 1 else "\t".join(row[margin:]).rstrip("\t")


def _shown(value: Any) -> str:
    """A cell as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        day = f"{value:%d/%m}/{value.year}"
        return day if value.time() == time(0) else f"{value:%H:%M} {day}"
    if isinstance(value, date):
        return f"{value:%d/%m}/{value.year}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return " ".join(str(value).split())
