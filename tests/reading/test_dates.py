"""Dates in print: forms, borders of the calendar, and numbers that are no dates."""

from __future__ import annotations

from datetime import date

import pytest

from khoithong.reading.dates import date_at, dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ngày 22/11/2023", date(2023, 11, 22)),
        ("22-11-2023", date(2023, 11, 22)),
        ("ngày 5.6.2020", date(2020, 6, 5)),
        ("ngày 22 / 11 / 2023", date(2023, 11, 22)),
        ("ngày 04 tháng 10 năm 2023", date(2023, 10, 4)),
        ("NGÀY 30 THÁNG 4 NĂM 2025", date(2025, 4, 30)),
        ("ngày 18 \ntháng 5 năm 2026", date(2026, 5, 18)),
        ("ngày 23 tháng 02 năm 20264", date(2026, 2, 23)),
        ("ngày 29/02/2024", date(2024, 2, 29)),
    ],
)
def test_forms(text: str, day: date) -> None:
    assert [mention.on for mention in dates(text)] == [day]


@pytest.mark.parametrize(
    "text", ["29/02/2023", "31/4/2024", "0/1/2024", "13/13/2020", "12/2023", "04/2020/TT-BTTTT", "1.234.567", "3/4/5/6"]
)
def test_no_dates(text: str) -> None:
    assert [mention for mention in dates(text) if mention.year] == []


def test_without_a_year_there_is_no_day_of_the_calendar() -> None:
    (mention,) = dates("trước ngày 30/6 phải")
    assert (mention.day, mention.month, mention.year, mention.on) == (30, 6, None, None)
    assert mention.in_year(2024) == date(2024, 6, 30)


def test_date_at_looks_only_at_the_place() -> None:
    assert date_at("x ngày 1/2/2023", 0) is None
    mention = date_at("x ngày 1/2/2023", 2)
    assert mention is not None
    assert (mention.start, mention.end) == (2, 15)
