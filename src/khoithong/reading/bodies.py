"""Names of bodies and titled offices: where one stands, how far it reaches, what it is called in full.

`body_at` reads one unit ("Sở Tài chính", "UBND các huyện, thị xã", "các cơ quan, đơn vị liên quan"); a unit under one
"các" that lists proper bodies yields several names ("các Sở Tài chính, Nội vụ"). `bodies_at` reads a list of units.
Each kind of name is a small function; the longest reading at a place wins. Lexicon: lexicon/bodies.txt.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from khoithong.reading import predicates
from khoithong.reading.areas import area_at, capital_run, opens_body, place_names, provinces, table
from khoithong.reading.fields import expand
from khoithong.reading.proper import Named, beyond, council, field_body, institution, proper, tails
from khoithong.reading.words import Words

_LONGEST_NAME = 30
_LONGEST_LIST = 40
_PARENTHESIS = 24
# Heads that a name of one's own must follow: otherwise a class room, a wage fund, a school in general is meant.
_PROPER_ONLY = frozenset(
    ("phòng", "quỹ", "trường", "khu", "hội", "đội", "báo", "cảng", "hạt", "trạm", "làng", "tổ", "đài")
)


def body_at(words: Words, i: int, *, after_order: bool = False) -> Named | None:
    """The unit at word i, or None. After a word of order a bare province ("yêu cầu Quảng Nam ...") is a body too."""
    if i >= len(words) or not words.low[i][0].isalpha() or not opens_unit(words.low[i], after_order=after_order):
        return None
    key = (i, after_order)
    if key not in words.read:
        words.read[key] = _longest(words, i, after_order=after_order)
    found: Named | None = words.read[key]
    return found


def opens_unit(word: str, *, after_order: bool = False) -> bool:
    """Whether a unit can begin with this folded word; most words answer no, and need no grammar."""
    return word in _opening() or (after_order and word in provinces().opening)


@cache
def _opening() -> frozenset[str]:
    heads = ("quantifiers", "institutions", "field heads", "councils", "titles", "groups", "open heads")
    return frozenset(("các", "những")).union(*(table(section).opening for section in heads))


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


def _behind_apposition(words: Words, unit: Named) -> int:
    """The word after a second office behind a dash ("Giám đốc Sở Y tế - Phó Trưởng Ban ..."), where one ends."""
    for j in range(unit.after + 2, min(unit.after + 2 + _LONGEST_NAME, len(words))):
        if not (words.low[j][0].isalpha() or words.low[j] in ("-", ",")):
            break
        if predicates.modals().length(words, j) or (
            predicates.adverbs().length(words, j) and predicates.verb_at(words, j)
        ):
            return j
    return unit.after


def _with_parenthesis(words: Words, unit: Named) -> Named:
    """The unit with a short remark in parentheses behind it, which belongs to the place but not to the name."""
    if words.word(unit.after) == "-" and table("titles").length(words, unit.after + 1):
        return Named(unit.names, unit.first, _behind_apposition(words, unit), unit.kind, unit.known)
    if words.word(unit.after) != "(":
        return unit
    for j in range(unit.after + 1, min(unit.after + _PARENTHESIS, len(words))):
        if words.low[j] == ")":
            return Named(unit.names, unit.first, j + 1, unit.kind, unit.known)
        if words.low[j] in ("\n", ";"):
            break
    return unit


# Pieces of the grammar: each reads one kind of unit at a word. Proper bodies are read in proper.py.


def _group(words: Words, i: int) -> Named | None:
    start = i + table("quantifiers").length(words, i)
    j = start
    count, last = 0, ""
    while n := _group_noun(words, j, first=count == 0 and start == i):
        count += 1
        last = words.word(j)
        members = proper(words, j + n) if words.follows(j, "thành viên") == n else None
        placed = _group_place(words, j, j + n, several=start > i)
        has_place = start == i and placed > j + n and bool(table("areas").length(words, j))
        j = tails(words, members.after if members else placed)
        if words.word(j) in ("tỉnh", "huyện", "xã", "quận", "phường") and not words.follows(j, "huyện ủy", "quận ủy"):
            j = capital_run(words, j + 1)
        step = words.follows(j, ",", "và", "/", "hoặc")
        if not step or has_place or table("quantifiers").length(words, j + step):
            break
        more = _group_noun(words, j + step, first=False)
        if not more or table("titles").length(words, j + step) > more or proper(words, j + step):
            break
        j += step
    if not count:
        return None
    if count == 1 and start == i and j - i < 2 and last != "công":
        return None
    return Named((expand(words.printed(i, j)),), i, beyond(words, j), "group", known=start > i or count > 1)


def _people(words: Words, i: int) -> Named | None:
    """People under a common noun that the lexicon lacks, with a modal word behind: "các chủ bến bãi phải ..."."""
    if words.word(i) not in ("các", "những") or words.word(i + 1) not in ("chủ", "hộ", "người", "đội", "nhà"):
        return None
    for j in range(i + 2, min(i + 8, len(words))):
        if predicates.modals().length(words, j):
            return Named((expand(words.printed(i, j)),), i, j, "group", known=False)
        if not words.low[j][0].isalpha():
            break
    return None


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


def _group_place(words: Words, first: int, after: int, *, several: bool) -> int:
    if table("areas").length(words, first):
        return place_names(words, after, several=several)
    if words.word(first) in ("chính", "công", "ngành"):
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
            area = tails(words, area)
            return Named((expand(words.printed(i, area)),), i, area, "title")
        joint = _titled(words, after + 1) if words.follows(after, ", tổng giám đốc", ", giám đốc") else None
        if joint and words.follows(j, "chủ tịch"):
            return Named((expand(words.printed(i, joint.after)),), i, joint.after, "title", joint.known)
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
    if not n and not field_body(words, i):
        n = table("field heads").length(words, j)
    if not n or not any(words.capital(k) for k in range(j, j + n + 1)):
        return None
    if words.low[j] in _PROPER_ONLY and n == 1 and not words.capital(j + 1):
        return None
    if max(predicates.verbs().length(words, j), table("not heads").length(words, j)) > n:
        return None
    after = _open_end(words, j + n, head_words=n)
    if after == j + n and n < 2:
        return None
    return Named((expand(words.printed(i, after)),), i, beyond(words, after), "open", known=False)


def _open_end(words: Words, j: int, *, head_words: int) -> int:
    """The word after a name of its own: it runs to a predicate, a mark, or a word that cannot go on a name."""
    first = j
    while j < len(words) and j - first < _LONGEST_NAME:
        word = words.low[j]
        if words.follows(j, "trung ương về", "quốc gia về", "tỉnh về"):
            j += len(words.low[j : j + 2]) if words.word(j + 1) != "về" else 1
            continue
        if word == "về":
            j += 1 + predicates.verbs().length(words, j + 1)
            continue
        if word == "," and words.capital(j - 1) and words.capital(j + 1) and words.end[j - 1] + 1 == words.start[j + 1]:
            j += 2  # "KH,CN&MT"
            continue
        if word == "." and words.word(j + 1).isdigit() and words.capital(j - 1):
            j += 2
            continue
        if word == "các" and (further := _proper_within(words, j)):
            j = further
            continue
        if words.capital(j) and (unit := proper(words, j)):
            if j > first and words.low[j - 1] not in ("ở", "của", "thuộc", "tại"):
                break
            j = unit.after
        elif words.capital(j) or (word == "-" and words.capital(j + 1)) or word.isdigit():
            j += 1
        elif word == "và":
            if opens_body(words, j + 1) or predicates.verb_at(words, j + 1):
                break
            j += 1
        elif not word[0].isalpha() or table("tails").length(words, j) or _stops_name(words, j):
            break
        elif (n := predicates.objects().length(words, j)) and _behind_verb(words, first, j):
            j += n
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
    return tails(words, j)


def _behind_verb(words: Words, first: int, j: int) -> bool:
    """Whether a capital verb of the name ends right before j ("Cục Quản lý | đấu thầu")."""
    return any(words.capital(k) and predicates.verbs().length(words, k) == j - k for k in range(max(first, j - 3), j))


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
    institution,
    field_body,
    council,
    _titled,
    _group,
    _people,
    _open_name,
)
