"""Tasks written as records: the task, then lines "Đơn vị chủ trì: ...", "Thời gian hoàn thành: ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from khoithong.reading.bodies import bodies_at
from khoithong.reading.deadlines import deadline_in_cell
from khoithong.reading.duties.draft import Draft, Page
from khoithong.reading.fields import expand
from khoithong.reading.model import Deadline
from khoithong.reading.patterns import Pattern
from khoithong.reading.structure import Block, Kind

_WHO = r"(?:cơ\s+quan|đơn\s+vị|bộ\s+phận|tổ\s+chức)\s+"
_LABELS = Pattern(
    rf"(?:{_WHO})?(?:(?P<lead>chủ\s+trì(?:\s+thực\s+hiện)?|thực\s+hiện|chịu\s+trách\s+nhiệm|đầu\s+mối)|(?P<partner>phối\s+hợp(?:\s+thực\s+hiện)?))\s*:"
    r"|(?P<when>(?:thời\s+(?:gian|hạn|điểm)|hạn|tiến\s+độ|lộ\s+trình)(?:\s+(?:thực\s+hiện|hoàn\s+thành|trình|ban\s+hành|báo\s+cáo))*)\s*:"
    r"|(?P<other>(?:sản\s+phẩm|kết\s+quả|kinh\s+phí|nguồn\s+lực|hình\s+thức|ghi\s+chú)[^:\n]{0,40}):",
    re.IGNORECASE,
)


_SENTENCE = Pattern(r"[.;]\s+")


def record_duties(page: Page, *, taken: set[int]) -> Iterator[Draft]:
    """One duty for each record; the numbers of the blocks read are added to `taken`."""
    blocks = page.blocks
    i = 0
    while i < len(blocks):
        if blocks[i].number in taken:
            i += 1
            continue
        labels = _labels(page, i)
        if not labels and (draft := inline_record(page, blocks[i])) and draft.lead:
            taken.add(blocks[i].number)
            yield draft
        if not labels or not any(match["lead"] for _, match in labels):
            i += len(labels) or 1
            continue
        task = _task_before(page, i, taken)
        if task is not None:
            taken.update(block.number for block, _ in labels)
            taken.add(task.number)
            yield _draft(page, task, labels)
        i += len(labels)


def inline_record(page: Page, block: Block) -> Draft | None:
    """A task with its fields in the same paragraph: "Sửa đường. Đơn vị chủ trì: Sở X. Thời gian: quý II/2024." """
    starts = [match.end() for match in _SENTENCE.finditer(page.flat, block.start, block.end)]
    found = [(place, match) for place in starts if (match := _LABELS.match(page.flat, place, block.end))]
    if not found or not any(match["lead"] for _, match in found):
        return None
    ends = [place for place, _ in found[1:]] + [block.end]
    parts = [
        (Block(block.number, block.kind, "", place, end, block.parent), match)
        for (place, match), end in zip(found, ends, strict=True)
    ]
    task = Block(block.number, block.kind, "", block.start, found[0][0], block.parent)
    return _draft(page, task, parts) if found[0][0] - block.start > 10 else None


def _labels(page: Page, i: int) -> list[tuple[Block, re.Match[str]]]:
    """The lines with labels that stand together from block i on."""
    found = []
    for block in page.blocks[i : i + 8]:
        match = _LABELS.match(page.flat, block.start, block.end)
        if match is None:
            break
        found.append((block, match))
    return found


def _task_before(page: Page, i: int, taken: set[int]) -> Block | None:
    if i == 0 or page.blocks[i - 1].number in taken:
        return None
    task = page.blocks[i - 1]
    return task if task.end - task.start > 10 and task.kind is not Kind.ARTICLE else None


def _draft(page: Page, task: Block, labels: list[tuple[Block, re.Match[str]]]) -> Draft:
    lead: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    deadline: Deadline | None = None
    known = True
    for block, match in labels:
        if match["when"]:
            deadline = deadline_in_cell(
                page.flat[match.end() : block.end].rstrip(" .;,"), match.end(), issued_on=page.issued_on
            )
        elif match["lead"] or match["partner"]:
            names, sure = names_in(page, match.end(), block.end)
            known = known and sure
            if match["lead"]:
                lead = names
            else:
                partners = names
    return Draft(
        lead,
        task.start,
        task.start,
        labels[-1][0].end,
        "record",
        0.95 if known else 0.8,
        coordinators=partners,
        deadline=deadline,
        deadline_is_read=True,
        condition_from=task.start,
        action=" ".join(page.flat[task.start : task.end].split()).strip(" .;:"),
    )


def names_in(page: Page, start: int, end: int) -> tuple[tuple[str, ...], bool]:
    """The bodies that a field lists, and whether the grammar knew them all; else the field as it is written."""
    words = page.words
    first, after = words.at(start), words.at(end)
    named = bodies_at(words, first, after_order=True)
    rest = words.low[named.after : after] if named and named.after <= after else ["?"]
    if named and not [word for word in rest if word not in (".", ";", ",")]:
        return named.names, named.known
    text = expand(words.printed(first, after)).rstrip(" .;,")
    return ((text,) if text else ()), False
