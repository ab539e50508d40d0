"""What waits for a person: each app offers its own counts, the frame shows them on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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


def waiting_for(person: Any, *, at: datetime) -> tuple[Waiting, ...]:
    """What waits for `person` now; kinds of which nothing waits are left out."""
    return tuple(item for source in SOURCES for item in source(person, at) if item.count)
