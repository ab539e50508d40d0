"""What rooms above lay on the page of a paper: they register a panel, the page asks for it, nobody imports upwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from khoithong.office.accounts.models import Person
from khoithong.office.documents.models import Paper


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of the page: a template that draws one `<section class="panel">`, with what it needs."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Source = Callable[[Person, Paper, datetime], Panel | None]
SOURCES: list[Source] = []


def register_panel(source: Source) -> Source:
    """Adds a panel: `source(person, paper, at)` gives it, or None where it has nothing to say."""
    if source not in SOURCES:
        SOURCES.append(source)
    return source


def panels_of(person: Person, paper: Paper, *, at: datetime) -> list[Panel]:
    """The panels for `person` on the page of `paper`."""
    return [panel for source in SOURCES if (panel := source(person, paper, at)) is not None]
