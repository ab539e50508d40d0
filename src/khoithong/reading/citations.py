"""The other papers that a text identifies: by symbol, by title, by type and number, each once, at its first mention.

Small pieces find mentions and take type, date and issuer of each from the words on either side (`around`); `_gathered`
then makes one citation of all mentions of one paper.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from khoithong.reading.around import (
    clause_before,
    date_after,
    date_after_issuer,
    date_behind,
    issuer_after,
    list_heading,
    number_word,
    qualified_type_before,
    same_day,
    type_before,
)
from khoithong.reading.issuers import without_office
from khoithong.reading.laws import Title, titles
from khoithong.reading.lexicon import agency_of_code, body_letters, folded
from khoithong.reading.model import Citation, Identity
from khoithong.reading.patterns import Pattern, opening
from khoithong.reading.symbols import Symbol, symbols
from khoithong.reading.text import Spans, grammar

_LIST_BETWEEN = Pattern(r"\d?\s*(?:[,;]|và|cùng|số|các|:|\s)*\s*", re.IGNORECASE)
_TITLE_OPENS = grammar(
    r"[\s*,]*(?:về|quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi|bổ sung|công bố|đính chính|thay thế|bãi bỏ|"
    r"kiện toàn|thành lập|triển khai|thực hiện|quyết định|điều chỉnh|thí điểm|tiếp tục|giao|phân|đẩy mạnh|"
    r"tăng cường|chuyển|v/v|hợp nhất)\b",
    re.IGNORECASE,
)
_WHO_SPEAKS = "UBND|HĐND|Ủy ban|Uỷ ban|Chủ tịch|Giám đốc|Bộ trưởng|Bộ|Sở|Thủ tướng|Chính phủ|Ban Thường vụ|Văn phòng"
_SPEAKS = "yêu cầu|giao|đề nghị|có ý kiến|ban hành|chỉ đạo|thông báo|hướng dẫn|đã|chủ trì"
_TITLE_ENDS = grammar(
    r"[;\n]|\.(?=\s)|,?\s*\(?\s*(?:đã )?được sửa đổi|"
    rf", (?=(?:{_WHO_SPEAKS})\b[^,;.\n]{{0,60}}? (?:{_SPEAKS})\b)"
)
_NUMBERED = "Nghị quyết|Chỉ thị|Kết luận|Nghị định|Thông tư|Quyết định|Công điện|Quy định"
_STANDS_ALONE = r"(?=\s*(?:[,;.)\n”\"]|$)(?!\d)| (?:của|ngày|và|về|nêu|trên|là|đã|được|nói)\b)(?!\s*[-/]\s*\w)(?!\.\d)"
_TYPE_AND_NUMBER = grammar(rf"(?P<type>{opening(_NUMBERED)}) (?P<said>số )?(?P<number>\d{{1,4}}){_STANDS_ALONE}")
_MORE_NUMBERS = grammar(rf"\s*(?:,|và)\s*(?:số )?(?P<number>\d{{1,3}}){_STANDS_ALONE}")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a paper is named, with all that the words around it say."""

    key: str
    symbol: str | None
    title: str | None
    type: str | None
    type_said: bool
    start: int
    end: int
    issued_on: date | None = None
    issuer: str | None = None
    issuer_said: bool = False
    code: str = ""
    after: int = 0
    year: int | None = None
    rule: str = ""
    certainty: float = 1.0


class Named(NamedTuple):
    """A mention and the paper meant: the place in the list of citations, None for the paper itself."""

    mention: Mention
    citation: int | None


class Cited(NamedTuple):
    """What a text cites: each paper once, and every place where one of them or the paper itself is named, in order."""

    citations: tuple[Citation, ...]
    named: tuple[Named, ...]


def find_citations(flat: str, identity: Identity) -> tuple[Citation, ...]:
    """Every other paper that a flat view identifies, in order of first mention. `identity` is the paper's own."""
    return find_cited(flat, identity).citations


