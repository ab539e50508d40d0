"""Marks in a text what was searched for without marks and case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from khoithong.office.base.text import fold

SHORT = 3
LOOKED_THROUGH = 300_000
"""How far into a text an excerpt is looked for, in letters."""


class _Folding(dict[int, str]):
    """Letter -> the one letter that it folds to, so that places in the folded text are places in the text."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = " " if char.isspace() else fold(char)
        self[code] = folded if len(folded) == 1 else "\x00"
        return self[code]


_FOLDING = _Folding()


def highlighted(text: str, words: Sequence[str]) -> SafeString:
    """`text`, escaped, with what folds to one of `words` in <mark>."""
    text = unicodedata.normalize("NFC", text)  # a mark that stands alone must not fall out of its letter
    folded = text.translate(_FOLDING)
    pattern = "|".join(_pattern(word, folded) for word in sorted(words, key=len, reverse=True))
    parts: list[SafeString] = []
    last = 0
    for found in re.finditer(pattern, folded) if pattern else ():
        parts.append(conditional_escape(text[last : found.start()]))
        parts.append(mark_safe(f"<mark>{conditional_escape(text[found.start() : found.end()])}</mark>"))
        last = found.end()
    parts.append(conditional_escape(text[last:]))
    return format_html_join("", "{}", ((part,) for part in parts))


def _pattern(word: str, folded: str) -> str:
    """Finds `word` where it is a word, else where a word begins, else anywhere: "an" is marked in "án", not in "anh".

    A short word in the midst of another is chance ("an" in "văn"): it is not marked.
    """
    beginning = rf"(?<![0-9a-z]){re.escape(word)}"
    whole = rf"{beginning}(?![0-9a-z])"
    anywhere = beginning if word.isalpha() and len(word) <= SHORT else re.escape(word)
    return next((found for found in (whole, beginning) if re.search(found, folded)), anywhere)


def excerpt(text: str, words: Sequence[str], *, around: int = 110) -> SafeString:
    """The first place in `text` where one of `words` stands, with what is around it, marked."""
    text = unicodedata.normalize("NFC", text[:LOOKED_THROUGH])
    folded = text.translate(_FOLDING)
    hits = [found.start() for word in words if (found := re.search(_pattern(word, folded), folded))]
    middle = min(hits, default=0)
    start, end = max(0, middle - around), min(len(text), middle + around)
    if start:
        start = text.find(" ", start, middle) + 1 or start
    if end < len(text) and (blank := text.rfind(" ", middle, end)) > middle:
        end = blank
    piece = " ".join(text[start:end].split())
    parts = ("… " if start else "", highlighted(piece, words), " …" if end < len(text) else "")
    return format_html_join("", "{}", ((part,) for part in parts))
