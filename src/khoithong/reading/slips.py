"""Likely slips of the pen, each with a message that names the place and the way out; only what is as good as sure.

A paper is read as it is printed. Where what is printed contradicts itself, whoever registers or signs it is told.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from khoithong.reading.around import number_word, type_before
from khoithong.reading.citations import Mention
from khoithong.reading.dates import impossible_dates
from khoithong.reading.findings import Slip, SlipKind
from khoithong.reading.issuers import without_office
from khoithong.reading.lexicon import agency_of_code, body_letters, folded, type_of_code
from khoithong.reading.model import Assignment
from khoithong.reading.references import Setting
from khoithong.reading.text import squeeze

#: types whose letters in a symbol are beyond doubt; "quy định" may bear QĐ, a conclusion may go out as TB
_CERTAIN_TYPES = frozenset(
    ("luật", "bộ luật", "pháp lệnh", "nghị quyết", "nghị định", "thông tư", "quyết định", "chỉ thị", "công điện")
)
_SAME_TYPE = {"thông tư liên tịch": "thông tư", "nghị quyết liên tịch": "nghị quyết"}
#: letters of a type, the bodies that never issue such papers, the year from which that is so
_NEVER = (
    ("NĐ", frozenset(("TTg", "UBND", "HĐND", "QH", "VPCP")), 1993),
    ("TT", frozenset(("CP", "TTg", "UBND", "HĐND", "QH", "VPCP")), 2009),
    ("NQ", frozenset(("TTg", "UBND", "VPCP")), 1993),
    ("QĐ", frozenset(("CP",)), 2000),
    ("CT", frozenset(("CP",)), 2000),
)
_CENTRAL = frozenset(
    ("chính phủ", "thủ tướng chính phủ", "quốc hội", "ủy ban thường vụ quốc hội", "chủ tịch nước", "bộ chính trị")
)
_WITH_OWN_LETTERS = frozenset(("CP", "TTg", "CTN", "UBTVQH"))
#: papers that lay down tasks rather than rules
_ORDERS = frozenset(("công văn", "công điện", "thông báo", "kế hoạch", "chỉ thị", "kết luận", "chương trình"))
_LONG_PAST = 200  # days
_PRINTED_YEAR = re.compile(r"(?:19|20)\d{2}")
_CHECK = "Hãy đối chiếu với bản gốc"


class _Lines:
    """The number of the printed line that a place lies in, counted from 1 when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _breaks(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self._text)]

    def of(self, place: int) -> int:
        return bisect_right(self._breaks, place - 1) + 1 if place else 1


def find_slips(text: str, setting: Setting, assignments: tuple[Assignment, ...]) -> tuple[Slip, ...]:
    """Every slip of a text in order of place. `text` is the NFC text, whose lines the messages count."""
    lines = _Lines(text)
    found = [
        *_of_identity(setting, lines),
        *_of_mentions(setting, lines),
        *_two_dates(setting, lines),
        *_deadlines(setting, assignments, lines),
        *_no_such_dates(setting, lines),
    ]
    once = {(slip.kind, slip.start, slip.end): slip for slip in found}
    return tuple(sorted(once.values(), key=lambda slip: (slip.start, slip.end, slip.kind.value)))


def _slip(kind: SlipKind, lines: _Lines, start: int, end: int, words: str, sure: float) -> Slip:
    return Slip(kind, f"Dòng {lines.of(start)}: {words}", start, end, f"slip:{kind.value}", sure)


def _day(on: date) -> str:
    return f"{on.day:02}/{on.month:02}/{on.year}"


# The paper itself --------------------------------------------------------------------------------------------------


