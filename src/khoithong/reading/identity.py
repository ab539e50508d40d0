"""Who a paper is: from its header, from the line of an annex that says what it goes with, or from a report about it.

A field that the text does not give stays None.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from khoithong.reading.dates import date_at, dates
from khoithong.reading.issuers import cased, name_at
from khoithong.reading.lexicon import folded, paper_types
from khoithong.reading.model import Identity
from khoithong.reading.patterns import Pattern
from khoithong.reading.report import find_reported
from khoithong.reading.symbols import Symbol, symbols
from khoithong.reading.text import Span, grammar, paragraphs, squeeze
from khoithong.reading.text import lines as printed_lines

_HEADER_PARAGRAPHS = 30
_LONGEST_HEADER_LINE = 160
_COUNTRY = Pattern(r"CỘNG\s+(?:HÒA|HOÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM")
_MOTTO = Pattern(r"Độc\s+lập\s*-\s*Tự\s+do\s*-\s*Hạnh\s+phúc", re.IGNORECASE)
_PARTY = Pattern(r"ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM")
_CELLS = re.compile(r"\s{3,}|[\t|]|\b(?:Số|SỐ)\s*:?")
_NUMBER_LINE = Pattern(r"(?<!\w)(?:(?:Số|SỐ)\s*:?|(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh|Lệnh)\s+số\s*:)\s*(?=\d)")
_ADOPTED = grammar(
    r"(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh) này (?:đã )?được (?:Quốc|Ủy|Uỷ) [^;\n]{0,200}?thông qua (?=ngày\s)"
)
_EMPTY_NUMBER = Pattern(r"(?:^|\s)(?:Số|SỐ)\s*:?\s*[\s.…]*[/-]")
_PLACE_AND_DATE = Pattern(r"[^\W\d_][^\d,;:()]{1,40},\s*(?=ngày\s)", re.IGNORECASE)
_NO_BODY = Pattern(
    r"VĂN BẢN (?:QUY PHẠM PHÁP LUẬT|HỢP NHẤT)|HỎA TỐC|THƯỢNG KHẨN|KHẨN|MẬT|TUYỆT MẬT|TỐI MẬT|PHỤ LỤC.*|CÁC CƠ QUAN "
    r"KHÁC|SAO Y.*"
)
_GOES_ON = Pattern(
    r"(?:DÂN|NHÂN DÂN|BAN NHÂN DÂN|"
    r"VÀ|TỈNH|THÀNH PHỐ|TP|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU|THUỘC|TRUNG ƯƠNG|CÁC)\b"
)
_TYPE_LINE = Pattern(r"(?P<type>[^\Wa-z_][^\d\n]*?)(?P<note>\d{0,2})$")
_WHO_DECIDES = Pattern(
    r"\s(?:CHỦ TỊCH\s+|GIÁM ĐỐC\s+)?(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|SỞ)\s.{3,60}$"
)
_BODY_BEGINS = Pattern(r"(?:Căn cứ|Theo đề nghị|Kính gửi|Điều\s+\d|[IVX]+\.|\d+\.|Chương)(?!\w)|.*:$")
_SUBJECT_ENDS = Pattern(r"(?:Thực hiện|Xét|Ngày|Trong|Để)\b")
_ABOUT = Pattern(r"V/[vV]\s*:?\s*")
_ATTACHED = Pattern(r"\((?:Ban\s+hành\s+)?kèm\s+theo\b", re.IGNORECASE)
_GAP = Pattern(r"\n[ \t\u00a0]*\n|[_–—*-]{3,}")
_CONSOLIDATED = Pattern(r"được\s+sửa\s+đổi,?\s+bổ\s+sung\s+(?:một\s+số\s+điều\s+)?bởi\s*:")
_MERGED = Pattern(r"VĂN\s+BẢN\s+HỢP\s+NHẤT")
_CERTIFIED = Pattern(r"XÁC\s+THỰC\s+VĂN\s+BẢN\s+HỢP\s+NHẤT")
_NEAR = 400
_CUT_NUMBER = 30  # characters of the next line that may hold the rest of a number


class _Line(NamedTuple):
    """A paragraph of the header: its place and its words on one line."""

    span: Span
    words: str


def find_identity(text: str, flat: str) -> Identity:
    """The identity of the paper whose NFC text and flat view are given; all None where it says nothing of itself."""
    head = _head_lines(flat)
    return _from_header(text, flat, head) or _from_annex(flat) or find_reported(flat) or Identity()


def _head_lines(flat: str) -> list[_Line]:
    lines: list[_Line] = []
    for span in paragraphs(flat):
        if len(lines) == _HEADER_PARAGRAPHS:
            break
        lines.append(_Line(span, squeeze(flat[span.start : span.end])))
    return lines


# Header ------------------------------------------------------------------------------------------------------------


def _from_header(text: str, flat: str, lines: list[_Line]) -> Identity | None:
    typed = _type_line(lines)
    number = _own_number(flat, lines[: typed[0] if typed else None])
    country = next(
        (i for i, line in enumerate(lines) if _COUNTRY.search(line.words) or _PARTY.fullmatch(line.words)), None
    )
    stated = number is not None or country is not None or any(_EMPTY_NUMBER.search(line.words) for line in lines[:8])
    merged = typed is not None and _consolidated(flat, lines[typed[0]].span.end)
    if not stated and not merged:
        return _from_title(text, lines, typed)
    symbol, at = number if number else (None, None)
    about = next((i for i, line in enumerate(lines) if _ABOUT.match(line.words)), None)
    if typed and about is not None and about < typed[0]:
        typed = None  # a công văn: what follows "V/v" is its text
    if typed and merged and (symbol is None or any(_MERGED.search(line.words) for line in lines)):
        return _consolidation(text, flat, lines, typed[0])
    last = min(i for i in (at, typed[0] if typed else None, about, len(lines)) if i is not None)
    kind = typed[1] if typed else symbol.type if symbol else None
    if kind is None and symbol and (about is not None or symbol.agency or "-" in symbol.code):
        kind = "công văn"
    begin = about if typed is None else typed[0]
    subject = _subject(text, lines, begin, about=typed is None) if begin is not None else None
    until = max(i for i in (at, typed[0] if typed else None, about, country, 0) if i is not None)
    return Identity(
        symbol=symbol.printed if symbol else None,
        type=kind,
        issuer=_issuer(text, flat, symbol.start if symbol else lines[last].span.start if last < len(lines) else 0),
        issued_on=_place_and_date(flat, lines, until + 3) or _adopted_on(flat),
        subject=subject[0] if subject else None,
        span=(symbol.start, symbol.end) if symbol else None,
        rule="header",
        subject_span=subject[1] if subject else None,
    )


def _from_title(text: str, lines: list[_Line], typed: tuple[int, str] | None) -> Identity | None:
    """From a title without a header: a type in capitals at the very top, a subject, then the legal bases."""
    if typed is None or typed[0] > 2:
        return None
    subject = _subject(text, lines, typed[0], about=False)
    if not subject or not any(line.words.startswith("Căn cứ") for line in lines[typed[0] : typed[0] + 8]):
        return None
    return Identity(type=typed[1], subject=subject[0], rule="title", subject_span=subject[1])


def _own_number(flat: str, lines: list[_Line]) -> tuple[Symbol, int] | None:
    """The symbol behind "Số:" in the header, and the index of its line."""
    for i, line in enumerate(lines):
        if len(line.words) > _LONGEST_HEADER_LINE or line.words.startswith(("Căn cứ", "Điều", "Kính gửi")):
            return None
        span = line.span
        for match in _NUMBER_LINE.finditer(flat, span.start, span.end + _CUT_NUMBER):
            before = flat[span.start : match.start()]
            if any(letter.islower() for letter in _MOTTO.sub(" ", before)):
                continue
            for found in symbols(flat[span.start : span.end + 2 * _CUT_NUMBER]):
                if found.start == match.end() - span.start:
                    return found._replace(start=match.end(), end=span.start + found.end), i
    return None


def _type_line(lines: list[_Line]) -> tuple[int, str] | None:
    """The line in capitals that gives the type of paper, and the type."""
    known = paper_types()
    for i, line in enumerate(lines):
        match = _TYPE_LINE.match(line.words)
        if match and match["type"].isupper() and folded(match["type"]) in known:
            return i, known[folded(match["type"])]
    return None


def _issuer(text: str, flat: str, limit: int) -> str | None:
    """The issuing body: the lowest name in capitals before `limit`, the country's name and motto aside."""
    names: list[str] = []
    head = flat[:limit]
    for furniture in (_COUNTRY, _MOTTO, _PARTY):
        head = furniture.sub(lambda match: " " * len(match[0]), head)
    for start, end in printed_lines(text[:limit]):
        for cell in _CELLS.split(head[start:end]):
            words = squeeze(re.sub(r"[*#_]+", " ", cell)).strip(" -")
            if not words.isupper() or "/" in words or _NO_BODY.fullmatch(words):
                continue
            if names and _GOES_ON.match(words):
                names[-1] += " " + words
            elif len(words) < 4 and words not in {"ỦY", "UỶ", "BỘ", "SỞ"}:
                continue
            elif names and words == "VĂN PHÒNG":
                names.append(f"VĂN PHÒNG {names[-1]}")
            else:
                names.append(words)
    return cased(names[-1]) if names else None


