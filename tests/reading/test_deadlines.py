"""Deadlines: the words, the last day that keeps them, how often they come back; and what only looks like one."""

from __future__ import annotations

from datetime import date

import pytest

from khoithong.reading.deadlines import deadline_in_cell, deadline_of
from khoithong.reading.model import Recurrence as R

ISSUED = date(2023, 11, 22)


@pytest.mark.parametrize(
    ("text", "words", "due_on", "recurrence"),
    [
        ("gửi Sở Nội vụ trước ngày 10/12/2023 để tổng hợp", "trước ngày 10/12/2023", date(2023, 12, 10), None),
        ("báo cáo trước ngày 05 tháng 01 năm 2024", "trước ngày 05 tháng 01 năm 2024", date(2024, 1, 5), None),
        ("nộp chậm nhất là ngày 15-3-2024.", "chậm nhất là ngày 15-3-2024", date(2024, 3, 15), None),
        ("hoàn thành trong tháng 12/2023", "trong tháng 12/2023", date(2023, 12, 31), None),
        ("hoàn thành trong tháng 2 năm 2024", "trong tháng 2 năm 2024", date(2024, 2, 29), None),
        ("trình UBND tỉnh trong quý I/2024", "trong quý I/2024", date(2024, 3, 31), None),
        ("xong trong năm 2024", "trong năm 2024", date(2024, 12, 31), None),
        ("thực hiện trong năm 2023, 2024", "trong năm 2023, 2024", date(2024, 12, 31), None),
        ("hoàn thành trước năm 2025", "trước năm 2025", date(2024, 12, 31), None),
        ("gửi về Sở trước 30/6.", "trước 30/6", date(2024, 6, 30), None),
        ("gửi về Sở trước ngày 25/12.", "trước ngày 25/12", date(2023, 12, 25), None),
        ("sửa xong nhà văn hóa (Quý III/2025)", "Quý III/2025", date(2025, 9, 30), None),
        ("báo cáo trước ngày 25 tháng 12 hằng năm", "trước ngày 25 tháng 12 hằng năm", None, R.YEARLY),
        ("gửi trước ngày 01 tháng 3 năm sau", "trước ngày 01 tháng 3 năm sau", None, R.YEARLY),
        ("gửi trước ngày 20 hàng tháng", "trước ngày 20 hàng tháng", None, R.MONTHLY),
        ("Định kỳ thứ Sáu hàng tuần báo cáo", "Định kỳ thứ Sáu hàng tuần", None, R.WEEKLY),
        ("định kỳ hằng quý báo cáo UBND tỉnh", "định kỳ hằng quý", None, R.QUARTERLY),
        ("định kỳ 6 tháng, hằng năm báo cáo", "định kỳ 6 tháng, hằng năm", None, R.HALF_YEARLY),
        ("định kỳ hằng năm gửi Sở trước ngày 5/12", "định kỳ hằng năm gửi Sở trước ngày 5/12", None, R.YEARLY),
        ("gửi chậm nhất vào ngày 20 của tháng cuối quý", "chậm nhất vào ngày 20 của tháng cuối quý", None, R.QUARTERLY),
        ("Báo cáo 06 tháng gửi trước ngày 20 tháng 6", "trước ngày 20 tháng 6", None, R.HALF_YEARLY),
        ("điểm báo hằng ngày cho lãnh đạo; tổng hợp hằng ngày", "hằng ngày", None, R.DAILY),
        ("thường xuyên kiểm tra đê kè", "thường xuyên", None, R.CONTINUOUS),
        ("trả lời trong thời hạn 05 ngày kể từ ngày nhận, gửi", "trong thời hạn 05 ngày kể từ ngày nhận", None, None),
        ("trả lời trong vòng 10 ngày", "trong vòng 10 ngày", None, None),
        ("công bố ngay sau khi được phê duyệt", "ngay sau khi được phê duyệt", None, None),
    ],
)  # fmt: skip
def test_deadline(text: str, words: str, due_on: date | None, recurrence: R | None) -> None:
    found = deadline_of(text, 0, len(text), issued_on=ISSUED, opens=0)
    assert found is not None
    assert (found.text, found.due_on, found.recurrence) == (words, due_on, recurrence)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text",
    [
        "bố trí từ nguồn chi thường xuyên",
        "lập kế hoạch hằng năm của đơn vị",
        "theo Nghị định có hiệu lực từ ngày 01 tháng 7 năm 2024",
        "giai đoạn 2022-2025, tầm nhìn đến năm 2030",
        "sau khi có quyết định của UBND tỉnh",
        "tiếp nhận từ ngày 01/01/2024",
        "rà soát 12/45 hồ sơ",
        "",
    ],
)
def test_no_deadline(text: str) -> None:
    assert deadline_of(text, 0, len(text), issued_on=ISSUED, opens=0) is None


def test_a_date_without_a_year_has_no_day_where_the_paper_has_no_date() -> None:
    found = deadline_of("gửi trước ngày 30/6", 0, 19, issued_on=None)
    assert found is not None
    assert (found.text, found.due_on) == ("trước ngày 30/6", None)


def test_the_day_itself_has_not_passed() -> None:
    found = deadline_of("gửi trước ngày 22/11", 0, 20, issued_on=ISSUED)
    assert found is not None
    assert found.due_on == ISSUED


@pytest.mark.parametrize(
    "text", ["trước ngày 31/02/2024", "trước ngày 45/13/2024", "trong tháng 15/2024", "trước năm 0000"]
)
def test_impossible_dates_give_no_day(text: str) -> None:
    found = deadline_of(text, 0, len(text), issued_on=ISSUED)
    assert found is None or found.due_on is None


@pytest.mark.parametrize(
    ("cell", "due_on", "recurrence"),
    [
        ("2026", date(2026, 12, 31), None),
        ("Tháng\n9/2026", date(2026, 9, 30), None),
        ("Quý IV năm 2023", date(2023, 12, 31), None),
        ("Thường xuyên", None, R.CONTINUOUS),
        ("2026 và hằng năm", None, R.YEARLY),
        ("Theo lộ trình của Đề án", None, None),
    ],
)
def test_cells(cell: str, due_on: date | None, recurrence: R | None) -> None:
    found = deadline_in_cell(cell, 40, issued_on=ISSUED)
    assert found is not None
    assert (found.due_on, found.recurrence, found.start) == (due_on, recurrence, 40)
