"""Names of bodies and titled offices: where one stands, how far it reaches, what it is called in full.

`body_at` reads one unit ("Sở Tài chính", "UBND các huyện, thị xã", "các cơ quan, đơn vị liên quan"); a unit under one
"các" that lists proper bodies yields several names ("các Sở Tài chính, Nội vụ"). `bodies_at` reads a list of units.
Each kind of name is a small function; the longest reading at a place wins. Lexicon: lexicon/bodies.txt.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from khoithong.reading import predicates
from khoithong.reading.areas import area_at, area_kinds, capital_run, opens_body, provinces, table
from khoithong.reading.fields import expand, fields
from khoithong.reading.words import Words

_LONGEST_NAME = 30
_LONGEST_LIST = 40
_PARENTHESIS = 14


@dataclass(frozen=True, slots=True)
class Named:
    """Names read from word `first` up to word `after`. `known` is False where the end is a guess."""

    names: tuple[str, ...]
    first: int
    after: int
    kind: str
    known: bool = True


def body_at(words: Words, i: int, *, after_order: bool = False) -> Named | None:
    """The unit at word i, or None. After a word of order a bare province ("yêu cầu Quảng Nam ...") is a body too."""
    if i >= len(words) or not words.low[i][0].isalpha():
        return None
    key = (i, after_order)
    if key not in words.read:
        words.read[key] = _longest(words, i, after_order=after_order)
    found: Named | None = words.read[key]
    return found


def _longest(words: Words, i: int, *, after_order: bool) -> Named | None:
    best: Named | None = None
    for piece in _PIECES:
        found = piece(words, i)
        if found and (best is None or found.after > best.after):
            best = found
    if best is None and after_order:
        best = _bare_province(words, i)
    return _with_parenthesis(words, best) if best else None


def bodies_at(words: Words, i: int, *, after_order: bool = False) -> Named | None:
    """A list of units from word i on: divided by commas, "và", "cùng", "cùng với". None where none stands there."""
    unit = body_at(words, i, after_order=after_order)
    if unit is None:
        return None
    names, known = list(unit.names), unit.known
    office = _office_of(words, unit)
    j = unit.after
    for _ in range(_LONGEST_LIST):
        step = _separator(words, j)
        if not step:
            break
        following = body_at(words, j + step)
        if following is None:
            break
        if office and words.word(following.first) == "sở" and following.kind == "field":
            names.extend(f"{office} {name}" for name in following.names)
        else:
            names.extend(following.names)
        known = known and following.known
        j = following.after
    return Named(tuple(dict.fromkeys(names)), i, j, unit.kind, known)


def _office_of(words: Words, unit: Named) -> str:
    """ "Giám đốc" where it is said once for several Sở that follow."""
    return words.printed(unit.first, unit.first + 2) if words.follows(unit.first, "giám đốc sở") else ""


def _separator(words: Words, j: int) -> int:
    """Words taken by what divides two units of a list at j, or 0."""
    n = words.follows(j, ", và", ",", "và", ";", "hoặc", "- và")
    if n and words.word(j) == ";" and not words.capital(j + 1):
        return 0
    return n


def _with_parenthesis(words: Words, unit: Named) -> Named:
    """The unit with a short remark in parentheses behind it, which belongs to the place but not to the name."""
    if words.word(unit.after) != "(":
        return unit
    for j in range(unit.after + 1, min(unit.after + _PARENTHESIS, len(words))):
        if words.low[j] == ")":
            return Named(unit.names, unit.first, j + 1, unit.kind, unit.known)
        if words.low[j] in ("\n", ";"):
            break
    return unit


# Pieces of the grammar: each reads one kind of unit at a word.


def _institution(words: Words, i: int) -> Named | None:
    j = i + (1 if words.word(i) == "các" else 0)
    n = table("institutions").length(words, j)
    if not n or not (words.capital(j) or n > 2 or words.follows(j, "thủ tướng", "phó thủ tướng")):
        return None
    after = j + n
    if words.follows(j, "thủ tướng", "phó thủ tướng"):
        after = capital_run(words, after)
    return Named((expand(words.printed(i, after)),), i, _tails(words, after), "institution")


def _field_body(words: Words, i: int) -> Named | None:
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
    return Named(tuple(names), i, _tails(words, k), "field")


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
    if not n and words.follows(k, "thành phố", "tỉnh", "tp", "tp ."):
        level = words.follows(k, "thành phố", "tỉnh", "tp", "tp .")
        n = level + provinces().length(words, k + level)
    if n and len(names) == 1:
        names = [f"{names[0]} {expand(words.printed(k, k + n))}"]
    return names, k + n


def _council(words: Words, i: int) -> Named | None:
    j = i + (1 if words.word(i) == "các" else 0)
    n = table("councils").length(words, j)
    if not n or table("not heads").length(words, j) > n or predicates.verbs().length(words, j) > n:
        return None
    area = area_at(words, j + n)
    if area is not None:
        area = _tails(words, area)
    if area is None:
        alone = words.capital(j) or words.text[words.start[j] : words.end[j]].isupper()
        return Named((expand(words.printed(i, j + n)),), i, j + n, "council", known=False) if alone else None
    return Named((expand(words.printed(i, area)),), i, _beyond(words, area), "council")


def _tails(words: Words, j: int) -> int:
    """The word after what follows a name and belongs to it: "có liên quan", "trực thuộc Trung ương"."""
    for _ in range(4):
        n = table("tails").length(words, j)
        if n and predicates.verbs().length(words, j) >= n:
            n = 0
        if n and words.follows(j, "trên địa", "trên cơ", "này là"):
            n = 0
        if not n and words.word(j) == "ở" and (area := area_kinds(words, j + 1)):
            n = area - j
        if not n and (owner := words.follows(j, "thuộc", "trực thuộc", "của", "thuộc ,trực thuộc")):
            unit = _proper(words, j + owner)
            n = unit.after - j if unit else 0
        if not n:
            break
        j += n
    return j


def _proper(words: Words, j: int) -> Named | None:
    for piece in (_field_body, _council, _institution):
        if found := piece(words, j):
            return found
    return None


def _beyond(words: Words, j: int) -> int:
    """The word after "trên địa bàn ...", which tells where, and is no part of the name."""
    n = words.follows(j, "trên địa bàn", "trong phạm vi")
    if not n:
        return j
    k = j + n
    area = area_at(words, k + (1 if words.word(k) == "toàn" else 0))
    return area if area is not None else k


def _group(words: Words, i: int) -> Named | None:
    start = i + table("quantifiers").length(words, i)
    j = start
    count, last = 0, ""
    while n := _group_noun(words, j, first=count == 0 and start == i):
        count += 1
        last = words.word(j)
        j = _tails(words, _group_place(words, j, j + n))
        step = words.follows(j, ",", "và", "/", "hoặc")
        if not step or table("quantifiers").length(words, j + step):
            break
        more = _group_noun(words, j + step, first=False)
        if not more or table("titles").length(words, j + step) > more or _proper(words, j + step):
            break
        j += step
    if not count:
        return None
    if count == 1 and start == i and j - i < 2 and last != "công":
        return None
    return Named((expand(words.printed(i, j)),), i, _beyond(words, j), "group", known=start > i or count > 1)


def _group_noun(words: Words, j: int, *, first: bool) -> int:
    """Words of the common noun for bodies at j. At the head of a run without "các" the doubtful ones need company."""
    n = table("groups").length(words, j)
    if not n:
        return 0
    verb = predicates.verbs().length(words, j)
    if verb > n or (
        words.low[j : j + n] == ["tổ", "chức"] and predicates.verb_at(words, j) and not _quantified(words, j)
    ):
        return 0
    if first and table("ambiguous groups").length(words, j) == n and not _tail_or_list(words, j + n):
        return 0
    return n


def _quantified(words: Words, j: int) -> bool:
    return words.word(j - 1) in ("các", "những", "mọi")


def _tail_or_list(words: Words, j: int) -> bool:
    if step := words.follows(j, ",", "và"):
        return bool(table("groups").length(words, j + step)) and not predicates.verb_at(words, j + step)
    return bool(table("tails").length(words, j)) or words.capital(j)


def _group_place(words: Words, first: int, after: int) -> int:
    if table("areas").length(words, first) or words.word(first) in ("chính", "công", "ngành"):
        return capital_run(words, after)
    return after


def _titled(words: Words, i: int) -> Named | None:
    j = i + table("quantifiers").length(words, i)
    n = table("titles").length(words, j)
    if not n:
        return None
    after = j + n
    unit = body_at(words, after) if words.word(after) != "\n" else None
    if unit is None:
        area = area_at(words, after)
        if area is not None:
            area = _tails(words, area)
            return Named((expand(words.printed(i, area)),), i, area, "title")
        end = capital_run(words, after)
        bare = words.capital(j) or end > after or j > i
        return Named((expand(words.printed(i, end)),), i, end, "title") if bare else None
    title = expand(words.printed(i, after))
    kind = unit.kind
    if words.word(unit.after) == "kiêm" and (second := _titled(words, unit.after + 1)):
        return Named((expand(words.printed(i, second.after)),), i, second.after, "title", unit.known)
    if kind == "field" and len(unit.names) > 1:
        names = tuple(f"{title} {name}" for name in unit.names)
    else:
        names = (f"{title} {unit.names[0]}", *unit.names[1:])
    return Named(names, i, unit.after, "title", unit.known)


def _open_name(words: Words, i: int) -> Named | None:
    j = i + (1 if words.word(i) == "các" else 0)
    n = table("open heads").length(words, j)
    if not n and not _field_body(words, i):
        n = table("field heads").length(words, j)
    if not n or not (words.capital(j) or words.capital(j + n)):
        return None
    if max(predicates.verbs().length(words, j), table("not heads").length(words, j)) > n:
        return None
    after = _open_end(words, j + n, head_words=n)
    if after == j + n and n < 2:
        return None
    return Named((expand(words.printed(i, after)),), i, _beyond(words, after), "open", known=False)


def _open_end(words: Words, j: int, *, head_words: int) -> int:
    """The word after a name of its own: it runs to a predicate, a mark, or a word that cannot go on a name."""
    first = j
    while j < len(words) and j - first < _LONGEST_NAME:
        word = words.low[j]
        if word == "về":
            j += 1 + predicates.verbs().length(words, j + 1)
            continue
        if word == "." and words.word(j + 1).isdigit() and words.capital(j - 1):
            j += 2
            continue
        if word == "các" and (proper := _proper_within(words, j)):
            j = proper
            continue
        if j > first and words.capital(j) and (unit := _proper(words, j)):
            j = unit.after
        elif words.capital(j) or (word == "-" and words.capital(j + 1)) or word.isdigit():
            j += 1
        elif word == "và":
            if opens_body(words, j + 1) or predicates.verb_at(words, j + 1):
                break
            j += 1
        elif not word[0].isalpha() or table("tails").length(words, j) or _stops_name(words, j):
            break
        elif n := predicates.verb_at(words, j):
            if goes_on := _company_goes_on(words, first, j):
                j = goes_on
            elif j > first or head_words > 1 or predicates.modals().length(words, j) or not words.capital(j - 1):
                break
            else:
                j += n
        else:
            j += 1
    while j > first and words.low[j - 1] in ("về", "và", "của"):
        j -= 1
    return _tails(words, j)


def _proper_within(words: Words, j: int) -> int:
    """The word after a few common words that a proper name closes ("các dân tộc Việt Nam"), or 0."""
    for k in range(j + 1, min(j + 4, len(words))):
        if words.capital(k):
            return 0 if opens_body(words, k) else capital_run(words, k)
        if not words.low[k][0].isalpha() or predicates.verb_at(words, k):
            return 0
    return 0


def _stops_name(words: Words, j: int) -> bool:
    return bool(predicates.name_stops().length(words, j)) and not (words.low[j] == "ở" and words.capital(j + 1))


def _company_goes_on(words: Words, first: int, j: int) -> int:
    """Where the name of a company has a verb in it: the word after the proper name that follows, or 0."""
    if words.word(first - 1) not in (
        "ty",
        "đoàn",
        "lý",
        "phần",
        "tnhh",
        "cp",
        "án",
        "qlda",
    ) or predicates.modals().length(words, j):
        return 0
    for k in range(j, min(j + 9, len(words))):
        if words.capital(k):
            return 0 if opens_body(words, k) else capital_run(words, k)
        if not words.low[k][0].isalpha() or words.low[k] in ("các", "những", "theo", "cho"):
            return 0
    return 0


def _bare_province(words: Words, i: int) -> Named | None:
    n = provinces().length(words, i)
    return Named((words.printed(i, i + n),), i, i + n, "place", known=False) if n else None


_PIECES: tuple[Callable[[Words, int], Named | None], ...] = (
    _institution,
    _field_body,
    _council,
    _titled,
    _group,
    _open_name,
)
