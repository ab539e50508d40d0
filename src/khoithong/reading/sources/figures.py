"""Whole numbers in files, and the numbers of lists in letters and numerals."""

from __future__ import annotations

_MOST = 100_000
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def number(text: str | None, default: int) -> int:
    """`text` as a whole number of sensible size, `default` where it is none."""
    if text is None or len(text) > 9:
        return default
    try:
        return int(text)
    except ValueError:
        return default


def format_number(count: int, form: str) -> str:
    """`count` in a number format of Word (w:numFmt); a format that is not known is taken as decimal."""
    if not 0 < count < _MOST:
        return str(count)
    if form in ("lowerLetter", "upperLetter"):
        turns, place = divmod(count - 1, 26)
        letters = chr(ord("a") + place) * (min(turns, 20) + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman"):
        numeral = _roman(count)
        return numeral if form == "lowerRoman" else numeral.upper()
    if form == "decimalZero":
        return f"{count:02}"
    return "" if form == "none" else str(count)


def _roman(count: int) -> str:
    numeral = ""
    for worth, letters in _ROMAN:
        times, count = divmod(count, worth)
        numeral += letters * times
    return numeral
