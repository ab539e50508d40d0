"""The text that every piece of grammar reads: a flat view in which each place is the same place in the NFC text.

`flatten` replaces characters one for one and never adds or drops any, so a span found in the flat view is a span of the
NFC text. What it evens out: look-alike letters, odd dashes and blanks, full-width forms, line wraps inside a paragraph,
page headers, page numbers and signature stamps of gazettes, rule lines. In the flat view a line break means that a
paragraph, an item or a table cell ends.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from khoithong.reading.patterns import Pattern


class Span(NamedTuple):
    """A place in the text: `start` inclusive, `end` exclusive, in characters of the NFC text."""

    start: int
    end: int


class Spans:
    """Spans of a text, asked whether a place lies in one of them."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        spans = sorted(spans)
        self._starts = [start for start, _ in spans]
        self._furthest = list(accumulate((end for _, end in spans), max))

    def __contains__(self, place: int) -> bool:
        at = bisect_right(self._starts, place)
        return at > 0 and place < self._furthest[at - 1]


def _table() -> dict[int, str]:
    """One character for one character: what PDF, OCR and web pages print instead of the letters that are meant."""
    pairs = {
        "ÐƉ": "ĐĐ",
        "ðɖ": "đđ",
        "АВЕКМНОРСТХІЅЈаеорсухіѕј": "ABEKMHOPCTXISJaeopcyxisj",
        "ΑΒΕΗΙΚΜΝΟΡΤΧΥΖο": "ABEHIKMNOPTXYZo",
        "‐‑‒–—―−\ufffe\u00ad﹣": "-" * 10,
        "⁄∕": "//",
        "\t\r\u00a0\u1680\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff": " " * 12,
        "".join(map(chr, range(0x2000, 0x200B))): " " * 11,
        "\x0b\x0c\x85\u2028\u2029": "\n" * 5,
    }
    table = {ord(old): new for olds, news in pairs.items() for old, new in zip(olds, news, strict=True)}
    table.update({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
    return table


_TABLE = _table()
_UNEVEN = re.compile(f"[{re.escape(''.join(map(chr, _TABLE)))}]+")

# A header of the gazette, a stamp of an electronic signature, a line that only draws a rule.
_HEADER = re.compile(r"\s*CÔNG BÁO\s?/\s?Số[^\n/]{1,40}/\s?Ngày[ \d/-]{6,14}")
_STAMP_OPENS = re.compile(r"\s*(?:Ký bởi|Người ký|Ký số bởi)\s*:")
_STAMP_GOES_ON = re.compile(r"\s*(?:Email|Cơ quan|Tổ chức|Ngày ký|Thời gian ký|Chức vụ)\s*:")
_LINE_ENDS = {ord(mark): "\n" for mark in "\x0b\x0c\x85\u2028\u2029"}
_MARK = r"(?:\(?\w{1,3}[.)]|\w{1,2}(?:\.\d{1,2}){1,3}[.)]?|[-+*•–·])"
_ROW = re.compile(rf"[ \t]*(?!{_MARK}[ ]*\t[^\t\n]*$)[^\s][^\t\n]*\t[\t ]*[^\s]", re.MULTILINE)
_PAGE_NUMBER = re.compile(r"\s*(?:\d{1,4}|-\s?\d{1,4}\s?-|Trang\s+\d{1,4}(?:\s?/\s?\d{1,4})?)\s*")
_RULE = re.compile(r"[\s_=*.…·~-]*[_=*…·~-][\s_=*.…·~-]*")
_EMPHASIS = re.compile(r"\*\*|(?m:^[ ]{0,3}#{1,6}(?=[ ]))")

_ITEM = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]\s|\d{1,2}(?:\.\d{1,2}){1,3}\s|[a-zđ]{1,2}(?:\.\d{1,2})?[.)]\s|[-+*•·–]\s|"
    r"[IVXLC]{1,6}[.)]\s|Điều\s+\d+[a-zđ]?\s?[.:]|(?:Chương|Mục|Phần|PHỤ LỤC|Phụ lục|CHƯƠNG|PHẦN|MỤC)\s+[IVXLC\d]+\b|"
    r"(?:Nơi nhận|Kính gửi|Số|V/v|Căn cứ|Theo đề nghị|Xét đề nghị)\b)"
)
_HEADING = re.compile(
    r"[^\W\d_]\s+[^\W\d_].*[^\x00-\x7f]|[^\x00-\x7f].*\s"
)  # capitals of more than one word, no mere letters
# Words that want something behind them: no item begins after the first, after the others none where the line is full.
_HANGS = re.compile(
    r"(?<!\w)(?:(?P<sure>tại|của|theo|và|hoặc|với|thuộc|khoản|điểm)|ngày|tháng|số|quý|mục|chương|phần|trong|điều|đến|từ)$",
    re.IGNORECASE,
)
_ENDS = ".;:!?"
_SHORTEST_HARD_WRAP, _LONGEST_HARD_WRAP = 36, 130
_LONGEST_HEADING = 400
_STRETCH = 32  # lines; how the lines of a paragraph are wrapped shows in its own stretch and those beside it
_FEWEST_WRAPS = 3
_WRAP_SHARE = 0.8
_HEADING_WRAP = 40  # a line of capitals this long runs on in the next line of capitals


