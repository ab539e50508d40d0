"""Deadlines: the words that say by when or how often a duty is done, and the last day that keeps them.

`deadlines_in` finds every such phrase in a stretch of a flat text, `deadline_of` chooses the one that governs a duty. A
date without a year takes the year of the paper's own date (the next year where the day has passed by then); where the
paper has no date, the words stand without a day.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from khoithong.reading.model import Deadline, Recurrence
from khoithong.reading.patterns import Pattern

_DAY = (
    r"(?:(?:ngày\s+)?(?P<d1>\d{1,2})\s?[/.-]\s?(?P<m1>\d{1,2})(?:\s?[/.-]\s?(?P<y1>\d{4}))?(?![\d/%]|\.\d)"
    r"|(?:ngày\s+)?(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})(?:\s*,?\s*năm\s+(?P<y2>\d{4}))?"
    r"|ngày\s+(?P<d3>\d{1,2})(?![\d/.-]?\d))"
)
_MONTH = r"(?:tháng\s+(?P<m4>\d{1,2})(?:\s?[/.-]\s?(?P<y4>\d{4})|\s*,?\s*năm\s+(?P<y5>\d{4}))?(?![\d/]))"
_QUARTER = r"(?:quý\s+(?P<q>iv|i{1,3}|[1-4])\b(?:\s?[/-]\s?(?P<y6>\d{4})|\s*,?\s*năm\s+(?P<y7>\d{4}))?)"
_HALF = r"(?:(?:06|6|sáu)\s+tháng\s+(?P<h>đầu|cuối)\s+năm(?:\s+(?P<y8>\d{4}))?)"
_YEAR = r"(?:(?:cuối\s+)?năm\s+(?:\d{4}\s*(?:,|và|-)\s*)*(?P<y9>\d{4})(?!\s*[-,]\s*\d{4}))"
_EVERY = r"(?:h[ằà]ng|mỗi)\s+(?P<every>ngày|tuần|tháng|quý|năm)"
_AGAIN = (
    rf"(?P<again>\s*,?\s*(?:{_EVERY}|(?P<next>năm\s+sau|của\s+năm\s+(?:sau|kế\s+tiếp|tiếp\s+theo)|năm\s+tiếp\s+theo)"
    r"|(?:của\s+)?tháng\s+(?P<ofquarter>cuối\s+quý|đầu\s+quý)))?"
)
_WHEN = rf"(?:{_DAY}|{_HALF}|{_QUARTER}|{_MONTH}|{_YEAR}){_AGAIN}"
_LATEST = r"(?:chậm|muộn)\s+nhất(?:\s+(?:là\s+)?(?:vào|đến(?:\s+hết)?|trong|trước|hết|là))?"
_BEFORE = (
    rf"(?P<prep>trước|{_LATEST}|(?:đến\s+)?hết|đến\s+(?=ngày)|trong|xong\s+(?:vào\s+)?|vào\s+(?=cuối\s+năm))"
    r"\s*(?:thời\s+điểm\s+)?"
)
_DATED = Pattern(rf"(?P<periodic>định\s+kỳ\s+)?\b{_BEFORE}\b\s*{_WHEN}")
_NAMED = Pattern(
    r"(?:(?:thời\s+(?:gian|hạn)|hạn)(?:\s+(?:hoàn\s+thành|thực\s+hiện|trình|báo\s+cáo|ban\s+hành))?\s*:\s*"
    r"|hoàn\s+thành\s+(?:vào\s+|trong\s+)?|\(\s*(?:hoàn\s+thành\s+)?(?:trong\s+)?)" + rf"(?P<when>(?:trong\s+)?{_WHEN})"
)
_WORKDAY = Pattern(
    rf"{_LATEST}\s*(?:ngày\s+làm\s+việc|thứ\s+\w+|ngày\s+\w+)\s+(?:(?:đầu\s+tiên|cuối\s+cùng|thứ\s+\w+)\s+)?"
    r"(?:của\s+|(?<=tiên\s)|(?<=cùng\s))(?P<unit>tuần|tháng\s+(?:đầu|cuối)\s+quý|tháng|quý|năm)(?:\s+(?:trước|sau|tiếp\s+theo))?"
)
_SPAN = Pattern(
    rf"(?:trong\s+(?:thời\s+(?:hạn|gian)\s+|vòng\s+)?|{_LATEST}\s+|không\s+quá\s+|tối\s+đa\s+|thời\s+hạn\s+(?:là\s+)?|sau\s+)"
    r"\d{1,3}\s*(?:\([^()\n]{1,20}\)\s*)?(?P<unit>ngày(?:\s+làm\s+việc)?|giờ(?:\s+làm\s+việc)?|tuần|tháng)(?!\s+(?:đầu|cuối|qua)\b)"
    r"(?P<since>\s*,?\s*(?:kể\s+từ|tính\s+từ|từ|sau)\s+(?:khi\s+|ngày\s+|thời\s+điểm\s+)?[^,;.\n()]{1,120}(?!\w))?"
)
_AFTER = Pattern(r"ngay\s+sau\s+(?:khi\s+)?[^,;.\n()]{2,120}(?!\w)")
_PERIODIC = Pattern(
    rf"(?P<word>định\s+kỳ\s+)?(?P<day>(?:vào\s+)?(?:thứ\s+\w+|ngày\s+\d{{1,2}}|chiều\s+thứ\s+\w+)\s+)?(?P<months>(?:06|6|03|3)\s+tháng\s*(?:,|và)\s*)?{_EVERY}"
    r"|(?P<once>(?:định\s+kỳ\s+)?(?:mỗi\s+)?(?:(?P<n>06|6|03|3|01)\s+)?(?P<once_unit>tháng|năm|quý|tuần)\s*(?:/|một\s+|01\s+|1\s+)\s*lần)"
    r"|(?P<list>(?:định\s+kỳ|theo)\s+(?P<list_unit>ngày|tuần|tháng|quý|năm)(?=\s*,)(?:\s*,\s*(?:và\s+)?(?:\d+\s+)?(?:ngày|tuần|tháng|quý|năm)\b)+)"
    r"|(?P<half>định\s+kỳ\s+(?:06|6|sáu)\s+tháng)"
)
_STEADY = Pattern(r"(?:thực\s+hiện\s+)?thường\s+xuyên(?:,?\s*liên\s+tục)?")
_ROADMAP = Pattern(r"theo\s+(?:đúng\s+)?(?:lộ\s+trình|tiến\s+độ|kế\s+hoạch)\s+[^,;.\n()]{2,80}(?!\w)")

_UNITS = {
    "ngày": Recurrence.DAILY,
    "tuần": Recurrence.WEEKLY,
    "tháng": Recurrence.MONTHLY,
    "quý": Recurrence.QUARTERLY,
    "năm": Recurrence.YEARLY,
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

# Before a date these make it the date of something else: an effect, a beginning, a state of things.
_NOT_BEFORE = Pattern(
    r"(?:hiệu\s+lực(?:\s+thi\s+hành)?|có\s+thời\s+hạn(?:\s+hoàn\s+thành)?|phát\s+sinh|tồn\s+tại|đã\s+(?:được\s+)?\w+(?:\s+\w+)?|kết\s+quả|"
    r"tình\s+hình|hoạt\s+động|xảy\s+ra|thành\s+lập|được\s+(?:phê\s+duyệt|ban\s+hành|cấp))\s*$"
)
# Before a bare "hằng năm" these make it a word of the noun: the yearly budget, the yearly plan.
_VERB_BEFORE = Pattern(
    r"(?:báo\s+cáo|đánh\s+giá|tổng\s+kết|sơ\s+kết|rà\s+soát|kiểm\s+tra|công\s+bố|công\s+khai|tổ\s+chức|tổng\s+hợp|thực\s+hiện|cập\s+nhật|"
    r"điểm\s+tin(?:\s+\w+){0,3}|kết\s+quả|trực\s+tuyến|phiên\s+họp(?:\s+\w+){0,5}|thông\s+tin(?:\s+\w+){0,4}|nổi\s+bật|khảo\s+sát|xếp\s+hạng|giao\s+ban)\s*,?\s*$"
)

# "đến ngày ..." is a deadline only behind words that say so: else it closes a period.
_UNTIL = Pattern(r"(?:thời\s+hạn|hạn|nhất(?:\s+là)?|hoàn\s+thành|xong|kéo\s+dài|gia\s+hạn)\s*$")
_PAID_BEFORE = Pattern(
    r"(?:lương|trợ\s+cấp|phụ\s+cấp|tiền(?:\s+\w+)?|mức(?:\s+\w+)?|đóng|hưu|sinh\s+hoạt\s+phí|kế\s+hoạch|chương\s+trình)\s*$"
)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    due_on: date | None
    recurrence: Recurrence | None
    weight: int


class _Taken:
    """Places that a phrase found already covers; they do not overlap."""

    def __init__(self) -> None:
        self.places: list[tuple[int, int]] = []

    def free(self, start: int, end: int) -> bool:
        i = bisect_left(self.places, (end, 0))
        return i == 0 or self.places[i - 1][1] <= start

    def add(self, start: int, end: int) -> None:
        insort(self.places, (start, end))


def deadline_of(
    flat: str, start: int, end: int, *, issued_on: date | None, opens: int | None = None
) -> Deadline | None:
    """The deadline that governs the duty standing at flat[start:end], or None. `opens`: where its predicate begins.

    A dated or periodic phrase goes before a span of days, that before a bare "hằng năm" or "thường xuyên"; among equals
    the last one governs.
    """
    found = list(_all(flat, start, end, issued_on, opens))
    if not found:
        return None
    best = max(found, key=lambda item: (item.weight, item.start))
    best = _of_report(flat, start, _with_period(best, found))
    return Deadline(flat[best.start : best.end], best.start, best.end, best.due_on, best.recurrence)


def deadlines_in(flat: str, start: int, end: int, *, issued_on: date | None) -> tuple[Deadline, ...]:
    """Every dated or periodic deadline phrase between two places, in order."""
    found = sorted(_all(flat, start, end, issued_on, None), key=lambda item: item.start)
    return tuple(
        Deadline(flat[f.start : f.end], f.start, f.end, f.due_on, f.recurrence) for f in found if f.weight >= 2
    )


def deadline_in_cell(text: str, offset: int, *, issued_on: date | None) -> Deadline | None:
    """The deadline that a whole table cell or field states: a bare year or month counts here. `offset`: its place."""
    words = text.strip()
    if not words:
        return None
    offset += len(text) - len(text.lstrip())
    low = words.lower()
    whole = re.compile(rf"(?:trong\s+|trước\s+)?{_WHEN}").match(low)
    bare = re.match(r"(\d{4})\b(?P<years>(?:\s*(?:,|-|và)\s*\d{4})*)", low)
    if re.search(_EVERY, low) and not _DATED.search(low):
        unit = re.search(_EVERY, low)
        return Deadline(words, offset, offset + len(words), None, _UNITS[unit["every"]] if unit else None)
    if steady := _STEADY.search(low):
        return Deadline(
            words[steady.start() :], offset + steady.start(), offset + len(words), None, Recurrence.CONTINUOUS
        )
    inner = deadline_of(low, 0, len(low), issued_on=issued_on)
    if inner and inner.due_on:
        return Deadline(
            words[inner.start : inner.end], offset + inner.start, offset + inner.end, inner.due_on, inner.recurrence
        )
    due_on = None
    if whole:
        due_on = _last_day(whole, issued_on, before=low.startswith("trước"))
    elif bare:
        year = max(int(y) for y in re.findall(r"\d{4}", bare[0]))
        due_on = date(year, 12, 31) if 1900 < year < 2200 else None
    return Deadline(words, offset, offset + len(words), due_on, None)


def _with_period(best: _Found, found: list[_Found]) -> _Found:
    """A date without a year after "định kỳ hằng năm" comes back every year; the phrase then spans both."""
    if best.recurrence is not None or best.weight < 3:
        return best
    for other in found:
        if (
            other.recurrence
            and other.recurrence is not Recurrence.CONTINUOUS
            and other.weight >= 2
            and 0 <= best.start - other.end < 90
        ):
            return _Found(other.start, best.end, None, other.recurrence, best.weight)
    return best


_REPORT = Pattern(r"báo\s+cáo\s+(?:định\s+kỳ\s+)?(?P<period>quý|0?6\s+tháng|năm|tháng|tuần|ngày)\b")


def _of_report(flat: str, start: int, best: _Found) -> _Found:
    """The day of a report that comes back ("báo cáo quý gửi trước ngày 25") comes back with it."""
    if best.recurrence is not None or best.weight < 3 or re.search(r"\d{4}", flat[best.start : best.end]):
        return best
    match = _REPORT.search(_lower(flat[start : best.start]))
    if match is None or best.start - start - match.end() > 80:
        return best
    period = match["period"]
    recurrence = Recurrence.HALF_YEARLY if "6" in period else _UNITS[period]
    return _Found(best.start, best.end, None, recurrence, best.weight)


def _all(flat: str, start: int, end: int, issued_on: date | None, opens: int | None) -> Iterator[_Found]:
    low = _lower(flat[start:end])
    taken = _Taken()
    for found in (*_periods_at_work(low), *_dates(low, issued_on)):
        if taken.free(found.start, found.end):
            taken.add(found.start, found.end)
            yield _shift(found, start)
    for pattern in (_SPAN, _AFTER):
        for match in pattern.finditer(low):
            if taken.free(*match.span()) and _is_span(match):
                taken.add(*match.span())
                yield _shift(_Found(match.start(), len(match[0].rstrip()) + match.start(), None, None, 2), start)
    for match in _PERIODIC.finditer(low):
        if taken.free(*match.span()) and (weight := _period_weight(low, match)):
            yield _shift(_Found(match.start(), match.end(), None, _period(match), weight), start)
    for match in _STEADY.finditer(low):
        if match[0].startswith("thực") or (opens is not None and 0 <= start + match.start() - opens < 2):
            yield _shift(_Found(match.start(), match.end(), None, Recurrence.CONTINUOUS, 1), start)
    for match in _ROADMAP.finditer(low):
        if low[max(0, match.start() - 2) : match.start()].strip() in ("(", ":"):
            yield _shift(_Found(match.start(), match.end(), None, None, 1), start)


def _lower(text: str) -> str:
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _shift(found: _Found, by: int) -> _Found:
    return _Found(found.start + by, found.end + by, found.due_on, found.recurrence, found.weight)


def _is_span(match: re.Match[str]) -> bool:
    words = match[0]
    if words.startswith("ngay sau"):
        return True
    return (
        match["since"] is not None
        or not words.startswith(("sau", "trong"))
        or words.startswith(("trong thời", "trong vòng"))
    )


def _periods_at_work(low: str) -> Iterator[_Found]:
    for match in _WORKDAY.finditer(low):
        unit = match["unit"]
        recurrence = Recurrence.QUARTERLY if "quý" in unit else _UNITS[unit.split()[0]]
        yield _Found(match.start(), match.end(), None, recurrence, 4)


def _dates(low: str, issued_on: date | None) -> Iterator[_Found]:
    for match in _DATED.finditer(low):
        if _not_a_deadline(low, match):
            continue
        recurrence = _again(match)
        before = match["prep"].split()[-1] == "trước" and not match["d1"] and not match["d2"] and not match["d3"]
        due_on = None if recurrence else _last_day(match, issued_on, before=before)
        yield _Found(match.start(), match.end(), due_on, recurrence, 4 if recurrence else 3)
    for match in _NAMED.finditer(low):
        if re.search(r"có\s+thời\s+(?:hạn|gian)\s*$", low[max(0, match.start() - 16) : match.start()]):
            continue
        if match[0].startswith("(") and low[match.end() : match.end() + 1] not in (")", ";", ","):
            continue
        recurrence = _again(match)
        due_on = None if recurrence else _last_day(match, issued_on, before=False)
        yield _Found(match.start("when"), match.end("when"), due_on, recurrence, 3)


def _not_a_deadline(low: str, match: re.Match[str]) -> bool:
    if _NOT_BEFORE.search(low[max(0, match.start() - 60) : match.start()]):
        return True
    after = low[match.end() : match.end() + 20]
    if match["prep"].startswith("đến") and not _UNTIL.search(low[max(0, match.start() - 30) : match.start()]):
        return True
    if re.match(r"\s*(?:trở\s+(?:về|đi)|đến|-\s*\d|,?\s*tầm\s+nhìn)", after):
        return True
    return match["prep"].startswith(("đến", "hết")) and match["y9"] is not None and not match["prep"].endswith("hết")


def _again(match: re.Match[str]) -> Recurrence | None:
    if match["again"] is None:
        return None
    if match["every"]:
        return _UNITS[match["every"]]
    return Recurrence.QUARTERLY if match["ofquarter"] else Recurrence.YEARLY


def _last_day(match: re.Match[str], issued_on: date | None, *, before: bool) -> date | None:
    """The last day that keeps the stated time; with `before` the day before the period begins."""
    part = match.groupdict()
    year = next((int(part[y]) for y in ("y1", "y2", "y4", "y5", "y6", "y7", "y8", "y9") if part[y]), None)
    day, month = part["d1"] or part["d2"], part["m1"] or part["m2"]
    if day and month:
        return _in_year(year, issued_on, int(month), int(day))
    if part["d3"]:
        return None
    first, last = 1, 12
    if part["q"]:
        quarter = _ROMAN.get(part["q"]) or int(part["q"])
        first, last = 3 * quarter - 2, 3 * quarter
    elif part["h"]:
        first, last = (1, 6) if part["h"] == "đầu" else (7, 12)
    elif part["m4"]:
        first = last = int(part["m4"])
    return _day_before(year, issued_on, first) if before else _in_year(year, issued_on, last, None)


def _day_before(year: int | None, issued_on: date | None, month: int) -> date | None:
    first = _in_year(year, issued_on, month, 1)
    return date.fromordinal(first.toordinal() - 1) if first and first.toordinal() > 1 else None


def _in_year(year: int | None, issued_on: date | None, month: int, day: int | None) -> date | None:
    if not 1 <= month <= 12 or (year is None and issued_on is None) or year == 0:
        return None
    try:
        if year is not None:
            return date(year, month, day or monthrange(year, month)[1])
        assert issued_on is not None
        due_on = date(issued_on.year, month, day or monthrange(issued_on.year, month)[1])
        return due_on if due_on >= issued_on else due_on.replace(year=due_on.year + 1)
    except ValueError:
        return None


def _period_weight(low: str, match: re.Match[str]) -> int:
    if match["word"] or match["once"] or match["half"] or match["list"] or match["day"]:
        return 3 if match["word"] or match["day"] else 2
    before = low[max(0, match.start() - 40) : match.start()]
    after = low[match.end() : match.end() + 30]
    if not before.strip() or before.rstrip().endswith((".", ";")):
        return 2  # "Hằng năm, ..." opens the duty
    if match["every"] != "năm" and not _PAID_BEFORE.search(before):
        return 1
    if _VERB_BEFORE.search(before) or re.match(
        r"\s*(?:báo\s+cáo|tổ\s+chức|rà\s+soát|đánh\s+giá|công\s+bố|tổng\s+hợp|xây\s+dựng)", after
    ):
        return 1
    return 0


def _period(match: re.Match[str]) -> Recurrence:
    if match["half"]:
        return Recurrence.HALF_YEARLY
    if match["list_unit"]:
        return _UNITS[match["list_unit"]]
    if match["once_unit"]:
        if match["n"] in ("06", "6"):
            return Recurrence.HALF_YEARLY
        return Recurrence.QUARTERLY if match["n"] in ("03", "3") else _UNITS[match["once_unit"]]
    if match["months"] and "6" in match["months"]:
        return Recurrence.HALF_YEARLY
    return _UNITS[match["every"]]
