"""Reading the agencies. What a spelling means is in `lookup`, what the words for a group mean in `groups`: both are
given out here, so that callers import from one place.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

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
from khoithong.office.agencies.models import Affiliation, Agency, AgencyName, Succession
from khoithong.office.agencies.spelling import spelling_key

__all__ = [
    "Group",
    "How",
    "Match",
    "agencies_for_list",
    "agency_with_all",
    "existing",
    "expand_group",
    "lookup",
    "lookup_many",
    "parents_on",
    "read_group",
    "span_words",
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


def agencies_for_list() -> QuerySet[Agency]:
    """All agencies with what a list shows of them; four queries whatever their number."""
    return Agency.objects.prefetch_related(_links("affiliations", Affiliation, "parent"), _successions())


def agency_with_all() -> QuerySet[Agency]:
    """Agencies with names, parents, children, predecessors and successors."""
    return Agency.objects.prefetch_related(
        "names",
        _links("affiliations", Affiliation, "parent"),
        _links("child_affiliations", Affiliation, "child"),
        _links("inheritances", Succession, "predecessor"),
        _successions(),
    )


def span_words(agency: Agency) -> str:
    """When an agency exists, in words; empty where neither end is known."""
    if agency.exists_from and agency.exists_to:
        return f"{agency.exists_from:%d/%m/%Y} – {agency.exists_to:%d/%m/%Y}"
    if agency.exists_to:
        return _("đến hết %(day)s") % {"day": f"{agency.exists_to:%d/%m/%Y}"}
    if agency.exists_from:
        return _("từ %(day)s") % {"day": f"{agency.exists_from:%d/%m/%Y}"}
    return ""


def _links(name: str, model: type[Affiliation] | type[Succession], other: str) -> Prefetch:
    return Prefetch(name, queryset=model.objects.select_related(other).order_by(f"{other}__sort_key", "id"))


def _successions() -> Prefetch:
    return _links("successions", Succession, "successor")