def find_cited(flat: str, identity: Identity) -> Cited:
    """The same with every mention. The name of a law inside another paper's title makes no citation, but is a mention
    of the law where that is cited elsewhere."""
    own = _own_keys(identity)
    laws = list(titles(flat))
    mentions, used = _by_symbol(flat, list(symbols(flat)), laws)
    covered = Spans([*_title_spans(flat, mentions), *_own_heads(flat, identity)])
    inside: list[Mention] = []
    for law in laws:
        if law.start not in used:
            (mentions if _stands_free(law, covered) else inside).append(_by_title(law))
    mentions += _by_number(flat, mentions)
    others = sorted((m for m in mentions if m.key not in own), key=lambda m: m.start)
    return _gathered(others, inside, [m for m in mentions if m.key in own])


def _own_keys(identity: Identity) -> set[str]:
    return {_symbol_key(identity.symbol)} if identity.symbol else set()


def _symbol_key(symbol: str) -> str:
    return "S:" + "".join(symbol.split()).upper()


def _title_key(title: str) -> str:
    return "T:" + re.sub(r"[^\w\s]", " ", folded(re.sub(r"\s*\(sửa đổi.*?\)", "", title))).replace(" và ", " ")


# By symbol ---------------------------------------------------------------------------------------------------------


def _by_symbol(flat: str, found: list[Symbol], named: list[Title]) -> tuple[list[Mention], set[int]]:
    """The mentions by symbol, and the places of titles that a symbol completes."""
    by_end = {law.end: law for law in named}
    mentions: list[Mention] = []
    used: set[int] = set()
    for symbol in found:
        head = _head_of(flat, symbol, by_end, mentions[-1] if mentions else None)
        if head.law:
            used.add(head.law.start)
        mentions.append(_mention(flat, symbol, head, claimed=mentions[-1].after if mentions else 0))
    return _shared_issuers(flat, _shared_days(flat, mentions)), used


@dataclass(frozen=True, slots=True)
class _Head:
    """What leads to a symbol: where the mention begins, the type, whether words say it, the law whose title it is."""

    start: int
    type: str | None
    said: bool = False
    law: Title | None = None
    issued_on: date | None = None
    issuer: str | None = None


def _mention(flat: str, symbol: Symbol, head: _Head, *, claimed: int) -> Mention:
    """A mention by symbol with what both sides say; words before `claimed` belong to the paper named before."""
    on, after, rule = date_after(flat, symbol)
    issuer, after = issuer_after(flat, after, joint=symbol.code.startswith(("TTLT", "NQLT")))
    if issuer and not on and (later := date_after_issuer(flat, after)):
        on, after, rule = later.on, later.end, "date:after-issuer"
    before = clause_before(flat, head.start, claimed)
    if not on and (on := head.issued_on or before.issued_on):
        rule = "date:before"
    name = issuer or head.issuer or _fitting(before.issuer, symbol.code, at=before.at)
    return Mention(
        key=_symbol_key(symbol.printed),
        symbol=symbol.printed,
        title=head.law.title if head.law else None,
        type=head.type,
        type_said=head.said,
        start=head.start,
        end=symbol.end,
        issued_on=on,
        issuer=name,
        issuer_said=name is not None,
        code=symbol.code,
        year=symbol.year,
        after=max(after, symbol.end),
        rule=f"symbol+{rule}" if rule else "symbol",
        certainty=1.0 if head.said or symbol.type else 0.8,
    )


def _head_of(flat: str, symbol: Symbol, laws: dict[int, Title], last: Mention | None) -> _Head:
    """What leads to a symbol: a law's title, a type of paper, or the type of the list in which the symbol stands."""
    floor = last.end if last else 0
    start = number_word(flat, floor, symbol.start)
    stop = start
    while stop > floor and flat[stop - 1].isspace():
        stop -= 1
    if law := laws.get(stop):
        return _Head(law.start, law.type, said=True, law=law)
    typed = type_before(flat, floor, stop)
    if typed is None and start < symbol.start:
        typed = qualified_type_before(flat, floor, stop)
    if typed is None and (heading := list_heading(flat, floor, stop)):
        return _Head(start, symbol.type or heading.type, issuer=heading.issuer)
    if typed:
        return _Head(typed.start, typed.type, said=True, issued_on=typed.issued_on, issuer=typed.issuer)
    if last and last.type and _LIST_BETWEEN.fullmatch(flat, last.after, start):
        own = symbol.type
        if own and last.type != "văn bản" and own != last.type:
            return _Head(start, own)
        return _Head(start, last.type, said=last.type_said)
    of_an_agency = "-" in symbol.code and (symbol.agency or symbol.code.startswith("UBND-"))
    return _Head(start, symbol.type or ("công văn" if of_an_agency else None))


