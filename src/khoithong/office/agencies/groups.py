"""Whom the words for a group mean on a day: "các Sở, ban, ngành", "Chủ tịch UBND các huyện", "Sở A và Sở B".

The words are cut at commas, semicolons and "và" into atoms; the longest run of atoms that is a known group or a known
agency is taken, then the next. Names that hold a comma or a "và" themselves stay whole that way. What is not
understood, and what only a person can know ("các đơn vị có liên quan"), is left over: nobody is added by guessing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from khoithong.office.agencies.lookup import COUNCIL, Match, existing, lookup_many, open_on, places
from khoithong.office.agencies.models import Affiliation, Agency, Kind
from khoithong.office.agencies.spelling import spelling_key

_LONGEST = 9
"""Atoms in the longest group or name tried: "các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ" has three."""

_DELIMITER = re.compile(r"\s*[,;]\s*(?:và\s+)?|\s+và\s+", re.IGNORECASE)
_EXCEPT = re.compile(r"\s*[(,]?\s*\b(?:trừ|ngoại trừ)\b\s*:?", re.IGNORECASE)
_LEADERS = r"(?:(?:thu truong|giam doc|chu tich|lanh dao|nguoi dung dau|bo truong) )?"
_TAIL = re.compile(r"(?: (?:tren dia ban|thuoc|cua|trong|toan|cap|truc thuoc|tinh))+$")
_CARRY = re.compile(r"^(?:(uy ban nhan dan) )?cac (so|bo|huyen|thi xa|thanh pho|xa|phuong) (?=\S)")

_QUALIFIED = re.compile(r"\b(?:lien quan|huu quan|chu quan|chu tri|khac|duoc giao|duoc phan cong|quy dinh tai)\b")
"""What makes of a group those of its members whom only a person can name."""

Chooser = Callable[[Agency, str], bool]


@dataclass(frozen=True)
class Group:
    """The agencies that some words mean, in the order of the words, and the words that remain for a person."""

    agencies: tuple[Agency, ...]
    left_over: tuple[str, ...] = ()
    ambiguous: tuple[Match, ...] = ()


def _of_kinds(*kinds: Any) -> Chooser:
    return lambda agency, _key: agency.kind in kinds


def _beginning(kind: Any, *beginnings: str) -> Chooser:
    return lambda agency, key: agency.kind == kind and key.startswith(beginnings)


def _ministry(agency: Agency, key: str) -> bool:
    return agency.kind == Kind.CENTRAL and key not in ("chinh phu", "thu tuong chinh phu", "quoc hoi")


def _below_ministry(agency: Agency, key: str) -> bool:
    return _ministry(agency, key) and not key.startswith("bo ")


def _of_state(agency: Agency, key: str) -> bool:
    return _ministry(agency, key) or agency.kind == Kind.PROVINCE


_BODIES = r"co quan ngang bo|co quan (?:truc )?thuoc chinh phu"
_LOCAL = (Kind.DISTRICT, Kind.COMMUNE)
_PROVINCIAL = (Kind.DEPARTMENT, Kind.VERTICAL)

GROUPS: tuple[tuple[str, Chooser], ...] = (
    (r"(?:cac )?(?:so ban nganh|so nganh|ban nganh)", _of_kinds(*_PROVINCIAL)),
    (r"(?:cac )?(?:so ban nganh|so nganh) dia phuong", _of_kinds(*_PROVINCIAL, *_LOCAL)),
    (r"(?:cac )?co quan chuyen mon(?: thuoc)?(?: uy ban nhan dan)?", _of_kinds(Kind.DEPARTMENT)),
    (r"cac so", _beginning(Kind.DEPARTMENT, "so ")),
    (r"(?:cac )?co quan nganh doc", _of_kinds(Kind.VERTICAL)),
    (r"cac dia phuong|(?:cac )?uy ban nhan dan(?: cac)? huyen xa|uy ban nhan dan cac cap", _of_kinds(*_LOCAL)),
    (r"(?:uy ban nhan dan )?cap huyen", _of_kinds(Kind.DISTRICT)),
    (r"(?:uy ban nhan dan )?cap xa", _of_kinds(Kind.COMMUNE)),
    (r"cac (?:don vi|co quan don vi|co quan)(?: dia phuong)?", _of_kinds(*_PROVINCIAL, *_LOCAL)),
    (r"cac bo(?: truong)?", _beginning(Kind.CENTRAL, "bo ")),
    (rf"(?:cac )?bo(?: truong)?(?: ban)?(?: nganh| (?:{_BODIES}))+(?: trung uong)?", _ministry),
    (r"(?:cac )?(?:bo )?co quan ngang bo", _below_ministry),
    (rf"(?:cac )?bo(?: ban)?(?: nganh| co quan| (?:{_BODIES}))* dia phuong", _of_state),
    (r"uy ban nhan dan (?:cac )?tinh thanh pho(?: truc thuoc trung uong)?", _of_kinds(Kind.PROVINCE)),
    (r"uy ban nhan dan (?:cac tinh|cap tinh)", _of_kinds(Kind.PROVINCE)),
)
"""What a group is called (on the key of the words) -> who belongs to it."""

_GROUPS = tuple((re.compile(_LEADERS + pattern), chooser) for pattern, chooser in GROUPS)
_LEVEL = "huyen|thi xa|thi tran|thanh pho|dac khu|phuong|xa"
_LEVELS = re.compile(_LEADERS + rf"(?:uy ban nhan dan )?(cac )?((?:{_LEVEL})(?: (?:{_LEVEL}))*)")


_MAY_BE_GROUP = re.compile(r"\b(?:cac|cap|nganh|chuyen mon|don vi|dia phuong|co quan|huyen|phuong|xa|tinh thanh pho)\b")


def expand_group(words: str, *, on: date, under: Agency | None = None) -> list[Agency]:
    """The agencies existing on a day that `words` mean, each once. Empty where only a person can say who is meant.

    `under` keeps the members of a group to those that stand under that agency (a province).
    """
    return list(read_group(words, on=on, under=under).agencies)


def read_group(words: str, *, on: date, under: Agency | None = None) -> Group:
    """`expand_group` with what was left over and what is ambiguous."""
    wanted, *excluded = _EXCEPT.split(words, maxsplit=1)
    found = _read(wanted, on=on, under=under)
    if not excluded:
        return found
    without = _read(excluded[0].rstrip(" )."), on=on, under=under)
    kept = tuple(agency for agency in found.agencies if agency not in without.agencies)
    return Group(kept, found.left_over + without.left_over, found.ambiguous + without.ambiguous)


def _read(words: str, *, on: date, under: Agency | None) -> Group:
    starts, ends = _atoms(words)
    carries = _carries([words[a:b] for a, b in zip(starts, ends, strict=True)])
    tries = {
        (i, j): list(_spellings(words[starts[i] : ends[j]], carries[i]))
        for i in range(len(starts))
        for j in range(i, min(i + _LONGEST, len(ends)))
    }
    matches = lookup_many((text for texts in tries.values() for text in texts), on=on)
    members = _Members(on, under)
    items: list[_Item] = []
    i = 0
    while i < len(starts):
        for j in reversed(range(i, min(i + _LONGEST, len(ends)))):
            text = words[starts[i] : ends[j]]
            item = _understood(text, members.of(text), _best(tries[i, j], matches))
            if item is not None:
                break
        else:
            j, item = i, _Item(words[starts[i] : ends[i]])
        items.append(item)
        item.ends_clause = ";" in words[ends[j] : starts[j + 1]] if j + 1 < len(starts) else True
        i = j + 1
    _withdraw_qualified(items)
    return Group(
        tuple({agency.pk: agency for item in items for agency in item.agencies}.values()),
        tuple(item.text for item in items if not item.agencies and item.ambiguous is None),
        tuple(item.ambiguous for item in items if item.ambiguous is not None),
    )


@dataclass
class _Item:
    """One run of atoms and what it was taken for: agencies by name, a group, an ambiguous name, or nothing."""

    text: str
    agencies: tuple[Agency, ...] = ()
    is_group: bool = False
    ambiguous: Match | None = None
    ends_clause: bool = False


def _understood(text: str, group: list[Agency] | None, match: Match | None) -> _Item | None:
    if group is not None:
        return _Item(text, tuple(group), is_group=True)
    if match is None:
        return None
    return _Item(text, (match.agency,)) if match.agency is not None else _Item(text, ambiguous=match)


def _withdraw_qualified(items: list[_Item]) -> None:
    """In "các Sở, ngành, đơn vị liên quan" the last words narrow the group before them, back to its "các"."""
    for place, item in enumerate(items):
        key = spelling_key(item.text)
        if item.agencies or not _QUALIFIED.search(key) or key.startswith("cac "):
            continue
        for before in reversed(items[:place]):
            if before.ends_clause or before.ambiguous is not None or (before.agencies and not before.is_group):
                break
            before.agencies = ()
            if spelling_key(before.text).startswith(("cac ", "uy ban nhan dan cac ")):
                break


def _atoms(words: str) -> tuple[list[int], list[int]]:
    """Where each atom begins and ends."""
    cuts = [(0, 0), *((found.start(), found.end()) for found in _DELIMITER.finditer(words)), (len(words), len(words))]
    spans = [(after, before) for (_, after), (before, _) in pairwise(cuts)]
    kept = [(a, b) for a, b in spans if words[a:b].strip(" .:")]
    return [a for a, _ in kept], [b for _, b in kept]


def _carries(atoms: list[str]) -> list[str]:
    """For each atom the word that an earlier one lends it: in "các Sở Tài chính, Y tế" the second lacks its "Sở"."""
    carries: list[str] = []
    lent = ""
    for atom in atoms:
        carries.append(lent)
        found = _CARRY.match(spelling_key(atom))
        if found:
            lent = f"{found[1] or ''} {found[2]}".strip()
    return carries


def _spellings(text: str, carry: str) -> Iterable[str]:
    yield text
    found = _CARRY.match(spelling_key(text))
    if found:
        yield f"{found[1] or ''} {found[2]} {spelling_key(text)[found.end() :]}".strip()
    if carry:
        yield f"{carry} {text}"
        if carry.startswith(COUNCIL):
            yield f"{COUNCIL}{text}"


def _best(texts: list[str], matches: Mapping[str, Match]) -> Match | None:
    for text in texts:
        if matches[text].agency is not None or matches[text].candidates:
            return matches[text]
    return None


class _Members:
    """The agencies of a day, read once when the first group is met."""

    def __init__(self, on: date, under: Agency | None) -> None:
        self.on, self.under = on, under
        self._all: list[tuple[Agency, str]] | None = None
        self._places: list[str] | None = None

    def of(self, text: str) -> list[Agency] | None:
        """The members of the group that `text` names; None where it names none."""
        key = spelling_key(text)
        if not _MAY_BE_GROUP.search(key):
            return None
        for name in dict.fromkeys((key, self._without_tail(key))):
            for pattern, chooser in _GROUPS:
                if pattern.fullmatch(name):
                    return [agency for agency, its_key in self.all() if chooser(agency, its_key)]
            beginnings = _levels(name)
            if beginnings:
                return [
                    agency for agency, its_key in self.all() if agency.kind in _LOCAL and its_key.startswith(beginnings)
                ]
        return None

    def _without_tail(self, key: str) -> str:
        if self._places is None:
            self._places = sorted(places(), key=len, reverse=True)
        for place in self._places:
            key = key.removesuffix(f" {place}")
        return _TAIL.sub("", key)

    def all(self) -> list[tuple[Agency, str]]:
        if self._all is None:
            agencies = existing(self.on)
            if self.under is not None:
                children = Affiliation.objects.filter(open_on("valid_from", "valid_to", self.on), parent=self.under)
                agencies = agencies.filter(pk__in=children.values("child"))
            self._all = [(agency, spelling_key(agency.name)) for agency in agencies]
        return self._all


def _levels(name: str) -> tuple[str, ...]:
    """How the names begin of those whom "các huyện, thị xã" means. One level alone is a group only after "các"."""
    found = _LEVELS.fullmatch(name)
    if found is None:
        return ()
    levels = re.findall(_LEVEL, found[2])
    if not found[1] and len(levels) < 2:
        return ()
    return tuple(f"uy ban nhan dan {level} " for level in levels)
