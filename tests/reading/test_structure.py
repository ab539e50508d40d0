"""Blocks of a text and what stands under what."""

from __future__ import annotations

from khoithong.reading.structure import Kind, blocks

TEXT = """Điều 2. Tổ chức thực hiện
1. Sở Nội vụ:
a) Lập danh sách.
b) Gửi báo cáo.
- Bản giấy;
bản điện tử.
2. Sở Y tế
Kiểm tra các trạm.
Điều 3. Hiệu lực
"""


def test_markers_and_parents() -> None:
    found = [(b.kind, b.marker, b.parent) for b in blocks(TEXT)]
    assert found == [
        (Kind.ARTICLE, "Điều 2.", -1),
        (Kind.NUMBER, "1.", 0),
        (Kind.LETTER, "a)", 1),
        (Kind.LETTER, "b)", 1),
        (Kind.DASH, "-", 3),
        (Kind.NUMBER, "2.", 0),
        (Kind.PARAGRAPH, "", 5),
        (Kind.ARTICLE, "Điều 3.", -1),
    ]


def test_a_line_goes_on_with_an_item_that_stopped_in_a_list() -> None:
    dash = next(b for b in blocks(TEXT) if b.kind is Kind.DASH)
    assert TEXT[dash.start : dash.end] == "Bản giấy;\nbản điện tử."


def test_a_paragraph_that_ends_with_a_colon_holds_the_items_after_it() -> None:
    found = blocks("Sở Y tế làm các việc sau:\na) Một.\nb) Hai.\n")
    assert [b.parent for b in found] == [-1, 0, 0]


def test_decimal_numbers_and_dates_are_no_markers() -> None:
    assert [b.kind for b in blocks("12.500 hồ sơ\n3/2/2024 là ngày\n1.2. Mục\n")] == [
        Kind.PARAGRAPH,
        Kind.PARAGRAPH,
        Kind.DOTTED,
    ]


def test_nothing() -> None:
    assert blocks("") == ()
    assert blocks("\n \n") == ()
