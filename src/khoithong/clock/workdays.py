"""Which days are worked in Viet Nam, and counting by them.

The national calendar comes from the package `holidays`: public holidays, days off in lieu, yearly swaps and the
Saturdays worked for them. It is loaded when the first day is asked for. What a place decides otherwise, and what the
package lacks (the swap of 2026-01-02, mark M), is passed in as overrides, which win over everything.

Every year is one table of running totals, so that a count is two look-ups and not a walk over days.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

SATURDAY = 5

FIRST_KNOWN_YEAR, LAST_KNOWN_YEAR = 1901, 2100
"""The years whose holidays the package knows; in others only week-ends are free."""


@lru_cache(maxsize=512)
def _national_exceptions(year: int) -> Mapping[date, bool]:
    """The days of `year` that the week alone gets wrong: free week-days (False) and worked Saturdays (True)."""
    if not FIRST_KNOWN_YEAR <= year <= LAST_KNOWN_YEAR:
        return {}
    from holidays.countries.vietnam import Vietnam  # noqa: PLC0415  # slow to load, and most commands never count days

    public = Vietnam(years=year)  # type: ignore[no-untyped-call]
    exceptions = {day: False for day in public if day.year == year}
    exceptions.update({day: True for day in public.weekend_workdays if day.year == year})
    return exceptions


def _new_year(year: int) -> date:
    return date(year, 1, 1)


@dataclass(frozen=True)
class Calendar:
    """A calendar of working days. `overrides`: day -> whether it is worked, against the national calendar.

    Two calendars with the same overrides are equal. Years already counted are kept, so keep the calendar while counting
    many deadlines.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)
    _totals: dict[int, list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "overrides", MappingProxyType(dict(self.overrides)))

    def __hash__(self) -> int:
        return hash(frozenset(self.overrides.items()))

    def is_working(self, day: date) -> bool:
        """Whether `day` is worked."""
        totals, index = self._of(day.year), _index(day)
        return totals[index] > totals[index - 1]

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` lies before `start`.

        Signed so that it adds up: between(a, b) + between(b, c) == between(a, c), and between(b, a) == -between(a, b).
        """
        if end < start:
            return -self.working_days_between(end, start)
        first, last = self._of(start.year), self._of(end.year)
        if start.year == end.year:
            return last[_index(end)] - first[_index(start)]
        whole_years = sum(self._of(year)[-1] for year in range(start.year + 1, end.year))
        return first[-1] - first[_index(start)] + whole_years + last[_index(end)]

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, or before it when `count` is negative; `day` itself for 0.

        `day` is never counted, whether worked or not: the day on which a paper is issued is not a day of its term.
        Raises OverflowError past the years 1 and 9999.
        """
        if count == 0:
            return day
        year = day.year
        # The rank of the day sought among the working days of the year it is sought in.
        rank = self._of(year)[_index(day)] + count
        if count < 0 and not self.is_working(day):
            rank += 1
        while rank > self._of(year)[-1]:
            rank -= self._of(year)[-1]
            year += 1
            _refuse_far(year)
        while rank < 1:
            year -= 1
            _refuse_far(year)
            rank += self._of(year)[-1]
        return _new_year(year) + timedelta(days=bisect_left(self._of(year), rank) - 1)

    def working_day_on_or_after(self, day: date) -> date:
        """`day` if it is worked, else the next working day."""
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def working_days_left(self, deadline: date, on: date) -> int:
        """Working days left after `on` until `deadline`, which counts too: 0 on the day itself.

        Negative once it has passed: the working days since, `on` counted. With a deadline on Friday, 0 are left on
        Saturday and -1 on Monday; whether it has passed at all is for `on > deadline` to say.
        """
        return self.working_days_between(on, deadline)

    def _of(self, year: int) -> list[int]:
        """Running totals of `year`: item n is the number of working days among its first n days."""
        totals = self._totals.get(year)
        if totals is None:
            totals = self._totals[year] = self._count(year)
        return totals

    def _count(self, year: int) -> list[int]:
        exceptions = dict(_national_exceptions(year))
        exceptions.update({day: worked for day, worked in self.overrides.items() if day.year == year})
        length = _index(date(year, 12, 31))
        weekday = _new_year(year).weekday()
        worked = [(weekday + offset) % 7 < SATURDAY for offset in range(length)]
        for day, is_worked in exceptions.items():
            worked[_index(day) - 1] = is_worked
        totals = [0]
        for flag in worked:
            totals.append(totals[-1] + flag)
        return totals


def _index(day: date) -> int:
    """The place of `day` in its year, from 1."""
    return day.toordinal() - date(day.year, 1, 1).toordinal() + 1


def _refuse_far(year: int) -> None:
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"no such year: {year}")
