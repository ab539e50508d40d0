"""Items of an official paper: each numbered or lettered item is read by itself, leads come down from headings."""

from __future__ import annotations

from collections.abc import Iterator

from khoithong.reading import predicates
from khoithong.reading.bodies import bodies_at
from khoithong.reading.duties.clause import (
    Clause,
    gives_what_follows,
    order_in,
    prefaced_predicate,
    prefaces,
    sentences,
    skip_opening,
    subject_in,
    verb_first,
)
from khoithong.reading.duties.draft import Draft, Page
from khoithong.reading.duties.headings import Scope, introduces, read_heading, title_scope
from khoithong.reading.duties.parts import coordinators_in
from khoithong.reading.structure import Block, Kind, is_title

_NOTHING = Scope()
_ENACTS = tuple(
    f"ban hành {kind}" for kind in ("nghị định", "thông tư", "nghị quyết", "quyết định", "văn bản hợp nhất")
)
_JUDGES = (
    "thống nhất đánh giá",
    "đánh giá cao",
    "ghi nhận",
    "biểu dương",
    "thảo luận",
    "nhất trí",
    "thống nhất nhận định",
)
_LAWGIVERS = ("chính phủ", "quốc hội", "thủ tướng chính phủ", "ủy ban thường vụ quốc hội")
_COMMANDERS = ("chính phủ", "thủ tướng chính phủ", "thủ tướng", "ubnd tỉnh")
_PREFACED = ("đối với", "trường hợp", "trong trường hợp", "khi", "nếu")


def item_duties(page: Page, *, taken: set[int]) -> Iterator[Draft]:
    """The duties in the blocks of the page that are not in `taken`, in order."""
    children: dict[int, list[Block]] = {}
    for block in page.blocks:
        children.setdefault(block.parent, []).append(block)
    scopes: dict[int, Scope] = {-1: _NOTHING}
    behind: dict[int, Scope] = {}  # for a paragraph behind an item with a body of its own
    titled = _NOTHING
    for block in page.blocks:
        scope = scopes.get(block.parent, _NOTHING)
        if not scope.lead and not scope.barred and titled.lead:
            scope = titled
        if block.kind is Kind.PARAGRAPH and not scope.lead and not scope.barred:
            scope = behind.get(block.parent, scope)
        scopes[block.number] = scope
        if block.number in taken or block.start >= block.end:
            continue
        if block.kind is Kind.PARAGRAPH and is_title(page.flat[block.start : block.end]):
            titled = title_scope(page, block) or titled
            continue
        if block.kind <= Kind.ARTICLE:
            titled = _NOTHING
        below = children.get(block.number, [])
        heading = read_heading(page, block, has_children=bool(below))
        if heading is not None and (below or heading.barred or not _is_duty_itself(page, block)):
            scopes[block.number] = heading
            if below and not heading.barred and not introduces(page, block) and not _children_act(page, below):
                yield from _read(page, block, scope)
            continue
        if _only_a_title(page, block, below):
            continue
        if scope.barred and not _own_words(page, block):
            continue
        found = list(_read(page, block, _NOTHING if scope.barred else scope))
        yield from found
        if found and not scope.lead and block.kind is not Kind.PARAGRAPH:
            behind[block.number] = Scope(found[-1].lead, certainty=0.75, rule="behind")


def _only_a_title(page: Page, block: Block, below: list[Block]) -> bool:
    """A line in capitals, or one over items that stops without a mark, only names what follows."""
    text = page.flat[block.start : block.end]
    return is_title(text) or (text[-1].isalnum() and any(other.kind is not Kind.PARAGRAPH for other in below))


def _is_duty_itself(page: Page, block: Block) -> bool:
    first, after = page.span(block)
    named = bodies_at(page.words, first)
    return named is None or after - named.after > 3


def _children_act(page: Page, below: list[Block]) -> bool:
    """Whether something under a heading can be a duty of its body: opens with a predicate or has a body of its own."""
    for block in below:
        first, after = page.span(block)
        start = skip_opening(page.words, first, after)
        if verb_first(page.words, start) or prefaces().length(page.words, start) or bodies_at(page.words, start):
            return True
    return False


def _own_words(page: Page, block: Block) -> bool:
    first, after = page.span(block)
    return subject_in(page.words, first, after) is not None


def _in_parentheses(page: Page, block: Block) -> Draft | None:
    """ "Rà soát quy hoạch (Sở Xây dựng chủ trì, hoàn thành trong quý II)": a task whose lead stands behind it."""
    words = page.words
    first, after = page.span(block)
    for i in range(after - 1, max(first, after - 60), -1):
        if words.low[i] == "(":
            named = bodies_at(words, i + 1)
            if named is None or named.kind == "group" or not words.follows(named.after, "chủ trì", "thực hiện"):
                return None
            if ")" not in words.low[after - 3 : after]:
                return None
            partners = coordinators_in(words, named.after, after)
            start = words.start[first]
            return Draft(named.names, start, start, block.end, "parentheses", 0.85, coordinators=partners)
    return None


