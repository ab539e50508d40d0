"""The other papers that a text identifies: by symbol, by title, by type and number, each once, at its first mention.

Small pieces find mentions and take type, date and issuer of each from the words on either side; `_gathered` then makes
one citation of all mentions of one paper. A date before a symbol belongs to it only where it opens the clause that
says who issued the paper, so that it is never the date of the paper named before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from khoithong.reading.dates import date_at, dates
from khoithong.reading.issuers import name_at, name_before, without_office
from khoithong.reading.laws import Title, titles
from khoithong.reading.lexicon import agency_of_code, body_letters, folded, paper_types
from khoithong.reading.model import Citation, Identity
from khoithong.reading.symbols import Symbol, symbols
from khoithong.reading.text import grammar

_SAID_NUMBER = re.compile(r"\bsố\s*:?\s*$", re.IGNORECASE)
_AFTER_SYMBOL = grammar(
    r"\d?\s*[,(]?\s*(?:(?:được\s+)?(?:ban hành|ký ban hành|ký|cấp|đề|phát hành)\s+)?(?=ngày\s)", re.IGNORECASE
)
_BARE_DATE = re.compile(r"\s*\((?=\d{1,2}[/.-])")
_BY = re.compile(r"\s*,?\s*(?:\*\*\s*)*(?:của|do)\s+", re.IGNORECASE)
_BLANKS = re.compile(r"\s*")
_ISSUED_ON = grammar(r"\s+(?:(?:ban hành|ký|cấp|phát hành|ký ban hành)\s+)?(?=ngày\s)")
_SENTENCE = re.compile(r"[;!?\n]|\.(?=\s)")
_OPENS = grammar(r"(?:^\s*|[,;(]\s*|\b(?:trước đó|sau đó|đến|vào|hôm|sáng|chiều|tối)\s*,?\s*)$", re.IGNORECASE)
_ISSUES = grammar(
    r"(?:^|\s)(?:đã\s+|vừa\s+|mới\s+|cũng\s+|tiếp tục\s+|có\s+)*"
    r"(?:ký ban hành|ban hành|phát hành|ký|có|ra|gửi|trình|công bố)(?:\s+(?:các|tiếp))?\s*$",
    re.IGNORECASE,
)
_AT = re.compile(r"\btại\s+(?:các\s+)?$", re.IGNORECASE)
_LIST_BETWEEN = re.compile(r"\d?\s*(?:[,;]|và|cùng|số|các|:|\s)*\s*", re.IGNORECASE)
_TITLE_OPENS = grammar(
    r"[\s*,]*(?:về|quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi|bổ sung|công bố|đính chính|thay thế|bãi bỏ|kiện "
    r"toàn|thành lập|"
    r"triển khai|thực hiện|quyết định|điều chỉnh|thí điểm|tiếp tục|giao|phân|đẩy mạnh|tăng cường|chuyển|v/v|hợp "
    r"nhất)\b",
    re.IGNORECASE,
)
_TITLE_ENDS = grammar(r"[;\n]|\.(?=\s)|,?\s*\(?\s*(?:đã\s+)?được\s+sửa đổi")
_TYPE_AND_NUMBER = grammar(
    r"(?<!\w)(?P<type>Nghị quyết|Chỉ thị|Kết luận|Nghị định|Thông tư|Quyết định|Công điện|Quy "
    r"định)\s+(?P<said>số\s+)?(?P<number>\d{1,4})"
    r"(?=\s*(?:[,;.)\n”\"]|$)(?!\d)|\s+(?:của|ngày|và|về|nêu|trên|là|đã|được|nói)\b)(?!\s*[-/]\s*\w)(?!\.\d)"
)
_WORDS = re.compile(r"\S+")
_LONGEST_TYPE = 5  # words


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
    rule: str = ""
    certainty: float = 1.0


def find_citations(flat: str, identity: Identity) -> tuple[Citation, ...]:
    """Every other paper that a flat view identifies, in order of first mention. `identity` is the paper's own."""
    own = _own_keys(identity)
    named = list(titles(flat))
    mentions, used = _by_symbol(flat, list(symbols(flat)), named)
    heads = _own_heads(flat, identity)
    covered = [*_title_spans(flat, mentions), *heads]
    mentions += [_by_title(law) for law in named if law.start not in used and _stands_free(law, covered)]
    mentions += _by_number(flat, mentions)
    mentions = [m for m in mentions if m.key not in own and not (m.symbol is None and m.key in own)]
    return tuple(_gathered(sorted(mentions, key=lambda m: m.start), identity))


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
    claimed = 0
    for symbol in found:
        start, kind, said, law = _head_of(flat, symbol, by_end, mentions[-1] if mentions else None)
        if law:
            used.add(law.start)
        on, after, rule = _date_after(flat, symbol)
        issuer, after = _issuer_after(flat, after)
        if issuer and not on and (more := _ISSUED_ON.match(flat, after)) and (mention := date_at(flat, more.end())):
            on, after, rule = mention.on, mention.end, "date:after-issuer"
        before = _before(flat, start, claimed)
        if not on and before.issued_on:
            on, rule = before.issued_on, "date:before"
        name = issuer or _fitting(before.issuer, symbol.code, at=before.at)
        mentions.append(
            Mention(
                key=_symbol_key(symbol.printed),
                symbol=symbol.printed,
                title=law.title if law else None,
                type=kind,
                type_said=said,
                start=start,
                end=symbol.end,
                issued_on=on,
                issuer=name,
                issuer_said=name is not None,
                code=symbol.code,
                after=after,
                rule=f"symbol+{rule}" if rule else "symbol",
                certainty=1.0 if said or symbol.type else 0.8,
            )
        )
        claimed = max(after, symbol.end)
    return _shared_issuers(flat, mentions), used


