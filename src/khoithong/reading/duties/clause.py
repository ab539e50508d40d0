"""One sentence: where the body with the duty stands in it, and where its predicate begins.

Three shapes are known: an order ("UBND tỉnh yêu cầu Sở Y tế rà soát ..."), a body with a predicate ("Trước ngày 5, Sở Y
tế báo cáo ..."), and a predicate alone, whose body stands before ("Khẩn trương rà soát ...").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from khoithong.reading import predicates
from khoithong.reading.areas import provinces
from khoithong.reading.bodies import bodies_at, body_at, opens_unit
from khoithong.reading.proper import Named
from khoithong.reading.words import Phrases, Words, phrases

SAYING = ("có ý kiến", "kết luận", "quyết định")
"""Verbs by which who presides opens what is laid on others."""

_NOT_ORDERS_AFTER = frozenset(
    (
        "theo",
        "được",
        "các",
        "những",
        "dung",
        "sự",
        "có",
        "kiến",
        "chính",
        "đáp",
        "ứng",
        "việc",
        "số",
        "một",
        "của",
        "và",
        "bàn",
    )
)
_REPORT_GOES_ON = frozenset(("tại", "này", "phải", "gồm", "được", "của", "quý", "năm", "tháng", "tập", "phục", "trên"))
_AMENDING = frozenset(("sửa", "bổ", "bãi", "thay", "bỏ"))
_AGREED = frozenset(("với", "đề", "chủ", "báo", "nội", "việc", "theo", "như", "về", "phương", "cho", "ý", "kiến"))
_MARKS = frozenset((",", ";", ":", "thì", "đó", "…", ")", "."))
_QUOTES = frozenset(("“", "”", '"', "‘", "’", "'", "«", "-", "+", "*", "…"))
_LONGEST_LIST = 40
_SHORT = frozenset(("tp", "tx", "ts", "ths", "gs", "pgs", "q", "p", "st", "mr", "ks", "bs", "đ", "tt"))


@dataclass(frozen=True, slots=True)
class Clause:
    """A duty in words [first, after): its bodies (() where inherited), where the duty and its predicate begin."""

    first: int
    predicate: int
    after: int
    lead: tuple[str, ...]
    how: str
    known: bool = True


@cache
def connectors() -> Phrases:
    return phrases("verbs", "connectors")


@cache
def superiors() -> Phrases:
    return phrases("verbs", "superiors")


@cache
def prefaces() -> Phrases:
    return phrases("verbs", "prefaces")


def sentences(words: Words, first: int, after: int) -> Iterator[tuple[int, int]]:
    """The sentences of words [first, after), as pairs of words; a final stop belongs to its sentence."""
    start = first
    for i in range(first, after):
        if words.low[i] in (".", "!", "?", "…") and i + 1 < after and _ends(words, i):
            yield start, i + 1
            start = i + 1
    if start < after:
        yield start, after


def _ends(words: Words, i: int) -> bool:
    if words.start[i + 1] == words.end[i] and words.low[i + 1] not in _QUOTES:
        return False
    j = i + 1
    while words.word(j) in _QUOTES:
        j += 1
    before = words.word(i - 1)
    if words.low[i] == "." and before in ("tp", "tx") and _no_place(words, j):
        return True
    if words.low[i] == "." and (
        before in _SHORT or (len(before) == 1 and before.isalpha() and words.end[i - 1] == words.start[i])
    ):
        return False
    return words.capital(j) or words.word(j).isdigit() or words.word(j) in ("(", "/")


def _no_place(words: Words, j: int) -> bool:
    """Whether "TP." closes a sentence: no name of a city follows it."""
    return words.capital(j) and not words.capital(j + 1) and not provinces().length(words, j) and words.low[j] != "vinh"


def skip_opening(words: Words, first: int, after: int) -> int:
    """The word after quotation marks and connectors like "Ngoài ra," at the head of a sentence."""
    j = first
    for _ in range(4):
        while j < after and (words.low[j] in _QUOTES or words.low[j] == ","):
            j += 1
        n = connectors().length(words, j)
        if not n:
            break
        j += n
    while j < after and words.low[j] in (",", ":"):
        j += 1
    return j


def order_in(words: Words, first: int, after: int, *, weak: bool) -> Iterator[tuple[int, Named, int]]:
    """Orders in words [first, after): the word of order, the bodies ordered, the word after them.

    With `weak`, "chỉ đạo", "lưu ý" and the like count too, as they do in the news.
    """
    orders = predicates.orders()
    k = first
    while k < after:
        n = orders.length(words, k) if words.low[k] in orders.opening else 0
        if not n or (not weak and words.low[k] not in _STRONG) or not _order_stands(words, k, first):
            k += 1
            continue
        j = k + n
        while step := words.follows(j, ":", "đến", "đồng chí", "các đồng chí", "ông", "bà"):
            j += step
        j = _skip_time(words, j)
        named = bodies_at(words, j, after_order=True)
        if named and named.after <= after and _goes_on(words, named.after, after) and not _misread(words, k, n, named):
            yield k, named, named.after
            k = named.after + 1
        else:
            k += n


def _misread(words: Words, k: int, n: int, named: Named) -> bool:
    """ "... giao cho tỉnh, UBND tỉnh giao Công an tỉnh": the bodies give the order that counts. "Đề nghị Thủ tướng ..."
    proposes to a superior."""
    if words.low[k : k + n] == ["giao", "cho"] and words.word(named.after) in ("giao", "yêu"):
        return True
    superior = superiors().length(words, named.first)
    return words.low[k] in ("đề", "kiến") and bool(superior) and named.first + superior == named.after


_STRONG = frozenset(("giao", "yêu", "đề", "phân", "trân", "ủy"))


def _order_stands(words: Words, k: int, first: int) -> bool:
    if k > first and words.word(k - 1) in _NOT_ORDERS_AFTER:
        return False
    if words.word(k) == "giao" and not words.capital(k + 1):
        return words.word(k + 1) not in ("thông", "dịch", "ban", "lưu", "nhận", "diện", "tiếp")
    return True


def _skip_time(words: Words, j: int) -> int:
    if words.word(j) == "trong" and words.word(j + 1) in ("tháng", "quý", "năm"):
        return j + 3
    return j


def _goes_on(words: Words, j: int, after: int) -> bool:
    """Whether a duty follows the bodies: a predicate, a colon, or a comma before one."""
    if j >= after:
        return False
    if words.low[j] in (":", ";", ",") and j + 1 < after:
        return words.low[j] == ":" or predicates.predicate_at(words, j + 1)
    return predicates.predicate_at(words, j)


def gives_what_follows(words: Words, predicate: int, *, before: tuple[str, ...] = (":", "như")) -> bool:
    """Whether the predicate only announces orders: "Tổ trưởng kết luận:", "Chủ tịch chỉ đạo như sau:".

    `before` are the words that may stand behind it; "" is the end of the text.
    """
    said = predicates.orders().length(words, predicate) or words.follows(predicate, *SAYING)
    return bool(said) and words.word(predicate + said) in before


def subject_in(words: Words, first: int, after: int, *, has_lead: bool = False) -> Clause | None:
    """The body whose predicate makes the sentence, at its head or behind a preface; None without one."""
    if addressed := _addressed(words, first, after):
        return addressed
    head = bodies_at(words, first)
    if head and head.after < after and (found := _clause(words, first, head, after, "subject")):
        return found
    opening = prefaces().length(words, first)
    if not opening or predicates.verbs().length(words, first) > opening or (has_lead and verb_first(words, first)):
        return None
    return _behind_preface(words, first, after, has_lead=has_lead)


def _addressed(words: Words, first: int, after: int) -> Clause | None:
    """ "Đối với Sở Y tế: lập kế hoạch ...": the body is named first, its duty stands behind the colon."""
    n = words.follows(first, "đối với", "về phía", "riêng")
    named = bodies_at(words, first + n) if n else None
    if named is None or named.after + 1 >= after or words.low[named.after] != ":":
        return None
    if not verb_first(words, named.after + 1):
        return None
    return Clause(named.first, named.after + 1, after, named.names, "subject", named.known)


def _behind_preface(words: Words, first: int, after: int, *, has_lead: bool) -> Clause | None:
    j = first + 1
    while j < after:
        run = _run(words, j, after) if opens_unit(words.low[j]) else None
        if run is None:
            j += 1
            continue
        units, end = run
        wanted = _subjects(words, units, words.word(j - 1))
        if wanted:
            names = tuple(name for unit in wanted for name in unit.names)
            named = Named(names, wanted[0].first, end, wanted[-1].kind, all(unit.known for unit in wanted))
            lawgiver = has_lead and superiors().length(words, named.first) == named.after - named.first
            if not lawgiver and (found := _clause(words, first, named, after, "preface")):
                return found
        j = end
    return None


def _subjects(words: Words, units: list[Named], before: str) -> list[Named]:
    """Which units of a list make the subject: all of them behind a mark; behind "của" and the like what a new "các" or
    the last comma parts off."""
    if before in _MARKS:
        return units
    if words.low[units[0].first - 3 : units[0].first] == ["phối", "hợp", "với"]:
        return []
    for n, unit in enumerate(units[1:], 1):
        if words.word(unit.first) == "các" and words.word(unit.first - 1) == "," and unit.kind == "group":
            return units[n:]
    last = units[-1]
    if len(units) < 2 or words.word(last.first - 1) != "," or superiors().length(words, last.first):
        return []
    return [last]


def _run(words: Words, j: int, after: int) -> tuple[list[Named], int] | None:
    units: list[Named] = []
    end = j
    while end < after and len(units) < _LONGEST_LIST:
        step = words.follows(end, ",", "và", ", và") if units else 0
        if units and not step:
            break
        unit = body_at(words, end + step)
        if unit is None or unit.after > after:
            break
        units.append(unit)
        end = unit.after
    return (units, end) if units else None


def _clause(words: Words, first: int, named: Named, after: int, how: str) -> Clause | None:
    j = named.after
    if words.word(j) == ":" and j + 1 < after and predicates.predicate_at(words, j + 1):
        return Clause(first, j + 1, after, named.names, how, named.known)
    if words.word(j) == "," and predicates.openers().length(words, j + 1) and not body_at(words, j + 1):
        return Clause(first, j + 1, after, named.names, how, named.known)
    if predicates.predicate_at(words, j):
        return Clause(first, j, after, named.names, how, named.known)
    return None


def prefaced_predicate(words: Words, start: int, after: int, *, commas: int = 90) -> bool:
    """ "Trong phạm vi thẩm quyền của mình, tổ chức ...": a preface, then a predicate with no body before it."""
    if not prefaces().length(words, start):
        return False
    for i in range(start, min(after - 1, start + 90)):
        if words.low[i] == "," and (commas := commas - 1) < 0:
            return False
        if words.low[i] in (",", "giao", "mình", "thì") and verb_first(words, i + 1):
            return True
        if words.low[i] == "sẽ":
            return bool(verb_first(words, i + 1))
    return False


def verb_first(words: Words, first: int) -> bool:
    """Whether a sentence opens with a predicate and so leaves its body to what stands before."""
    if predicates.not_duties().length(words, first) > predicates.verb_at(words, first):
        return False
    if words.follows(first, "báo cáo") and words.word(first + 2) in _REPORT_GOES_ON:
        return False
    if words.word(first) in _AMENDING and _amends(words, first):
        return False
    if n := words.follows(first, "thống nhất", "đồng ý", "chấp thuận", "cơ bản thống nhất"):
        return words.word(first + n) not in _AGREED
    return bool(predicates.verb_at(words, first) or predicates.modals().length(words, first))


def _amends(words: Words, first: int) -> bool:
    """ "Sửa đổi, bổ sung khoản 2 như sau": words that change another paper lay nothing on anyone."""
    for i in range(first, min(first + 12, len(words))):
        if words.low[i] in ("khoản", "điểm", "điều", "cụm", "mục", "chương") and (
            words.word(i + 1).isdigit() or words.word(i + 1) in ("từ", "của", "a", "b", "c", "d", "đ", "i", "ii", "iii")
        ):
            return True
        if words.follows(i, "một số điều", "một số khoản", "một số điểm", "tên điều", "phụ lục"):
            return True
        if words.low[i] in (".", ":"):
            return False
    return False