def _place_and_date(flat: str, lines: list[_Line], last: int) -> date | None:
    """The date behind the place ("Hà Nội, ngày 20 tháng 5 năm 2026") among the lines of the header."""
    for line in lines[:last]:
        span = line.span
        for match in _PLACE_AND_DATE.finditer(flat, span.start, span.end):
            mention = date_at(flat, match.end())
            if mention and mention.on and mention.end >= span.end - 10:
                return mention.on
    return None


def _adopted_on(flat: str) -> date | None:
    """The day on which a law or a resolution of the National Assembly says that it was adopted."""
    adopted = _ADOPTED.search(flat)
    mention = date_at(flat, adopted.end()) if adopted else None
    return mention.on if mention else None


def _subject(text: str, lines: list[_Line], begin: int, *, about: bool) -> tuple[str, tuple[int, int]] | None:
    """What the paper is about: the lines under its type, or behind "V/v", up to a gap, a rule or the first clause."""
    parts: list[str] = []
    first: int | None = None
    end = lines[begin].span.end
    if about:
        match = _ABOUT.match(lines[begin].words)
        parts.append(lines[begin].words[match.end() :] if match else lines[begin].words)
        first = lines[begin].span.start
    for line in lines[begin + 1 :]:
        gap = bool(_GAP.search(text, end, line.span.start))
        if parts and (gap or _small(line.words) != _small(parts[0])):
            break
        if _BODY_BEGINS.match(line.words) or _PLACE_AND_DATE.match(line.words) or sum(map(len, parts)) > 1200:
            break
        if parts and _SUBJECT_ENDS.match(line.words):
            break
        if line.words.startswith("(") and parts:
            break
        first = line.span.start if first is None else first
        parts.append(line.words)
        end = line.span.end
    if not parts or first is None:
        return None
    words = " ".join(parts).strip()
    return words if _small(words) else _WHO_DECIDES.sub("", words), (first, max(end, first))


