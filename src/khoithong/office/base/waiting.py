"""What waits for a person: each app offers its own counts, the frame shows them on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Value
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of thing that waits: its words ("Minh chứng chờ xác nhận"), how many, and the page that lists them."""

    label: str | Promise
    count: int
    url: str


Source = Callable[[Any, datetime], Iterable[Waiting]]
SOURCES: list[Source] = []


def register(source: Source) -> Source:
    """Adds a source: `source(person, at)` yields what waits, in a number of queries that does not grow with rows."""
    if source not in SOURCES:
        SOURCES.append(source)
    return source


def counted_together(*querysets: QuerySet[Any]) -> list[int]:
    """How many rows each of `querysets` has, of whatever models, asked in one query: every page of the frame asks."""
    parts = [
        queryset.order_by()
        .annotate(kind_waiting=Value(number, output_field=IntegerField()))
        .values("kind_waiting")
        .annotate(many_waiting=Count("pk"))
        .values_list("kind_waiting", "many_waiting")
        for number, queryset in enumerate(querysets)
    ]
    first, *others = parts
    found = dict(first.union(*others, all=True) if others else first)
    return [found.get(number, 0) for number in range(len(parts))]


def waiting_for(person: Any, *, at: datetime) -> tuple[Waiting, ...]:
    """What waits for `person` now; kinds of which nothing waits are left out."""
    return tuple(item for source in SOURCES for item in source(person, at) if item.count)
