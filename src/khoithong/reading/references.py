"""Short forms that point at a paper: "Nghị quyết này", "Công văn nêu trên", "Đề án 06", names given by "gọi tắt là".

None of them is a citation. Each is resolved to the paper meant, or stays unresolved with the reason.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from khoithong.reading.citations import Cited, Named
from khoithong.reading.findings import OWN, Reference, Target, cited, unresolved
from khoithong.reading.lexicon import folded
from khoithong.reading.model import Identity
from khoithong.reading.patterns import Pattern, opening
from khoithong.reading.text import grammar, squeeze

_TYPES = (
    "Bộ luật|Luật|Pháp lệnh|Nghị quyết liên tịch|Nghị quyết|Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Chỉ thị|"
    "Kết luận|Thông báo|Hướng dẫn|Chương trình|Kế hoạch|Phương án|Đề án|Báo cáo|Tờ trình|Công văn|Công điện|Quy chế|"
    "Quy định|Điều lệ|Văn bản|Thông tri|Hiến pháp"
)
#: what a decision issues under its own number: "Quy chế này" in it is the paper itself
_ISSUED_WITHIN = frozenset(
    ("quy chế", "quy định", "điều lệ", "kế hoạch", "chương trình", "đề án", "phương án", "hướng dẫn", "văn bản")
)
#: in these words "quy định này" is as often the rule just told as the paper
_COMMON_WORDS = frozenset({"quy định", "hướng dẫn", "báo cáo", "kết luận", "thông báo", "văn bản", "quyết định"})
_BACK = r"(?:nêu |nói |kể |dẫn |đã nêu |đã dẫn |vừa nêu )?(?:ở )?trên(?: đây)?"
_STOPS = r"(?=\s*[,.;:)(\n]|\s+(?:và|của|được|đã|do|có|là|về|thì|để|đến|theo|trước|ngày|cho)\b|\s*$)"
_POINTER = grammar(
    rf"(?<!\w)(?P<all>[Cc]ác )?(?P<type>{_TYPES}|công văn|văn bản|nghị quyết|nghị định|chỉ thị|kế hoạch|thông tư|"
    rf"thông báo|quyết định)"
    rf" (?:(?P<this>này)(?!\w)|(?P<back>{_BACK}){_STOPS})"
)
_CALLED = grammar(
    r"(?P<open>[(,])\s*(?:(?:sau đây|dưới đây) )?(?:được )?(?:(?:viết|gọi)(?: (?:chung|tắt))?(?: tắt)?) là:?\s+"
    r"[“\"‘']?(?P<name>[^()\n;“”\"‘’']{2,80}?)[”\"’']?\s*[)\n;]"
)
_SHORT_PLAN = grammar(
    rf"(?P<kind>{opening('Đề án|Chương trình|Chiến lược|Kế hoạch|Dự án')})"
    r" (?:số )?(?P<number>\d{2,4})(?![\w/]|[.,]\d|-\w)"
)
_KINDS = "Nghị quyết|Chỉ thị|Kết luận|Nghị định|Thông tư|Quyết định|Công điện|Quy định|Công văn|Thông báo|Kế hoạch|Luật"
_NUMBERED = grammar(
    rf"(?P<type>{opening(_KINDS)})"
    r" (?:số )?(?P<number>\d{1,5}[a-z]?)(?![\w/&]|[.,]\d|\s*[-/]\s*\w)"
)
_PAPER_NAME = grammar(rf"(?:{_TYPES}|Chiến lược|Dự án|Quy hoạch|Hiệp định|Công ước)(?![\w/])")
_INTRODUCES = grammar(r"(?:quy định|nêu|ghi)(?: rõ)?(?: như sau| rằng)?\s*:?\s*$")
_CHANGES = grammar(
    r"(?<!được\s)(?<!bị\s)(?<!đổi,\s)(?<!đổi\s)"
    r"(?:[Ss]ửa đổi,? (?:và )?bổ sung|[Ss]ửa đổi|[Bb]ổ sung|[Bb]ãi bỏ|[Tt]hay thế)(?: và [\w ]{4,20})?"
    r"(?: (?:một số|các|nhiều))?(?: (?:điều|điểm|nội dung|quy định|khoản|cụm từ))?(?: và [\w ]{4,30}?)?"
    r"(?: (?:của|tại))? $"
)
_REACH = 120  # characters looked at before a paper or a quotation
_SENTENCE = Pattern(r"[;\n]|\.(?=\s)")
_NUMBER = re.compile(r"\D*0*(\d+)")
_BODY = grammar(r"\n\s*(?:Điều 1|QUYẾT ĐỊNH|QUYẾT NGHỊ)\s*[.:]")
_QUOTES = Pattern(r"[“”]")
_MOST_NAMES = 40  # short names that one paper may define
_TIED = 400  # characters between a paper and the words that give it a short name


@dataclass(frozen=True, slots=True)
class Setting:
    """What resolving needs of a text: its flat view, who it is, what it names in order, where it quotes, what it sets
    out to change, and where what it decides begins."""

    flat: str
    identity: Identity
    cited: Cited
    quotes: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]
    changed: tuple[Named, ...]
    body: int

    @classmethod
    def of(cls, flat: str, identity: Identity, found: Cited) -> Setting:
        changed = tuple(named for named in found.named if named.citation is not None and _is_changed(flat, named))
        starts = tuple(named.mention.start for named in found.named)
        body = _BODY.search(flat)
        where = body.start() if body else len(flat)
        return cls(flat, identity, found, tuple(_quotes(flat)), starts, changed, where)

    def quotation(self, place: int) -> int | None:
        """Where the quotation that a place stands in begins, None outside of quotations."""
        at = bisect_left(self.quotes, (place, 0))
        return self.quotes[at - 1][0] if at > 0 and place < self.quotes[at - 1][1] else None

    def changed_before(self, place: int, kind: str | None = None) -> Target | None:
        """The paper that the words before a place set out to change, of a type where one is given."""
        at = bisect_left(self.changed, place, key=lambda named: named.mention.start)
        for named in reversed(self.changed[max(0, at - _MOST_NAMES) : at]):
            if named.citation is not None and kind in {None, named.mention.type}:
                return cited(named.citation)
        return None

    def before(self, place: int) -> Iterator[Named]:
        """The mentions before a place, the nearest first."""
        for at in range(bisect_left(self.starts, place) - 1, -1, -1):
            yield self.cited.named[at]


def find_references(setting: Setting) -> tuple[Reference, ...]:
    """Every short form of a text in order; none lies inside another or inside a citation by symbol."""
    names = _called(setting)
    found = [*_pointers(setting), *_uses(setting, names), *_plans(setting, names), *_numbers(setting)]
    found.sort(key=lambda each: (each.start, -each.end))
    out: list[Reference] = []
    for each in found:
        if not out or each.start >= out[-1].end:
            out.append(each)
    return tuple(out)


def _is_changed(flat: str, named: Named) -> bool:
    """Whether "Sửa đổi, bổ sung một số điều của" or the like stands before a mention."""
    start = named.mention.start
    window = flat[max(0, start - _REACH) : start]
    return bool(_CHANGES.search(window[window.rfind("\n") + 1 :]))


def _quotes(flat: str) -> Iterator[tuple[int, int]]:
    """Where a text quotes. A mark that opens again without having closed goes on with the quotation."""
    begin = -1
    for mark in _QUOTES.finditer(flat):
        if mark[0] == "“" and begin < 0:
            begin = mark.start()
        elif mark[0] == "”" and begin >= 0:
            yield begin, mark.start()
            begin = -1


# "này", "nêu trên" -------------------------------------------------------------------------------------------------


def _pointers(setting: Setting) -> Iterator[Reference]:
    last: dict[str, list[int]] = {}  # by type: the citations named so far, the nearest last, each once
    named, at = setting.cited.named, 0
    for match in _POINTER.finditer(setting.flat):
        while at < len(named) and named[at].mention.end <= match.start():
            _remember(last, named[at])
            at += 1
        kind = folded(match["type"])
        if match["this"]:
            paper, rule, certainty = _this(setting, kind, match.start(), last)
        else:
            paper, rule, certainty = _above(kind, last, plural=bool(match["all"]))
        sure = paper.known and rule != "this:last-named"
        if kind in _COMMON_WORDS and match["type"][0].islower() and not sure:
            continue
        yield Reference(squeeze(match[0]), paper, match.start(), match.end(), rule, certainty)


def _remember(last: dict[str, list[int]], named: Named) -> None:
    if named.citation is None or not named.mention.type:
        return
    law = named.mention.type in {"luật", "bộ luật", "pháp lệnh", "hiến pháp"}
    for kind in (named.mention.type, *(() if law else ("văn bản",))):
        known = last.setdefault(kind, [])
        if not known or known[-1] != named.citation:
            known.append(named.citation)


def _this(setting: Setting, kind: str, place: int, last: dict[str, list[int]]) -> tuple[Target, str, float]:
    """The paper that "<type> này" means."""
    own = setting.identity.type
    quote = setting.quotation(place)
    if quote is not None:
        told = _INTRODUCES.search(setting.flat[max(0, quote - _REACH) : quote])
        if not told and (paper := setting.changed_before(place, kind)):
            return paper, "this:changed", 0.8
        if last.get(kind):
            return cited(last[kind][-1]), "this:quoted", 0.6
    if own == "văn bản hợp nhất":
        return OWN, "this:consolidated", 0.8
    if own == kind or (own and kind in own.split(" ")):
        return OWN, "this:own", 1.0
    if own and kind in _ISSUED_WITHIN and (kind == "văn bản" or kind in folded(setting.identity.subject or "")):
        return OWN, "this:issued-within", 0.9
    if last.get(kind):
        return cited(last[kind][-1]), "this:last-named", 0.7
    if own is None:
        return OWN, "this:no-other", 0.6
    return unresolved(f"không có {kind} nào được nêu trước đó"), "this", 0.5


def _above(kind: str, last: dict[str, list[int]], *, plural: bool) -> tuple[Target, str, float]:
    """The paper that "<type> nêu trên" means: the last of that type, less sure where several were named."""
    known = last.get(kind)
    if not known:
        return unresolved(f"không có {kind} nào được nêu trước đó"), "above", 0.5
    several = len(set(known[-4:])) > 1
    if plural:
        return unresolved("chỉ nhiều văn bản đã nêu") if several else cited(known[-1]), "above:all", 0.6
    return cited(known[-1]), "above", 0.7 if several else 0.95


# Names given on the way --------------------------------------------------------------------------------------------


def _called(setting: Setting) -> dict[str, tuple[Target, int]]:
    """Names that the text itself gives to papers, with the paper and the place behind the words that give them."""
    names: dict[str, tuple[Target, int]] = {}
    for match in _CALLED.finditer(setting.flat):
        name = squeeze(match["name"])
        if not _PAPER_NAME.match(name) or "/" in name or len(names) == _MOST_NAMES:
            continue
        if (paper := _tied(setting, match.start(), name)) is not None:
            names.setdefault(name, (paper, match.end()))
    for match in _SHORT_PLAN.finditer(setting.flat):
        name = squeeze(match[0])
        bracketed = setting.flat[match.start() - 1 : match.start()] == "(" and setting.flat[match.end() :][:1] == ")"
        if bracketed and name not in names and len(names) < _MOST_NAMES:
            paper = _tied(setting, match.start() - 1, name)
            if paper is not None:
                names[name] = (paper, match.end())
    return names


def _tied(setting: Setting, place: int, name: str) -> Target | None:
    """The paper that a name given at a place is for: the nearest of the type that the name begins with, else the first
    of the sentence, for in "Quyết định A phê duyệt Đề án thực hiện Nghị quyết B (Đề án 06)" it is A."""
    chosen, end = None, place
    for named in setting.before(place):
        if place - named.mention.end > _TIED or _SENTENCE.search(setting.flat, named.mention.end, end):
            break
        chosen, end = named, named.mention.start
        if named.mention.type and folded(name).startswith(named.mention.type):
            break
    if chosen is None:
        return None
    return OWN if chosen.citation is None else cited(chosen.citation)


def _uses(setting: Setting, names: dict[str, tuple[Target, int]]) -> Iterator[Reference]:
    """The places behind its definition where a name that the text gave is used."""
    if not names:
        return
    longest = sorted(names, key=len, reverse=True)
    words = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest)
    for match in re.compile(rf"(?<!\w)(?:{words})(?!\w|/\w)").finditer(setting.flat):
        paper, since = names[squeeze(match[0])]
        if match.start() >= since:
            yield Reference(squeeze(match[0]), paper, match.start(), match.end(), "called", 0.95)


# Kind and number ---------------------------------------------------------------------------------------------------


def _plans(setting: Setting, names: dict[str, tuple[Target, int]]) -> Iterator[Reference]:
    """ "Đề án 06": the decision of that number, if the text says of it that it approves such a plan."""
    by_number: dict[tuple[str, str], int] = {}
    for named in setting.cited.named:
        mention = named.mention
        if named.citation is None or not mention.symbol or mention.type != "quyết định":
            continue
        title = folded(setting.flat[mention.after : mention.after + _TIED // 2].split("\n")[0])
        for kind in ("đề án", "chương trình", "chiến lược", "kế hoạch", "dự án"):
            if kind in title:
                by_number.setdefault((kind, _plain(mention.symbol)), named.citation)
    for match in _SHORT_PLAN.finditer(setting.flat):
        text = squeeze(match[0])
        if text in names:
            continue
        if match["kind"] == "Kế hoạch" and len(match["number"]) == 4 and match["number"].startswith("20"):
            continue  # a plan of a year
        citation = by_number.get((folded(match["kind"]), _plain(match["number"])))
        if citation is None:
            why = unresolved("văn bản này không cho biết tên gọi đó là văn bản nào")
            yield Reference(text, why, match.start(), match.end(), "plan", 0.5)
        else:
            yield Reference(text, cited(citation), match.start(), match.end(), "plan:number", 0.85)


def _numbers(setting: Setting) -> Iterator[Reference]:
    """ "Chỉ thị 20" where "Chỉ thị số 20/CT-TTg" is cited, or is the paper itself: that paper."""
    full: dict[tuple[str, str], list[tuple[int, int | None]]] = {}
    cited_at = {named.mention.start for named in setting.cited.named}
    for named in setting.cited.named:
        mention = named.mention
        if mention.symbol and mention.rule != "type-and-number":
            full.setdefault((mention.type or "", _plain(mention.symbol)), []).append((mention.start, named.citation))
    own = setting.identity
    if own.symbol and own.type:
        full.setdefault((own.type, _plain(own.symbol)), []).insert(0, (0, None))
    for match in _NUMBERED.finditer(setting.flat):
        known = full.get((folded(match["type"]), _plain(match["number"])))
        if not known or match.start() in cited_at:
            continue
        at = bisect_left(known, (match.start(), -1), key=lambda each: (each[0], -1))
        _, citation = known[at - 1] if at else known[0]
        sure = 0.95 if len({index for _, index in known}) == 1 else 0.6
        target = OWN if citation is None else cited(citation)
        yield Reference(squeeze(match[0]), target, match.start(), match.end(), "type-and-number", sure)


def _plain(number: str) -> str:
    """The leading number without its zeros: "06/QĐ-TTg" -> "6"."""
    found = _NUMBER.match(number)
    return found[1] if found else number
