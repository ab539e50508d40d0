"""Working days of Viet Nam, counted: known years as tables, everything else as laws that must hold."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khoithong.clock import Calendar

NATIONAL = Calendar()

days = st.dates(min_value=date(1990, 1, 1), max_value=date(2110, 12, 31))
calendars = st.dictionaries(st.dates(date(2023, 1, 1), date(2026, 12, 31)), st.booleans(), max_size=8).map(Calendar)


def span(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


@pytest.mark.parametrize(
    ("free", "why"),
    [
        (("2024-02-08", "2024-02-14"), "Tết Giáp Thìn"),
        (("2024-04-27", "2024-05-01"), "30/4 and 1/5 with the Monday between swapped"),
        (("2024-08-31", "2024-09-03"), "2/9 with its second day"),
        (("2023-09-01", "2023-09-04"), "2/9 on a Saturday: a day in lieu"),
        (("2025-01-25", "2025-02-02"), "Tết Ất Tỵ"),
        (("2025-04-30", "2025-05-04"), "30/4, 1/5 with the Friday swapped"),
        (("2026-04-25", "2026-04-27"), "Giỗ Tổ on a Sunday: a day in lieu"),
        (("2026-08-29", "2026-09-02"), "2/9 with the Monday swapped"),
        (("2023-11-25", "2023-11-26"), "a plain week-end"),
    ],
)
def test_a_known_holiday_is_free_and_the_days_around_it_are_worked(free: tuple[str, str], why: str) -> None:
    inside = span(*free)
    assert [NATIONAL.is_working(day) for day in inside] == [False] * len(inside), why
    assert NATIONAL.is_working(inside[0] - timedelta(days=1)), why
    assert NATIONAL.is_working(inside[-1] + timedelta(days=1)), why


@pytest.mark.parametrize("saturday", ["2024-05-04", "2025-04-26", "2026-08-22", "2019-01-05", "2014-12-27"])
def test_a_make_up_saturday_is_worked(saturday: str) -> None:
    day = date.fromisoformat(saturday)
    assert day.weekday() == 5
    assert NATIONAL.is_working(day)
    assert not NATIONAL.is_working(day + timedelta(days=7))


@pytest.mark.parametrize(("year", "worked"), [(2023, True), (2025, True), (2026, False), (2027, False)])
def test_24_november_is_a_holiday_from_2026(year: int, worked: bool) -> None:
    assert NATIONAL.is_working(date(year, 11, 24)) is worked


def test_an_override_wins_both_ways() -> None:
    # The swap of 2026-01-02 that the package lacks (mark M), with a Saturday worked for it.
    local = Calendar({date(2026, 1, 2): False, date(2026, 1, 10): True})
    assert NATIONAL.is_working(date(2026, 1, 2))
    assert not local.is_working(date(2026, 1, 2))
    assert local.is_working(date(2026, 1, 10))
    assert local.is_working(date(2026, 1, 5))


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2023-11-22", "2023-11-22", 0),
        ("2023-11-22", "2023-11-23", 1),
        ("2023-11-24", "2023-11-26", 0),  # Friday to Sunday
        ("2023-11-24", "2023-11-27", 1),
        ("2023-11-25", "2023-11-27", 1),  # Saturday to Monday
        ("2024-02-07", "2024-02-15", 1),  # over Tết
        ("2023-12-29", "2024-01-02", 1),  # over the new year
        ("2022-12-30", "2025-01-02", 501),
        ("2024-05-03", "2024-05-04", 1),  # the Saturday worked
        ("2023-11-23", "2023-11-22", -1),
        ("2024-01-02", "2023-12-29", -1),
    ],
)
def test_days_between(start: str, end: str, count: int) -> None:
    assert NATIONAL.working_days_between(date.fromisoformat(start), date.fromisoformat(end)) == count


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2023-11-22", 0, "2023-11-22"),
        ("2023-11-25", 0, "2023-11-25"),  # even on a Saturday
        ("2023-11-22", 3, "2023-11-27"),
        ("2023-11-25", 1, "2023-11-27"),
        ("2024-02-07", 1, "2024-02-15"),
        ("2023-12-29", 1, "2024-01-02"),
        ("2024-01-02", -1, "2023-12-29"),
        ("2023-11-26", -3, "2023-11-22"),  # from a Sunday: Friday, Thursday, Wednesday
        ("2023-11-27", -1, "2023-11-24"),
        ("2024-05-03", 1, "2024-05-04"),
        ("2022-12-30", 501, "2025-01-02"),
    ],
)
def test_adding_days(day: str, count: int, expected: str) -> None:
    assert NATIONAL.add_working_days(date.fromisoformat(day), count) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("deadline", "on", "left"),
    [
        ("2023-11-30", "2023-11-22", 6),
        ("2023-11-24", "2023-11-24", 0),
        ("2023-11-24", "2023-11-25", 0),  # passed, but no working day since
        ("2023-11-24", "2023-11-27", -1),
        ("2024-02-07", "2024-02-15", -1),
    ],
)
def test_days_left(deadline: str, on: str, left: int) -> None:
    assert NATIONAL.working_days_left(date.fromisoformat(deadline), date.fromisoformat(on)) == left


def test_the_next_working_day() -> None:
    assert NATIONAL.working_day_on_or_after(date(2024, 2, 8)) == date(2024, 2, 15)
    assert NATIONAL.working_day_on_or_after(date(2024, 2, 15)) == date(2024, 2, 15)


@given(calendars, days, days)
def test_a_count_is_the_sum_of_its_days(calendar: Calendar, start: date, length: date) -> None:
    end = start + timedelta(days=length.toordinal() % 800)
    walked = sum(calendar.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
    assert calendar.working_days_between(start, end) == walked


@given(calendars, days, days, days)
def test_counts_add_up(calendar: Calendar, a: date, b: date, c: date) -> None:
    between = calendar.working_days_between
    assert between(a, b) + between(b, c) == between(a, c)
    assert between(a, b) == -between(b, a)


@given(calendars, days, st.integers(1, 1000))
def test_adding_then_counting_gives_the_number_back(calendar: Calendar, day: date, count: int) -> None:
    later = calendar.add_working_days(day, count)
    assert calendar.is_working(later)
    assert calendar.working_days_between(day, later) == count


@given(calendars, days, st.integers(1, 1000))
def test_adding_backwards_is_the_way_back(calendar: Calendar, day: date, count: int) -> None:
    earlier = calendar.add_working_days(day, -count)
    assert earlier < day
    assert calendar.is_working(earlier)
    assert calendar.working_days_between(earlier, day - timedelta(days=1)) == count - 1


def test_a_year_without_a_working_day_is_walked_over() -> None:
    closed = Calendar(dict.fromkeys(span("2024-01-01", "2024-12-31"), False))
    assert closed.add_working_days(date(2023, 12, 29), 1) == date(2025, 1, 2)
    assert closed.add_working_days(date(2025, 1, 2), -1) == date(2023, 12, 29)


def test_years_outside_the_known_ones_have_weekends_only() -> None:
    assert NATIONAL.is_working(date(2150, 9, 2)) is True
    assert not NATIONAL.is_working(date(2150, 9, 5))


@pytest.mark.parametrize("count", [1, -1])
def test_past_the_end_of_all_years_is_an_error(count: int) -> None:
    edge = date(9999, 12, 31) if count > 0 else date(1, 1, 1)
    with pytest.raises(OverflowError):
        NATIONAL.add_working_days(edge, count)


def test_calendars_are_values() -> None:
    given = {date(2026, 1, 2): False}
    calendar = Calendar(given)
    given[date(2026, 1, 5)] = False
    assert calendar.is_working(date(2026, 1, 5))
    assert calendar == Calendar({date(2026, 1, 2): False})
    assert hash(calendar) == hash(Calendar({date(2026, 1, 2): False}))
    assert calendar != NATIONAL


def test_the_holidays_are_loaded_only_when_a_day_is_asked_for() -> None:
    code = "import sys, khoithong.clock; print('holidays' in sys.modules, 'django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert done.stdout.split() == ["False", "False"]
