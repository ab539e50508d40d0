"""Web pages -> text: blocks on lines of their own, tables by rows, lists with their marks."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from khoithong.reading.sources.figures import format_number, number
from khoithong.reading.sources.refusal import Refused, too_long
from khoithong.reading.sources.tables import Spanning, spread, table_lines
from khoithong.reading.sources.text import decode, tidy
from khoithong.reading.sources.values import Limits


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


#: the page draws a mark and the author typed one, too
_DOUBLE_MARK = re.compile(r"^- (?=[-–+•*] |\d{1,2}[.)] |[a-zđ]\) )")
_BROKEN = "không đọc được nội dung trang; hãy mở trang, lưu lại dạng .html rồi thử lại"
_TOO_DEEP = "lồng thẻ quá sâu, không phải trang bình thường; hãy chép nội dung sang văn bản .docx rồi thử lại"
_GONE = _tags(
    "script style nav noscript template head iframe object svg math select button textarea audio video canvas"
)
_BLOCKS = _tags(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html li main menu ol p pre section summary table tbody tfoot thead tr ul"
)
_CELLS = frozenset(("td", "th"))
_SPACE = re.compile(r"[ \t\n\r\f\u00a0]+")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_ENCODINGS = frozenset(("utf-8", "cp1258", "cp1252", "iso8859-1", "ascii"))
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def html_text(data: bytes, limits: Limits) -> tuple[str, tuple[str, ...]]:
    """The text of a web page in NFC, and notes on how it was decoded. Raises Refused for what has no readable page."""
    page, notes = decode(data, declared=_declared(data))
    # Given as UTF-8 with the encoding fixed, the parser does not follow what the page says of itself.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(page.replace("\x00", " ").encode(), parser)
    except (etree.LxmlError, ValueError):
        raise Refused(_BROKEN) from None
    # Beyond its depth the parser drops what follows and goes on; half a paper must not pass for a whole one.
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise Refused(_TOO_DEEP)
    if root is None:
        return "", notes
    return tidy(_Page(limits).text(root)), notes


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:_DECLARED_WITHIN])
    if found is None:
        return None
    try:
        encoding = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    return encoding if encoding in _ENCODINGS else None


@dataclass
class _Cell:
    """Where text gathers: the page itself, or one cell of a table."""

    element: Any
    lines: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def end_line(self) -> None:
        line = _SPACE.sub(" ", "".join(self.parts)).strip()
        self.parts.clear()
        if line:
            self.lines.append(_DOUBLE_MARK.sub("", line))


@dataclass
class _Table:
    element: Any
    rows: list[list[Spanning]] = field(default_factory=list)


class _Page:
    """Walks the tree without recursion: pages nest as deep as their authors please."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._length = 0
        self._preformatted = 0
        self._counts: dict[Any, int] = {}
        self._stack: list[_Cell | _Table] = []

    def text(self, root: Any) -> str:
        """The text of the page under `root`."""
        page = _Cell(root)
        self._stack = [page]
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            gone = element.tag in _GONE or _hidden(element)
            if event == "start":
                if gone:
                    walk.skip_subtree()
                else:
                    self._enter(element)
                continue
            if not gone:
                self._leave(element)
            if element is not root:
                self._say(element.tail)
        page.end_line()
        return "\n".join(page.lines)

    def _enter(self, element: Any) -> None:
        tag = element.tag
        top = self._stack[-1]
        if tag == "table":
            self._here.end_line()
            self._stack.append(_Table(element))
        elif tag == "tr" and isinstance(top, _Table):
            top.rows.append([])
        elif tag in _CELLS and isinstance(top, _Table):
            self._stack.append(_Cell(element))
        elif tag in _BLOCKS or tag in _CELLS or tag == "br":
            self._here.end_line()
        if tag == "li":
            self._here.parts.append(self._mark(element))
        self._preformatted += tag == "pre"
        self._say(element.text)

    def _leave(self, element: Any) -> None:
        tag = element.tag
        top = self._stack[-1]
        self._preformatted -= tag == "pre"
        if top.element is element and len(self._stack) > 1:
            self._stack.pop()
            if isinstance(top, _Table):
                self._here.end_line()
                self._here.lines += table_lines(spread(top.rows))
            else:
                top.end_line()
                self._keep(top)
        elif tag in _BLOCKS or tag in _CELLS:
            self._here.end_line()

    def _keep(self, cell: _Cell) -> None:
        table = self._stack[-1]
        if isinstance(table, _Table):
            if not table.rows:
                table.rows.append([])
            columns, rows = (number(cell.element.get(name), 1) for name in ("colspan", "rowspan"))
            table.rows[-1].append(Spanning(cell.lines, columns, rows))

    def _say(self, text: str | None) -> None:
        if not text:
            return
        self._length += len(text)
        if self._length > self._limits.max_chars:
            raise too_long(self._limits.max_chars)
        if not self._preformatted:
            self._here.parts.append(text)
            return
        first, *more = text.splitlines() or [""]
        self._here.parts.append(first)
        for line in more:
            self._here.end_line()
            self._here.parts.append(line)

    @property
    def _here(self) -> _Cell:
        # Text that stands in a table but in none of its cells belongs to what the table stands in.
        return next(frame for frame in reversed(self._stack) if isinstance(frame, _Cell))

    def _mark(self, item: Any) -> str:
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return "- "
        given = item.get("value")
        before = self._counts.get(parent, number(parent.get("start"), 1) - 1)
        count = before + 1 if given is None else number(given, before + 1)
        self._counts[parent] = count
        form = _LIST_FORMS.get(parent.get("type", ""), "decimal")
        return format_number(count, form) + (") " if form == "lowerLetter" else ". ")


def _hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))
