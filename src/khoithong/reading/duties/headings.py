"""Headings that name a body and hand it down: "2. Giao Bộ Y tế:", "3. Sở Nội vụ chủ trì, phối hợp với ...:"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from khoithong.reading import predicates
from khoithong.reading.bodies import bodies_at
from khoithong.reading.duties.clause import gives_what_follows, order_in, skip_opening, subject_in
from khoithong.reading.duties.draft import Page
from khoithong.reading.duties.parts import coordinators_in
from khoithong.reading.proper import Named
from khoithong.reading.structure import Block, Kind, is_title
from khoithong.reading.words import Phrases, phrases

_LONGEST_TITLE = 60  # words
_LONGEST_NAME = 34


@dataclass(frozen=True, slots=True)
class Scope:
    """Who leads, and with whom, for what stands under a heading. `barred`: nothing there is a duty of theirs."""

    lead: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    barred: bool = False
    certainty: float = 0.9
    rule: str = "heading"


@cache
def _before() -> Phrases:
    return phrases("verbs", "before headings")


@cache
def _barred() -> Phrases:
    return phrases("verbs", "no duties under")


def read_heading(page: Page, block: Block, *, has_children: bool) -> Scope | None:
    """What the block hands down to those under it; None where it is no heading."""
    words = page.words
    first, after = page.span(block)
    if first >= after:
        return None
    ends = page.flat[block.end - 1]
    if ends in ".;," and not introduces(page, block):
        return None
    if is_title(page.flat[block.start : block.end]) and block.kind is Kind.PARAGRAPH:
        return None
    if _barred().length(words, first) and after - first < _LONGEST_TITLE:
        return Scope(barred=True)
    named, at = _named_heading(page, first, after)
    if named is not None:
        return _scope_of(page, named, at, after)
    if ends != ":" or not has_children:
        return None
    start = skip_opening(words, first, after)
    orders = list(order_in(words, start, after, weak=True))
    if orders:
        _, body, at = orders[-1]
        return Scope(body.names, coordinators_in(words, at, after), certainty=0.8, rule="order-heading")
    if clause := subject_in(words, start, after):
        if any(page.issued_by(name) for name in clause.lead) or _only_orders(page, clause.predicate):
            return Scope()
        return Scope(
            clause.lead, coordinators_in(words, clause.predicate, after), certainty=0.85, rule="clause-heading"
        )
    return None


def _only_orders(page: Page, predicate: int) -> bool:
    """ "Chủ tịch UBND thành phố chỉ đạo:", "UBND tỉnh có ý kiến như sau:": the giver of what follows, not its lead."""
    return gives_what_follows(page.words, predicate, before=(":", "như", "các", "một", "chỉ", "những", ""))


def introduces(page: Page, block: Block) -> bool:
    """Whether the block only leads over to a list: it ends "... sau đây:"."""
    end = page.flat[max(block.start, block.end - 14) : block.end].rstrip(".;,: ").lower()
    return end.endswith(("như sau", "sau đây", "sau"))


def _named_heading(page: Page, first: int, after: int) -> tuple[Named | None, int]:
    words = page.words
    start = first + _before().length(words, first)
    while words.word(start) in (":", "các") and words.follows(start, "các đồng chí", ":"):
        start += words.follows(start, "các đồng chí", ":")
    named = bodies_at(words, start, after_order=start > first)
    if named is None or named.after > after:
        return None, 0
    rest = words.low[named.after : after]
    if not rest or rest in ([":"], ["."]):
        return named, named.after
    if "trách" in words.low[first:start] or "vụ" in words.low[first:start]:
        # "Trách nhiệm Tổ công tác triển khai Đề án": the heading is the name to its end.
        tail = after - 1 if words.low[after - 1] == ":" else after
        if tail - named.after < 30 and not any(mark in rest[:-1] for mark in (".", ":")):
            name = words.printed(named.first, tail)
            if len(named.names) == 1:
                return Named((name,), named.first, tail, named.kind, False), tail
        return named, named.after
    if _only_orders(page, named.after):
        return None, 0
    if words.low[after - 1] == ":" and predicates.predicate_at(words, named.after):
        return named, named.after
    if (
        words.low[after - 1][0].isalnum()
        and after - first < _LONGEST_NAME
        and not predicates.predicate_at(words, named.after)
    ):
        # A line that is only a name, longer than the grammar of bodies knows.
        name = words.printed(words.at(words.start[first]), after)
        whole = name[name.rindex(named.names[-1]) :] if named.names[-1] in name else name
        return Named((*named.names[:-1], whole), named.first, after, named.kind, False), after
    return None, 0


def _scope_of(page: Page, named: Named, at: int, after: int) -> Scope:
    words = page.words
    partners = coordinators_in(words, at, after) if at < after else ()
    return Scope(named.names, partners, certainty=0.95 if named.known else 0.85)


def title_scope(page: Page, block: Block) -> Scope | None:
    """A title in capitals that lays what follows on bodies: "NHIỆM VỤ CỦA CÁC SỞ, NGÀNH TRONG ..."."""
    words = page.words
    first, after = page.span(block)
    n = _before().length(words, first)
    if not n or words.word(first + n - 1) != "của":
        return None
    named = bodies_at(words, first + n)
    if named is None or named.after > after:
        return None
    return Scope(tuple(name.lower() if name.isupper() else name for name in named.names), certainty=0.7, rule="title")