def _read(page: Page, block: Block, scope: Scope) -> Iterator[Draft]:
    if draft := _in_parentheses(page, block):
        yield draft
        return
    first, after = page.span(block)
    last: Draft | None = None
    for start, end in _pieces(page, first, after):
        found = list(_piece(page, start, end, scope, last))
        for draft in found:
            if last is not None and _goes_with(last, draft):
                last.end = draft.end
                continue
            if last is not None:
                yield last
            last = draft
        if not found and last is not None:
            yield last
            last = None
    if last is not None:
        yield last


def _goes_with(last: Draft, draft: Draft) -> bool:
    """Whether two sentences of one item are one duty: the second has no body of its own."""
    return draft.rule == "goes-on" or (draft.rule == last.rule == "inherited")


def _pieces(page: Page, first: int, after: int) -> Iterator[tuple[int, int]]:
    """Sentences, and parts of them after ";" that have a body of their own."""
    words = page.words
    for start, end in sentences(words, first, after):
        cut = start
        for i in range(start, end - 2):
            if words.low[i] == ";":
                listed = bodies_at(words, cut)
                if listed and listed.after > i:
                    continue
                j = skip_opening(words, i + 1, end)
                named = bodies_at(words, j)
                if (
                    named
                    and named.after < end
                    and predicates.predicate_at(words, named.after)
                    and not verb_first(words, j)
                ):
                    yield cut, i + 1
                    cut = i + 1
        yield cut, end


def _piece(page: Page, first: int, after: int, scope: Scope, last: Draft | None) -> Iterator[Draft]:
    words = page.words
    start = skip_opening(words, first, after)
    if start >= after:
        return
    clause = subject_in(words, start, after, has_lead=bool(scope.lead or last))
    orders = list(_orders(page, start, after, scope, clause))
    if orders:
        for n, (at, names, predicate, known) in enumerate(orders):
            end = orders[n + 1][0] if n + 1 < len(orders) else after
            opens = _order_start(page, start, at) if n == 0 else at
            yield _draft(page, names, opens, predicate, end, "order", 0.9 if known else 0.75)
        return
    if clause and gives_what_follows(words, clause.predicate):
        return
    if clause and not _only_tells(page, clause):
        opens = start
        certainty = {"subject": 0.89, "preface": 0.88}[clause.how] - (0 if clause.known else 0.15)
        yield _draft(page, clause.lead, opens, clause.predicate, after, clause.how, certainty)
        return
    if not (verb_first(words, start) or prefaced_predicate(words, start, after)):
        return
    if last is not None:
        yield Draft(last.lead, words.start[start], words.start[start], words.end[after - 1], "goes-on", last.certainty)
    elif scope.lead:
        place = words.start[start]
        yield Draft(
            scope.lead, place, place, words.end[after - 1], "inherited", scope.certainty, inherited=scope.coordinators
        )


def _draft(
    page: Page, names: tuple[str, ...], first: int, predicate: int, after: int, rule: str, certainty: float
) -> Draft:
    words = page.words
    end = words.end[after - 1]
    place = words.start[predicate] if predicate < len(words) else end
    return Draft(names, words.start[first], place, end, rule, certainty)


def _orders(
    page: Page, start: int, after: int, scope: Scope, clause: Clause | None
) -> Iterator[tuple[int, tuple[str, ...], int, bool]]:
    """Orders that the paper itself gives: word of the bodies, names, predicate, whether the names are well known."""
    words = page.words
    for at, named, predicate in order_in(words, start, after, weak=False):
        if (
            scope.lead
            and scope.rule != "behind"
            and words.low[at] not in ("giao", "phân")
            and not (at == start and named.kind in ("institution", "open"))
        ):
            continue
        gives = clause is not None and clause.predicate == at and words.low[at] == "giao"
        if clause and clause.predicate <= at and not gives and not _commands(page, clause.lead):
            continue
        opens = at == start or gives or words.word(at - 1) in (",", ";", "thì", ":", "trọng")
        if not opens and not _after_commander(page, at):
            continue
        yield named.first, named.names, predicate, named.known


def _after_commander(page: Page, at: int) -> bool:
    before = " ".join(page.words.low[max(0, at - 6) : at])
    return before.endswith(
        ("chính phủ", "thủ tướng", "ubnd tỉnh", "ủy ban nhân dân tỉnh", "ubnd thành phố", "trân trọng", "cũng")
    )


def _commands(page: Page, names: tuple[str, ...]) -> bool:
    return any(page.issued_by(name) or name.lower() in _COMMANDERS for name in names)


def _order_start(page: Page, start: int, at: int) -> int:
    return start if page.words.follows(start, *_PREFACED) else at


def _only_tells(page: Page, clause: Clause) -> bool:
    """Enacting words are no duty: "Chính phủ ban hành Nghị định ...", or the title of a paper of the Government."""
    words = page.words
    if words.follows(clause.predicate, *_ENACTS, *_JUDGES):
        return True
    ends = page.flat[words.end[clause.after - 1] - 1]
    titles = words.follows(clause.predicate, "quy định", "sửa đổi", "điều chỉnh", "ban hành", "phê duyệt")
    return bool(titles) and ends not in ".;:,/”" and clause.lead[0].lower() in _LAWGIVERS