def _shared_days(flat: str, mentions: list[Mention]) -> list[Mention]:
    """ "cùng ngày" gives a paper the date of its neighbour in the list: the one before, or the one behind."""
    out = list(mentions)
    for i in range(1, len(out)):
        before, this = out[i - 1], out[i]
        if not _LIST_BETWEEN.fullmatch(flat, before.after, this.start):
            continue
        if not this.issued_on and before.issued_on and (place := same_day(flat, this.end)):
            issuer, after = issuer_after(flat, place)
            out[i] = replace(this, issued_on=before.issued_on, issuer=issuer or this.issuer, after=after)
        elif this.issued_on and not before.issued_on and same_day(flat, this.end):
            out[i - 1] = replace(before, issued_on=this.issued_on)
    return out


def _fitting(name: str | None, code: str, *, at: bool) -> str | None:
    """A name found before a mention, unless the letters of the symbol speak against it."""
    if not name:
        return None
    body = without_office(name) if at else name
    by_code = agency_of_code(code)
    return body if by_code is None or folded(by_code) in {folded(body), folded(without_office(body))} else None


def _shared_issuers(flat: str, mentions: list[Mention]) -> list[Mention]:
    """In a run of papers of one body ("A và B của Bộ Chính trị") the issuer behind the last is that of all."""
    out = list(mentions)
    for i in range(len(out) - 2, -1, -1):
        this, following = out[i], out[i + 1]
        joined = (
            following.issuer_said and not this.issuer and _LIST_BETWEEN.fullmatch(flat, this.after, following.start)
        )
        if joined and body_letters(this.code) == body_letters(following.code):
            out[i] = replace(this, issuer=following.issuer, issuer_said=True)
    return out


# By title, by type and number --------------------------------------------------------------------------------------


def _by_title(law: Title) -> Mention:
    return Mention(
        key=_title_key(law.title),
        symbol=None,
        title=law.title,
        type=law.type,
        type_said=True,
        start=law.start,
        end=law.end,
        issued_on=law.issued_on,
        after=law.after,
        rule=law.rule,
        certainty=0.7 if law.rule == "law:capitals" else 0.95,
    )


def _stands_free(law: Title, covered: Spans) -> bool:
    """Whether a title is named for itself: dated, or outside the titles of other papers; a bare bill of changes is "
    "not."""
    if not law.bare or law.rule == "title:congress":
        return True
    if law.rule == "law:amending" or law.title.isupper():
        return False
    return law.start not in covered


def _title_spans(flat: str, mentions: Iterable[Mention]) -> list[tuple[int, int]]:
    """Where the titles of the papers cited by symbol stand: behind symbol, date and issuer, to the end of the "
    "clause."""
    spans = []
    for mention in mentions:
        if _TITLE_OPENS.match(flat, mention.after):
            stop = _TITLE_ENDS.search(flat, mention.after)
            spans.append((mention.after, stop.start() if stop else len(flat)))
    return spans


def _own_heads(flat: str, identity: Identity) -> list[tuple[int, int]]:
    """Where the paper's own subject stands: the names of laws in it are not cited by it."""
    return [identity.subject_span] if identity.subject_span else []


