"""A duty being read, and the text it is read from; `finish` turns it into the frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from khoithong.reading.deadlines import deadline_of
from khoithong.reading.duties.parts import action_of, conditional, coordinators_in, main_verb, shared_lead
from khoithong.reading.model import Assignment, Deadline
from khoithong.reading.structure import Block
from khoithong.reading.words import Words


@dataclass(frozen=True, slots=True)
class Page:
    """A text in the forms that the grammar reads, with what is known of the paper."""

    flat: str
    words: Words
    blocks: tuple[Block, ...]
    issued_on: date | None
    issuer: str
    aliases: dict[str, str]

    def issued_by(self, name: str) -> bool:
        """Whether a body is the issuer of the paper, perhaps by a short form ("UBND tỉnh")."""
        short = name.lower().replace("ubnd", "ủy ban nhân dân").replace("uỷ", "ủy")
        whole = self.issuer.replace("ubnd", "ủy ban nhân dân").replace("uỷ", "ủy")
        return bool(whole) and (short == whole or whole.startswith(short + " "))

    def span(self, block: Block) -> tuple[int, int]:
        """The words of a block: first and after."""
        return self.words.at(block.start), self.words.at(block.end)


@dataclass(slots=True)
class Draft:
    """A duty at flat[start:end]; its predicate begins at `predicate`, `inherited` co-ordinators come first.

    An `action` that is given is not read from the words.
    """

    lead: tuple[str, ...]
    start: int
    predicate: int
    end: int
    rule: str
    certainty: float
    inherited: tuple[str, ...] = ()
    coordinators: tuple[str, ...] | None = None
    deadline: Deadline | None = None
    deadline_is_read: bool = False
    condition_from: int | None = None
    action: str | None = None


def finish(draft: Draft, page: Page) -> Assignment:
    """The duty with its co-ordinators, condition, deadline and action read from its words."""
    start, end = trimmed(page.flat, draft.start, draft.end)
    words = page.words
    first, after = words.at(max(draft.predicate, start)), words.at(end)
    partners = coordinators_in(words, first, after) if draft.coordinators is None else draft.coordinators
    lead = tuple(dict.fromkeys((*draft.lead, *shared_lead(words, first, after))))
    lead = tuple(page.aliases.get(name.lower(), name) for name in lead)
    partners = tuple(name for name in dict.fromkeys((*draft.inherited, *partners)) if name not in lead)
    deadline = draft.deadline
    if not draft.deadline_is_read:
        deadline = deadline_of(
            page.flat, start, end, issued_on=page.issued_on, opens=_opens(words, first, after, start)
        )
    certainty = draft.certainty
    if deadline and deadline.due_on is None and deadline.recurrence is None:
        certainty -= 0.03
    return Assignment(
        lead=lead,
        coordinators=partners,
        action=draft.action
        or action_of(page.flat, _opens(words, first, after, start), end, deadline)
        or page.flat[start:end],
        conditional=conditional(page.flat[start if draft.condition_from is None else draft.condition_from : end]),
        deadline=deadline,
        start=start,
        end=end,
        rule=draft.rule,
        certainty=round(min(1.0, max(0.05, certainty)), 2),
    )


def _opens(words: Words, first: int, after: int, start: int) -> int:
    verb = main_verb(words, first, after)
    return words.start[verb] if verb < len(words) else start


def trimmed(flat: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks, stops and quotation marks that do not belong to the duty."""
    while end > start and flat[end - 1] in " \n\t.;:,/…–-“\"'‘(":
        end -= 1
    while start < end and flat[start] in " \n\t.;:,-–+*“\"'”":
        start += 1
    return start, end
