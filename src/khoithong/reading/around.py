"""What the words around a symbol or a title say of the paper: its type, its date, its issuer.

A date before a symbol belongs to it only where it opens the clause that says who issued the paper, so that it is never
the date of the paper named before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from khoithong.reading.dates import DateMention, date_at, dates
from khoithong.reading.issuers import name_at, name_before
from khoithong.reading.lexicon import folded, paper_types
from khoithong.reading.patterns import Pattern
from khoithong.reading.symbols import Symbol
from khoithong.reading.text import grammar

_SAID_NUMBER = Pattern(r"\bsố\s*:?\s*$", re.IGNORECASE)
_AFTER_SYMBOL = grammar(
    r"\d?\s*[,(]?\s*(?:(?:được )?(?:ban hành|ký ban hành|ký|cấp|đề|phát hành) )?"
    r"(?:(?:hồi|lúc) \d{1,2}\s?(?:giờ|h)(?:\s?\d{1,2}(?:\s?phút)?)?,?\s*)?(?:cùng )?(?=ngày\s)",
    re.IGNORECASE,
)
_BARE_DATE = Pattern(r"\s*\((?=\d{1,2}[/.-])")
_SAME_DAY = grammar(r"\s*,?\s*cùng ngày\b", re.IGNORECASE)
_BY = grammar(r"\s*,?\s*(?:của|do) ", re.IGNORECASE)
_BLANKS = Pattern(r"\s*")
_ISSUED_ON = grammar(r" (?:(?:ban hành|ký|cấp|phát hành|ký ban hành) )?(?=ngày\s)")
_SENTENCE = Pattern(r"[;!?\n]|\.(?=\s)")
_OPENS = grammar(r"(?:^\s*|[,;(]\s*|\b(?:trước đó|sau đó|đến|vào|hôm|sáng|chiều|tối)\s*,?\s*)$", re.IGNORECASE)
_ISSUES = grammar(
    r"(?:^|\s)(?:(?:đã|vừa|mới|cũng|tiếp tục|có) )*"
    r"(?:ký ban hành|ban hành|phát hành|ký|có|ra|gửi|trình|công bố)(?: (?:các|tiếp))?\s*$",
    re.IGNORECASE,
)
_AT = grammar(r"\btại (?:các )?$", re.IGNORECASE)
_QUALIFIES = Pattern(r"(?:\s+[^\W\dA-Z_]+){1,3}\s*")
_POINTS_AWAY = Pattern(
    r"\b(?:này|đó|trên|của|và|theo|tại|ngày|về|kèm|ban|có|do|cho|với|là|các|những|nêu|được|bổ|thay)\b"
)
_OPEN_BRACKET = Pattern(r"\s*\(?\s*")
_JOINT = Pattern(r"\s*(?:,|và)\s*")
_UNDOUBTED = frozenset({"Bộ Chính trị", "Ban Bí thư", "Chính phủ", "Thủ tướng Chính phủ", "Quốc hội"})
_WORDS = Pattern(r"\S+")
_LONGEST_TYPE = 5  # words
_CLAUSE = 240  # characters looked at before a symbol


@dataclass(frozen=True, slots=True)
class Typed:
    """Where a mention begins, the type its first words name, and the date and the issuer that stand among them."""

    start: int
    type: str
    issued_on: date | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What the clause before a mention says of it: "Ngày 20/11/2023, X ban hành", "của X tại" (`at`)."""

    issued_on: date | None = None
    issuer: str | None = None
    at: bool = False


def number_word(flat: str, floor: int, start: int) -> int:
    """Where the word "số" before a symbol begins, or `start` where there is none."""
    begin = max(floor, start - 20)
    said = _SAID_NUMBER.search(flat[begin:start])
    return begin + said.start() if said else start


def type_before(flat: str, floor: int, stop: int) -> Typed | None:
    """The type of paper that the words right before `stop` name."""
    words = list(_WORDS.finditer(flat, max(floor, stop - 50), stop))[-_LONGEST_TYPE:]
    known = paper_types()
    for word in words:
        start = word.start()
        while start < word.end() and not flat[start].isalpha():
            start += 1
        if start < word.end() and (found := known.get(folded(flat[start:stop]))):
            return Typed(start, found)
    return None