def _of_identity(setting: Setting, lines: _Lines) -> Iterator[Slip]:
    identity = setting.identity
    if not identity.symbol or not identity.span or identity.rule != "header":
        return
    year = _year_of(identity.symbol)
    if year and identity.issued_on and identity.issued_on.year != year:
        words = (
            f"số của văn bản này ({identity.symbol}) mang năm {year} nhưng văn bản đề ngày {_day(identity.issued_on)}. "
            f"{_CHECK}, rồi sửa số hoặc ngày trước khi vào sổ."
        )
        yield _slip(SlipKind.YEAR_MISMATCH, lines, *identity.span, words, 0.9)
    code = identity.symbol.rsplit("/", 1)[-1]
    if _types_differ(identity.type, code):
        words = (
            f"văn bản ghi tên loại là {identity.type} nhưng số {identity.symbol} là ký hiệu của {type_of_code(code)}. "
            f"{_CHECK}, rồi sửa tên loại hoặc ký hiệu."
        )
        yield _slip(SlipKind.TYPE_AGAINST_SYMBOL, lines, *identity.span, words, 0.9)
    yield from _impossible(identity.symbol, code, year, identity.span, lines)


def _year_of(symbol: str) -> int | None:
    middle = symbol.split("/")[1:-1]
    return int(middle[0]) if middle and _PRINTED_YEAR.fullmatch(middle[0]) else None


# The papers cited --------------------------------------------------------------------------------------------------


def _of_mentions(setting: Setting, lines: _Lines) -> Iterator[Slip]:
    for named in setting.cited.named:
        mention = named.mention
        if not mention.symbol or not mention.code or named.citation is None:
            continue
        span = mention.start, mention.end
        yield from _year_against_date(mention, lines)
        said = _type_said(setting.flat, mention)
        if _types_differ(said, mention.code):
            words = (
                f"gọi văn bản số {mention.symbol} là {said} nhưng ký hiệu đó là của {type_of_code(mention.code)}. "
                f"{_CHECK}, rồi sửa tên loại hoặc ký hiệu."
            )
            yield _slip(SlipKind.TYPE_AGAINST_SYMBOL, lines, *span, words, 0.9)
        yield from _impossible(mention.symbol, mention.code, mention.year, span, lines)
        yield from _issuer_against_symbol(mention, lines)


def _year_against_date(mention: Mention, lines: _Lines) -> Iterator[Slip]:
    on = mention.issued_on
    if not mention.year or on is None or on.year == mention.year:
        return
    words = (
        f"số {mention.symbol} mang năm {mention.year} nhưng ngày ghi kèm là {_day(on)}. {_CHECK}, rồi sửa số hoặc ngày."
    )
    sure = 0.95 if "after" in mention.rule else 0.7
    yield _slip(SlipKind.YEAR_MISMATCH, lines, mention.start, max(mention.end, mention.after), words, sure)


def _type_said(flat: str, mention: Mention) -> str | None:
    """The type that the words right before a symbol name, None where other words stand between."""
    symbol = flat.find((mention.symbol or "")[:1], mention.start, mention.end)
    if not mention.type_said or symbol < 0:
        return None
    stop = number_word(flat, mention.start, symbol)
    typed = type_before(flat, mention.start, stop)
    return typed.type if typed and typed.start == mention.start else None


def _types_differ(said: str | None, code: str) -> bool:
    by_code = type_of_code(code)
    if said is None or by_code is None or "/" in code:
        return False
    said, by_code = _SAME_TYPE.get(said, said), _SAME_TYPE.get(by_code, by_code)
    return said != by_code and said in _CERTAIN_TYPES and by_code in _CERTAIN_TYPES


def _impossible(symbol: str, code: str, year: int | None, span: tuple[int, int], lines: _Lines) -> Iterator[Slip]:
    """A type of paper that the body in the symbol never issues: "TT-UBND"."""
    first, body = code.split("-", 1)[0].upper(), body_letters(code)
    for letters, bodies, since in _NEVER:
        if first == letters and body in bodies and year is not None and year >= since:
            words = (
                f"ký hiệu {symbol} không thể có: cơ quan viết tắt là {body} không ban hành {type_of_code(code)}. "
                f"{_CHECK}, rồi sửa ký hiệu."
            )
            yield _slip(SlipKind.AGENCY_IMPOSSIBLE, lines, *span, words, 0.9)


