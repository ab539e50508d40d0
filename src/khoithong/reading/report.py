"""A report about a paper ("UBND tỉnh vừa ban hành Công văn số ..."): which paper it reports, from its first sentences.

Each piece of grammar is a clause in which a body issues a paper, or in which a paper is said to be of a body. A text
with items, articles or legal bases is a part of an official paper and reports nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from khoithong.reading.around import number_word, type_before
from khoithong.reading.dates import date_at, dates
from khoithong.reading.issuers import Name, name_at, names, without_office
from khoithong.reading.lexicon import folded, paper_types
from khoithong.reading.model import Identity
from khoithong.reading.patterns import Pattern
from khoithong.reading.symbols import Symbol, symbols
from khoithong.reading.text import grammar, squeeze

_OPENING = 2400
_EARLY = 600
_OFFICIAL = grammar(r"\s*(?:[-+*(]|\d+[.)]|[a-zđ]\)|[IVX]+\.|Điều \d|Căn cứ|Chương|Phụ lục|PHỤ LỤC)")
_ITEM_LINE = grammar(r"(?:^|(?<=\n))\s*(?:\d{1,2}[.)]|[a-zđ]\)|[-+] |[IVX]+\.|Điều \d+\.|Căn cứ)")
_KINDS = (
    "công văn|công điện|chỉ thị|quyết định|thông báo|kế hoạch|văn bản|báo cáo|tờ trình|kết luận|thông cáo báo chí|"
    "hướng dẫn|nghị quyết"
)
_UPWARDS = frozenset({"báo cáo", "tờ trình"})  # what goes up to a superior is reported only by its symbol
_ISSUES = grammar(
    r"\b(?P<when>(?:(?:vừa|mới|đã|chính thức|cũng) )+)?"
    rf"(?P<verb>ký ban hành|ban hành|phát hành|ký|có|ra|gửi)(?: (?:ra )?)(?P<type>{_KINDS})\b",
    re.IGNORECASE,
)
_OF = grammar(
    rf"(?:\b(?:trong|theo|tại) |(?:^|[.\n]\s*))(?P<type>{_KINDS})\b(?P<mid>[^.,;\n]{{0,40}}?) (?:của|do) ",
    re.IGNORECASE,
)
_IN = grammar(rf"\btrong (?P<type>{_KINDS})\b", re.IGNORECASE)
_THIS = grammar(rf"^\s*Theo (?P<type>{_KINDS}) (?:này|trên), (?=\S)", re.IGNORECASE)
_THAT_IS = grammar(
    r"(?:^|(?<=[.\n\s]))(?:Đó|Đây) (?:cũng )?là (?:một trong những )?(?:nội dung|chỉ đạo|yêu cầu|thông tin)\b"
)
_BLANK_BY = grammar(r"\s*,?\s*của ")
_SYMBOL_LEAD = grammar(r"\s*(?:hỏa tốc|khẩn)?\s*(?:số)?\s*:?\s*", re.IGNORECASE)
_DATE_LEAD = grammar(r"\s*,?\s*(?=ngày )")
_ABOUT = grammar(r"\s*,?\s*(?:về việc|về|V/v)?\s*")
_BY = grammar(r"của ")
_SENTENCE = Pattern(r"[\n!?]|(?<!TP)(?<!Tp)\.(?=\s+[^\Wa-z])")
_HISTORY = grammar(r"\b(?:trước đó|trước đây|hồi|năm ngoái)\b", re.IGNORECASE)
_HEARSAY = grammar(r"\b(?:cho biết|cho hay|tin từ|theo|nguồn tin)\b", re.IGNORECASE)
_PERSON = Pattern(r"(?:\s+thường\s+trực)?(?:\s+[^\W\d_a-zà-ỹ][^\W\d_A-Z]*){2,4}")


def find_reported(flat: str) -> Identity | None:
    """The identity of the paper that a report is about; None where the text reports none."""
    opening = flat[:_OPENING]
    if _OFFICIAL.match(opening) or sum(1 for _ in _ITEM_LINE.finditer(flat)) >= 2:
        return None
    found = {symbol.start: symbol for symbol in symbols(opening)}
    issued = list(_issued(opening, found))
    first = min([*issued, *_that_is(opening, found), *_said_to_be_of(opening)], key=lambda told: told[0], default=None)
    if first is None:
        return None
    identity = first[1]
    if identity.symbol is None:
        identity = _completed(identity, [told for _, told in issued])
    return identity


def _issued(opening: str, found: dict[int, Symbol]) -> Iterator[tuple[int, Identity]]:
    """Clauses in which a body has just issued, signed or sent a paper, and where they stand."""
    for match in _ISSUES.finditer(opening):
        when = folded(match["when"] or "")
        begin = _sentence_begin(opening, match.start())
        clause = opening[begin : match.start()]
        fresh = re.search(r"\b(?:vừa|mới|chính thức)\b", when) is not None
        lead = _SYMBOL_LEAD.match(opening, match.end())
        symbol = found.get(lead.end()) if lead else None
        if _HISTORY.search(clause) or not (fresh or symbol or match.start() < _EARLY):
            continue
        if not fresh and match["verb"].lower() in {"có", "gửi", "ra"} and not (when or symbol):
            continue
        if symbol and not when:
            continue
        if not symbol and folded(match["type"]) in _UPWARDS:
            continue
        subject = names(opening, begin, match.start())
        if not subject or (not fresh and not _is_subject(opening, subject[-1], match.start())):
            continue
        kind = paper_types().get(folded(match["type"]), folded(match["type"]))
        on, after = _date(opening, symbol.end if symbol else match.end())
        yield (
            match.start(),
            Identity(
                symbol=symbol.printed if symbol else None,
                type=kind,
                issuer=_issuer(opening, subject[-1], match.start()),
                issued_on=on or _opening_date(opening, begin, subject[-1].start),
                subject=_subject(opening, after) if symbol else None,
                span=(symbol.start, symbol.end) if symbol else None,
                rule="report:issued",
            ),
        )


def _that_is(opening: str, found: dict[int, Symbol]) -> Iterator[tuple[int, Identity]]:
    """ "Đó là nội dung tại Chỉ thị số ...": the sentence that says where what was just told is written."""
    for match in _THAT_IS.finditer(opening[:_EARLY]):
        stop = _SENTENCE.search(opening, match.end())
        end = stop.start() if stop else len(opening)
        symbol = next((found[start] for start in sorted(found) if match.end() <= start < end), None)
        if not symbol:
            continue
        on, after = _date(opening, symbol.end)
        by = _BY.match(opening, after) or _BLANK_BY.match(opening, after)
        name = name_at(opening, by.end()) if by else None
        if name is None:
            name = next(iter(names(opening, match.end(), symbol.start)), None)
        typed = type_before(opening, match.start(), number_word(opening, match.start(), symbol.start))
        yield (
            match.start(),
            Identity(
                symbol=symbol.printed,
                type=typed.type if typed else symbol.type,
                issuer=_issuer(opening, name, -1) if name else symbol.agency,
                issued_on=on,
                subject=_subject(opening, after),
                span=(symbol.start, symbol.end),
                rule="report:that-is",
            ),
        )


def _said_to_be_of(opening: str) -> Iterator[tuple[int, Identity]]:
    """Clauses that say whose the paper reported is: "trong công điện của X", "yêu cầu của X trong công văn"."""
    early = opening[:_EARLY]
    if this := _THIS.match(early):
        name = name_at(opening, this.end())
        if name:
            yield (
                this.start(),
                Identity(type=folded(this["type"]), issuer=_issuer(opening, name, -1), rule="report:this"),
            )
    for match in _OF.finditer(early):
        stop = _SENTENCE.search(opening, match.end())
        end = min(match.end() + 90, stop.start() if stop else len(opening))
        found = names(opening, match.end(), end)
        if found and not any(symbols(match["mid"])):
            kind = paper_types().get(folded(match["type"]), folded(match["type"]))
            yield match.start(), Identity(type=kind, issuer=_issuer(opening, found[0], -1), rule="report:of")
    for match in _IN.finditer(early):
        begin = _sentence_begin(opening, match.start())
        found = [name for name in names(opening, begin, match.start()) if match.start() - name.end < 25]
        if found and re.search(r"\bcủa\s+$", opening[begin : found[-1].start]):
            kind = folded(match["type"])
            yield match.start(), Identity(type=kind, issuer=_issuer(opening, found[-1], -1), rule="report:in")


def _completed(identity: Identity, others: list[Identity]) -> Identity:
    """What a later clause adds that names the same paper by its symbol."""
    for other in others:
        if other.symbol and other.type == identity.type and _same_body(identity.issuer, other.issuer):
            return replace(other, issuer=identity.issuer)
    return identity


def _same_body(one: str | None, other: str | None) -> bool:
    first, second = (folded(without_office(name or "")) for name in (one, other))
    return bool(first) and bool(second) and (first.startswith(second) or second.startswith(first))


def _is_subject(opening: str, name: Name, verb: int) -> bool:
    """Whether between a name and the verb stand only a person's name, a dash or small words."""
    between = opening[name.end : verb]
    return len(between) < 60 and not re.search(r"[;:]|\b(?:yêu cầu|đề nghị|giao|của|cho|và|với)\b", between)


