"""Running text, as in the news: who gives orders says so, and the sentences after it go on until the report does."""

from __future__ import annotations

from collections.abc import Iterator

from khoithong.reading import predicates
from khoithong.reading.bodies import bodies_at, body_at
from khoithong.reading.duties.clause import (
    Clause,
    order_in,
    prefaced_predicate,
    sentences,
    skip_opening,
    subject_in,
    verb_first,
)
from khoithong.reading.duties.draft import Draft, Page
from khoithong.reading.duties.parts import conditional, coordinators_in
from khoithong.reading.proper import Named
from khoithong.reading.structure import Block
from khoithong.reading.words import phrases

_PATIENCE = 2
_TELLING = frozenset(
    ("đã", "đang", "vừa", "từng", "hiện", "bị", "mới", "vẫn", "chưa", "nói", "thừa", "được", "có", "cho")
)
_SUPREME = {"thủ tướng", "phó thủ tướng", "chính phủ", "chủ tịch", "phó chủ tịch"}
_WEAK = frozenset(("chỉ", "đôn", "nhắc", "quán", "khuyến"))
_POINTING = ("này", "trên", "nói trên", "nêu trên")
_VAGUE = ("các ", "những ", "đơn vị", "cơ quan")
_WRITTEN = frozenset(("văn", "công", "ký", "quyết", "chỉ"))


class _Flow:
    """What the sentences read so far leave behind: who ordered whom, and whether orders are still being told."""

    def __init__(self) -> None:
        self.lead: tuple[str, ...] = ()
        self.bodies: tuple[str, ...] = ()
        self.giver: tuple[str, ...] = ()
        self.patience = 0
        self.past = False

    def ordered(self, lead: tuple[str, ...], partners: tuple[str, ...]) -> None:
        self.lead, self.patience, self.past = lead, _PATIENCE, False
        self.bodies = (*lead, *(name for name in partners if not name.lower().startswith(_VAGUE)))


def prose_duties(page: Page, blocks: list[Block]) -> Iterator[Draft]:
    """The duties of paragraphs without markers, in order."""
    flow = _Flow()
    found: list[Draft] = []
    for block in blocks:
        first, after = page.span(block)
        if _is_headline(page, block, blocks):
            continue
        for start, end in _sentences(page, first, after):
            found.extend(_sentence(page, flow, start, end))
    yield from _without_announcement(page, found, blocks)


def _is_headline(page: Page, block: Block, blocks: list[Block]) -> bool:
    ends = page.flat[block.end - 1]
    return block is blocks[0] and len(blocks) > 1 and ends not in '.:;!?”"' and block.end - block.start < 200


def _without_announcement(page: Page, found: list[Draft], blocks: list[Block]) -> Iterator[Draft]:
    """The duties without a first one that only announces the rest: vague bodies, few words, before the text proper."""
    for n, draft in enumerate(found):
        vague = all(name.lower().startswith(_VAGUE) or " " not in name[:6] for name in draft.lead)
        opening = len(blocks) > 1 and draft.start < blocks[1].end
        alone = len(found) > 1 and any(draft.start < block.end <= found[1].start for block in blocks)
        if n == 0 and alone and vague and opening and draft.end - draft.predicate < 160:
            continue
        yield draft


def _sentences(page: Page, first: int, after: int) -> Iterator[tuple[int, int]]:
    """Sentences, cut also at ";" before a body with a duty, and where a capital verb follows without a stop."""
    words = page.words
    for start, end in sentences(words, first, after):
        cut = start
        for i in range(start + 1, end):
            if words.follows(i, "chủ trì ,") and words.capital(i) and words.low[i - 1][-1].isalnum():
                yield cut, i
                cut = i
            elif words.low[i] == ";" and _own_body(page, i + 1, end):
                yield cut, i + 1
                cut = i + 1
        yield cut, end


