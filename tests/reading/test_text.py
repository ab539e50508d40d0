"""The flat view: as long as the text, even where the print is uneven, broken only where a paragraph ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khoithong.reading.text import flatten, lines, nfc, paragraphs, squeeze


def told(text: str) -> list[str]:
    flat = flatten(nfc(text))
    return [squeeze(flat[p.start : p.end]) for p in paragraphs(flat)]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Q\u00d0-UBND", "QĐ-UBND"),
        ("12/QĐ\u2011UBND", "12/QĐ-UBND"),
        ("12/QĐ\ufffeUBND", "12/QĐ-UBND"),
        ("12/QĐ–UBND", "12/QĐ-UBND"),
        ("06/2022/TT-B\u0422\u0421", "06/2022/TT-BTC"),
        ("１２／ＱＤ", "12/QD"),
        ("số\u00a012\u202f/QĐ", "số 12 /QĐ"),
        ("a\u200bb", "a b"),
        ("một\r\nhai", "một  hai"),
    ],
)
def test_flat_view_replaces_one_for_one(printed: str, meant: str) -> None:
    assert flatten(printed) == meant


def test_wrapped_lines_are_one_paragraph_and_items_are_their_own() -> None:
    text = (
        "UBND tỉnh yêu cầu các sở, ban, ngành, các địa phương khẩn trương \n"
        "thực hiện tốt những việc được giao sau đây, bảo đảm đúng tiến độ đã \n"
        "cam kết với Trung ương và nhân dân: \n"
        "1. Sở Nội vụ chủ trì, phối hợp với các cơ quan liên quan xây dựng Kế \n"
        "hoạch chung; \n"
        "a) Báo cáo kết quả. \n"
    )
    assert told(text) == [
        "UBND tỉnh yêu cầu các sở, ban, ngành, các địa phương khẩn trương thực hiện tốt những việc được giao sau đây, "
        "bảo đảm đúng tiến độ đã cam kết với Trung ương và nhân dân:",
        "1. Sở Nội vụ chủ trì, phối hợp với các cơ quan liên quan xây dựng Kế hoạch chung;",
        "a) Báo cáo kết quả.",
    ]


def test_a_page_header_in_mid_sentence_disappears_and_the_sentence_goes_on() -> None:
    text = "các đơn vị rà soát lại \n\nCÔNG BÁO/Số 12 + 13/Ngày 02-6-2026 \n71\n \n \ntoàn bộ hồ sơ. \n"
    assert told(text) == ["các đơn vị rà soát lại toàn bộ hồ sơ."]


def test_a_signature_stamp_disappears() -> None:
    text = "điều này. \nKý bởi: AI ĐÓ\nCơ quan: VĂN PHÒNG\nNgày ký: 2026-06-02 08:06:58 +07:00\n\n2. Việc sau đây."
    assert told(text) == ["điều này.", "2. Việc sau đây."]


def test_numbers_alone_on_a_line_stay_unless_they_stand_by_a_page_header() -> None:
    assert told("TT\n1\nViệc thứ nhất\n") == ["TT", "1", "Việc thứ nhất"]


def test_a_symbol_cut_by_a_line_break_is_in_one_paragraph() -> None:
    assert told("theo Nghị quyết số 12-\nNQ/TU và Kế hoạch số 5/\nKH-UBND") == [
        "theo Nghị quyết số 12- NQ/TU và Kế hoạch số 5/ KH-UBND"
    ]


def test_heading_and_rule_stand_apart_from_what_follows() -> None:
    assert told("UBND TỈNH \n_______\nSố: 12/UBND-VX \n**CHỈ THỊ**\n## Về một việc") == [
        "UBND TỈNH",
        "Số: 12/UBND-VX",
        "CHỈ THỊ",
        "Về một việc",
    ]


def test_a_heading_in_capitals_is_not_joined_to_the_line_before_or_behind() -> None:
    text = (
        "Số: 12/QĐ-UBND           Đà Nẵng, ngày 19 tháng 5 năm 2026\nQUYẾT ĐỊNH\n"
        "về việc công bố danh mục những việc mới\n"
        "làm theo cách thức đã được quy định trong năm nay và các năm sau đó\n"
        "nữa theo quy chế chung của tỉnh về việc này cho đến khi có quy định\n"
    )
    assert told(text)[1] == "QUYẾT ĐỊNH"


def test_tabs_part_the_cells_of_a_row_but_not_a_mark_from_its_item() -> None:
    assert told("TT\tViệc\tHạn\n1\tđếm cầu\t\tmai\nxong\n1.\tMột mục\n-\tMột gạch\n\tthụt vào") == [
        *("TT", "Việc", "Hạn", "1", "đếm cầu", "mai", "xong"),
        *("1. Một mục", "- Một gạch thụt vào"),
    ]


def test_a_mark_of_a_list_in_mid_sentence_opens_no_item() -> None:
    assert told("theo quy định tại khoản\n1. Điều này và\nChương II Nghị định") == [
        "theo quy định tại khoản 1. Điều này và Chương II Nghị định"
    ]


def test_lines_are_the_printed_ones() -> None:
    assert [tuple(s) for s in lines(" một \n\nhai")] == [(1, 4), (7, 10)]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_any_text_keeps_its_length(text: str) -> None:
    whole = nfc(text)
    flat = flatten(whole)
    assert len(flat) == len(whole)
    for span in paragraphs(flat):
        assert 0 <= span.start < span.end <= len(whole)
        assert "\n" not in flat[span.start : span.end]
