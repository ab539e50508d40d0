"""Who a spelling means on a day, and who stands for an agency that is gone.

A look-up never guesses: where two agencies answer to a spelling both are candidates and none is the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import F, Prefetch, Q, QuerySet

from khoithong.office.agencies.models import Affiliation, Agency, AgencyName, Kind, Succession
from khoithong.office.agencies.spelling import spelling_key


class How(Enum):
    """How a spelling led to an agency; the surer first."""

    OFFICIAL = "official"
    SHORT = "short"
    VARIANT = "variant"
    LOCALITY = "locality"  # the name with the province said after it
    TITLE = "title"  # said of the one who heads it
    OTHER_TIME = "other_time"  # a name that the agency bore at another time
    GONE = "gone"  # the agency does not exist on that day


@dataclass(frozen=True)
class Match:
    """What a spelling means on a day.

    `agency` is the one agency it means, or None. `candidates` are those between which a person must choose.
    For an agency that does not exist on that day (`how` is GONE) `agency` is None, `gone` names it and `successors`
    who took over by that day: a hint, not an answer.
    """

    text: str
    agency: Agency | None = None
    how: How | None = None
    candidates: tuple[Agency, ...] = ()
    gone: Agency | None = None
    successors: tuple[Agency, ...] = ()


TITLES = (
    "pho thu tuong chinh phu", "thu truong", "chu tich", "pho chu tich", "giam doc", "tong giam doc", "bo truong",
    "thong doc", "chu nhiem", "chanh", "pho chanh", "truong", "pho", "cuc truong", "tong cuc truong", "vien truong",
    "chi huy truong", "dong chi", "ong", "ba", "lanh dao",
)  # fmt: skip
_TITLES = sorted({spelling_key(title) for title in TITLES}, key=len, reverse=True)
COUNCIL = "uy ban nhan dan "


def existing(on: date) -> QuerySet[Agency]:
    """The agencies that exist on a day."""
    return Agency.objects.filter(open_on("exists_from", "exists_to", on))


def lookup(text: str, *, on: date) -> Match:
    """Whom `text` means on a day, in whatever spelling. At most four queries."""
    return lookup_many([text], on=on)[text]


def lookup_many(texts: Iterable[str], *, on: date) -> dict[str, Match]:
    """`lookup` for many texts with the queries of one."""
    wanted = list(dict.fromkeys(texts))
    provinces = places()
    tried = {text: list(_keys(spelling_key(text), provinces)) for text in wanted}
    named = _named({key for keys in tried.values() for key, _, _ in keys})
    matches = {text: _match(text, tried[text], named, on) for text in wanted}
    return _with_successors(matches, on=on)


def successors_of(agency: Agency, *, on: date) -> list[Agency]:
    """Who has what was the agency's on a day, followed through successors that are themselves gone by then."""
    return list(_successors({agency.pk}, on=on).get(agency.pk, ()))


def open_on(start: str, end: str, on: date) -> Q:
    """The rows whose span of days, kept in the two fields named, covers `on`; an empty field is an open end."""
    return (Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": on})) & (
        Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": on})
    )


def _covers(start: date | None, end: date | None, on: date) -> bool:
    return (start is None or start <= on) and (end is None or on <= end)


def places() -> dict[str, int]:
    """Words for a province, as they follow a name ("tinh quang nam", "quang nam") -> its agency."""
    names = AgencyName.objects.filter(agency__kind=Kind.PROVINCE, folded__startswith=COUNCIL)
    found: dict[str, int] = {}
    for folded, agency in names.values_list("folded", "agency_id"):
        place = folded.removeprefix(COUNCIL)
        for words in (place, place.removeprefix("tinh ").removeprefix("thanh pho ")):
            if words not in ("", "tinh", "thanh pho"):
                found[words] = agency
    return found


def _keys(key: str, provinces: Mapping[str, int]) -> Iterator[tuple[str, How | None, int | None]]:
    """The keys under which to look for a spelling, the surest first: (key, how if other than by name, its province)."""
    seen = key
    how: How | None = None
    while seen:
        yield seen, how, None
        for words, province in provinces.items():
            if seen.endswith(f" {words}"):
                head = seen.removesuffix(f" {words}")
                yield head, how or How.LOCALITY, province
                yield f"{head} tinh", how or How.LOCALITY, province
        title = next((title for title in _TITLES if seen.startswith(f"{title} ")), None)
        if title is None:
            return
        seen, how = seen.removeprefix(f"{title} "), How.TITLE