def _head_of(
    flat: str, symbol: Symbol, laws: dict[int, Title], last: Mention | None
) -> tuple[int, str | None, bool, Title | None]:
    """Where the mention begins, the type it names, whether words say it, and the law whose title leads to the "
    "symbol."""
    start = symbol.start
    floor = last.end if last else 0
    window = flat[max(floor, start - 60) : start]
    if said := _SAID_NUMBER.search(window):
        start -= len(window) - said.start()
    stop = start - (len(flat[floor:start]) - len(flat[floor:start].rstrip())) if start > floor else start
    if law := laws.get(stop):
        return law.start, law.type, True, law
    if typed := _type_before(flat, floor, stop):
        return typed[0], typed[1], True, None
    if last and last.type and _LIST_BETWEEN.fullmatch(flat, last.after, start):
        own = symbol.type
        if own and last.type != "văn bản" and own != last.type:
            return start, own, False, None
        return start, last.type, last.type_said, None
    of_an_agency = "-" in symbol.code and (symbol.agency or symbol.code.startswith("UBND-"))
    fallback = "công văn" if of_an_agency else None
    return start, symbol.type or fallback, False, None


def _type_before(flat: str, floor: int, stop: int) -> tuple[int, str] | None:
    """The type of paper that the words right before `stop` name, and where they begin."""
    begin = max(floor, stop - 50)
    words = list(_WORDS.finditer(flat, begin, stop))[-_LONGEST_TYPE:]
    known = paper_types()
    for i in range(len(words)):
        start = words[i].start()
        while start < words[i].end() and not flat[start].isalpha():
            start += 1
        if start < words[i].end() and (found := known.get(folded(flat[start:stop]))):
            return start, found
    return None


def _date_after(flat: str, symbol: Symbol) -> tuple[date | None, int, str]:
    """The date that follows a symbol, and the place behind it."""
    lead = _AFTER_SYMBOL.match(flat, symbol.end) or _BARE_DATE.match(flat, symbol.end)
    mention = date_at(flat, lead.end()) if lead else None
    if not mention:
        return None, symbol.end, ""
    if mention.year is None and symbol.year:
        return mention.in_year(symbol.year), mention.end, "date:year-of-symbol"
    return mention.on, mention.end, "date:after"


