"""Short forms: which paper "này", "nêu trên", a given name or a number alone means; none of them is a citation."""

from __future__ import annotations

import pytest

from khoithong.reading import read
from khoithong.reading.findings import OWN, Target

HEADER = (
    "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NAM\nSố: 12/QĐ-UBND\nQuảng Nam, ngày 3 tháng 4 năm 2023\n\nQUYẾT ĐỊNH\n"
    "Ban hành Quy chế trực ban\n\n"
)


def told(text: str) -> list[tuple[str, Target]]:
    return [(each.text, each.paper) for each in read(text).references]


def test_this_paper() -> None:
    assert told(HEADER + "Quyết định này có hiệu lực từ ngày ký.") == [("Quyết định này", OWN)]
    assert told(HEADER + "Quy chế này áp dụng cho mọi đơn vị.") == [("Quy chế này", OWN)]


def test_this_in_a_paper_of_another_type_is_the_last_named() -> None:
    text = HEADER + "Nghị quyết số 5/NQ-CP đã nêu rõ. Nghị quyết này đặt ra ba việc."
    assert told(text) == [("Nghị quyết này", Target(citation=0))]


def test_this_without_any_paper_to_mean_has_a_reason() -> None:
    assert told(HEADER + "Nghị quyết này đặt ra ba việc.") == [
        ("Nghị quyết này", Target(reason="không có nghị quyết nào được nêu trước đó"))
    ]


@pytest.mark.parametrize("words", ["Công văn nêu trên", "Công văn trên", "Công văn nói trên"])
def test_above_is_the_last_of_that_type(words: str) -> None:
    text = f"Theo Công văn số 7/SNV-TC và Thông báo số 8/TB-SNV. Về {words}, Sở có ý kiến."
    assert told(text) == [(words, Target(citation=0))]


@pytest.mark.parametrize(
    "text",
    [
        "Theo Công văn số 7/SNV-TC. Ban hành Kế hoạch trên địa bàn tỉnh.",
        "Áp dụng pháp luật này.",
        "Theo Quyết định số 7/QĐ-SNV. Khi có quyết định này nọ thì xem lại.",
        "Kế hoạch 2024 của tỉnh.",
    ],
)
def test_what_points_at_no_paper(text: str) -> None:
    assert told(text) == []


def test_a_name_that_the_text_gives() -> None:
    text = (
        "Thực hiện Quyết định số 6/QĐ-TTg ngày 6/1/2022 về việc phát triển dữ liệu (sau đây gọi tắt là Đề án 06). "
        "Các đơn vị làm tiếp Đề án 06."
    )
    assert told(text) == [("Đề án 06", Target(citation=0))]
    assert len(read(text).citations) == 1


def test_a_name_in_brackets_is_of_the_first_paper_of_the_sentence() -> None:
    text = "Quyết định số 6/QĐ-TTg phê duyệt Đề án thực hiện Nghị quyết số 9/NQ-CP (Đề án 06). Đề án 06 chậm."
    assert told(text) == [("Đề án 06", Target(citation=0))]


def test_a_plan_by_the_number_of_its_decision() -> None:
    text = "Quyết định số 06/QĐ-TTg phê duyệt Đề án phát triển dữ liệu. Tổ công tác Đề án 06 họp."
    assert told(text) == [("Đề án 06", Target(citation=0))]


def test_a_plan_that_the_text_does_not_tie_to_a_paper() -> None:
    ((text, paper),) = told("Tổ công tác Đề án 06 họp.")
    assert text == "Đề án 06"
    assert paper.reason == "văn bản này không cho biết tên gọi đó là văn bản nào"


def test_names_of_other_things_are_no_papers() -> None:
    text = "Luật Bảo hiểm xã hội (sau đây gọi chung là tiền lương) quy định. Trả tiền lương đúng hạn."
    assert told(text) == []


def test_type_and_number_of_a_paper_cited_in_full() -> None:
    text = "Thực hiện Chỉ thị số 20/CT-TTg ngày 1/8/2023. Kết quả làm Chỉ thị 20 còn thấp."
    assert told(text) == [("Chỉ thị 20", Target(citation=0))]


def test_inside_a_quotation_this_law_is_the_law_changed() -> None:
    text = (
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Thư viện số 46/2019/QH14 đã được sửa đổi, bổ sung tại "
        "Luật số 5/2022/QH15\n"
        "1. Sửa đổi khoản 2 theo Luật Giá số 16/2023/QH15 như sau:\n“2. Theo quy định của Luật này.”\n"
    )
    law = next(each for each in read(text).references if each.text == "Luật này")
    assert law.paper == Target(citation=0)
