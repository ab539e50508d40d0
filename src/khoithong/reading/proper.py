"""Proper bodies: institutions, bodies of a field of government, councils of an area, and what goes on behind a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khoithong.reading import predicates
from khoithong.reading.areas import area_at, area_kinds, capital_run, provinces, table
from khoithong.reading.fields import expand, fields
from khoithong.reading.words import Words


@dataclass(frozen=True, slots=True)
class Named:
    """Names read from word `first` up to word `after`. `known` is False where the end is a guess."""

    names: tuple[str, ...]
    first: int
    after: int
    kind: str
    known: bool = True


def institution(words: Words, i: int) -> Named | None:
    """A body that the lexicon names in full, with the person behind "Thủ tướng"."""
    j = i + (1 if words.word(i) == "các" else 0)
    n = table("institutions").length(words, j)
    if not n or not (words.capital(j) or n > 2 or words.follows(j, "thủ tướng", "phó thủ tướng")):
        return None
    after = j + n
    if words.follows(j, "thủ tướng", "phó thủ tướng"):
        after = capital_run(words, after)
    return Named((expand(words.printed(i, after)),), i, tails(words, after), "institution")


def field_body(words: Words, i: int) -> Named | None:
    """Bộ, Sở, Phòng or ngành with its field; several where "các" stands before."""
    j = i + table("quantifiers").length(words, i)
    head = table("field heads").length(words, j)
    if not head:
        return None
    several = j > i
    named = words.printed(j, j + head)
    k = j + head + (1 if several and words.word(j + head) == ":" else 0)
    first = _field_name(words, k, named)
    if first is None:
        return None
    names, k = [first[0]], first[1]
    while several and (n := words.follows(k, ",", "và")) and (more := _field_name(words, k + n, named)):
        names.append(more[0])
        k = more[1]
    names, k = _placed(words, names, k, several=several)
    return Named(tuple(names), i, tails(words, k), "field")


def _field_name(words: Words, k: int, head: str) -> tuple[str, int] | None:
    found = fields().match(words, k)
    if found is None:
        return None
    n, full = found
    if full is None and n == 1 and not words.capital(k):
        return None
    shown = full or re.sub(r"\s?&\s?", " và ", words.printed(k, k + n))
    return f"{head} {shown}", k + n


def _placed(words: Words, names: list[str], k: int, *, several: bool) -> tuple[list[str], int]:
    """The names with the province that follows; several provinces after one field make as many bodies."""
    n = provinces().length(words, k)
    if n and several and len(names) == 1:
        places = [words.printed(k, k + n)]
        k += n
        while (s := words.follows(k, ",", "và")) and (n := provinces().length(words, k + s)):
            places.append(words.printed(k + s, k + s + n))
            k += s + n
        return [f"{names[0]} {place}" for place in places], k
    if not n and words.follows(k, "các tỉnh", "các huyện", "các quận", "các thành phố", "các địa phương", "các xã"):
        area = area_at(words, k)
        n = area - k if area is not None else 0
    if not n and words.follows(k, "thành phố", "tỉnh", "tp", "tp ."):
        level = words.follows(k, "thành phố", "tỉnh", "tp", "tp .")
        n = level + provinces().length(words, k + level)
    if n and len(names) == 1:
        names = [f"{names[0]} {expand(words.printed(k, k + n))}"]
    return names, k + n


def council(words: Words, i: int) -> Named | None:
    """UBND, Công an and the like with their area."""
    j = i + (1 if words.word(i) == "các" else 0)
    n = table("councils").length(words, j)
    if not n or table("not heads").length(words, j) > n or predicates.verbs().length(words, j) > n:
        return None
    area = area_at(words, j + n)
    if area is not None:
        area = tails(words, area)
    if area is None:
        alone = words.capital(j) or words.text[words.start[j] : words.end[j]].isupper()
        return Named((expand(words.printed(i, j + n)),), i, j + n, "council", known=False) if alone else None
    return Named((expand(words.printed(i, area)),), i, beyond(words, area), "council")


def tails(words: Words, j: int) -> int:
    """The word after what follows a name and belongs to it: "có liên quan", "trực thuộc Trung ương"."""
    for _ in range(4):
        n = table("tails").length(words, j)
        if n and predicates.verbs().length(words, j) >= n:
            n = 0
        if n and words.word(j + n - 1) == "đảng" and words.word(j + n) in ("ủy", "đoàn", "bộ"):
            n = 0
        if n and words.follows(j, "trên địa", "trên cơ", "này là"):
            n = 0
        if not n and words.word(j) == "ở" and (area := area_kinds(words, j + 1)):
            n = area - j
        if owner := words.follows(j, "thuộc", "trực thuộc", "của", "thuộc ,trực thuộc"):
            unit = proper(words, j + owner)
            n = max(n, unit.after - j if unit else 0)
        if not n:
            break
        j += n
    return j


def proper(words: Words, j: int) -> Named | None:
    """A body with a name of its own at word j, or None."""
    found = [unit for piece in (field_body, council, institution) if (unit := piece(words, j))]
    return max(found, key=lambda unit: unit.after, default=None)


def beyond(words: Words, j: int) -> int:
    """The word after "trên địa bàn ...", which tells where, and is no part of the name.

    "trong phạm vi nhiệm vụ của mình" tells no place: it opens the predicate.
    """
    n = words.follows(j, "trên địa bàn", "trong phạm vi")
    if not n:
        return j
    k = j + n
    area = area_at(words, k + (1 if words.word(k) == "toàn" else 0))
    if area is None and words.low[j] == "trong":
        return j
    return area if area is not None else k