def nfc(text: str) -> str:
    """The text in Unicode NFC, the form that offsets point into. Text that is NFC already is returned as it is."""
    if text.isascii():
        return text
    # Line by line, because one letter in doubt anywhere makes Python normalize the whole, twice.
    lines = text.split("\n")
    odd = [i for i, line in enumerate(lines) if not unicodedata.is_normalized("NFC", line)]
    for i in odd:
        lines[i] = unicodedata.normalize("NFC", lines[i])
    return "\n".join(lines) if odd else text


def flatten(text: str) -> str:
    """The flat view of an NFC text: same length, same places. Takes time linear in the length of the text."""
    even = _even(text)
    even = _EMPHASIS.sub(_blank, even) if "#" in even or "**" in even else even
    rows = _rows(text) if "\t" in text else frozenset()
    kept, breaks = _line_breaks(even, rows)
    out: list[str] = []
    for i, ((start, end), keep, breaks_after) in enumerate(zip(_raw_lines(even), kept, breaks, strict=True)):
        if i in rows:
            out.append(text[start:end].replace("\t", "\n").translate(_TABLE))
        else:
            out.append(even[start:end] if keep else " " * (end - start))
        if end < len(even):
            out.append("\n" if breaks_after else " ")
    return "".join(out)


def paragraphs(flat: str) -> Iterator[Span]:
    """The paragraphs of a flat view in order: places between its line breaks, without blanks at either end."""
    for start, end in _raw_lines(flat):
        line = flat[start:end]
        if inner := line.strip():
            first = start + len(line) - len(line.lstrip())
            yield Span(first, first + len(inner))


def lines(text: str) -> Iterator[Span]:
    """The printed lines of an NFC text in order, without blanks at either end, empty lines left out."""
    return paragraphs(_even(text))


def grammar(pattern: str, flags: int = 0) -> Pattern:
    """A pattern in which one blank stands for any run of blanks and line breaks; compiled when first used."""
    return Pattern(pattern.replace(" ", r"\s+"), flags)


def squeeze(words: str) -> str:
    """Words on one line with single blanks, as they are shown and compared."""
    return " ".join(words.split())


