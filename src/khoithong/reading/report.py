"""A report about a paper ("UBND tỉnh vừa ban hành Công văn số ..."): which paper it reports, from its first sentences.

Only a clause in which a body is said to have just issued, signed or sent a paper names it; a text that begins like a
part of an official paper (numbered items, articles, legal bases) reports nothing.
"""

from __future__ import annotations

import re
from datetime import date

from khoithong.reading.dates import date_at
from khoithong.reading.issuers import name_at, names
from khoithong.reading.lexicon import folded, paper_types
from khoithong.reading.model import Identity
from khoithong.reading.symbols import symbols
from khoithong.reading.text import squeeze

_OPENING = 1800
_OFFICIAL = re.compile(r"\s*(?:[-+*(]|\d+[.)]|[a-zđ]\)|[IVX]+\.|Điều\s+\d|Căn cứ|Chương|Phụ lục|PHỤ LỤC)")
_JUST = r"(?:vừa|mới)"
_ISSUED = re.compile(
    r"\b(?P<when>(?:(?:vừa|mới|đã|chính thức|cũng)\s+)+)?(?P<verb>ký ban hành|ban hành|phát hành|ký|có|ra|gửi)\s+"
    r"(?P<type>công văn|công điện|chỉ thị|quyết định|thông báo|kế hoạch|văn bản|báo cáo|tờ trình|kết luận|thông cáo "
    r"báo chí|hướng dẫn)\b",
    re.IGNORECASE,
)
_SYMBOL_LEAD = re.compile(r"\s*(?:hỏa tốc|khẩn)?\s*(?:số)?\s*:?\s*", re.IGNORECASE)
_ABOUT = re.compile(r"\s*,?\s*(?:về việc|về)?\s*")
_SENTENCE = re.compile(r"[\n!?]|\.(?=\s+[^\Wa-z])")


def find_reported(flat: str) -> Identity | None:
    """The identity of the paper that a report names as just issued; None where the text reports none."""
    opening = flat[:_OPENING]
    if _OFFICIAL.match(opening):
        return None
    found = {symbol.start: symbol for symbol in symbols(opening)}
    for match in _ISSUED.finditer(opening):
        when = folded(match["when"] or "")
        lead = _SYMBOL_LEAD.match(opening, match.end())
        symbol = found.get(lead.end()) if lead else None
        if not re.search(_JUST, when) and not (when and symbol is None and match["verb"].lower() != "gửi"):
            continue
        begin = max((stop.end() for stop in _SENTENCE.finditer(opening, 0, match.start())), default=0)
        subject = names(opening, begin, match.start())
        if not subject or "trước đó" in opening[begin : match.start()].lower():
            continue
        end = symbol.end if symbol else match.end()
        on, after = _date(opening, end)
        return Identity(
            symbol=symbol.printed if symbol else None,
            type=paper_types().get(folded(match["type"]), folded(match["type"])),
            issuer=subject[0].full,
            issued_on=on,
            subject=_subject(opening, after) if symbol else None,
            span=(symbol.start, symbol.end) if symbol else None,
            rule="report",
        )
    return None


def _date(opening: str, place: int) -> tuple[date | None, int]:
    lead = re.compile(r"\s*,?\s*(?=ngày\s)").match(opening, place)
    mention = date_at(opening, lead.end()) if lead else None
    return (mention.on, mention.end) if mention else (None, place)


def _subject(opening: str, place: int) -> str | None:
    """What is said of the paper up to the end of the sentence."""
    about = _ABOUT.match(opening, place)
    begin = about.end() if about else place
    if by := re.compile(r"của\s+").match(opening, begin):
        name = name_at(opening, by.end())
        begin = name.end if name else begin
    stop = _SENTENCE.search(opening, begin)
    words = squeeze(opening[begin : stop.start() if stop else len(opening)]).rstrip(".")
    return words or None
