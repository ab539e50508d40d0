"""What a directive says does not hang on how its lines were wrapped, nor on how its letters and blanks are written."""

from __future__ import annotations

import textwrap
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khoithong.reading import read
from tests.reading.test_reader import EXAMPLE, sound

HEAD = (
    "UBND TỈNH NAM GIANG\nSố: 412/UBND-KT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Nam Giang, ngày 04 tháng 3 năm 2024\nV/v chuẩn bị mùa mưa bão\n"
    "Thực hiện Chỉ thị số 19/CT-TTg ngày 12 tháng 02 năm 2024 của Thủ tướng Chính phủ về việc chủ động phòng, chống "
    "thiên tai trong mùa mưa bão, Ủy ban nhân dân tỉnh yêu cầu các sở, ngành và địa phương làm ngay những việc sau:\n"
)
ITEMS = (
    "Sở Xây dựng chủ trì, phối hợp với Công an tỉnh và các địa phương rà soát các cầu treo, bến đò ngang; báo cáo kết "
    "quả về Ủy ban nhân dân tỉnh trước ngày 15/4/2024.",
    "Sở Tài chính bố trí kinh phí sửa chữa đê kè từ nguồn dự phòng ngân sách. Trường hợp vượt thẩm quyền thì trình Ủy "
    "ban nhân dân tỉnh xem xét trong tháng 5/2024.",
    "Giao Sở Giáo dục và Đào tạo kiểm tra mái trường, hàng rào, cây xanh trong khuôn viên các trường học ở vùng trũng "
    "theo quy định tại Điều 12 Nghị định số 66/2021/NĐ-CP ngày 06/7/2021 của Chính phủ.",
    "Ủy ban nhân dân các huyện Sơn Trà, Phước Mỹ và thị xã Điện Lộc lập danh sách hộ dân phải di dời, định kỳ hằng "
    "tháng báo cáo Văn phòng Thường trực Ban Chỉ huy phòng thủ dân sự tỉnh để tổng hợp chung.",
    "Đề nghị Bộ Chỉ huy Quân sự tỉnh duy trì lực lượng trực ban 24/24 giờ, sẵn sàng xuồng máy và áo phao. Công ty Điện "
    "lực tỉnh bảo đảm nguồn điện cho các trạm bơm tiêu úng.",
)


def told(text: str) -> Any:
    """The reading of a text without its places."""
    found = read(text)
    sound(found)
    duties = [
        (a.lead, a.coordinators, a.action, a.conditional, a.rule)
        + ((a.deadline.due_on, a.deadline.recurrence, " ".join(a.deadline.text.split())) if a.deadline else ())
        for a in found.assignments
    ]
    return found.identity.to_json(), [(c.symbol, c.title, c.issuer, c.issued_on) for c in found.citations], duties


def wrapped(text: str, width: int) -> str:
    return "\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n")
    )


@settings(max_examples=150, deadline=None)
@given(
    order=st.permutations(range(len(ITEMS))),
    count=st.integers(3, len(ITEMS)),
    width=st.integers(50, 125),
    marks=st.sampled_from(["1. ", "a) ", "- "]),
)
def test_wrapping_lines_changes_nothing(order: list[int], count: int, width: int, marks: str) -> None:
    labels = {"1. ": "123456", "a) ": "abcdef"}
    items = [
        (labels[marks][n] + marks[1:] if marks in labels else marks) + ITEMS[which]
        for n, which in enumerate(order[:count])
    ]
    text = HEAD + "\n".join(items) + "\n"
    whole = told(text)
    assert len(whole[2]) >= count
    assert told(wrapped(text, width)) == whole


@pytest.mark.parametrize("width", range(50, 126, 5))
def test_the_example_reads_alike_at_any_width(width: int) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert told(wrapped(text, width)) == told(text)


@pytest.mark.parametrize(
    "written",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("Đ", "\u00d0"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("ỦY", "UỶ").replace("ủy", "uỷ"),
        lambda text: wrapped(text, 72).replace(" ", "  ").replace("\n", " \r\n"),
    ],
    ids=["NFD", "CRLF", "doubled blanks", "hard blanks", "U+00D0", "empty lines", "tone marks", "wrapped and doubled"],
)
def test_ways_of_writing_change_nothing(written: Any) -> None:
    text = HEAD + "\n".join(f"{n}. {item}" for n, item in enumerate(ITEMS, 1)) + "\n"
    identity, citations, duties = told(written(text))
    wanted = told(text)
    assert identity == wanted[0]
    assert citations == wanted[1]
    assert [duty[0] for duty in duties] == [duty[0] for duty in wanted[2]]
    assert [duty[4:] for duty in duties] == [duty[4:] for duty in wanted[2]]


def test_a_long_line_elsewhere_does_not_keep_wrapped_lines_apart() -> None:
    text = HEAD + "\n".join(f"{n}. {item}" for n, item in enumerate(ITEMS, 1)) + "\n"
    long = "Nơi nhận: " + "các sở, ban, ngành, " * 30 + "lưu VT.\n"
    assert told(wrapped(text, 70) + long)[2] == told(text + long)[2]


def test_a_header_of_the_gazette_in_mid_sentence_changes_nothing() -> None:
    text = wrapped(HEAD + "\n".join(f"{n}. {item}" for n, item in enumerate(ITEMS, 1)) + "\n", 78)
    lines = text.split("\n")
    wanted = told(text)
    for place in range(12, len(lines) - 1):
        page = [*lines[:place], " ", "CÔNG BÁO/Số 12 + 13/Ngày 02-6-2024 ", "7", " ", *lines[place:]]
        if lines[place][:1].islower():
            assert told("\n".join(page)) == wanted