def _even(text: str) -> str:
    # str.translate looks every letter up; an expression passes over the letters that stay.
    return _UNEVEN.sub(lambda match: match[0].translate(_TABLE), text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _raw_lines(text: str) -> Iterator[Span]:
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield Span(start, end)
        start = end + 1
    yield Span(start, len(text))


def _rows(text: str) -> frozenset[int]:
    """The numbers of the lines that are rows of a table: cells parted by tabs, not only a list's mark and words."""
    text = text.translate(_LINE_ENDS)
    return frozenset(i for i, (start, end) in enumerate(_raw_lines(text)) if _ROW.match(text, start, end))


def _line_breaks(even: str, rows: frozenset[int]) -> tuple[list[bool], list[bool]]:
    """For each printed line: whether its words are kept, and whether the break after it ends a paragraph."""
    texts = [even[start:end].strip() for start, end in _raw_lines(even)]
    kept = _furniture(texts)
    breaks = [False] * len(texts)
    wraps = _wraps([text if keep else "" for text, keep in zip(texts, kept, strict=True)])
    before = -1  # the last line that bears words
    gap, rule, page_break = 0, False, False
    for i, text in enumerate(texts):
        if not kept[i]:
            if _RULE.fullmatch(text):
                rule = True
            else:
                page_break = True
            continue
        if not text:
            gap += 1
            continue
        if before >= 0:
            parted = rule or (gap > 0 and not page_break) or i in rows or before in rows
            breaks[before] = parted or _ends_paragraph(texts[before], text, wraps[before // _STRETCH])
        before, gap, rule, page_break = i, 0, False, False
    if before >= 0:
        breaks[before] = True
    return kept, breaks


def _furniture(texts: list[str]) -> list[bool]:
    """Which lines are words of the paper: False for page headers, page numbers, signature stamps and rules."""
    kept = [True] * len(texts)
    stamp = False
    for i, text in enumerate(texts):
        if not text:
            continue
        stamp = bool(_STAMP_OPENS.match(text) or (stamp and _STAMP_GOES_ON.match(text)))
        if stamp or _RULE.fullmatch(text):
            kept[i] = False
        elif _HEADER.fullmatch(text):
            kept[i] = False
            for j in (_neighbour(texts, i, -1), _neighbour(texts, i, 1)):
                if j is not None and kept[j] and _PAGE_NUMBER.fullmatch(texts[j]):
                    kept[j] = False
    return kept


def _neighbour(texts: list[str], i: int, step: int) -> int | None:
    """The next line with words before or after line i, within four lines."""
    for j in range(i + step, i + 5 * step, step):
        if 0 <= j < len(texts) and texts[j]:
            return j
    return None


class _Wrap(NamedTuple):
    """How lines were wrapped: `usual` is the width most of them come near, 0 where a line is a whole paragraph.

    Where every line took as many words as fit, as mail and editors wrap, the width lies between `full` and `room`
    characters; else both are 0.
    """

    usual: int
    full: int
    room: int


def _wraps(texts: list[str]) -> list[_Wrap]:
    """For each stretch of lines how its lines were wrapped.

    It shows in lines that surely go on: without a mark at their end, before a line that begins with a small letter.
    A long line elsewhere in the text changes nothing.
    """
    stretches: list[list[tuple[int, int]]] = [[] for _ in range(len(texts) // _STRETCH + 1)]
    for i, following in enumerate(texts[1:]):
        line = texts[i]
        if (
            following[:1].islower()
            and _SHORTEST_HARD_WRAP <= len(line) <= _LONGEST_HARD_WRAP
            and line[-1] not in _ENDS
            and not _ITEM.match(following)
        ):
            length = _length(line)
            stretches[i // _STRETCH].append((length, length + 1 + _first_word(following)))
    everywhere = _wrap([seen for stretch in stretches for seen in stretch])
    found = []
    for n in range(len(stretches)):
        near = [seen for stretch in stretches[max(0, n - 1) : n + 2] for seen in stretch]
        found.append(_wrap(near) if len(near) >= _FEWEST_WRAPS else everywhere)
    return found


def _wrap(seen: list[tuple[int, int]]) -> _Wrap:
    """From the lengths of lines that go on, each with the length that it would have with one word more."""
    if not seen:
        return _Wrap(0, 0, 0)
    lengths = sorted(length for length, _ in seen)
    usual, longest = lengths[int(len(lengths) * 0.9)], lengths[-1]
    room = min(more for _, more in seen) - 1
    filled = len(seen) >= _FEWEST_WRAPS and room >= longest
    return _Wrap(usual, longest, room) if filled else _Wrap(usual, 0, 0)


def _first_word(line: str) -> int:
    return len(line.split(None, 1)[0])


def _length(line: str) -> int:
    return len(" ".join(line.split())) if "  " in line else len(line)


def _ends_paragraph(line: str, following: str, wrap: _Wrap) -> bool:
    """Whether the break between two neighbouring lines ends a paragraph (or cell), rather than only wraps it."""
    last, first = line[-1], following[0]
    if last in "-/" and following[:1].isupper() and len(line) > 1 and not line[-2].isspace():
        return False  # a symbol cut in two: "QĐ-" / "TTg"
    reach = _length(line) + _first_word(following)
    full = bool(wrap.full) and _length(line) <= wrap.room and wrap.full <= reach
    wraps = bool(wrap.usual) and wrap.usual * _WRAP_SHARE <= reach and len(line) <= _LONGEST_HARD_WRAP
    if _ITEM.match(following) and not (first in "Ss" and last not in _ENDS):
        return not _mid_sentence(line, following, full=full, wraps=wraps)
    if len(line) >= _HEADING_WRAP and line.isupper() and following.isupper() and last not in _ENDS:
        return False
    if line.isupper() != following.isupper() and _HEADING.search(
        (line if line.isupper() else following)[:_LONGEST_HEADING]
    ):
        return True
    if first.islower():
        return last in ";:" and not wraps
    if last in _ENDS:
        return not (full and last in ".:")
    return not wraps


def _mid_sentence(line: str, following: str, *, full: bool, wraps: bool) -> bool:
    """Whether what looks like the mark of an item goes on with the sentence ("khoản" / "1. Điều này")."""
    if following[0] in "-–+*•·":
        return full and line[-1] not in _ENDS and following[0] in "-–"
    hangs = _HANGS.search(line, max(0, len(line) - 8))
    return bool(hangs and (hangs["sure"] or wraps))
