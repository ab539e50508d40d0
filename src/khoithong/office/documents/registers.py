"""The columns of the registers, Phụ lục IV of Nghị định 30/2020/NĐ-CP (mark R), and a register as a spreadsheet."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khoithong.office.base.spreadsheets import open_workbook, row_height, write_cell
from khoithong.office.documents.models import Direction, Entry

FONT = "Times New Roman"


def type_and_subject(entry: Entry) -> str:
    """ "Công văn về việc ..." """
    kind, subject = entry.paper.type, entry.paper.subject
    return f"{kind[:1].upper()}{kind[1:]}: {subject}" if kind and subject else kind or subject


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the decree names it; `sort` is a field of Entry, `width` the spreadsheet's, in characters."""

    key: str
    label: str | Promise
    value: str | Callable[[Entry], Any]
    sort: str = ""
    width: int = 14

    def of(self, entry: Entry) -> Any:
        """What stands in this column."""
        if callable(self.value):
            return self.value(entry)
        found: Any = entry
        for name in self.value.split("."):
            found = getattr(found, name)
        return found


INCOMING = (
    Column("entered_on", gettext_lazy("Ngày đến"), "entered_on", "entered_on", 11),
    Column("number", gettext_lazy("Số đến"), "number", "number", 8),
    Column("issuer", gettext_lazy("Tác giả"), "paper.issuer_name", "paper__issuer_name", 22),
    Column("symbol", gettext_lazy("Số, ký hiệu văn bản"), "paper.symbol", "paper__symbol_key", 18),
    Column("issued_on", gettext_lazy("Ngày tháng văn bản"), "paper.issued_on", "paper__issued_on", 12),
    Column("subject", gettext_lazy("Tên loại và trích yếu nội dung văn bản"), type_and_subject, "", 44),
    Column("receiver", gettext_lazy("Đơn vị hoặc người nhận"), "receiver", "receiver", 20),
    Column("forwarded_on", gettext_lazy("Ngày chuyển"), "forwarded_on", "forwarded_on", 11),
    Column("signed_for", gettext_lazy("Ký nhận"), "signed_for", "", 14),
    Column("note", gettext_lazy("Ghi chú"), "note", "", 18),
)
OUTGOING = (
    Column("symbol", gettext_lazy("Số, ký hiệu văn bản"), "paper.symbol", "paper__symbol_key", 18),
    Column("issued_on", gettext_lazy("Ngày tháng văn bản"), "paper.issued_on", "paper__issued_on", 12),
    Column("subject", gettext_lazy("Tên loại và trích yếu nội dung văn bản"), type_and_subject, "", 44),
    Column("signer", gettext_lazy("Người ký"), "paper.signer", "paper__signer", 18),
    Column("destination", gettext_lazy("Nơi nhận văn bản"), "destination", "", 26),
    Column("copy_keeper", gettext_lazy("Đơn vị, người nhận bản lưu"), "copy_keeper", "", 18),
    Column("copies", gettext_lazy("Số lượng bản"), "copies", "copies", 9),
    Column("forwarded_on", gettext_lazy("Ngày chuyển"), "forwarded_on", "forwarded_on", 11),
    Column("signed_for", gettext_lazy("Ký nhận"), "signed_for", "", 14),
    Column("note", gettext_lazy("Ghi chú"), "note", "", 18),
)


def columns_of(direction: str) -> tuple[Column, ...]:
    """The ten columns of a direction."""
    return INCOMING if direction == Direction.INCOMING else OUTGOING


def title_of(direction: str, year: int) -> str:
    """The name of a register: "Sổ đăng ký văn bản đến năm 2023"."""
    words = _("Sổ đăng ký văn bản đến năm %d") if direction == Direction.INCOMING else _("Sổ đăng ký văn bản đi năm %d")
    return words % year


def workbook(*, direction: str, year: int, agency: str, entries: Iterable[Entry]) -> Any:
    """A register as an open XLSX file, laid out as the decree prints it. `entries` come in the order of numbers."""
    target = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - whoever answers with it closes it
    book = open_workbook(target)
    cell = {"text_wrap": True, "valign": "top", "border": 1, "font_name": FONT}
    text = book.add_format(cell)
    dated = book.add_format({**cell, "num_format": "dd/mm/yyyy"})
    head = book.add_format({**cell, "bold": True, "align": "center", "valign": "vcenter"})
    plain = book.add_format({"bold": True, "font_name": FONT})
    title = book.add_format({"bold": True, "font_size": 14, "font_name": FONT})
    sheet = book.add_worksheet()
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3, 4)
    sheet.set_footer("&C&P/&N")
    columns = columns_of(direction)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    sheet.set_row(3, row_height((str(column.label), column.width - 2) for column in columns))  # bold is wider
    sheet.write_string(0, 0, agency.upper(), plain)
    sheet.write_string(1, 0, title_of(direction, year).upper(), title)
    for place, column in enumerate(columns):
        sheet.write_string(3, place, str(column.label), head)
    for place, _column in enumerate(columns):
        sheet.write_string(4, place, f"({place + 1})", head)
    for row, entry in enumerate(entries, start=5):
        sheet.set_row(row, row_height((column.of(entry), column.width) for column in columns))
        for place, column in enumerate(columns):
            value = column.of(entry)
            if column.key in ("entered_on", "issued_on", "forwarded_on") and value is not None:
                sheet.write_datetime(row, place, value, dated)
            else:
                write_cell(sheet, row, place, value, text=text, moment=dated)
    book.close()
    target.seek(0)
    return target
