"""Folding of Vietnamese text for search and for sorting."""

from __future__ import annotations

import re
import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: chr(0x100 + rank) for rank, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def fold(text: str) -> str:
    """`text` without marks and case, blanks folded to one: "Đề án  06" -> "de an 06"."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d").replace("\u00d0", "D"))
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(text.casefold().split())


def symbol_key(symbol: str) -> str:
    """A paper's symbol in the form that two spellings of it share: "8107 / ubnd-NCKS" -> "8107/UBND-NCKS"."""
    text = unicodedata.normalize("NFC", symbol).replace("\u00d0", "Đ")
    return re.sub(r"\s+", "", re.sub(r"[\u2010-\u2015\u2212]", "-", text)).upper()


def sort_key(text: str) -> str:
    """A key that sorts as a Vietnamese dictionary does: d before đ; tones count only between equal letters."""
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFC", text.casefold()):
        decomposed = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in decomposed if mark in _TONES), "")
        base = unicodedata.normalize("NFC", decomposed.replace(tone, "")) if tone else char
        letters.append(_LETTER_RANK.get(base, base))
        tones.append(str(_TONES.get(tone, 0)))
    return "".join(letters) + "\x01" + "".join(tones)