def _named(keys: Iterable[str]) -> dict[str, list[AgencyName]]:
    affiliations = Prefetch("agency__affiliations", queryset=Affiliation.objects.order_by("id"))
    found = AgencyName.objects.filter(folded__in=set(keys)).select_related("agency").prefetch_related(affiliations)
    named: dict[str, list[AgencyName]] = {}
    for name in found.order_by("agency__sort_key", "agency_id", "id"):
        named.setdefault(name.folded, []).append(name)
    return named


def _match(
    text: str,
    tried: list[tuple[str, How | None, int | None]],
    named: Mapping[str, list[AgencyName]],
    on: date,
) -> Match:
    """The first key that means somebody existing wins; failing that, a name of another time; failing that, the gone."""
    other_time: dict[int, Agency] = {}
    gone: dict[int, Agency] = {}
    for key, how, province in tried:
        here: dict[int, tuple[Agency, How]] = {}
        for name in named.get(key, ()):
            agency = name.agency
            if province is not None and not _stands_under(agency, province, on):
                continue
            if not _covers(agency.exists_from, agency.exists_to, on):
                gone[agency.pk] = agency
            elif not _covers(name.valid_from, name.valid_to, on):
                other_time[agency.pk] = agency
            else:
                here.setdefault(agency.pk, (agency, how or How(name.use)))
        if len(here) == 1:
            (found,) = here.values()
            return Match(text, agency=found[0], how=found[1])
        if here:
            return Match(text, candidates=tuple(agency for agency, _ in here.values()))
    if len(other_time) == 1:
        return Match(text, agency=next(iter(other_time.values())), how=How.OTHER_TIME)
    if other_time:
        return Match(text, candidates=tuple(other_time.values()))
    if len(gone) == 1:
        return Match(text, how=How.GONE, gone=next(iter(gone.values())))
    return Match(text, candidates=tuple(gone.values()))


def _stands_under(agency: Agency, province: int, on: date) -> bool:
    """Whether an agency stands under a province on a day; one that is gone, whether it did when it existed."""
    day = min(on, agency.exists_to) if agency.exists_to else on
    return any(
        link.parent_id == province and _covers(link.valid_from, link.valid_to, day)
        for link in agency.affiliations.all()
    )


def _with_successors(matches: dict[str, Match], *, on: date) -> dict[str, Match]:
    gone = {match.gone.pk for match in matches.values() if match.gone is not None}
    if not gone:
        return matches
    successors = _successors(gone, on=on)
    return {
        text: Match(text, how=match.how, gone=match.gone, successors=successors.get(match.gone.pk, ()))
        if match.gone is not None
        else match
        for text, match in matches.items()
    }


def _successors(ids: set[int], *, on: date) -> dict[int, tuple[Agency, ...]]:
    """Agency -> who stands for it on a day. Two queries whatever the number; cycles are walked once."""
    links: dict[int, list[int]] = {}
    for predecessor, successor in (
        Succession.objects.filter(on__lte=on).order_by(F("on"), "id").values_list("predecessor_id", "successor_id")
    ):
        links.setdefault(predecessor, []).append(successor)
    reached = {start: _last_of(start, links) for start in ids}
    agencies = {
        agency.pk: agency for agency in existing(on).filter(pk__in={pk for end in reached.values() for pk in end})
    }
    return {start: tuple(agencies[pk] for pk in end if pk in agencies) for start, end in reached.items()}


def _last_of(start: int, links: Mapping[int, list[int]]) -> list[int]:
    ends: list[int] = []
    seen, waiting = {start}, list(links.get(start, ()))
    while waiting:
        current = waiting.pop(0)
        if current in seen:
            continue
        seen.add(current)
        onward = links.get(current)
        if onward:
            waiting.extend(onward)
        else:
            ends.append(current)
    return ends
