"""Reading the agencies. What a spelling means is in `lookup`, what the words for a group mean in `groups`: both are
given out here, so that callers import from one place.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from khoithong.office.agencies.groups import Group, expand_group, read_group
from khoithong.office.agencies.lookup import (
    How,
    Match,
    existing,
    lookup,
    lookup_many,
    open_on,
    successors_of,
)
from khoithong.office.agencies.models import Affiliation, Agency, AgencyName
from khoithong.office.agencies.spelling import spelling_key

__all__ = [
    "Group",
    "How",
    "Match",
    "existing",
    "expand_group",
    "lookup",
    "lookup_many",
    "parents_on",
    "read_group",
    "successors_of",
    "suggest",
]


def parents_on(agency: Agency, *, on: date) -> list[Agency]:
    """Under whom an agency stands on a day, the nearest first."""
    chain: list[Agency] = []
    child = agency
    while True:
        link = (
            Affiliation.objects.filter(open_on("valid_from", "valid_to", on), child=child)
            .select_related("parent")
            .first()
        )
        if link is None or link.parent in (agency, *chain):
            return chain
        chain.append(link.parent)
        child = link.parent


def suggest(text: str, *, on: date, limit: int = 8) -> list[Agency]:
    """Agencies existing on a day one of whose names holds all the words of `text`, for a person to choose from."""
    names = Q()
    for word in spelling_key(text).split():
        names &= Q(folded__contains=word)
    ids = AgencyName.objects.filter(names).values("agency")
    return list(existing(on).filter(pk__in=ids)[:limit])
