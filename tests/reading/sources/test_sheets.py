"""Workbooks: rows as tables, dates as people write them, hidden sheets left out, hostile ones refused."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from khoithong.reading.sources import Limits, Unreadable, open_source, read_file

from .papers import zipped


def book(*rows: list[Any], title: str = "Sheet1") -> Workbook:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return made


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


TASKS = (
    [None, "PHÂN CÔNG NHIỆM VỤ"],
    [],
    [None, "TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn"],
    [None, 1, "Rà soát máy chủ dùng chung", "Sở Y tế", "Sở Tài chính", date(2023, 5, 15)],
    [None, 2.0, "Lập danh mục\nphần mềm", "Sở Nội vụ", None, "Quý II/2023"],
)


def test_rows_become_lines_with_tabs() -> None:
    source = open_source(saved(book(*TASKS)), name="a.xlsx")
    assert source.media_type.endswith("spreadsheetml.sheet")
    assert source.text.splitlines() == [
        "PHÂN CÔNG NHIỆM VỤ",
        "TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời hạn",
        "1\tRà soát máy chủ dùng chung\tSở Y tế\tSở Tài chính\t15/05/2023",
        "2\tLập danh mục phần mềm\tSở Nội vụ\t\tQuý II/2023",
    ]


def test_a_table_of_tasks_becomes_duties() -> None:
    _, directive = read_file(saved(book(*TASKS)), name="a.xlsx")
    found = [(duty.lead, duty.coordinators, duty.deadline and duty.deadline.text) for duty in directive.assignments]
    assert found == [(("Sở Y tế",), ("Sở Tài chính",), "15/05/2023"), (("Sở Nội vụ",), (), "Quý II/2023")]


def test_sheets_that_are_shown_under_their_names() -> None:
    made = book(["a", "b", datetime(2023, 5, 1, 8, 30)], title="Phụ lục I")  # noqa: DTZ001 - cells know no time zone
    hidden = made.create_sheet("Ẩn")
    hidden.append(["mật"])
    hidden.sheet_state = "hidden"
    made.create_sheet("Sheet2").append([True, 1.5, "=1+1"])
    assert open_source(saved(made), name="a.xlsx").text == "Phụ lục I\na\tb\t08:30 01/05/2023\nTrue\t1.5"


def test_an_empty_workbook_has_no_words() -> None:
    with pytest.raises(Unreadable, match="không có chữ nào"):
        open_source(saved(book()), name="a.xlsx")


def test_limits_of_a_workbook() -> None:
    with pytest.raises(Unreadable, match="dài quá 10 ký tự"):
        open_source(saved(book(["x" * 20])), name="a.xlsx", limits=Limits(max_chars=10))
    with pytest.raises(Unreadable, match="bung ra quá lớn"):
        open_source(saved(book(["x"])), name="a.xlsx", limits=Limits(max_unpacked=2_000))


def test_a_workbook_with_a_document_type_is_refused() -> None:
    with pytest.raises(Unreadable, match="DTD"):
        open_source(zipped({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), name="a.xlsx")
