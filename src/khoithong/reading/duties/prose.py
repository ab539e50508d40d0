"""Running text, as in the news: who gives orders says so, and the sentences after it go on until the report does."""

from __future__ import annotations

from collections.abc import Iterator

from khoithong.reading import predicates
from khoithong.reading.bodies import Named, bodies_at
from khoithong.reading.duties.clause import Clause, order_in, sentences, skip_opening, subject_in, verb_first
from khoithong.reading.duties.draft import Draft, Page
from khoithong.reading.structure import Block
from khoithong.reading.words import Phrases, phrases

_PATIENCE = 2
_TELLING = frozenset(
    ("đã", "đang", "vừa", "từng", "hiện", "cho", "bị", "mới", "vẫn", "chưa", "khẳng", "nói", "thừa", "được", "có")
)
_POINTING = ("này", "trên", "nói trên", "nêu trên")


class _Flow:
    """What the sentences read so far leave behind: the bodies last ordered, and whether orders are still being told."""

    def __init__(self) -> None:
        self.lead: tuple[str, ...] = ()
        self.patience = 0

    def ordered(self, lead: tuple[str, ...]) -> None:
        self.lead, self.patience = lead, _PATIENCE

    def told(self) -> None:
        self.patience -= 1


def prose_duties(page: Page, blocks: list[Block]) -> Iterator[Draft]:
    """The duties of paragraphs without markers, in order."""
    flow = _Flow()
    for block in blocks:
        first, after = page.span(block)
        if _is_headline(page, block, blocks):
            continue
        for start, end in _sentences(page, first, after):
            yield from _sentence(page, flow, start, end)


def _is_headline(page: Page, block: Block, blocks: list[Block]) -> bool:
    return (
        block is blocks[0]
        and len(blocks) > 1
        and page.flat[block.end - 1] not in '.:;!?”"'
        and block.end - block.start < 200
    )


def _sentences(page: Page, first: int, after: int) -> Iterator[tuple[int, int]]:
    """Sentences, cut also where a new one opens with a capital verb without a stop before it."""
    words = page.words
    for start, end in sentences(words, first, after):
        cut = start
        for i in range(start + 1, end):
            if words.follows(i, "chủ trì ,") and words.capital(i) and words.low[i - 1][-1].isalnum():
                yield cut, i
                cut = i
        yield cut, end


def _history(words_table: Phrases, page: Page, start: int, after: int) -> bool:
    words = page.words
    if words_table.length(words, start):
        return True
    dated = words.word(start) == "ngày" or words.follows(start, "cuối tháng", "đầu tháng")
    told = [i for i in range(start, min(after, start + 40)) if words.low[i] == "đã"]
    if dated and told:
        said = words.low[told[0] : told[0] + 5]
        return not ("văn" in said or "công" in said or "ký" in said or "quyết" in said)
    return words.word(start) == "theo" and bool(told) and "ngày" in words.low[start : told[0]]


def _sentence(page: Page, flow: _Flow, first: int, after: int) -> Iterator[Draft]:
    words = page.words
    start = skip_opening(words, first, after)
    if start >= after:
        return
    if _history(phrases("verbs", "history"), page, start, after):
        flow.patience = 0
        return
    orders = [found for found in order_in(words, start, after, weak=True) if not _own_act(page, flow, start, found[0])]
    if orders:
        for n, (_, named, predicate) in enumerate(orders):
            end = orders[n + 1][0] if n + 1 < len(orders) else after
            lead = _pointed(flow, named)
            flow.ordered(lead)
            opens = start if n == 0 and words.follows(start, "đối với") else named.first
            yield _draft(page, lead, opens, predicate, end, "order-prose", 0.85 if named.known else 0.7)
        return
    clause = subject_in(words, start, after)
    if clause and not _tells(page, clause):
        strong = predicates.modals().length(words, clause.predicate)
        if flow.patience > 0 or strong:
            lead = _pointed(flow, Named(clause.lead, 0, 0, ""))
            flow.ordered(lead)
            yield _draft(
                page, lead, start, clause.predicate, after, "subject-prose", 0.75 if flow.patience > 0 else 0.6
            )
            return
    if (
        flow.patience > 0
        and flow.lead
        and (verb_first(words, start) or words.follows(start, "trường hợp", "trong trường hợp"))
    ):
        flow.patience = _PATIENCE
        yield _draft(page, flow.lead, start, start, after, "goes-on-prose", 0.65)
        return
    flow.told()


def _own_act(page: Page, flow: _Flow, start: int, at: int) -> bool:
    """ "UBND tỉnh chỉ đạo chủ đầu tư ...": the giver is the body ordered before, so this is its duty, no new order."""
    subject = bodies_at(page.words, start)
    if subject is None or subject.after > at:
        return page.words.low[at] == "chỉ" and at == start and bool(flow.lead) and flow.patience > 0
    held = {name.lower() for name in flow.lead}
    mine = {name.lower() for name in subject.names}
    near = any(name.startswith(other) or other.startswith(name) for name in held for other in mine)
    return (flow.patience > 0 and near) or bool(predicates.modals().length(page.words, subject.after))


def _tells(page: Page, clause: Clause) -> bool:
    words = page.words
    j = clause.predicate
    return words.word(j) in _TELLING and not predicates.modals().length(words, j)


def _pointed(flow: _Flow, named: Named) -> tuple[str, ...]:
    """Bodies named by pointing back ("các đơn vị này") are those ordered before."""
    if len(named.names) == 1 and flow.lead and named.names[0].lower().endswith(_POINTING):
        return flow.lead
    return named.names


def _draft(
    page: Page, lead: tuple[str, ...], first: int, predicate: int, after: int, rule: str, certainty: float
) -> Draft:
    words = page.words
    return Draft(
        lead, words.start[first], words.start[min(predicate, after - 1)], words.end[after - 1], rule, certainty
    )