def _issuer_after(flat: str, place: int) -> tuple[str | None, int]:
    """The body that the words behind a symbol or its date name, and the place behind it."""
    if by := _BY.match(flat, place):
        name = name_at(flat, by.end())
        return (name.full, name.end) if name and name.full != "bộ này" else (None, place)
    blanks = _BLANKS.match(flat, place)
    name = name_at(flat, blanks.end()) if blanks and place < len(flat) and flat[place] != "," else None
    if name and name.full in {"Bộ Chính trị", "Ban Bí thư", "Chính phủ", "Thủ tướng Chính phủ", "Quốc hội"}:
        return name.full, name.end
    return None, place


@dataclass(frozen=True, slots=True)
class _Before:
    """What the clause before a mention says of it: "Ngày 20/11/2023, X ban hành", "của X tại"."""

    issued_on: date | None = None
    issuer: str | None = None
    at: bool = False


def _before(flat: str, start: int, claimed: int) -> _Before:
    """Date and issuer from the clause before a mention; nothing before `claimed`, which belongs to the paper "
    "before."""
    begin = max(claimed, start - 240)
    for stop in _SENTENCE.finditer(flat, begin, start):
        begin = stop.end()
    if at := _AT.search(flat, begin, start):
        name = name_before(flat, begin, at.start())
        return _Before(issuer=name.full if name else None, at=True)
    verb = _ISSUES.search(flat[begin:start])
    if not verb:
        return _Before()
    subject_end = begin + verb.start()
    name = name_before(flat, begin, subject_end)
    return _Before(_opening_date(flat, begin, subject_end), name.full if name else None)


def _opening_date(flat: str, begin: int, end: int) -> date | None:
    """The last full date of a clause that opens it ("Ngày 20/11/2023, ...") rather than standing in its midst."""
    found = None
    for mention in dates(flat, begin, end):
        if mention.on and _OPENS.search(flat[begin : mention.start]):
            found = mention.on
    return found


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


def _stands_free(law: Title, covered: list[tuple[int, int]]) -> bool:
    """Whether a title is named for itself: dated, or outside the titles of other papers; a bare bill of changes is "
    "not."""
    if not law.bare or law.rule == "title:congress":
        return True
    if law.rule == "law:amending" or law.title.isupper():
        return False
    return not any(start <= law.start < end for start, end in covered)


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
        kind, number = folded(match["type"]), match["number"]
        if (kind, number.lstrip("0")) in full or (number.lstrip("0") in numbers and not match["said"]):
            continue
        lead = _AFTER_SYMBOL.match(flat, match.end())
        mention = date_at(flat, lead.end()) if lead else None
        on, after = (mention.on, mention.end) if mention else (None, match.end())
        issuer, after = _issuer_after(flat, after)
        out.append(
            Mention(
                key=_symbol_key(number) + kind,
                symbol=number,
                title=None,
                type=kind,
                type_said=True,
                start=match.start(),
                end=match.end(),
                issued_on=on,
                issuer=issuer,
                issuer_said=issuer is not None,
                after=after,
                rule="type-and-number",
                certainty=0.6,
            )
        )
    return out


# One citation for all mentions of a paper --------------------------------------------------------------------------


def _gathered(mentions: list[Mention], identity: Identity) -> list[Citation]:
    groups: dict[str, list[Mention]] = {}
    dated = {m.key for m in mentions if m.title and m.issued_on} | {
        _title_key(m.title) for m in mentions if m.title and m.symbol
    }
    for mention in mentions:
        key = mention.key
        if mention.symbol is None:
            if mention.issued_on:
                key += mention.issued_on.isoformat()
            elif key in dated:
                continue  # a bare name points back to the paper cited with its date or symbol
        groups.setdefault(key, []).append(mention)
    return [_citation(group) for group in groups.values()]


def _citation(group: list[Mention]) -> Citation:
    first = group[0]
    said = next((m.type for m in group if m.type_said and m.type), None)
    on = next((m.issued_on for m in group if m.issued_on), None)
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
