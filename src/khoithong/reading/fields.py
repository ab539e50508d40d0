"""Fields of government ("Thông tin và Truyền thông", "TT&TT") and the writing out of abbreviated names."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from khoithong.reading.words import Phrases, sections


@cache
def fields() -> Phrases:
    """Fields of government with their full name where the lexicon entry is an abbreviation, else None."""
    entries: list[tuple[str, str | None]] = []
    for entry in sections("bodies")["fields"] + sections("bodies")["district fields"]:
        full, _, short = entry.partition("=")
        entries.extend((part.strip(), full.strip()) for part in short.split("|") if part.strip())
        entries.append((full.strip(), None))
    return Phrases(entries, joined=True)


@cache
def _abbreviations() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = (entry.partition("=")[::2] for entry in sections("bodies")["abbreviations"])
    return tuple((re.compile(rf"\b{short.strip()}\b\.?"), full.strip()) for short, full in pairs)


@lru_cache(maxsize=8192)
def expand(name: str) -> str:
    """A name with the abbreviations that stand for words of it written out; UBND and HĐND stay."""
    for pattern, full in _abbreviations():
        name = pattern.sub(full + " ", name)
    return re.sub(r" (?=[,:;)])", "", " ".join(name.split()))
