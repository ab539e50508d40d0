"""Word papers (.docx) -> text: paragraphs in order with their list numbers, tables, then footnotes.

Tracked changes are taken as accepted. Headers, footers, comments and hidden text are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from khoithong.reading.sources.numbering import Numbering
from khoithong.reading.sources.package import Package
from khoithong.reading.sources.refusal import too_long
from khoithong.reading.sources.tables import table_lines
from khoithong.reading.sources.text import tidy
from khoithong.reading.sources.values import Limits
from khoithong.reading.sources.wordml import COMPATIBILITY, child, switched_on, w

_GONE = frozenset(
    map(w, ("del", "moveFrom", "sectPr", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr"))
)
_MARKS = {w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
_ALTERNATIVES = f"{COMPATIBILITY}AlternateContent"


def docx_text(data: bytes, limits: Limits) -> str:
    """The text of a .docx in NFC. Raises Refused for what is no readable .docx or breaks the limits."""
    package = Package(data, limits)
    walk = _Walk(Numbering(package.related("numbering"), package.related("styles")), limits)
    lines = list(walk.blocks(package.root(package.main)))
    for notes, note in (("footnotes", "footnote"), ("endnotes", "endnote")):
        root = package.related(notes)
        if root is None:
            continue
        for element in root.iter(w(note)):
            # The notes with a type are the lines that Word draws above them.
            if element.get(w("type")) in (None, "normal"):
                lines += walk.blocks(element)
    return tidy("\n".join(_without_gaps(lines)))


class _Walk:
    def __init__(self, numbering: Numbering, limits: Limits) -> None:
        self._numbering = numbering
        self._limits = limits
        self._length = 0

    def blocks(self, parent: Any) -> Iterator[str]:
        """The lines of all paragraphs and tables inside `parent`."""
        joined = ""
        for block in self._each(parent):
            if block.tag == w("tbl"):
                yield from self._table(block)
                continue
            text, floating = self._paragraph(block)
            if _mark_deleted(block):
                joined += text
                continue
            yield self._counted(joined + text)
            joined = ""
            for box in floating:
                yield from self.blocks(box)
        if joined:
            yield self._counted(joined)

    def _counted(self, line: str) -> str:
        self._length += len(line) + 1
        if self._length > self._limits.max_chars:
            raise too_long(self._limits.max_chars)
        return line

    def _each(self, parent: Any) -> Iterator[Any]:
        """Paragraphs and tables, seen through whatever wraps them (content controls, insertions, alternatives)."""
        for element in parent:
            if element.tag in (w("p"), w("tbl")):
                yield element
            elif element.tag == _ALTERNATIVES:
                yield from self._each(_chosen(element))
            elif element.tag not in _GONE:
                yield from self._each(element)

    def _paragraph(self, paragraph: Any) -> tuple[str, list[Any]]:
        """The text of a paragraph with its list number, and the text boxes that hang on it."""
        parts: list[str] = []
        floating: list[Any] = []
        self._inline(paragraph, parts, floating)
        text = "".join(parts)
        if _mark_deleted(paragraph) and not text:
            return "", floating
        return self._numbering.label(child(paragraph, "pPr")) + text, floating

    def _inline(self, parent: Any, parts: list[str], floating: list[Any]) -> None:
        for element in parent:
            tag = element.tag
            if tag == w("t"):
                parts.append((element.text or "").replace("\r", " ").replace("\n", " "))
            elif tag in _MARKS:
                parts.append(_MARKS[tag])
            elif tag == _ALTERNATIVES:
                self._inline(_chosen(element), parts, floating)
            elif tag in (w("drawing"), w("pict"), w("object")):
                floating += _boxes(element)
            elif tag in _GONE or (tag == w("r") and switched_on(child(child(element, "rPr"), "vanish"))):
                continue
            else:
                self._inline(element, parts, floating)

    def _table(self, table: Any) -> Iterator[str]:
        rows = [list(map(self._cell, _inside(row, "tc"))) for row in _inside(table, "tr") if not _row_deleted(row)]
        yield from table_lines(rows)

    def _cell(self, cell: Any) -> list[str]:
        return [line for line in self.blocks(cell) if line.strip()]


def _inside(parent: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, seen through content controls and insertions."""
    for element in parent:
        if element.tag == w(name):
            yield element
        elif element.tag not in _GONE:
            yield from _inside(element, name)


def _chosen(alternatives: Any) -> Any:
    """One branch of the alternatives that Word offers for newer and older readers: they say the same thing twice."""
    choice = alternatives.find(f"{COMPATIBILITY}Choice")
    if choice is not None:
        return choice
    fallback = alternatives.find(f"{COMPATIBILITY}Fallback")
    return fallback if fallback is not None else ()


def _boxes(element: Any) -> list[Any]:
    if element.tag == w("txbxContent"):
        return [element]
    inside = _chosen(element) if element.tag == _ALTERNATIVES else element
    return [box for each in inside for box in _boxes(each)]


def _mark_deleted(paragraph: Any) -> bool:
    """Whether a tracked change deleted the end of the paragraph: accepted, it runs on into the next."""
    return child(child(child(paragraph, "pPr"), "rPr"), "del") is not None


def _row_deleted(row: Any) -> bool:
    return child(child(row, "trPr"), "del") is not None


def _without_gaps(lines: list[str]) -> Iterator[str]:
    """The lines without trailing blanks, no more than one empty one in a row, none at the ends."""
    waiting = False
    begun = False
    for line in lines:
        stripped = line.rstrip()
        if not stripped:
            waiting = begun
            continue
        if waiting:
            yield ""
        yield stripped
        waiting, begun = False, True
