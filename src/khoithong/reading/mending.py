"""The text that was meant where the text as given is damaged, with a map from each of its characters to its place.

Mended are fonts of before Unicode (TCVN3, VNI), blanks without width inside a word, and words that the extraction of
text from PDF cut in two ("Lu ật", "Chính ph ủ", "độ ng"). Unlike the flat view (`text.flatten`) a mended text may be
shorter than the given one. A clean text costs one look and is not copied.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import fields, is_dataclass, replace
from typing import Any

from khoithong.reading import legacy
from khoithong.reading.legacy import Mapped
from khoithong.reading.patterns import Pattern
from khoithong.reading.syllables import is_syllable, is_word

_NO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
#: a blank, then what no word begins with, or an onset left alone. It is sought in every text, so it must be quick: it
#: finds some of the cuts of a damaged text, not all of them.
_SPLIT = Pattern(
    " (?:[bcdđghklmnpqrstvx](?: [ăâêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]|[hgr][ ,.;]|gh )"
    "|[ậầẫặằẳẵệềểễộỗợờỡụũựửữọõỏẹẽẻịĩạãỵỳỹ])"
)
_PIECE = Pattern(r"[^\W\d_]+")
_BLANK = (" ", "\u00a0", "  ")
#: behind these a letter stands for itself: "điểm c áp dụng"
_BEFORE_A_LETTER = (
    "thứ điểm khoản mục tiết nhóm hạng loại bảng mẫu cột dòng phần lớp khối tổ từ đến tới và hoặc số hình biểu"
)
_LETTERED = frozenset(_BEFORE_A_LETTER.split())
#: a capital alone before a word is more often the name of something ("nhóm A", "ông X"), these aside
_NO_LETTER_OF_A_LIST = frozenset("ĐGHKLPQRSTY")
_MOST_PIECES = 3
#: with fewer signs than one in so many characters only their neighbourhood, so many characters wide, is mended
_SPARSE = 4000
_AROUND = 60


def mended(text: str) -> Mapped | None:
    """The text that was meant by an NFC text, or None where it is sound. Takes time linear in the length.

    `starts` has one entry more than the text, the length of the text as given.
    """
    found: Mapped | None = None
    if encoding := legacy.detect(text):
        found = legacy.decode(text, encoding)
    now = found.text if found else text
    if not now.isascii():
        for sought in (_widthless, _cuts):
            if gaps := sought(now):
                found = _without(now, gaps, found)
                now = found.text
    return found


def moved(finding: Any, mapped: Mapped) -> Any:
    """A finding, or a tuple of findings, in the mended text with its places in the text as given.

    Places are the fields `start` and `end` and those whose names end in "span". The words of a finding stay mended.
    """
    if isinstance(finding, tuple) and not hasattr(finding, "_fields"):
        return tuple(moved(one, mapped) for one in finding)
    if not is_dataclass(finding) or isinstance(finding, type):
        return finding
    new: dict[str, Any] = {}
    values = {field.name: getattr(finding, field.name) for field in fields(finding)}
    if isinstance(values.get("start"), int) and isinstance(values.get("end"), int):
        new["start"], new["end"] = place(mapped, values["start"], values["end"])
    for name, value in values.items():
        if name.endswith("span") and value is not None:
            at = place(mapped, *value)
            new[name] = type(value)(*at) if hasattr(value, "_fields") else at
        elif name not in new and (is_dataclass(value) or isinstance(value, tuple)):
            new[name] = moved(value, mapped)
    return replace(finding, **new) if new else finding


def place(mapped: Mapped, start: int, end: int) -> tuple[int, int]:
    """The place in the text as given of a place in the mended text."""
    first = mapped.starts[start]
    if end <= start:
        return first, first
    return first, mapped.starts[end]


def _widthless(text: str) -> list[tuple[int, int]]:
    """Characters without width that stand inside words."""
    if not any(char in text for char in _NO_WIDTH):
        return []
    return [match.span() for match in re.finditer(f"(?<=\\w)[{_NO_WIDTH}]+(?=\\w)", text)]


def _cuts(text: str) -> list[tuple[int, int]]:
    """The blanks that cut words in two: in the whole text where there are many signs of it, else around each sign."""
    signs = [match.start() for match in _SPLIT.finditer(text)]
    if len(signs) * _SPARSE >= len(text):
        return _gaps(text, 0, len(text)) if signs else []
    gaps: list[tuple[int, int]] = []
    done = 0
    for sign in signs:
        if sign < done:
            continue
        begin = max(done, text.rfind(" ", max(0, sign - 2 * _AROUND), max(0, sign - _AROUND)) + 1)
        after = text.find(" ", sign + _AROUND, sign + 2 * _AROUND)
        done = after if after > 0 else min(len(text), sign + 2 * _AROUND)
        gaps.extend(_gaps(text, begin, done))
    return gaps


def _gaps(text: str, begin: int, after: int) -> list[tuple[int, int]]:
    gaps: list[tuple[int, int]] = []
    before = ""
    pieces = [match.span() for match in _PIECE.finditer(text, begin, after)]
    i = 0
    while i < len(pieces):
        word, count = _joined(text, pieces, i, before)
        gaps.extend((pieces[n][1], pieces[n + 1][0]) for n in range(i, i + count - 1))
        before = word.lower()
        i += count
    return gaps


def _joined(text: str, pieces: list[tuple[int, int]], i: int, before: str) -> tuple[str, int]:
    """The word that begins with piece i, and of how many pieces it is made."""
    word = text[pieces[i][0] : pieces[i][1]]
    count = 1
    while count < _MOST_PIECES and i + count < len(pieces):
        (start, end), last = pieces[i + count], pieces[i + count - 1][1]
        if start - last > 2 or text[last:start] not in _BLANK:
            break
        piece = text[start:end]
        if not _belongs(word, piece, before, text[end : end + 1]) or _opens_next(text, pieces, i + count):
            break
        word += piece
        count += 1
    return word, count


def _belongs(left: str, right: str, before: str, behind: str) -> bool:
    """Whether two neighbouring pieces are one word: together a syllable, and one of them no word by itself."""
    if len(left) + len(right) > 7 or not (right.islower() or (left.isupper() and right.isupper())):
        return False
    if not is_syllable(left + right) or (is_word(left) and is_word(right)):
        return False
    if len(left) == 1 and is_word(right):
        return (left.islower() or left in _NO_LETTER_OF_A_LIST) and before not in _LETTERED
    if len(right) == 1 and right.isascii():
        return behind not in (")", ".", "/") and left.lower() not in _LETTERED
    return True


def _opens_next(text: str, pieces: list[tuple[int, int]], i: int) -> bool:
    """Whether the letters at piece i are the beginning of the next word rather than the end of the last."""
    if i + 1 >= len(pieces) or text[pieces[i][1] : pieces[i + 1][0]] not in _BLANK:
        return False
    piece, following = text[slice(*pieces[i])], text[slice(*pieces[i + 1])]
    # "tế ch ủ" is "tế chủ" though there is a word "ủ"; "chứ c áp" is "chức áp".
    return not is_syllable(piece) and is_syllable(piece + following) and (len(piece) > 1 or not is_word(following))


def _without(text: str, gaps: list[tuple[int, int]], under: Mapped | None) -> Mapped:
    parts: list[str] = []
    starts: array[int] = array("L")
    done = 0
    for start, end in gaps:
        parts.append(text[done:start])
        starts.extend(range(done, start))
        done = end
    parts.append(text[done:])
    starts.extend(range(done, len(text) + 1))
    if under is not None:
        starts = array("L", (under.starts[n] for n in starts))
    return Mapped("".join(parts), starts)
