"""The form that all spellings of one agency's name share: no marks, no case, abbreviations written out.

"Sở TT&TT", "SỞ TTTT" and "So Thong tin va Truyen thong" all become "so thong tin truyen thong". The lexicon lies in
`data/abbreviations.json`; after it changes, `agencies.actions.renew_spellings` brings the stored names up to date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from khoithong.office.base.text import fold

_LEXICON = Path(__file__).with_name("data") / "abbreviations.json"
_TIGHT = re.compile(r"\s*([&/+])\s*|\s*[\u2010-\u2015\u2212-]\s*")
_PUNCTUATION = re.compile(r"[^\w&-]+")
_PARTS = re.compile(r"[-&]+")


@lru_cache(maxsize=1)
def _lexicon() -> tuple[Mapping[str, str], Mapping[str, str], frozenset[str]]:
    data = json.loads(_LEXICON.read_text(encoding="utf-8"))
    silent = frozenset(data["silent"])
    words = {short: _without(full, silent) for short, full in data["words"].items()}
    return words, data["phrases"], silent


def spelling_key(text: str) -> str:
    """The key of a name as people write it; an empty string for a text without letters."""
    words, phrases, silent = _lexicon()
    folded = _TIGHT.sub(lambda found: "&" if found[1] else "-", fold(text))
    out: list[str] = []
    for token in _PUNCTUATION.sub(" ", folded).split():
        whole = _PARTS.sub("", token)
        if whole in words:
            out.append(words[whole])
        else:
            out.extend(words.get(part, part) for part in _PARTS.split(token) if part and part not in silent)
    key = " ".join(out)
    for short, full in phrases.items():
        key = re.sub(rf"\b{short}\b", full, key)
    return key


def _without(text: str, silent: frozenset[str]) -> str:
    return " ".join(word for word in text.split() if word not in silent)
