"""A list of agencies as a spreadsheet: the columns, reading .xlsx and .csv, and the template to download.

Reading turns a file into rows of plain text; what the rows mean is for `importing`. Nothing of a hostile file is
unpacked beyond the limits below.
"""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl
import xlsxwriter
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from khoithong.office.agencies.models import Kind
from khoithong.office.base.actions import Refused
from khoithong.office.base.text import fold

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MAX_ROWS = 5000

COLUMNS: dict[str, str] = {
    "code": "mã", "name": "tên", "short_name": "viết tắt", "kind": "loại", "parent": "cơ quan cấp trên",
    "exists_from": "từ ngày", "exists_to": "đến ngày", "successors": "kế thừa bởi", "variants": "cách gọi khác",
    "source": "nguồn", "mark": "mức chắc chắn", "succession_mark": "mức chắc chắn kế thừa",
    "succession_source": "căn cứ kế thừa",
}  # fmt: skip
"""Field -> heading. The first eight are in the template; the others are read where they are there."""
NEEDED = ("code", "name", "kind")
TEMPLATE_COLUMNS = tuple(COLUMNS)[:9]


@dataclass(frozen=True)
class SheetRow:
    """One row: its number as the spreadsheet shows it, and the text of each known column."""

    number: int
    cells: dict[str, str]


def read_sheet(data: bytes, *, name: str) -> list[SheetRow]:
    """The rows of a spreadsheet, empty ones left out. Raises Refused where the file is not one, or lacks a column."""
    if len(data) > MAX_BYTES:
        raise Refused(_("Tệp lớn hơn 5 MB. Hãy chia thành nhiều tệp nhỏ hơn."), field="file")
    table = _xlsx(data) if data[:2] == b"PK" else _csv(data)
    header = next(((number, cells) for number, cells in table if any(cells)), None)
    if header is None:
        raise Refused(_("Tệp %(name)s không có dòng nào.") % {"name": name}, field="file")
    headings = {fold(heading): field for field, heading in COLUMNS.items()}
    places = {headings[fold(cell)]: index for index, cell in enumerate(header[1]) if fold(cell) in headings}
    missing = [COLUMNS[field] for field in NEEDED if field not in places]
    if missing:
        raise Refused(
            _("Dòng %(number)d phải là tiêu đề cột; thiếu cột: %(columns)s. Hãy tải tệp mẫu để đối chiếu.")
            % {"number": header[0], "columns": ", ".join(missing)},
            field="file",
        )
    rows = [
        SheetRow(number, {field: cells[index] if index < len(cells) else "" for field, index in places.items()})
        for number, cells in table
        if number > header[0] and any(cells)
    ]
    if len(rows) > MAX_ROWS:
        raise Refused(_("Tệp có hơn %(count)d dòng. Hãy chia thành nhiều tệp.") % {"count": MAX_ROWS}, field="file")
    return rows


def template() -> bytes:
    """An .xlsx with the headings, one example row and the list of kinds."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    bold = book.add_format({"bold": True, "bg_color": "#eeeeee", "border": 1})
    sheet = book.add_worksheet(_("Cơ quan"))
    for index, field in enumerate(TEMPLATE_COLUMNS):
        sheet.write_string(0, index, COLUMNS[field], bold)
    department = str(dict(Kind.choices)[Kind.DEPARTMENT])
    example = (
        "so-vi-du", "Sở Ví dụ", "Sở VD", department, "ubnd-tinh-quang-nam", "01/01/2020", "", "", "",
    )  # fmt: skip
    for index, text in enumerate(example):
        sheet.write_string(1, index, text)
    sheet.set_column(0, len(TEMPLATE_COLUMNS) - 1, 24)
    sheet.freeze_panes(1, 0)
    kinds = book.add_worksheet(_("Loại"))
    kinds.write_string(0, 0, _("Loại (ghi đúng một trong các tên này)"), bold)
    for index, kind in enumerate(Kind.labels, start=1):
        kinds.write_string(index, 0, str(kind))
    kinds.set_column(0, 0, 40)
    book.close()
    return out.getvalue()


def _xlsx(data: bytes) -> list[tuple[int, list[str]]]:
    unreadable = Refused(
        _("Không đọc được tệp bảng tính. Hãy lưu lại thành .xlsx hoặc .csv rồi thử lại."), field="file"
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                raise Refused(
                    _("Tệp bảng tính quá lớn khi giải nén. Hãy xóa các trang thừa rồi thử lại."), field="file"
                )
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError):
        raise unreadable from None
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows: list[tuple[int, list[str]]] = []
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            rows.append((number, [_text(cell) for cell in cells[:40]]))
            if number > MAX_ROWS * 2:
                break
    except (IndexError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile):
        raise unreadable from None
    finally:
        book.close()
    return rows


def _csv(data: bytes) -> list[tuple[int, list[str]]]:
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            _("Tệp không phải UTF-8. Trong Excel hãy chọn “CSV UTF-8” hoặc lưu thành .xlsx."), field="file"
        ) from None
    if "\0" in text:
        raise Refused(_("Tệp này không phải bảng tính .xlsx hay .csv."), field="file")
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            rows.append((reader.line_num, [cell.strip() for cell in cells[:40]]))
    except csv.Error:
        raise Refused(
            _("Không đọc được dòng %(number)d của tệp. Hãy kiểm tra dấu ngoặc kép ở dòng đó.")
            % {"number": reader.line_num},
            field="file",
        ) from None
    return rows


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
