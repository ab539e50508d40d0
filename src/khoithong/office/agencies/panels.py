"""What rooms above lay on the page of an agency: they register a panel and the page asks for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from khoithong.office.agencies.models import Agency
from khoithong.office.base.panels import Panel

Source = Callable[[Any, Agency, datetime], Panel | None]
SOURCES: list[Source] = []


def register_panel(source: Source) -> Source:
    """Adds a panel: `source(person, agency, at)` gives it, or None where it has nothing to say."""
    if source not in SOURCES:
        SOURCES.append(source)
    return source


def panels_of(person: Any, agency: Agency, *, at: datetime) -> list[Panel]:
    """The panels for `person` on the page of `agency`."""
    return [panel for source in SOURCES if (panel := source(person, agency, at)) is not None]
