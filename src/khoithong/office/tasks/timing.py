"""What a deadline means on a day, in working days and in words. No database: calendar and day are arguments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khoithong.clock import Calendar, Period, PeriodKind, period_of

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
REMINDER_DAYS = (7, 3, 1)
"""Calendar days before a deadline on which a reminder falls due; after it, one each day."""

_PERIODS: dict[str, tuple[PeriodKind, ...]] = {
    "monthly": (PeriodKind.MONTH,),
    "quarterly": (PeriodKind.QUARTER,),
    # No half-year window covers the second half: its report is the year's.
    "half-yearly": (PeriodKind.HALF_YEAR, PeriodKind.YEAR),
    "yearly": (PeriodKind.YEAR,),
}


@dataclass(frozen=True)
class PresentPeriod:
    """The turn of a recurring task that is running: its name and the last day of its reporting window."""

    words: str
    due_on: date


def soon_until(calendar: Calendar, *, on: date, working_days: int) -> date:
    """The last day whose deadline is still within `working_days` working days after `on`.

    Days off that follow belong to it: on a Tuesday, with three days, Friday's deadline is due soon and Sunday's too.
    """
    return calendar.add_working_days(on, working_days + 1) - timedelta(days=1)


def present_period(recurrence: str, *, on: date) -> PresentPeriod | None:
    """The present turn of a recurring task by the reporting windows of Nghị định 09/2019/NĐ-CP (see `clock.periods`).

    A weekly task is due on Friday. None for a daily or continuous task, which has no window, and for a single one.
    """
    if recurrence == "weekly":
        friday = on + timedelta(days=4 - on.weekday()) if on.weekday() <= 4 else on + timedelta(days=11 - on.weekday())
        return PresentPeriod(_("Tuần này") if on.weekday() <= 4 else _("Tuần tới"), friday)
    for kind in _PERIODS.get(recurrence, ()):
        if span := period_of(kind, on):
            return PresentPeriod(_period_words(span), span.end)
    return None


def _period_words(span: Period) -> str:
    values = {"number": span.number, "year": span.year}
    match span.kind:
        case PeriodKind.MONTH:
            return _("Tháng %(number)s/%(year)s") % values
        case PeriodKind.QUARTER:
            return _("Quý %(number)s/%(year)s") % {**values, "number": ("I", "II", "III", "IV")[span.number - 1]}
        case PeriodKind.HALF_YEAR:
            return _("6 tháng đầu năm %(year)s") % {"year": span.year}
        case PeriodKind.NINE_MONTHS:
            return _("9 tháng đầu năm %(year)s") % {"year": span.year}
        case PeriodKind.YEAR:
            return _("Năm %(year)s") % {"year": span.year}


def with_weekday(day: date) -> str:
    """ "thứ Sáu, 15/12/2023": how a deadline is written."""
    return f"{_(WEEKDAYS[day.weekday()])}, {day:%d/%m/%Y}"


def time_left_words(deadline: date, *, on: date, calendar: Calendar) -> str:
    """ "còn 3 ngày làm việc", "quá hạn 12 ngày làm việc": how far `deadline` lies from the day `on`."""
    days = calendar.working_days_left(deadline, on)
    if deadline == on:
        return _("hôm nay là ngày cuối")
    if deadline > on:
        if days == 0:
            return _("còn lại chỉ là ngày nghỉ")
        return ngettext("còn %(days)d ngày làm việc", "còn %(days)d ngày làm việc", days) % {"days": days}
    if days == 0:
        return _("quá hạn, chưa hết một ngày làm việc")
    return ngettext("quá hạn %(days)d ngày làm việc", "quá hạn %(days)d ngày làm việc", -days) % {"days": -days}


def reminder_step(deadline: date, *, on: date) -> int | None:
    """The reminder in force on `on`: 7, 3 or 1 days before, 0 on the last day and after it; None while none is.

    The step stays in force until the next, so that a reminder that fell on a Sunday is still there on Monday.
    """
    days = (deadline - on).days
    if days <= 0:
        return 0
    return next((step for step in sorted(REMINDER_DAYS) if days <= step), None)
