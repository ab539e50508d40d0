"""Words of a text with their places, folded so that spelling habits do not matter, and tables of phrases over them.

Folding: lower case, tone marks in the old or the new place ("hoà" is "hòa"), "&" is "và". The words of a phrase in a
table are folded the same way, so a lexicon is written in ordinary Vietnamese.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

_WORD = re.compile(r"([^\W_]+|[^\w\s]|\n)")
_JOINTS = frozenset((",", "và", "-"))
_LEXICON = Path(__file__).parent / "lexicon"

_MOVED_TONES = {
    old + end: new
    for old, end, new in (
        *((a, b, c) for a, b, c in zip("ooooo", "áàảãạ", ("óa", "òa", "ỏa", "õa", "ọa"), strict=True)),
        *((a, b, c) for a, b, c in zip("ooooo", "éèẻẽẹ", ("óe", "òe", "ỏe", "õe", "ọe"), strict=True)),
        *((a, b, c) for a, b, c in zip("uuuuu", "ýỳỷỹỵ", ("úy", "ùy", "ủy", "ũy", "ụy"), strict=True)),
    )
}


@cache
def fold(word: str) -> str:
    """One word in the form that words are compared in."""
    low = word.lower()
    if low[-2:] in _MOVED_TONES and not low.startswith("qu"):
        return low[:-2] + _MOVED_TONES[low[-2:]]
    return "và" if low == "&" else low


@cache
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for parts in map(str.split, phrases):
        found.setdefault(parts[0], []).append(parts)
    return found


class Words:
    """The words, marks and line breaks of a flat text in order.

    `low[i]` is the folded word, `start[i]` and `end[i]` its place. A line break is a word of its own ("\\n").
    `read` keeps what the grammar of bodies found at a word, so that nothing is read twice.
    """

    __slots__ = ("end", "low", "read", "start", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.read: dict[tuple[int, bool], Any] = {}
        # Gap, word, gap, word, ..., gap: no step of Python for each word, which a whole archive would feel.
        pieces = _WORD.split(text)
        places = list(accumulate(map(len, pieces)))
        self.low: list[str] = list(map(fold, pieces[1::2]))
        self.start: list[int] = places[:-1:2]
        self.end: list[int] = places[1::2]

    def __len__(self) -> int:
        return len(self.low)

    def at(self, place: int) -> int:
        """The number of the first word that starts at or after a place in the text."""
        return bisect_left(self.start, place)

    def capital(self, i: int) -> bool:
        return 0 <= i < len(self.low) and self.text[self.start[i]].isupper()

    def word(self, i: int) -> str:
        """The folded word at i, or "" outside the text."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def printed(self, first: int, after: int) -> str:
        """The text from word `first` up to but not including word `after`, with single blanks."""
        return " ".join(self.text[self.start[first] : self.end[after - 1]].split()) if after > first else ""

    def follows(self, i: int, *phrases: str) -> int:
        """The number of words of the longest of the phrases (folded, blanks between words) that stands at i, or 0."""
        low = self.low
        best = 0
        for parts in _by_first_word(phrases).get(low[i], ()) if i < len(low) else ():
            if len(parts) > best and low[i : i + len(parts)] == parts:
                best = len(parts)
        return best


class Phrases:
    """A set of phrases, each with a value, that finds the longest one standing at a word. Built once, read only.

    With `joined`, the marks that join the parts of a name (",", "và", "-", "&") count as one and the same.
    """

    __slots__ = ("_joined", "_root", "opening")

    def __init__(self, entries: Iterable[tuple[str, Any]], *, joined: bool = False) -> None:
        self._root: dict[str, Any] = {}
        self._joined = joined
        for phrase, value in entries:
            node = self._root
            for word in Words(phrase).low:
                node = node.setdefault(self._key(word), {})
            node[""] = value
        #: the words with which a phrase can begin
        self.opening = frozenset(self._root) | (_JOINTS if "~" in self._root else frozenset())

    def _key(self, word: str) -> str:
        return "~" if self._joined and word in _JOINTS else word

    def match(self, words: Words, i: int) -> tuple[int, Any] | None:
        """The number of words of the longest phrase at word i and its value, or None."""
        node, n, found = self._root, 0, None
        low, size = words.low, len(words.low)
        while i + n < size:
            word = low[i + n]
            below = node.get("~" if self._joined and word in _JOINTS else word)
            if below is None:
                break
            node = below
            n += 1
            if "" in node:
                found = (n, node[""])
        return found

    def length(self, words: Words, i: int) -> int:
        """The number of words of the longest phrase at word i, or 0; 0 too where its value is False."""
        low = words.low
        if i >= len(low) or low[i] not in self.opening:
            return 0
        found = self.match(words, i)
        return found[0] if found and found[1] is not False else 0


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """The lexicon file of that name: lines under headings in square brackets; "#" opens a remark."""
    found: dict[str, list[str]] = {}
    here: list[str] = []
    for line in (_LEXICON / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        entry = line.split("#", 1)[0].strip()
        if entry.startswith("[") and entry.endswith("]"):
            here = found.setdefault(entry[1:-1], [])
        elif entry:
            here.extend(part.strip() for part in entry.split(";"))
    return {section: tuple(filter(None, entries)) for section, entries in found.items()}


@cache
def phrases(name: str, *chosen: str) -> Phrases:
    """The phrases of the chosen sections of a lexicon file; the value of each is its section."""
    found = sections(name)
    return Phrases((entry, section) for section in chosen for entry in found[section])
