"""The calendar of working days: what the nation has, what the office has decided otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from khoithong.clock import Calendar
from khoithong.office.accounts.permissions import Capability, can, require
from khoithong.office.base.actions import Refused
from khoithong.office.base.clock import now
from khoithong.office.tasks.actions import clear_calendar_day, set_calendar_day
from khoithong.office.tasks.forms import CalendarDayForm
from khoithong.office.tasks.models import CalendarDay
from khoithong.office.tasks.queries import office_calendar
from khoithong.office.tasks.views.common import forbids, person_of, show_at_field, today

FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True)
class Cell:
    """One day of a month's table; None stands for the days before the first."""

    day: date
    is_working: bool
    tone: str
    words: str


@dataclass(frozen=True)
class Month:
    """One month: its name, its weeks from Monday, how many days are worked."""

    first: date
    weeks: list[list[Cell | None]]
    worked: int


@require_http_methods(["GET", "POST"])
@forbids
def calendar(request: HttpRequest) -> HttpResponseBase:
    """A year of working days; the administrator sets the office's own days."""
    person = person_of(request)
    year = _year(request)
    may_change = can(person, Capability.MANAGE_CALENDAR)
    if request.method == "POST":
        require(person, Capability.MANAGE_CALENDAR)
    form = CalendarDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = set_calendar_day(by=person, at=now(), **form.cleaned_data)
        except Refused as refusal:
            show_at_field(refusal, form)
        else:
            messages.success(request, _("Đã điều chỉnh ngày %(day)s.") % {"day": f"{made.day:%d/%m/%Y}"})
            return redirect(f"{reverse('tasks:calendar')}?year={made.day.year}")
    own = {day.day: day for day in CalendarDay.objects.filter(day__year=year)}
    months = _months(year, office_calendar(), own)
    context = {
        "year": year,
        "years": [number for number in (year - 1, year, year + 1) if FIRST_YEAR <= number <= LAST_YEAR],
        "months": months,
        "worked": sum(month.worked for month in months),
        "own": list(own.values()),
        "national": _national(year),
        "form": form,
        "may_change": may_change,
    }
    return render(request, "tasks/calendar.html", context, status=422 if form.errors else 200)


@require_POST
@forbids
def calendar_clear(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Gives one day back to the national calendar."""
    day = get_object_or_404(CalendarDay, pk=pk)
    try:
        clear_calendar_day(by=person_of(request), day=day, at=now())
    except Refused as refusal:
        if refusal.code == "forbidden":
            raise
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Đã bỏ điều chỉnh ngày %(day)s.") % {"day": f"{day.day:%d/%m/%Y}"})
    return redirect(f"{reverse('tasks:calendar')}?year={day.day.year}")


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else today().year
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5


def _months(year: int, calendar: Calendar, own: dict[date, CalendarDay]) -> list[Month]:
    months = []
    for number in range(1, 13):
        first = date(year, number, 1)
        cells: list[Cell | None] = [None] * first.weekday()
        day = first
        while day.month == number:
            cells.append(_cell(day, calendar, own.get(day)))
            day += timedelta(days=1)
        cells += [None] * (-len(cells) % 7)
        weeks = [cells[at : at + 7] for at in range(0, len(cells), 7)]
        months.append(Month(first, weeks, sum(cell.is_working for cell in cells if cell is not None)))
    return months


def _cell(day: date, calendar: Calendar, own: CalendarDay | None) -> Cell:
    working = calendar.is_working(day)
    if own is not None:
        return Cell(day, working, "own-work" if working else "own-off", own.note)
    if working:
        return Cell(day, True, "make-up" if _is_weekend(day) else "", _("làm bù") if _is_weekend(day) else "")
    return Cell(day, False, "weekend" if _is_weekend(day) else "holiday", "" if _is_weekend(day) else _("nghỉ lễ"))


def _national(year: int) -> list[tuple[date, str]]:
    """The days of a year that the national calendar takes out of the week, or adds to it, in words."""
    plain = Calendar()
    found = []
    day = date(year, 1, 1)
    while day.year == year:
        working = plain.is_working(day)
        if working == _is_weekend(day):
            found.append((day, _("Ngày làm bù") if working else _("Nghỉ lễ, nghỉ bù")))
        day += timedelta(days=1)
    return found
