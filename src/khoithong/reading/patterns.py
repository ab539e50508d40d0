"""Regular expressions that are compiled when they are first used, so that importing the reader stays quick."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator


def opening(words: str) -> str:
    """Alternatives "A|B" that begin a word, the border of the word asked for behind the first letter of each.

    An expression that begins with letters lets the engine skip to them; one that begins with `(?<!\\w)` stops at every
    place of the text.
    """
    return "|".join(rf"{word[0]}(?<!\w{word[0]}){word[1:]}" for word in words.split("|"))


class Pattern:
    """A regular expression with the methods of `re.Pattern` that the grammar needs."""

    __slots__ = ("_compiled", "flags", "text")

    def __init__(self, text: str, flags: int = 0) -> None:
        self.text = text
        self.flags = flags
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self.text, self.flags)
        return self._compiled

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return self.compiled.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return self.compiled.fullmatch(text, start, end)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return self.compiled.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        return self.compiled.finditer(text, start, end)

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        return self.compiled.sub(new, text)
