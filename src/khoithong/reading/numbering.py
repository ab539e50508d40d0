"""How provisions are numbered: figures with a letter behind, letters in the Vietnamese order, Roman figures; ranges."""

from __future__ import annotations

import re

#: the order of points in a clause: no f, j, w, z; "d" comes before "đ"
LETTERS = "abcdđeghiklmnopqrstuvxy"
ROMAN = r"[IVXLC]+"
_MOST = 300  # provisions in one range; a longer one is a slip
_FIGURE = re.compile(r"(\d+)([a-zđ]?)")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_TENS = (("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))


def roman_value(figures: str) -> int | None:
    """The value of Roman figures, None where they are not written as they should be."""
    if not figures or any(letter not in _VALUES for letter in figures):
        return None
    value = 0
    for letter, following in zip(figures, [*figures[1:], ""], strict=True):
        worth = _VALUES[letter]
        value += -worth if following and _VALUES[following] > worth else worth
    return value if value and to_roman(value) == figures else None


def to_roman(value: int) -> str:
    """Roman figures of a number from 1 up."""
    out = ""
    for letters, worth in _TENS:
        count, value = divmod(value, worth)
        out += letters * count
    return out


def between(first: str, last: str) -> tuple[str, ...]:
    """All numbers from `first` to `last`, both included; () where they are of two kinds or run backwards."""
    low, high = first.lower(), last.lower()
    if len(low) == len(high) == 1 and low in LETTERS and high in LETTERS:
        run = LETTERS[LETTERS.index(low) : LETTERS.index(high) + 1]
        return tuple(run.upper() if first.isupper() else run)
    start, stop = _FIGURE.fullmatch(low), _FIGURE.fullmatch(high)
    if start and stop:
        return _figures(first, last, int(start[1]), int(stop[1]))
    begin, end = roman_value(first), roman_value(last)
    if begin and end and begin <= end <= begin + _MOST:
        return tuple(to_roman(value) for value in range(begin, end + 1))
    return ()


def _figures(first: str, last: str, start: int, stop: int) -> tuple[str, ...]:
    """Figures; a letter behind the first or the last ("5a") stays with it."""
    if start == stop and first[-1].isdigit() and last[-1].isalpha():
        return (first, *(f"{start}{letter}" for letter in LETTERS[: LETTERS.index(last[-1].lower()) + 1]))
    if not start < stop <= start + _MOST:
        return ()
    return (first, *map(str, range(start + 1, stop)), *((str(stop),) if last[-1].isalpha() else ()), last)
