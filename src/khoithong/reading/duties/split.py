"""One item with several deadlines or conditions is several duties: where it is cut."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from khoithong.reading import predicates
from khoithong.reading.deadlines import deadlines_in
from khoithong.reading.duties.draft import Draft, Page
from khoithong.reading.duties.parts import conditional, coordinators_in
from khoithong.reading.model import Deadline
from khoithong.reading.patterns import Pattern

_STRONG_CUT = Pattern(r"(?:\.|;)\s+(?=\S)|,\s+(?=(?:định\s+kỳ|(?:trong\s+)?trường\s+hợp)\s)", re.IGNORECASE)
_NUMBERED = Pattern(r"[;.]\s+(?=\([2-9]\)\s)")
_WEAK_CUT = Pattern(r",\s+|\s+và\s+")


def split(draft: Draft, page: Page) -> Iterator[Draft]:
    """The draft, cut so that each part has one deadline and one condition."""
    if draft.deadline_is_read:
        yield draft
        return
    start, inherited = draft.start, draft.inherited
    for cut in sorted(_cuts(draft, page)):
        yield replace(draft, start=start, end=cut, predicate=max(draft.predicate, start), inherited=inherited)
        words = page.words
        if page.flat[max(0, cut - 9) : cut].rstrip()[-1:] in ",;" and words.follows(
            words.at(draft.predicate), "chủ trì"
        ):
            inherited += coordinators_in(words, words.at(max(draft.predicate, start)), words.at(cut))
        start = cut
    yield replace(draft, start=start, predicate=max(draft.predicate, start), inherited=inherited)


def _cuts(draft: Draft, page: Page) -> set[int]:
    flat = page.flat
    cuts: set[int] = set()
    found = _joined(flat, deadlines_in(flat, draft.start, draft.end, issued_on=page.issued_on))
    marks = [m.end() for m in _STRONG_CUT.finditer(flat, draft.start, draft.end) if m.start() > draft.predicate]
    for one, other in pairwise(found):
        between = marks[bisect_left(marks, one.end) : bisect_right(marks, other.start)]
        weak = [m.end() for m in _WEAK_CUT.finditer(flat, one.end, other.start)]
        if between or weak:
            cuts.add(between[-1] if between else weak[-1])
    if len(found) == 1:
        cuts |= _around(found[0], marks, draft, flat)
    numbered = {m.end() for m in _NUMBERED.finditer(flat, draft.predicate, draft.end)}
    return cuts | _conditions(draft, flat, marks) | _conditions_at_end(draft, page) | numbered


def _conditions_at_end(draft: Draft, page: Page) -> set[int]:
    """A last clause with "(nếu cần thiết)" behind it is a duty of its own in running text."""
    words = page.words
    if not draft.rule.endswith("prose") or not re.search(
        r"\(nếu[^()]{2,20}\)[\s.,;]*$", page.flat[draft.start : draft.end]
    ):
        return set()
    first, after = words.at(max(draft.predicate, draft.start)), words.at(draft.end)
    for i in range(after - 1, first, -1):
        if words.low[i] in (",", "và") and predicates.verb_at(words, i + 1):
            return {words.start[i + 1]}
    return set()


def _joined(flat: str, found: tuple[Deadline, ...]) -> list[Deadline]:
    """Deadlines with a day or a period; neighbours that say the same, or one in two phrases, as one."""
    kept: list[Deadline] = []
    for deadline in found:
        if kept and (
            (kept[-1].due_on, kept[-1].recurrence) == (deadline.due_on, deadline.recurrence) != (None, None)
            or _one_in_two(flat, kept[-1], deadline)
        ):
            kept[-1] = replace(kept[-1], end=deadline.end)
        else:
            kept.append(deadline)
    return kept


def _one_in_two(flat: str, one: Deadline, other: Deadline) -> bool:
    """ "định kỳ hằng năm ... trước ngày 31 tháng 12": two phrases of one deadline."""
    between = flat[one.end : other.start]
    return bool(one.recurrence) and not other.recurrence and ";" not in between and ". " not in between


def _around(deadline: Deadline, marks: list[int], draft: Draft, flat: str) -> set[int]:
    """With one deadline in several sentences, the sentence that has it stands alone; so does a periodic part."""
    cuts: set[int] = set()
    before = [cut for cut in marks if cut <= deadline.start]
    after = [cut for cut in marks if cut >= deadline.end]
    if before:
        cut = before[-1]
        mine = (after[0] if after else draft.end) - cut
        if (
            flat[max(0, cut - 9) : cut].rstrip().endswith(".")
            or deadline.recurrence
            or 2 * mine >= draft.end - draft.start
        ):
            cuts.add(cut)
    ends = ".;" if deadline.recurrence and before else "."
    stop = next((cut for cut in after if flat[max(0, cut - 9) : cut].rstrip()[-1:] in ends), None)
    if stop is not None:
        cuts.add(stop)
    return cuts


def _conditions(draft: Draft, flat: str, marks: list[int]) -> set[int]:
    parts = list(pairwise([draft.start, *marks, draft.end]))
    states = [conditional(flat[a:b]) for a, b in parts]
    return {parts[i][0] for i in range(1, len(parts)) if states[i] != states[i - 1]}
