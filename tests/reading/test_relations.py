"""Relations: of the own paper and between cited ones, each with the words that say so; what says none."""

from __future__ import annotations

import pytest

from khoithong.reading import read
from khoithong.reading.findings import Target

HEADER = "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NAM\nSố: 12/{code}\nQuảng Nam, ngày 3 tháng 4 năm 2023\n\n{title}\n{subject}\n\n"
DECISION = HEADER.format(code="QĐ-UBND", title="QUYẾT ĐỊNH", subject="Ban hành Quy chế trực ban")
LETTER = "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NAM\nSố: 12/UBND-VX\nV/v trực ban\nQuảng Nam, ngày 3 tháng 4 năm 2023\n\n"


def name(text: str, target: Target) -> str:
    if target.own:
        return "own"
    return read(text).citations[target.citation or 0].symbol or ""


def told(text: str) -> list[tuple[str, str, str]]:
    return [(name(text, r.subject), r.kind.value, name(text, r.object)) for r in read(text).relations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Căn cứ Nghị định số 5/2020/NĐ-CP;", [("own", "legal-basis", "5/2020/NĐ-CP")]),
        (
            "Căn cứ Nghị định số 5/2020/NĐ-CP ngày 3/2/2020; Thông tư số 6/2020/TT-BNV;",
            [("own", "legal-basis", "5/2020/NĐ-CP"), ("own", "legal-basis", "6/2020/TT-BNV")],
        ),
        (
            "Căn cứ Nghị định số 5/2020/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 6/2021/NĐ-CP;",
            [("own", "legal-basis", "5/2020/NĐ-CP"), ("6/2021/NĐ-CP", "amends", "5/2020/NĐ-CP")],
        ),
        (
            "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 7/TTr-SNV ngày 1/4/2023.",
            [("own", "at-request", "7/TTr-SNV")],
        ),
        ("Xét Tờ trình số 7/TTr-SNV ngày 1/4/2023 của Sở Nội vụ;", [("own", "at-request", "7/TTr-SNV")]),
        ("Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 8/QĐ-UBND.", [("own", "amends", "8/QĐ-UBND")]),
        ("Điều 2. Bãi bỏ khoản 2 Điều 5 Quyết định số 8/QĐ-UBND.", [("own", "repeals", "8/QĐ-UBND")]),
        (
            "Quyết định này có hiệu lực từ ngày ký và thay thế Quyết định số 8/QĐ-UBND ngày 1/2/2020.",
            [("own", "replaces", "8/QĐ-UBND")],
        ),
        (
            "Quyết định số 8/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.",
            [("own", "repeals", "8/QĐ-UBND")],
        ),
        (
            "Các quyết định sau đây hết hiệu lực:\na) Quyết định số 8/QĐ-UBND;\nb) Quyết định số 9/QĐ-UBND.\n",
            [("own", "repeals", "8/QĐ-UBND"), ("own", "repeals", "9/QĐ-UBND")],
        ),
        (
            "Theo Thông tư số 6/2020/TT-BNV hướng dẫn thi hành một số điều của Nghị định số 5/2020/NĐ-CP thì được.",
            [("6/2020/TT-BNV", "guides", "5/2020/NĐ-CP")],
        ),
        (
            "Thông tư số 6/2020/TT-BNV đã được thay thế bởi Thông tư số 7/2022/TT-BNV.",
            [("7/2022/TT-BNV", "replaces", "6/2020/TT-BNV")],
        ),
        (
            "Quyết định này quy định chi tiết Điều 5 Nghị định số 5/2020/NĐ-CP.",
            [("own", "guides", "5/2020/NĐ-CP")],
        ),
        (
            "Theo Luật Giá số 16/2023/QH15 được sửa đổi bởi Luật số 17/2024/QH15, Nghị định số 5/2025/NĐ-CP thì được.",
            [("17/2024/QH15", "amends", "16/2023/QH15")],
        ),
        (
            "Luật Giá số 16/2023/QH15 được sửa đổi theo Luật số 17/2024/QH15, Luật Phí số 9/2015/QH13 đều còn dùng.",
            [("17/2024/QH15", "amends", "16/2023/QH15")],
        ),
        ("Thuốc không thể thay thế bằng loại khác:\na) Theo Quyết định số 8/QĐ-UBND;\n", []),
        (
            "Từ ngày Quyết định này có hiệu lực thi hành, Quyết định số 8/QĐ-UBND chỉ còn áp dụng ở xã.",
            [],
        ),
        ("Thay thế cụm từ “a” bằng “b” tại Điều 3 Quyết định số 8/QĐ-UBND.", [("own", "amends", "8/QĐ-UBND")]),
    ],
)
def test_relations_of_a_decision(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert sorted(told(DECISION + text)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thực hiện Công điện số 5/CĐ-TTg, UBND tỉnh yêu cầu:", [("own", "carries-out", "5/CĐ-TTg")]),
        ("Trả lời Công văn số 7/SNV-TC ngày 1/4/2023 của Sở Nội vụ, UBND tỉnh:", [("own", "answers", "7/SNV-TC")]),
        ("Phúc đáp đề nghị nêu tại Công văn số 7/SNV-TC:", [("own", "answers", "7/SNV-TC")]),
    ],
)
def test_relations_of_a_letter(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(LETTER + text) == expected


def test_the_subject_says_what_a_paper_is_to_another() -> None:
    text = HEADER.format(code="KH-UBND", title="KẾ HOẠCH", subject="Triển khai thực hiện Nghị quyết số 9/NQ-CP")
    assert told(text) == [("own", "carries-out", "9/NQ-CP")]


@pytest.mark.parametrize(
    "text",
    [
        "a) Thực hiện Công điện số 5/CĐ-TTg; báo cáo kết quả.",
        "Sở Nội vụ thực hiện Công điện số 5/CĐ-TTg.",
        "- Sửa đổi Quyết định số 8/QĐ-UBND cho hợp với thực tế.",
        "a) Căn cứ nhiệm vụ được giao và Nghị quyết số 9/NQ-CP, lập kế hoạch.",
        "Chủ tịch UBND các xã chịu trách nhiệm thi hành Công văn này.",
        "Công điện số 5/CĐ-TTg và Công văn số 7/SNV-TC đã gửi các đơn vị.",
    ],
)
def test_what_says_no_relation_of_a_letter(text: str) -> None:
    assert told(LETTER + text) == []


def test_a_change_inside_a_quotation_is_not_by_the_own_paper() -> None:
    text = DECISION + "Điều 1. Sửa đổi như sau:\n“2. Bãi bỏ Quyết định số 8/QĐ-UBND.”\n"
    assert told(text) == []


def test_the_span_is_the_words_that_say_so() -> None:
    directive = read(DECISION + "Điều 1. Bãi bỏ Quyết định số 8/QĐ-UBND.")
    (found,) = directive.relations
    assert directive.text[found.start : found.end] == "Bãi bỏ"
