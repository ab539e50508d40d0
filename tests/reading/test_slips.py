"""Warnings: each kind once by a slip made for it, and near it what is right or not sure and must stay silent."""

from __future__ import annotations

import pytest

from khoithong.reading import read

HEADER = "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NAM\nSố: {number}\nV/v trực ban\nQuảng Nam, ngày 3 tháng 4 năm 2023\n\n"
LETTER = HEADER.format(number="12/UBND-VX")


def kinds(text: str) -> list[str]:
    return [slip.kind.value for slip in read(text).warnings]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (
            "Theo Nghị định số 5/2021/NĐ-CP ngày 3/2/2020.",
            "year-mismatch",
            "mang năm 2021 nhưng ngày ghi kèm là 03/02/2020",
        ),
        ("Theo Thông tư số 5/2021/NĐ-CP.", "type-against-symbol", "là thông tư nhưng ký hiệu đó là của nghị định"),
        ("Theo Thông tư số 5/2021/TT-UBND.", "agency-impossible", "UBND không ban hành thông tư"),
        ("Họp trước ngày 31/02/2024.", "no-such-date", "không có ngày 31/02/2024"),
        ("Họp ngày 30 tháng 02 năm 2024.", "no-such-date", "không có ngày 30 tháng 02 năm 2024"),
        (
            "Theo Thông tư số 5/2021/TT-BTC của Bộ Y tế.",
            "issuer-against-symbol",
            "của Bộ Y tế nhưng ký hiệu là của Bộ Tài chính",
        ),
        (
            "Yêu cầu Sở Y tế báo cáo trước ngày 15/3/2023.",
            "deadline-before-paper",
            "(15/03/2023) đã qua trước ngày của văn bản",
        ),
        (
            "Theo Nghị định số 5/2021/NĐ-CP ngày 3/2/2021.\nXem Nghị định số 5/2021/NĐ-CP ngày 4/2/2021.",
            "two-dates",
            "ghi ngày 04/02/2021, nhưng ở dòng 7 ghi ngày 03/02/2021",
        ),
    ],
)
def test_a_slip_of_each_kind(text: str, kind: str, words: str) -> None:
    directive = read(LETTER + text)
    (slip,) = directive.warnings
    assert slip.kind.value == kind
    assert words in slip.message
    assert slip.message.startswith(f"Dòng {directive.text.count(chr(10), 0, slip.start) + 1}: ")
    assert slip.message.rstrip(".").split("Hãy ")[1]


@pytest.mark.parametrize(
    "text",
    [
        "Theo Nghị định số 5/2021/NĐ-CP ngày 3/2/2021.",
        "Theo Quy định số 5-QĐ/TW ngày 3/2/2021 và Kết luận số 6/TB-VPCP.",
        "Theo Thông tư số 5/2021/TT-BTC của Bộ trưởng Bộ Tài chính.",
        "Theo Quyết định số 5/2021/QĐ-TTg của Thủ tướng.",
        "Theo Thông tư liên tịch số 5/2012/TTLT-BTC-BYT của Bộ Tài chính, Bộ Y tế.",
        "Theo Thông báo số 5/TB-UBND ngày 3/2/2021. Theo Thông báo số 5/TB-UBND ngày 3/2/2022.",
        "Họp ngày 29/02/2024 và ngày 28/02/2023.",
        "Yêu cầu Sở Y tế báo cáo trước ngày 3/4/2023.",
        "Yêu cầu Sở Y tế báo cáo trước ngày 15/3.",
        "Tỷ lệ 31/02 và mục 30/2 của bảng; số 31.02.2024.",
    ],
)
def test_what_is_right_or_not_sure_is_silent(text: str) -> None:
    assert kinds(LETTER + text) == []


def test_the_own_symbol_against_the_own_date() -> None:
    assert kinds(HEADER.format(number="12/2022/UBND-VX") + "Kính gửi.") == ["year-mismatch"]


def test_the_span_is_the_paper_cited() -> None:
    directive = read("Theo Nghị định số 5/2021/NĐ-CP ngày 3/2/2020 thì được.")
    (slip,) = directive.warnings
    assert directive.text[slip.start : slip.end] == "Nghị định số 5/2021/NĐ-CP ngày 3/2/2020"
