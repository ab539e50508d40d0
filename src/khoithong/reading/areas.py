"""Areas of government in names of bodies: "tỉnh Kon Tum", "các huyện: A, B", "cấp xã", and runs of capital words."""

from __future__ import annotations

from functools import cache

from khoithong.reading import predicates
from khoithong.reading.words import Phrases, Words, phrases, sections


@cache
def table(section: str) -> Phrases:
    """One section of the lexicon of bodies."""
    return phrases("bodies", section)


@cache
def provinces() -> Phrases:
    """The names of provinces, before and after the merger of 2025."""
    return Phrases(((entry, True) for entry in sections("places")["provinces"]), joined=True)


def area_at(words: Words, i: int) -> int | None:
    """Word after the area at i: kinds of area with or without names ("các huyện: A, B", "tỉnh Kon Tum", "cấp xã")."""
    j = i + (1 if words.word(i) in ("các", "từng", "hai", "02") else 0)
    several = j > i
    if several and words.word(j) == "cấp":
        return j + 1
    kinds = 0
    while n := table("areas").length(words, j):
        kinds += 1
        j += n + (1 if words.word(j + n) == "." and words.word(j) in ("tp", "tx") else 0)
        j = place_names(words, j, several=several)
        step = words.follows(j, ",", "và", "/")
        if not step or not table("areas").length(words, j + step) or words.word(j + step) in ("địa", "nơi"):
            break
        j += step
    if not kinds:
        province = provinces().length(words, i)
        return i + province if province else None
    if (
        several
        and words.word(j) == ":"
        and words.capital(j + 1)
        and not opens_body(words, j + 1)
        and not predicates.predicate_at(words, j + 1)
    ):
        j = place_names(words, j + 1, several=True)
    return j


def place_names(words: Words, j: int, *, several: bool) -> int:
    """The word after the name of a place at j, or after a list of names where there are several."""
    if words.capital(j) and _names_a_body(words, j):
        return j
    if not words.capital(j) and (n := provinces().length(words, j)) > 1:
        return j + n
    end = capital_run(words, j, digits=True)
    if end == j:
        return j
    while several and (step := words.follows(end, ",", "và")) and words.capital(end + step):
        if opens_body(words, end + step) or table("areas").length(words, end + step):
            break
        end = capital_run(words, end + step, digits=True)
    return end


def capital_run(words: Words, j: int, *, digits: bool = False) -> int:
    """The word after a run of words with capitals, joined by blanks or hyphens. Titles of offices end it."""
    while j < len(words):
        if words.capital(j) or (digits and words.low[j].isdigit() and len(words.low[j]) < 3):
            j += 1
        elif words.low[j] == "-" and words.capital(j - 1) and words.capital(j + 1):
            j += 2
        else:
            break
    return j


def _names_a_body(words: Words, j: int) -> bool:
    """Whether a body, not a place, is named at j: a field of government, a council or an institution."""
    if words.word(j) in ("bộ", "sở"):
        return True
    return bool(table("councils").length(words, j) or table("institutions").length(words, j))


def opens_body(words: Words, j: int) -> bool:
    """Whether a name of a body can begin at word j."""
    return any(
        table(section).length(words, j)
        for section in ("field heads", "councils", "institutions", "open heads", "titles", "quantifiers")
    )


def area_kinds(words: Words, j: int) -> int:
    """The word after kinds of area without names ("thôn, tổ dân phố", "cấp xã"), or 0."""
    end = 0
    while n := table("areas").length(words, j):
        end = j + n
        step = words.follows(end, ",", "và")
        if not step:
            break
        j = end + step
    return end
