"""How a text is built: headings, numbered, lettered and dashed items, plain paragraphs, and which stands under which.

The flat view has one line for each paragraph, item or cell. A block is such a line with its marker taken off; `parent`
is the number of the block it stands under (-1 for none), found from the kinds of marker that are open at that place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache

from khoithong.reading.patterns import Pattern


class Kind(IntEnum):
    """Kinds of block by rank: a lower rank closes the higher ones where nothing of its own kind is open."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    ARTICLE = 3
    ROMAN = 4
    NUMBER = 5
    DOTTED = 6
    LETTER = 7
    LETTER_DOTTED = 8
    DASH = 9
    STAR = 10
    PLUS = 11
    PARAGRAPH = 12


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or item: flat[start:end] without its marker and without blanks at the ends."""

    number: int
    kind: Kind
    marker: str
    start: int
    end: int
    parent: int


_SMALL = "abcdefghijklmnopqrstuvwxyzđ"
_MARKERS: tuple[tuple[Kind, Pattern], ...] = tuple(
    (kind, Pattern(pattern))
    for kind, pattern in (
        (Kind.PART, r"(?:Phần|PHẦN|Phụ lục|PHỤ LỤC)(?:\s+(?:thứ\s+\w+|[IVXLC]+|\d+))?\b\s*[.:]?"),
        (Kind.CHAPTER, r"(?:Chương|CHƯƠNG)\s+(?:[IVXLC]+|\d+)\b\s*[.:]?"),
        (Kind.SECTION, r"(?:Mục|MỤC)\s+(?:[IVXLC]+|\d+)\b\s*[.:]?"),
        (Kind.ARTICLE, r"(?:Điều|ĐIỀU)\s+\d+[a-zđ]?\s*[.:]"),
        (Kind.ROMAN, r"(?:[IVX]{1,5}|[A-H])\s?[.)/-](?=\s)"),
        (Kind.DOTTED, r"\d{1,2}(?:\.\d{1,2}){1,3}[.)]?(?=\s)"),
        (Kind.NUMBER, r"\(?\d{1,3}\s?[.)](?!\d)"),
        (Kind.LETTER_DOTTED, r"[a-zđ]{1,2}[.]?\d{1,2}[.)](?=\s)"),
        (Kind.LETTER, r"\(?[a-zđ]{1,2}\s?[.)](?=\s)"),
        (Kind.PLUS, r"\+(?=\s|[^\W\d_])"),
        (Kind.DASH, r"[-\u2022\u25cf\u25aa](?=\s|[^\W\d_])"),
        (Kind.STAR, r"\*(?=\s|[^\W\d_])"),
    )
)
#: the characters with which each marker can begin; "0" stands for every digit
_OPENINGS = ("P", "C", "M", "Đ", "IVXABCDEFGH", "0", "(0", _SMALL, "(" + _SMALL, "+", "-\u2022\u25cf\u25aa", "*")
_DEEPEST = 24
_TITLE_SEEN, _TITLE_SEEN_FIRST = 200, 80


def blocks(flat: str) -> tuple[Block, ...]:
    """The blocks of a flat text in order. Takes time linear in the length of the text."""
    found: list[Block] = []
    open_blocks: list[Block] = []
    after = 0
    for text in flat.split("\n"):
        place, after = after, after + len(text) + 1
        if not text.strip():
            continue
        start = place + len(text) - len(text.lstrip())
        end = place + len(text.rstrip())
        kind, marker_end = _marker(flat, start, end)
        inner = marker_end + len(flat[marker_end:end]) - len(flat[marker_end:end].lstrip())
        if found and kind is Kind.PARAGRAPH and _runs_on(flat, found[-1], start):
            found[-1] = replace(found[-1], end=end)
            if open_blocks and open_blocks[-1].number == found[-1].number:
                open_blocks[-1] = found[-1]
            continue
        _close(open_blocks, kind)
        parent = open_blocks[-1].number if open_blocks else -1
        block = Block(len(found), kind, flat[start:marker_end].strip(), min(inner, end), end, parent)
        found.append(block)
        if kind is not Kind.PARAGRAPH or flat[end - 1] == ":":
            open_blocks.append(block)
            del open_blocks[:-_DEEPEST]
    return tuple(found)


def _runs_on(flat: str, block: Block, start: int) -> bool:
    """Whether the line after a marked item goes on with it: the item stopped in the middle of a list."""
    if block.end <= block.start:
        return False
    if flat[start].islower() and (flat[block.end - 1].isalnum() or flat[block.end - 1] == ","):
        return True
    return block.kind is not Kind.PARAGRAPH and flat[block.end - 1] in ";,"


def _marker(flat: str, start: int, end: int) -> tuple[Kind, int]:
    for kind, pattern in _markers_with(flat[start]):
        if match := pattern.match(flat, start, end):
            return kind, match.end()
    return Kind.PARAGRAPH, start


@cache
def _markers_with(first: str) -> tuple[tuple[Kind, Pattern], ...]:
    """The markers that can begin with this character."""
    return tuple(
        (kind, pattern)
        for (kind, pattern), opens in zip(_MARKERS, _OPENINGS, strict=True)
        if first in opens or ("0" in opens and first.isdecimal())
    )


def _close(open_blocks: list[Block], kind: Kind) -> None:
    """Shut what a block of this kind does not stand under."""
    for depth, block in enumerate(open_blocks):
        if block.kind is kind and kind is not Kind.PARAGRAPH:
            del open_blocks[depth:]
            return
    if kind is Kind.PARAGRAPH:
        while open_blocks and open_blocks[-1].kind is Kind.PARAGRAPH:
            open_blocks.pop()
        return
    while open_blocks and open_blocks[-1].kind > kind and open_blocks[-1].kind is not Kind.PARAGRAPH:
        open_blocks.pop()


def is_title(text: str) -> bool:
    """Whether a line is printed in capitals, as titles, mottoes and signatures are."""
    # Past so many small letters the rest, up to what is seen, cannot make up for them.
    if sum(map(str.islower, filter(str.isalpha, text[:_TITLE_SEEN_FIRST]))) > 0.2 * _TITLE_SEEN:
        return False
    letters = list(filter(str.isalpha, text[:_TITLE_SEEN]))
    return bool(letters) and sum(map(str.isupper, letters)) >= 0.8 * len(letters)
