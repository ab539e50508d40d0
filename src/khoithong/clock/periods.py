"""The spans of days that periodic reports cover, from a 15th to a 14th, as Nghị định 09/2019/NĐ-CP draws them.

Source and certainty of each kind stand in the table `RULES`: S secondary, M unconfirmed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

SOURCE = "Nghị định 09/2019/NĐ-CP"
OPENS_ON, CLOSES_ON = 15, 14


class PeriodKind(Enum):
    """How long a reporting period is. HALF_YEAR and NINE_MONTHS always begin with the year."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    NINE_MONTHS = "nine_months"
    YEAR = "year"


@dataclass(frozen=True)
class Rule:
    """How many months one kind covers, how many such periods are in a year, how certain that is, and its words."""

    months: int
    per_year: int
    mark: str
    words: str


RULES: dict[PeriodKind, Rule] = {
    PeriodKind.MONTH: Rule(months=1, per_year=12, mark="S", words="Tháng {number}/{year}"),
    PeriodKind.QUARTER: Rule(months=3, per_year=4, mark="S", words="Quý {roman}/{year}"),
    PeriodKind.HALF_YEAR: Rule(months=6, per_year=1, mark="S", words="6 tháng đầu năm {year}"),
    PeriodKind.NINE_MONTHS: Rule(months=9, per_year=1, mark="S", words="9 tháng đầu năm {year}"),
    PeriodKind.YEAR: Rule(months=12, per_year=1, mark="M", words="Năm {year}"),
}


@dataclass(frozen=True)
class Period:
    """One reporting period: the data from `start` to `end`, both counted. `number` is its place in the year, from 1."""

    kind: PeriodKind
    year: int
    number: int
    start: date
    end: date

    @property
    def mark(self) -> str:
        """How certain the span is: S secondary, M unconfirmed."""
        return RULES[self.kind].mark

    @property
    def words(self) -> str:
        """Its name: "Quý IV/2023"."""
        roman = ("I", "II", "III", "IV")[self.number - 1] if self.number <= 4 else ""
        return RULES[self.kind].words.format(number=self.number, roman=roman, year=self.year)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


def period(kind: PeriodKind, year: int, number: int = 1) -> Period:
    """The `number`-th period of its kind in `year`. Raises ValueError where the year has no such period."""
    rule = RULES[kind]
    if not 1 <= number <= rule.per_year:
        raise ValueError(f"{kind.value}: {number} of {rule.per_year}")
    last_month = number * rule.months
    first_month = last_month - rule.months + 1
    start = date(year - 1, 12, OPENS_ON) if first_month == 1 else date(year, first_month - 1, OPENS_ON)
    return Period(kind, year, number, start, date(year, last_month, CLOSES_ON))


def period_of(kind: PeriodKind, on: date) -> Period | None:
    """The period of its kind that `on` is counted in; None in the months that no half year or nine months covers."""
    # From the 15th on a day is counted in the month after it.
    month = on.month + (on.day >= OPENS_ON)
    year, month = (on.year + 1, 1) if month > 12 else (on.year, month)
    rule = RULES[kind]
    number = (month - 1) // rule.months + 1
    return period(kind, year, number) if number <= rule.per_year else None