def _issuer_against_symbol(mention: Mention, lines: _Lines) -> Iterator[Slip]:
    """An issuer in words who is another ministry, or another of the highest bodies, than the letters name."""
    by_code = agency_of_code(mention.code)
    if not mention.issuer or by_code is None or mention.code.startswith(("TTLT", "NQLT", "TTLB")):
        return
    said, letters = folded(without_office(mention.issuer)), folded(by_code)
    if not _nameable(said) or not (letters in _CENTRAL or letters.startswith("bộ ")) or said == letters:
        return
    if said.startswith(letters) or letters.startswith(said) or {said, letters} == {"bộ chính trị", "trung ương"}:
        return
    if (
        letters.startswith("bộ ") or body_letters(mention.code) in _WITH_OWN_LETTERS
    ) and "date:before" not in mention.rule:
        sure = 0.7 if {said, letters} == {"chính phủ", "thủ tướng chính phủ"} else 0.85
        words = (
            f"văn bản số {mention.symbol} được ghi là của {squeeze(mention.issuer)} nhưng ký hiệu là của {by_code}. "
            f"{_CHECK}, rồi sửa tên cơ quan hoặc ký hiệu."
        )
        yield _slip(SlipKind.ISSUER_AGAINST_SYMBOL, lines, mention.start, max(mention.end, mention.after), words, sure)


def _nameable(said: str) -> bool:
    return said in _CENTRAL or (said.startswith("bộ ") and said not in {"bộ này", "bộ trưởng"} and "," not in said)


def _two_dates(setting: Setting, lines: _Lines) -> Iterator[Slip]:
    """One paper cited with two dates; without a year in the symbol these may be two papers, unless the year is one."""
    citations = setting.cited.citations
    agreed: dict[int, Mention] = {}  # by citation: the first mention with the date that the citation has
    for named in setting.cited.named:
        if named.citation is not None and named.mention.issued_on == citations[named.citation].issued_on:
            agreed.setdefault(named.citation, named.mention)
    told: set[tuple[int, date]] = set()
    for named in setting.cited.named:
        mention, known = named.mention, agreed.get(named.citation if named.citation is not None else -1)
        on, before = mention.issued_on, known.issued_on if known else None
        if named.citation is None or known is None or on is None or before is None or not mention.symbol:
            continue
        if on == before or on.year != before.year or (named.citation, on) in told:
            continue  # another year is another paper, or told as a year that contradicts the symbol
        if known.issuer and mention.issuer and folded(known.issuer) != folded(mention.issuer):
            continue
        told.add((named.citation, on))
        words = (
            f"văn bản số {mention.symbol} ghi ngày {_day(on)}, nhưng ở dòng {lines.of(known.start)} ghi ngày "
            f"{_day(before)}. {_CHECK}, rồi ghi thống nhất một ngày."
        )
        yield _slip(SlipKind.TWO_DATES, lines, mention.start, max(mention.end, mention.after), words, 0.85)


# Dates -------------------------------------------------------------------------------------------------------------


def _deadlines(setting: Setting, assignments: tuple[Assignment, ...], lines: _Lines) -> Iterator[Slip]:
    """A last day, its year in print, before the day of the paper itself."""
    issued_on = setting.identity.issued_on
    for duty in assignments:
        deadline = duty.deadline
        if issued_on is None or deadline is None or deadline.due_on is None or deadline.due_on >= issued_on:
            continue
        long_past = (issued_on - deadline.due_on).days > _LONG_PAST
        if not _PRINTED_YEAR.search(deadline.text) or (long_past and setting.identity.type not in _ORDERS):
            continue  # rules tell of times long past
        words = (
            f"thời hạn “{squeeze(deadline.text)}” ({_day(deadline.due_on)}) đã qua trước ngày của văn bản "
            f"({_day(issued_on)}). Hãy hỏi lại cơ quan ban hành, hoặc sửa thời hạn khi giao việc."
        )
        yield _slip(SlipKind.DEADLINE_BEFORE_PAPER, lines, deadline.start, deadline.end, words, 0.8)


def _no_such_dates(setting: Setting, lines: _Lines) -> Iterator[Slip]:
    for start, end in impossible_dates(setting.flat):
        printed = squeeze(setting.flat[start:end])
        words = f"không có {'' if printed.lower().startswith('ngày') else 'ngày '}{printed}. {_CHECK}, rồi sửa ngày."
        yield _slip(SlipKind.NO_SUCH_DATE, lines, start, end, words, 0.9)
