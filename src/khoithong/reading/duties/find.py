"""All duties of a text: the text is laid out, each piece of grammar reads its part, what is doubled is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable

from khoithong.reading.bodies import body_at
from khoithong.reading.duties.draft import Draft, Page, finish
from khoithong.reading.duties.grid import grid_duties
from khoithong.reading.duties.items import item_duties
from khoithong.reading.duties.prose import prose_duties
from khoithong.reading.duties.records import record_duties
from khoithong.reading.duties.split import split
from khoithong.reading.duties.tables import table_duties
from khoithong.reading.fields import expand
from khoithong.reading.model import Assignment, Citation, Identity
from khoithong.reading.patterns import Pattern
from khoithong.reading.structure import Kind, blocks
from khoithong.reading.words import Words

# What "thực hiện" or "thi hành" behind it makes the heading of a column, or a paper that goes out of force.
_NO_BODY = Pattern(r"^(?:cơ quan|đơn vị) (?:chủ trì|phối hợp)$|(?:hết|có) hiệu lực$", re.IGNORECASE)
# A paper that has its number is issued already.
_IS_THERE = Pattern(r"ban hành (?:\w+\s+){1,3}số\s+\d", re.IGNORECASE)
_FEWEST_WORDS = 2
_FEW_MARKS = 2
_ALIAS = Pattern(r"\((?:sau\s+đây\s+)?(?:gọi|viết)\s+(?:tắt\s+|chung\s+)?là\s*:?\s*([^()\n]{2,60})\)")
_SHORT = Pattern(r"\(([A-ZĐ]{2,12})\)")


def find_assignments(
    nfc: str, flat: str, identity: Identity, citations: tuple[Citation, ...]
) -> tuple[Assignment, ...]:
    """The duties that a text lays on named bodies, in the order of the text. Spans are places in `nfc` (and `flat`)."""
    page = _page(flat, identity)
    taken: set[int] = set()
    drafts: list[Draft] = []
    marked = [block for block in page.blocks if block.kind is not Kind.PARAGRAPH]
    drafts.extend(grid_duties(page, nfc, taken=taken))
    drafts.extend(table_duties(page, nfc, taken=taken))
    drafts.extend(record_duties(page, taken=taken))
    if len(marked) >= _FEW_MARKS or _official(flat):
        drafts.extend(item_duties(page, taken=taken))
    else:
        drafts.extend(prose_duties(page, [block for block in page.blocks if block.start < block.end]))
    drafts.sort(key=lambda draft: (draft.start, -draft.end))
    found = (finish(part, page) for draft in drafts for part in split(draft, page))
    return tuple(_distinct(duty for duty in found if duty.end > duty.start))


def _official(flat: str) -> bool:
    return "HÒA XÃ HỘI CHỦ NGHĨA" in flat or "HOÀ XÃ HỘI CHỦ NGHĨA" in flat


def _page(flat: str, identity: Identity) -> Page:
    laid = blocks(flat)
    pieces, done = [], 0
    for block in laid:
        if flat.find("\n", block.start, block.end) >= 0:
            pieces += [flat[done : block.start], flat[block.start : block.end].replace("\n", " ")]
            done = block.end
    flat = "".join([*pieces, flat[done:]]) if pieces else flat
    words = Words(flat)
    return Page(flat, words, laid, identity.issued_on, (identity.issuer or "").lower(), _aliases(flat, words))


def _aliases(flat: str, words: Words) -> dict[str, str]:
    """Short names that the text gives to bodies: "Ban Chỉ đạo ... (gọi tắt là Ban Chỉ đạo)"."""
    found: dict[str, str] = {}
    for pattern in (_ALIAS, _SHORT):
        for match in pattern.finditer(flat):
            name = _name_before(flat, words, match.start(), match[1].strip())
            if name:
                found.setdefault(match[1].strip().lower(), name)
    return found


def _name_before(flat: str, words: Words, place: int, short: str) -> str:
    """The name that a parenthesis at `place` shortens: from the nearest word before that opens such a body."""
    after = words.at(place)
    opening = short.split()[0].lower()
    for i in range(after - 1, max(-1, after - 40), -1):
        if words.low[i] in (".", ";", "\n"):
            break
        if words.capital(i) and (words.low[i] == opening or short.isupper()) and (unit := body_at(words, i)):
            if short.isupper() and unit.after < after:
                continue
            name = expand(words.printed(i, after))
            return name if len(name) > len(short) else ""
    return ""


def _distinct(duties: Iterable[Assignment]) -> list[Assignment]:
    kept: list[Assignment] = []
    for duty in duties:
        if (kept and duty.start < kept[-1].end) or _is_print(duty):
            continue
        kept.append(duty)
    return kept


def _is_print(duty: Assignment) -> bool:
    """Whether what reads like a duty is the heading of a column, or tells what became of a paper."""
    if _IS_THERE.match(duty.action):
        return True
    return len(duty.action.split()) <= _FEWEST_WORDS and any(_NO_BODY.search(name) for name in duty.lead)