def _own_body(page: Page, i: int, end: int) -> bool:
    words = page.words
    named = bodies_at(words, i)
    if named is None or named.after >= end:
        return False
    proper = named.known and named.kind in ("field", "council", "institution")
    return bool(predicates.modals().length(words, named.after) or (proper and predicates.verb_at(words, named.after)))


def _past(page: Page, flow: _Flow, first: int, start: int, after: int) -> bool:
    """Whether the sentence tells what was before: by how it opens, by a date with "đã", or going on with the past."""
    words = page.words
    if phrases("verbs", "history").length(words, start):
        return True
    if flow.past and phrases("verbs", "past goes on").length(words, first):
        giver = bodies_at(words, start)
        known = {name.lower() for name in flow.giver}
        return giver is None or not known or not _near({name.lower() for name in giver.names}, known)
    dated = words.word(start) == "ngày"
    told = next((i for i in range(start, min(after, start + 40)) if words.low[i] == "đã"), 0)
    if dated and told:
        return not _WRITTEN.intersection(words.low[told : told + 5])
    return words.word(start) == "theo" and bool(told) and "ngày" in words.low[start:told]


def _after_attribution(page: Page, start: int) -> int:
    """The word after "Theo UBND tỉnh, ..."."""
    words = page.words
    if words.word(start) != "theo":
        return start
    unit = body_at(words, start + 1)
    return unit.after + 1 if unit and words.word(unit.after) == "," else start


def _sentence(page: Page, flow: _Flow, first: int, after: int) -> Iterator[Draft]:
    words = page.words
    start = skip_opening(words, first, after)
    if start >= after:
        return
    if _past(page, flow, first, start, after) or _past(page, flow, first, _after_attribution(page, start), after):
        flow.patience, flow.past = 0, True
        return
    start = _after_attribution(page, start)
    orders = _orders(page, flow, start, after)
    if orders:
        yield from _ordered(page, flow, start, after, orders)
        return
    if phrases("verbs", "asides").length(words, start):
        flow.patience -= 1
        return
    clause = subject_in(words, start, after)
    if clause and flow.lead and _gives(flow, clause):
        if predicates.orders().length(words, clause.predicate) and flow.patience > 0:
            flow.patience = _PATIENCE
            yield _draft(page, flow.lead, clause.predicate, clause.predicate, after, "goes-on-prose", 0.55)
        return
    if clause and not _tells(page, clause):
        strong = predicates.modals().length(words, clause.predicate) and not flow.past
        if flow.patience > 0 or strong:
            certainty = 0.75 if flow.patience > 0 else 0.6
            flow.ordered(_pointed(flow, clause.lead), coordinators_in(words, clause.predicate, after))
            yield _draft(page, flow.lead, start, clause.predicate, after, "subject-prose", certainty)
            return
    if flow.patience > 0 and flow.lead and _goes_on(page, start, after):
        flow.patience = _PATIENCE
        yield _draft(page, flow.lead, start, start, after, "goes-on-prose", 0.72)
        return
    flow.patience -= 1


def _goes_on(page: Page, start: int, after: int) -> bool:
    words = page.words
    if verb_first(words, start) or prefaced_predicate(words, start, after, commas=1):
        return True
    return bool(words.follows(start, "trường hợp", "trong trường hợp", "nếu"))


def _orders(page: Page, flow: _Flow, start: int, after: int) -> list[tuple[int, Named, int]]:
    """The orders of a sentence. Behind the first, only what a new clause orders is another."""
    words = page.words
    found: list[tuple[int, Named, int]] = []
    for order in order_in(words, start, after, weak=True):
        at = order[0]
        if found:
            before = words.word(at - 1)
            parted = before in ("đó", "thời") and ";" in words.low[at - 4 : at]
            if before != ";" and not parted and not (words.low[at] == "giao" and before in (",", "và", "thời")):
                continue
        elif _own_act(page, flow, start, at):
            return []
        found.append(order)
    return found