def _issuer(opening: str, name: Name, verb: int) -> str:
    """The issuer as named: the deputy and the office staff stand for their body, a bare level gets its place."""
    full = name.full
    if full.lower().startswith("phó thủ tướng"):
        person = _PERSON.match(opening, name.end)
        return full + " " + squeeze(person[0]) if person and name.end > 0 else full
    if full.lower().startswith("phó "):
        full = without_office(full)
    full = re.sub(r"^(?:Chánh|chánh) Văn phòng(?= UBND)", "Văn phòng", full)
    if full.startswith("Văn phòng UBND") and not (verb >= 0 and not opening[name.end : verb].strip()):
        full = full.removeprefix("Văn phòng ")
    if re.search(r"UBND(?: tỉnh| thành phố)?$", full):
        body = full[full.index("UBND") :]
        for other in names(opening, 0, len(opening)):
            at = other.full.find(body + " ")
            if at >= 0:
                return full[: full.index("UBND")] + other.full[at:]
    return full


def _sentence_begin(opening: str, place: int) -> int:
    return max((stop.end() for stop in _SENTENCE.finditer(opening, 0, place)), default=0)


def _opening_date(opening: str, begin: int, subject: int) -> date | None:
    """A full date that opens the sentence and leads straight to the body, not to who tells the news."""
    if _HEARSAY.search(opening, begin, subject):
        return None
    return next((mention.on for mention in dates(opening, begin, subject) if mention.on), None)


def _date(opening: str, place: int) -> tuple[date | None, int]:
    lead = _DATE_LEAD.match(opening, place)
    mention = date_at(opening, lead.end()) if lead else None
    return (mention.on, mention.end) if mention else (None, place)


def _subject(opening: str, place: int) -> str | None:
    """What is said of the paper up to the end of the sentence."""
    about = _ABOUT.match(opening, place)
    begin = about.end() if about else place
    if by := _BY.match(opening, begin):
        name = name_at(opening, by.end())
        begin = name.end if name else begin
        again = _ABOUT.match(opening, begin)
        begin = again.end() if again else begin
    stop = _SENTENCE.search(opening, begin)
    return squeeze(opening[begin : stop.start() if stop else len(opening)]).rstrip(".") or None
