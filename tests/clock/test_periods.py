"""Reporting periods close on the 14th and leave no day out and count none twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khoithong.clock import PeriodKind, period, period_of


@pytest.mark.parametrize(
    ("kind", "year", "number", "start", "end", "words", "mark"),
    [
        (PeriodKind.MONTH, 2023, 11, "2023-10-15", "2023-11-14", "Tháng 11/2023", "S"),
        (PeriodKind.MONTH, 2024, 1, "2023-12-15", "2024-01-14", "Tháng 1/2024", "S"),
        (PeriodKind.QUARTER, 2024, 1, "2023-12-15", "2024-03-14", "Quý I/2024", "S"),
        (PeriodKind.QUARTER, 2023, 4, "2023-09-15", "2023-12-14", "Quý IV/2023", "S"),
        (PeriodKind.HALF_YEAR, 2024, 1, "2023-12-15", "2024-06-14", "6 tháng đầu năm 2024", "S"),
        (PeriodKind.NINE_MONTHS, 2024, 1, "2023-12-15", "2024-09-14", "9 tháng đầu năm 2024", "S"),
        (PeriodKind.YEAR, 2023, 1, "2022-12-15", "2023-12-14", "Năm 2023", "M"),
    ],
)
def test_a_period(kind: PeriodKind, year: int, number: int, start: str, end: str, words: str, mark: str) -> None:
    found = period(kind, year, number)
    assert (found.start, found.end) == (date.fromisoformat(start), date.fromisoformat(end))
    assert (found.words, found.mark) == (words, mark)


@pytest.mark.parametrize(
    ("kind", "on", "words"),
    [
        (PeriodKind.MONTH, "2023-11-14", "Tháng 11/2023"),
        (PeriodKind.MONTH, "2023-11-15", "Tháng 12/2023"),
        (PeriodKind.MONTH, "2023-12-14", "Tháng 12/2023"),
        (PeriodKind.MONTH, "2023-12-15", "Tháng 1/2024"),
        (PeriodKind.YEAR, "2023-12-15", "Năm 2024"),
        (PeriodKind.QUARTER, "2023-09-14", "Quý III/2023"),
        (PeriodKind.QUARTER, "2023-09-15", "Quý IV/2023"),
        (PeriodKind.HALF_YEAR, "2024-06-14", "6 tháng đầu năm 2024"),
        (PeriodKind.NINE_MONTHS, "2023-12-15", "9 tháng đầu năm 2024"),
    ],
)
def test_the_period_of_a_day(kind: PeriodKind, on: str, words: str) -> None:
    found = period_of(kind, date.fromisoformat(on))
    assert found is not None
    assert found.words == words


@pytest.mark.parametrize(
    ("kind", "on"), [(PeriodKind.HALF_YEAR, date(2024, 6, 15)), (PeriodKind.NINE_MONTHS, date(2024, 12, 14))]
)
def test_some_days_are_in_no_half_year_or_nine_months(kind: PeriodKind, on: date) -> None:
    assert period_of(kind, on) is None


@pytest.mark.parametrize(("kind", "number"), [(PeriodKind.MONTH, 13), (PeriodKind.QUARTER, 0), (PeriodKind.YEAR, 2)])
def test_there_is_no_such_period(kind: PeriodKind, number: int) -> None:
    with pytest.raises(ValueError, match=kind.value):
        period(kind, 2023, number)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(list(PeriodKind)))
def test_the_period_of_a_day_holds_that_day_and_the_next_begins_where_it_ends(on: date, kind: PeriodKind) -> None:
    found = period_of(kind, on)
    if found is None:
        return
    assert on in found
    assert found.start - timedelta(days=1) not in found
    after = period_of(kind, found.end + timedelta(days=1))
    if kind not in (PeriodKind.HALF_YEAR, PeriodKind.NINE_MONTHS):
        assert after is not None
        assert after.start == found.end + timedelta(days=1)