def qualified_type_before(flat: str, floor: int, stop: int) -> Typed | None:
    """The same where words stand between the type and "số": "Quy chế phối hợp số", "Công văn của Sở Y tế (số"."""
    begin = _clause_begin(flat, max(floor, stop - 120), stop)
    words = list(_WORDS.finditer(flat, begin, stop))
    for word in reversed(words[:-1]):
        typed = type_before(flat, begin, word.end())
        if typed is None:
            continue
        between = flat[word.end() : stop]
        if _QUALIFIES.fullmatch(between) and not _POINTS_AWAY.search(between):
            return typed
        mention = date_behind(flat, word.end())
        place = mention.end if mention else word.end()
        issuer, place = issuer_after(flat, place)
        if place == word.end() or not _OPEN_BRACKET.fullmatch(flat, place, stop):
            return None
        return Typed(typed.start, typed.type, mention.on if mention else None, issuer)
    return None


def list_heading(flat: str, floor: int, stop: int) -> Typed | None:
    """The type that heads a list: "tại các công văn: Số ...", "các nghị định của Chính phủ: Số ..."."""
    if stop <= floor or flat[stop - 1] != ":":
        return None
    return type_before(flat, floor, stop - 1) or qualified_type_before(flat, floor, stop - 1)


def date_behind(flat: str, place: int) -> DateMention | None:
    """The date that follows a place: "ngày ...", ", ngày ...", "(ngày ...", "ban hành ngày ..."."""
    lead = _AFTER_SYMBOL.match(flat, place) or _BARE_DATE.match(flat, place)
    return date_at(flat, lead.end()) if lead else None


def date_after(flat: str, symbol: Symbol) -> tuple[date | None, int, str]:
    """The date that follows a symbol, the place behind it, and the rule. The year may be that of the symbol."""
    mention = date_behind(flat, symbol.end)
    if not mention:
        return None, symbol.end, ""
    if mention.year is None and symbol.year:
        return mention.in_year(symbol.year), mention.end, "date:year-of-symbol"
    return mention.on, mention.end, "date:after"


def same_day(flat: str, place: int) -> int | None:
    """The place behind "cùng ngày" that follows a symbol or its date, None where the words do not stand there."""
    match = _SAME_DAY.match(flat, place)
    return match.end() if match else None


def issuer_after(flat: str, place: int, *, joint: bool = False) -> tuple[str | None, int]:
    """The body that the words behind a symbol or its date name, and the place behind it; several where `joint`."""
    if by := _BY.match(flat, place):
        name = name_at(flat, by.end())
        if not name or name.full == "bộ này":
            return None, place
        full, end = name.full, name.end
        while joint and (joined := _JOINT.match(flat, end)) and (other := name_at(flat, joined.end())):
            full, end = f"{full}{flat[joined.start() : joined.end()]}{other.full}", other.end
        return " ".join(full.split()), end
    blanks = _BLANKS.match(flat, place)
    name = name_at(flat, blanks.end()) if blanks and flat[place : place + 1].isspace() else None
    return (name.full, name.end) if name and name.full in _UNDOUBTED else (None, place)


def date_after_issuer(flat: str, place: int) -> DateMention | None:
    """The date behind the issuer: "do Sở Xây dựng cấp ngày ..."."""
    lead = _ISSUED_ON.match(flat, place)
    return date_at(flat, lead.end()) if lead else None


def clause_before(flat: str, start: int, claimed: int) -> Before:
    """Date and issuer from the clause before a mention; nothing before `claimed`, which belongs to the paper before."""
    begin = _clause_begin(flat, max(claimed, start - _CLAUSE), start)
    if at := _AT.search(flat, begin, start):
        name = name_before(flat, begin, at.start())
        return Before(issuer=name.full if name else None, at=True)
    verb = _ISSUES.search(flat[begin:start])
    if not verb:
        return Before()
    subject_end = begin + verb.start()
    name = name_before(flat, begin, subject_end)
    return Before(_opening_date(flat, begin, subject_end), name.full if name else None)


def _clause_begin(flat: str, begin: int, end: int) -> int:
    return max((stop.end() for stop in _SENTENCE.finditer(flat, begin, end)), default=begin)


def _opening_date(flat: str, begin: int, end: int) -> date | None:
    """The last full date of a clause that opens it ("Ngày 20/11/2023, ...") rather than standing in its midst."""
    found = None
    for mention in dates(flat, begin, end):
        before, comma = flat[begin : mention.start], flat[mention.end : mention.end + 1] == ","
        if mention.on and (_OPENS.search(before) or (comma and before.rstrip().endswith("và"))):
            found = mention.on
    return found
