"""Word papers (.docx) -> text: the header of the first page, paragraphs in order with their list numbers, tables, then
footnotes.

Tracked changes are taken as accepted. Other headers, footers, comments and hidden text are left out. What is set in a
font of before Unicode is decoded run by run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from khoithong.reading.sources.figures import number
from khoithong.reading.sources.fonts import Coding, Fonts, coding_of
from khoithong.reading.sources.numbering import Numbering
from khoithong.reading.sources.package import Package
from khoithong.reading.sources.refusal import too_long
from khoithong.reading.sources.tables import Spanning, spread, table_lines
from khoithong.reading.sources.text import tidy
from khoithong.reading.sources.values import Limits
from khoithong.reading.sources.wordml import COMPATIBILITY, child, switched_on, value, w

_GONE = frozenset(
    map(w, ("del", "moveFrom", "sectPr", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr"))
)
_MARKS = {w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
_ALTERNATIVES = f"{COMPATIBILITY}AlternateContent"


#: a line of a header that only counts pages
_PAGE_COUNT = re.compile(r"(?:trang|page)?[\W\d_]*", re.IGNORECASE)


def docx_text(data: bytes, limits: Limits) -> tuple[str, tuple[str, ...]]:
    """The text of a .docx in NFC, and notes. Raises Refused for what is no readable .docx or breaks the limits."""
    package = Package(data, limits)
    main, styles = package.root(package.main), package.related("styles")
    header = _first_header(package, main)
    notes = [
        (root, note)
        for kind, note in (("footnotes", "footnote"), ("endnotes", "endnote"))
        if (root := package.related(kind)) is not None
    ]
    roots = [main, *([] if header is None else [header]), *(root for root, _ in notes)]
    fonts = Fonts(styles, roots)
    walk = _Walk(Numbering(package.related("numbering"), styles), fonts, limits)
    lines = []
    if header is not None:
        lines += [line for line in walk.blocks(header) if not _PAGE_COUNT.fullmatch(line.strip())]
    lines += walk.blocks(main)
    for root, note in notes:
        for element in root.iter(w(note)):
            # The notes with a type are the lines that Word draws above them.
            if element.get(w("type")) in (None, "normal"):
                lines += walk.blocks(element)
    return tidy("\n".join(_without_gaps(lines))), _font_notes(fonts)


def _first_header(package: Package, main: Any) -> Any | None:
    """The header that the first page shows: letterheads stand in it, and with them the number of the paper."""
    section = next(main.iter(w("sectPr")), None)
    if section is None:
        return None
    shown = "first" if switched_on(child(section, "titlePg")) else "default"
    for reference in section.iter(w("headerReference")):
        if reference.get(w("type"), "default") == shown:
            return package.by_id(reference)
    return None


def _font_notes(fonts: Fonts) -> tuple[str, ...]:
    names = " và ".join(sorted(encoding.value for encoding in fonts.used))
    return (f"có chữ viết bằng phông cũ {names}, đã chuyển sang Unicode; hãy soát lại dấu tiếng Việt",) if names else ()


class _Walk:
    def __init__(self, numbering: Numbering, fonts: Fonts, limits: Limits) -> None:
        self._numbering = numbering
        self._fonts = fonts
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
        pieces = _Pieces(self._fonts, value(child(child(paragraph, "pPr"), "pStyle")))
        self._inline(paragraph, pieces, None)
        text = pieces.text()
        if _mark_deleted(paragraph) and not text:
            return "", pieces.floating
        label = self._numbering.label(child(paragraph, "pPr"))
        return self._fonts.decoded(label, pieces.first) + text, pieces.floating

    def _inline(self, parent: Any, pieces: _Pieces, coding: Coding | None) -> None:
        for element in parent:
            tag = element.tag
            if tag == w("t"):
                pieces.add((element.text or "").replace("\r", " ").replace("\n", " "), coding)
            elif tag in _MARKS:
                pieces.add(_MARKS[tag], coding)
            elif tag in (w("softHyphen"), w("sym")):
                pieces.add(_symbol(element, coding), coding)
            elif tag == _ALTERNATIVES:
                self._inline(_chosen(element), pieces, coding)
            elif tag in (w("drawing"), w("pict"), w("object")):
                pieces.floating += _boxes(element)
            elif tag in _GONE or (tag == w("r") and switched_on(child(child(element, "rPr"), "vanish"))):
                continue
            else:
                inner = self._fonts.coding(element, pieces.style) if tag == w("r") else coding
                self._inline(element, pieces, inner)

    def _table(self, table: Any) -> Iterator[str]:
        rows = [self._row(row) for row in _inside(table, "tr") if not _row_deleted(row)]
        yield from table_lines(spread(rows))

    def _row(self, row: Any) -> list[Spanning]:
        before = number(value(child(child(row, "trPr"), "gridBefore")), 0)
        cells = [Spanning([], before)] if before > 0 else []
        for cell in _inside(row, "tc"):
            columns = number(value(child(child(cell, "tcPr"), "gridSpan")), 1)
            cells.append(Spanning(self._cell(cell), columns))
        return cells

    def _cell(self, cell: Any) -> list[str]:
        return [line for line in self.blocks(cell) if line.strip()]


class _Pieces:
    """The words of one paragraph as they are gathered, and the text boxes that hang on it."""

    def __init__(self, fonts: Fonts, style: str | None) -> None:
        self.style = style
        self.floating: list[Any] = []
        self.first: Coding | None = None
        self._fonts = fonts
        self._parts: list[tuple[Coding | None, list[str]]] = []

    def add(self, text: str, coding: Coding | None) -> None:
        if not self._parts:
            self.first = coding
        # A letter and its mark (VNI) may stand in two runs of one font.
        if not self._parts or self._parts[-1][0] != coding:
            self._parts.append((coding, []))
        self._parts[-1][1].append(text)

    def text(self) -> str:
        return "".join(self._fonts.decoded("".join(parts), coding) for coding, parts in self._parts)


def _symbol(element: Any, coding: Coding | None) -> str:
    """A letter that Word keeps as an element of its own: in a font of before Unicode it may be any letter."""
    if element.tag == w("softHyphen"):
        return "\u00ad" if coding is not None else ""
    own = coding_of(element.get(w("font"), ""))
    code = element.get(w("char"), "")
    if own is None or own != coding or not re.fullmatch("[0-9A-Fa-f]{1,4}", code):
        return ""
    return chr(int(code, 16) & 0xFF)


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