def _by_number(flat: str, mentions: list[Mention]) -> list[Mention]:
    """Papers named by type and number alone ("Chỉ thị 20"), but not the short form of one that is cited by symbol."""
    full = {(m.type, re.split(r"\D", m.symbol or "", maxsplit=1)[0].lstrip("0")) for m in mentions}
    numbers = {number for _, number in full}
    out = []
    for match in _TYPE_AND_NUMBER.finditer(flat):
        kind, run = folded(match["type"]), [match]
        while match["said"] and (more := _MORE_NUMBERS.match(flat, run[-1].end())):
            run.append(more)  # "số 57, 59 và 66"
        after = run[-1].end()
        mention = date_behind(flat, after)
        on, after = (mention.on, mention.end) if mention else (None, after)
        issuer, after = issuer_after(flat, after)
        for i, one in enumerate(run):
            number = one["number"].lstrip("0")
            if (kind, number) in full or (number in numbers and not match["said"]):
                continue
            out.append(
                Mention(
                    key=_symbol_key(one["number"]) + kind,
                    symbol=one["number"],
                    title=None,
                    type=kind,
                    type_said=True,
                    start=match.start() if i == 0 else one.start("number"),
                    end=one.end("number"),
                    issued_on=on if len(run) == 1 else None,
                    issuer=issuer,
                    issuer_said=issuer is not None,
                    after=after,
                    rule="type-and-number",
                    certainty=0.6,
                )
            )
    return out


# One citation for all mentions of a paper --------------------------------------------------------------------------


def _gathered(mentions: list[Mention], inside: list[Mention], own: list[Mention]) -> Cited:
    groups: dict[str, list[Mention]] = {}
    full: dict[str, list[tuple[int, str]]] = {}  # where a title stands with its date or symbol, and the group of that
    for m in mentions:
        if m.title and (m.symbol or m.issued_on):
            full.setdefault(_title_key(m.title), []).append((m.start, _group_key(m)))
    back: list[tuple[Mention, str]] = []
    for mention in mentions:
        if mention.key in full and not mention.symbol and not mention.issued_on:
            # a bare name points back to the paper cited with its date or symbol
            back.append((mention, _last_before(full[mention.key], mention.start)))
        else:
            groups.setdefault(_group_key(mention), []).append(mention)
    index = {key: place for place, key in enumerate(groups)}
    for mention in inside:
        key = _last_before(full[mention.key], mention.start) if mention.key in full else _group_key(mention)
        back.append((mention, key))
    named = [Named(m, index[key]) for key, group in groups.items() for m in group]
    named += [Named(m, index[key]) for m, key in back if key in index]
    named += [Named(m, None) for m in own]
    citations = tuple(_citation(group) for group in groups.values())
    return Cited(citations, tuple(sorted(named, key=lambda each: (each.mention.start, each.mention.end))))


def _group_key(mention: Mention) -> str:
    dated = mention.symbol is None and mention.issued_on
    return f"{mention.key}{mention.issued_on:%Y-%m-%d}" if dated else mention.key


def _last_before(full: list[tuple[int, str]], place: int) -> str:
    """The group of the last full mention before a place, else of the first one behind it."""
    at = bisect_left(full, (place, ""))
    return full[at - 1][1] if at else full[0][1]


def _date_of(printed: list[date], year: int | None) -> date | None:
    """The date of a paper that several places give: of those in the year of its symbol the most frequent, then the
    first; a slip in one place does not prevail."""
    in_year = [on for on in printed if on.year == year]
    counted = Counter(in_year or printed).most_common(1)
    return counted[0][0] if counted else None


def _citation(group: list[Mention]) -> Citation:
    first = group[0]
    said = next((m.type for m in group if m.type_said and m.type), None)
    on = _date_of([m.issued_on for m in group if m.issued_on], first.year)
    issuer = next((m.issuer for m in group if m.issuer), None)
    rule = first.rule
    if issuer is None and first.code and (issuer := agency_of_code(first.code)):
        rule += "+issuer:code"
    return Citation(
        symbol=first.symbol,
        type=said or first.type,
        issuer=issuer,
        issued_on=on,
        title=next((m.title for m in group if m.title), None),
        start=first.start,
        end=first.end,
        rule=rule,
        certainty=max(m.certainty for m in group),
    )