def _ordered(page: Page, flow: _Flow, start: int, after: int, orders: list[tuple[int, Named, int]]) -> Iterator[Draft]:
    words = page.words
    if giver := _giver(page, start, orders[0][0]):
        flow.giver = giver
    for n, (at, named, predicate) in enumerate(orders):
        end = orders[n + 1][0] if n + 1 < len(orders) else after
        flow.ordered(_pointed(flow, named.names), coordinators_in(words, predicate, end))
        before = page.flat[words.start[start] : words.start[at]]
        opens = start if n == 0 and (words.follows(start, "đối với") or conditional(before)) else named.first
        if words.word(opens - 2) in ("tháng", "quý", "năm") and words.word(opens - 3) == "trong" and opens - 3 > at:
            opens -= 3
        yield _draft(page, flow.lead, opens, predicate, end, "order-prose", 0.85 if named.known else 0.7)


def _gives(flow: _Flow, clause: Clause) -> bool:
    """Whether the subject is who gives the orders, or stands above those who take them."""
    names = {name.lower() for name in clause.lead}
    above = any(name.startswith(("thủ tướng", "phó thủ tướng", "chính phủ")) for name in names)
    return above or _near(names, {name.lower() for name in flow.giver})


def _giver(page: Page, start: int, at: int) -> tuple[str, ...]:
    """The body that stands nearest before the word of order."""
    for j in range(at - 1, max(start - 1, at - 16), -1):
        if page.words.capital(j) and (unit := body_at(page.words, j)) and unit.after <= at:
            return unit.names
    return ()


def _own_act(page: Page, flow: _Flow, start: int, at: int) -> bool:
    """ "UBND tỉnh chỉ đạo chủ đầu tư ...": the giver is a body ordered before, so this is its duty, no new order."""
    words = page.words
    subject = bodies_at(words, start)
    if subject is None or subject.after > at:
        return words.low[at] == "chỉ" and at == start and bool(flow.lead) and flow.patience > 0
    if predicates.modals().length(words, subject.after):
        return True
    if flow.patience <= 0:
        return False
    mine = {name.lower() for name in subject.names}
    held = {name.lower() for name in flow.lead}
    givers = {name.lower() for name in flow.giver} | ({page.issuer} if page.issuer else set())
    if _near(mine, held) and not mine & givers:
        return True
    if subject.after < at and predicates.predicate_at(words, subject.after) and not _near(mine, givers | _SUPREME):
        return not predicates.orders().length(words, subject.after) and words.low[at] in _WEAK
    rules = any(name.startswith(("ubnd", "ủy ban", "hđnd", "hội đồng", "chính quyền")) for name in mine)
    below = bool(givers) or subject.kind == "field" or (subject.kind == "council" and not rules)
    return words.low[at] == "chỉ" and at == subject.after and below and not _near(mine, givers)


def _near(some: set[str], others: set[str]) -> bool:
    return any(one.startswith(other) or other.startswith(one) for one in some for other in others)


def _tells(page: Page, clause: Clause) -> bool:
    words = page.words
    j = clause.predicate
    if any(page.issued_by(name) for name in clause.lead):
        return True
    return words.word(j) in _TELLING and not predicates.modals().length(words, j)


def _pointed(flow: _Flow, names: tuple[str, ...]) -> tuple[str, ...]:
    """Bodies named by pointing back ("các đơn vị này") are those named before."""
    if len(names) == 1 and flow.lead and names[0].lower().endswith(_POINTING):
        return flow.bodies if names[0].lower().startswith("các") else flow.lead
    return names


def _draft(
    page: Page, lead: tuple[str, ...], first: int, predicate: int, after: int, rule: str, certainty: float
) -> Draft:
    words = page.words
    place = words.start[min(predicate, after - 1)]
    return Draft(lead, words.start[first], place, words.end[after - 1], rule, certainty)
