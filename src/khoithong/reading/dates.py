"""Dates of papers as they are printed: 22/11/2023, 22-11-2023, ngày 22 tháng 11 năm 2023.

Days and months stand in any number of digits, a footnote digit may be glued to the year. A date without a year is a
mention without a day of the calendar: the year is the reader's business, not the grammar's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_YEAR = r"(?:19|20)\d{2}"
_DATE = re.compile(
    r"(?:ngày\s+|(?<![\w/.,-]))(?:"
    rf"(?P<d1>\d{{1,2}})\s?(?P<sep>[/.-])\s?(?P<m1>\d{{1,2}})\s?(?P=sep)\s?(?P<y1>{_YEAR})(?![\w/-]*\w/|\d)"
    rf"|(?P<d2>\d{{1,2}})\s+tháng\s+(?P<m2>\d{{1,2}})\s+năm\s+(?P<y2>{_YEAR})(?:\d(?!\d)|(?!\d))"
    r"|(?P<d3>\d{1,2})\s+tháng\s+(?P<m3>\d{1,2})(?!\d)"
    r"|(?P<d4>\d{1,2})\s?[/-]\s?(?P<m4>\d{1,2})(?![\w/-]*\d|\w)"
    r")",
    re.IGNORECASE,
)


#: figures that may make no date: a day from 29 on, or a month from 13 on
_DOUBTFUL = re.compile(
    r"(?:29|3\d)(?<!\d\d\d)(?=\s?[/.-]|\s+tháng\s)|\d{1,2}(?<!\d\d\d)(?=(?:\s?[/.-]\s?|\s+tháng\s+)1[3-9](?!\d))"
)
_DAY_WORD = re.compile(r"(?:ngày|Ngày|NGÀY)\s+$")


class DateMention(NamedTuple):
    """A printed date: its place, day and month, and the year where one is printed."""

    start: int
    end: int
    day: int
    month: int
    year: int | None

    @property
    def on(self) -> date | None:
        """The day of the calendar; None without a year or for a day that does not exist."""
        return self.in_year(self.year) if self.year else None

    def in_year(self, year: int) -> date | None:
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def _mention(match: re.Match[str]) -> DateMention | None:
    for day, month, year in (("d1", "m1", "y1"), ("d2", "m2", "y2"), ("d3", "m3", ""), ("d4", "m4", "")):
        if match[day]:
            mention = DateMention(
                match.start(), match.end(), int(match[day]), int(match[month]), int(match[year]) if year else None
            )
            return mention if mention.in_year(mention.year or 2024) else None
    return None


def dates(flat: str, start: int = 0, end: int | None = None) -> Iterator[DateMention]:
    """Every date printed between two places of a flat view, in order."""
    for match in _DATE.finditer(flat, start, len(flat) if end is None else end):
        if mention := _mention(match):
            yield mention


def impossible_dates(flat: str) -> Iterator[tuple[int, int]]:
    """Where a full date is printed, or a day and month behind the word "ngày", that no calendar has: "31/02/2024"."""
    for doubt in _DOUBTFUL.finditer(flat):
        word = _DAY_WORD.search(flat[max(0, doubt.start() - 12) : doubt.start()])
        start = doubt.start() - (len(word[0]) if word else 0)
        match = _DATE.match(flat, start)
        if match and _mention(match) is None and _is_date(match):
            yield match.span()


def _is_date(match: re.Match[str]) -> bool:
    """Whether figures that make no date are meant as one: a day up to 31, a month up to 19, said to be a day."""
    said = match[0][0] in "Nn"
    day = int(match["d1"] or match["d2"] or match["d3"] or match["d4"])
    month = int(match["m1"] or match["m2"] or match["m3"] or match["m4"])
    full = match["y2"] or (match["y1"] and match["sep"] != ".")
    return bool(full or (said and match["m3"])) and 0 < day <= 39 and 0 < month <= 19


def date_at(flat: str, place: int) -> DateMention | None:
    """The date that begins at this very place, with or without the word "ngày" before it."""
    match = _DATE.match(flat, place)
    return _mention(match) if match else None
