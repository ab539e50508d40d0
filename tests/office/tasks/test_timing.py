"""Deadlines in working days and words, at their borders."""

from __future__ import annotations

from datetime import date

import pytest

from khoithong.clock import Calendar
from khoithong.office.tasks.timing import (
    present_period,
    reminder_step,
    soon_until,
    time_left_words,
    with_weekday,
)

TUESDAY = date(2023, 11, 28)
PLAIN = Calendar()


@pytest.mark.parametrize(
    ("on", "last"),
    [
        (date(2023, 11, 27), date(2023, 11, 30)),  # Monday: Thursday
        (TUESDAY, date(2023, 12, 3)),  # Friday, and the week-end after it
        (date(2023, 12, 1), date(2023, 12, 6)),  # Friday: Wednesday
        (date(2023, 12, 2), date(2023, 12, 6)),  # Saturday: Wednesday
        (date(2023, 12, 27), date(2024, 1, 2)),  # Wednesday: Tuesday after New Year's Day
    ],
)
def test_soon_is_within_three_working_days_and_the_days_off_after_them(on: date, last: date) -> None:
    assert soon_until(PLAIN, on=on, working_days=3) == last
    assert PLAIN.working_days_left(last, on) == 3


def test_a_local_day_off_moves_what_is_soon() -> None:
    local = Calendar({date(2023, 11, 29): False})
    assert soon_until(local, on=TUESDAY, working_days=3) == date(2023, 12, 4)


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (date(2023, 12, 1), "còn 3 ngày làm việc"),
        (date(2023, 11, 29), "còn 1 ngày làm việc"),
        (TUESDAY, "hôm nay là ngày cuối"),
        (date(2023, 11, 27), "quá hạn 1 ngày làm việc"),
        (date(2023, 11, 26), "quá hạn 2 ngày làm việc"),
        (date(2023, 11, 10), "quá hạn 12 ngày làm việc"),
    ],
)
def test_what_is_left_is_said_in_working_days(deadline: date, words: str) -> None:
    assert time_left_words(deadline, on=TUESDAY, calendar=PLAIN) == words


def test_days_off_between_now_and_the_deadline_are_said_to_be_so() -> None:
    saturday, sunday, friday = date(2023, 12, 2), date(2023, 12, 3), date(2023, 12, 1)
    assert time_left_words(sunday, on=saturday, calendar=PLAIN) == "còn lại chỉ là ngày nghỉ"
    assert time_left_words(friday, on=saturday, calendar=PLAIN) == "quá hạn, chưa hết một ngày làm việc"


def test_a_deadline_is_written_with_its_weekday() -> None:
    assert with_weekday(date(2023, 12, 15)) == "thứ Sáu, 15/12/2023"
    assert with_weekday(date(2023, 12, 17)) == "Chủ nhật, 17/12/2023"


@pytest.mark.parametrize(
    ("recurrence", "on", "due_on"),
    [
        ("monthly", date(2023, 11, 14), date(2023, 11, 14)),
        ("monthly", date(2023, 11, 15), date(2023, 12, 14)),
        ("quarterly", date(2023, 12, 15), date(2024, 3, 14)),
        ("half-yearly", date(2024, 6, 14), date(2024, 6, 14)),
        ("half-yearly", date(2024, 6, 15), date(2024, 12, 14)),
        ("yearly", date(2023, 12, 14), date(2023, 12, 14)),
        ("weekly", date(2023, 12, 1), date(2023, 12, 1)),
        ("weekly", date(2023, 12, 2), date(2023, 12, 8)),
        ("weekly", TUESDAY, date(2023, 12, 1)),
    ],
)
def test_a_recurring_task_has_the_day_of_its_present_turn(recurrence: str, on: date, due_on: date) -> None:
    period = present_period(recurrence, on=on)
    assert period is not None
    assert period.due_on == due_on


@pytest.mark.parametrize("recurrence", ["", "daily", "continuous"])
def test_what_has_no_window_has_no_turn(recurrence: str) -> None:
    assert present_period(recurrence, on=TUESDAY) is None


@pytest.mark.parametrize(
    ("days", "step"), [(8, None), (7, 7), (6, 7), (4, 7), (3, 3), (2, 3), (1, 1), (0, 0), (-1, 0), (-30, 0)]
)
def test_a_reminder_stays_until_the_next(days: int, step: int | None) -> None:
    assert reminder_step(date.fromordinal(TUESDAY.toordinal() + days), on=TUESDAY) == step
