"""Marks in a text what was searched for without marks and case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from khoithong.office.base.text import fold

SHORT = 3


def highlighted(text: str, words: Sequence[str]) -> SafeString:
    """`text`, escaped, with what folds to one of `words` in <mark>."""
    text = unicodedata.normalize("NFC", text)  # a mark that stands alone must not fall out of its letter
    folded, places = _folded_with_places(text)
    spans: list[tuple[int, int]] = []
    pattern = "|".join(_pattern(word, folded) for word in sorted(words, key=len, reverse=True))
    for found in re.finditer(pattern, folded) if pattern else ():
        spans.append((places[found.start()], places[found.end() - 1] + 1))
    parts: list[SafeString] = []
    last = 0
    for start, end in spans:
        parts.append(conditional_escape(text[last:start]))
        parts.append(mark_safe(f"<mark>{conditional_escape(text[start:end])}</mark>"))
        last = end
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


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its letters the place in `text` that it came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for letter in " " if char.isspace() else fold(char):
            letters.append(letter)
            places.append(place)
    return "".join(letters), places


def excerpt(text: str, words: Sequence[str], *, around: int = 110) -> SafeString:
    """The first place in `text` where one of `words` stands, with what is around it, marked."""
    folded, places = _folded_with_places(text)
    hits = [hit for word in words if (hit := folded.find(word)) >= 0]
    middle = places[min(hits)] if hits else 0
    start, end = max(0, middle - around), min(len(text), middle + around)
    if start:
        start = text.find(" ", start, middle) + 1 or start
    if end < len(text):
        end = text.rfind(" ", middle, end) if text.rfind(" ", middle, end) > middle else end
    piece = " ".join(text[start:end].split())
    return format_html_join(
        "", "{}", (("… " if start else "",), (highlighted(piece, words),), (" …" if end < len(text) else "",))
    )