def _small(words: str) -> bool:
    return any(letter.islower() for letter in words)


# Consolidated texts and annexes ------------------------------------------------------------------------------------


def _consolidated(flat: str, place: int) -> bool:
    """Whether the text under a type line is a consolidation ("... được sửa đổi, bổ sung bởi:")."""
    return bool(_CONSOLIDATED.search(flat, place, place + 3 * _NEAR))


def _consolidation(text: str, flat: str, lines: list[_Line], typed: int) -> Identity:
    """A consolidated text bears its own number and date only where it is certified, near its end."""
    subject = _subject(text, lines, typed, about=False)
    identity = Identity(
        type="văn bản hợp nhất",
        rule="consolidation",
        subject=subject[0] if subject else None,
        subject_span=subject[1] if subject else None,
    )
    certified = _CERTIFIED.search(flat)
    if not certified:
        return identity
    begin, end = max(0, certified.start() - _NEAR // 2), certified.end() + _NEAR // 2
    for symbol in symbols(flat[begin:end]):
        if symbol.type == "văn bản hợp nhất":
            on = next((d.on for d in dates(flat, begin + symbol.end, end) if d.on), None)
            return Identity(
                symbol=symbol.printed,
                type=identity.type,
                issuer=symbol.agency,
                issued_on=on,
                subject=identity.subject,
                span=(begin + symbol.start, begin + symbol.end),
                rule="consolidation",
                subject_span=identity.subject_span,
            )
    return identity


def _from_annex(flat: str) -> Identity | None:
    """From "(Kèm theo Nghị quyết số 97/NQ-CP ngày 06 tháng 4 năm 2026 của Chính phủ)" on a line of its own."""
    for span in paragraphs(flat):
        if flat[span.start] != "(" or not _ATTACHED.match(flat, span.start):
            continue
        close = flat.find(")", span.start, span.start + _NEAR)
        line = flat[span.start : close if close > 0 else span.end]
        found = next(symbols(line), None)
        if not found:
            continue
        on = next((mention.on for mention in dates(line, found.end) if mention.on), None)
        by = re.compile(r"\bcủa\s+").search(line, found.end)
        name = name_at(line, by.end()) if by else None
        return Identity(
            symbol=found.printed,
            type=_type_said(line[: found.start]) or found.type,
            issuer=name.full if name else found.agency,
            issued_on=on,
            span=(span.start + found.start, span.start + found.end),
            rule="annex",
        )
    return None


def _type_said(before: str) -> str | None:
    words = re.sub(r"\bsố\s*$", "", " ".join(before.split()), flags=re.IGNORECASE).split()
    for count in range(min(4, len(words)), 0, -1):
        if found := paper_types().get(folded(" ".join(words[-count:]))):
            return found
    return None
