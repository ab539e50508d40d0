"""Cells that span others: columns stay under their headings, in Word papers and on pages alike."""

from __future__ import annotations

import pytest

from khoithong.reading.sources import open_source, read_file
from khoithong.reading.sources.tables import Spanning, spread

from .papers import docx, p


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([], []),
        ([[("a", 1, 1), ("b", 1, 1)]], ["a|b"]),
        ([[("a", 2, 1), ("b", 1, 1)], [("c", 1, 1)] * 3], ["a||b", "c|c|c"]),
        ([[("a", 1, 2), ("b", 1, 1)], [("c", 1, 1)], [("d", 1, 1), ("e", 1, 1)]], ["a|b", "|c", "d|e"]),
        ([[("a", 1, 1), ("b", 2, 3), ("c", 1, 1)], [("d", 1, 1), ("e", 1, 1)], []], ["a|b||c", "d|||e", ""]),
        ([[("a", 1, 1), ("b", 1, 2)], [("c", 1, 1)]], ["a|b", "c|"]),
        ([[("a", 10**8, 1)], [("b", -3, -3)]], ["a" + "|" * 49, "b"]),
    ],
)
def test_spans_are_filled_with_empty_cells(rows: list[list[tuple[str, int, int]]], shown: list[str]) -> None:
    given = [[Spanning([text], columns, down) for text, columns, down in row] for row in rows]
    assert ["|".join("".join(cell) for cell in row) for row in spread(given)] == shown


PAGE = """<table>
<tr><th>TT</th><th>Nhiệm vụ</th><th>Cơ quan chủ trì</th><th>Cơ quan phối hợp</th><th>Thời hạn</th></tr>
<tr><td>1</td><td>Rà soát máy chủ dùng chung</td><td rowspan="2">Sở Y tế</td>
<td>Sở Tài chính</td><td>15/05/2023</td></tr>
<tr><td>2</td><td>Lập danh mục phần mềm</td><td>Sở Nội vụ</td><td>20/06/2023</td></tr>
</table>"""


def test_a_lead_over_two_rows_of_a_page_leads_both() -> None:
    _, directive = read_file(PAGE.encode(), name="a.html")
    found = [
        (duty.lead, duty.coordinators, str(duty.deadline and duty.deadline.due_on)) for duty in directive.assignments
    ]
    assert found == [
        (("Sở Y tế",), ("Sở Tài chính",), "2023-05-15"),
        (("Sở Y tế",), ("Sở Nội vụ",), "2023-06-20"),
    ]


def test_cells_of_word_that_span_columns_and_rows_that_begin_later() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("rộng")}</w:tc>'
    plain = "".join(f"<w:tc>{p(text)}</w:tc>" for text in "abc")
    late = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + "".join(f"<w:tc>{p(text)}</w:tc>" for text in "xy")
    table = f"<w:tbl><w:tr>{plain}</w:tr><w:tr>{wide}<w:tc>{p('hẹp')}</w:tc></w:tr><w:tr>{late}</w:tr></w:tbl>"
    assert open_source(docx(table), name="a.docx").text.splitlines() == ["a\tb\tc", "rộng\t\thẹp", "\tx\ty"]
