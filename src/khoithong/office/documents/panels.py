"""What rooms above lay on the page of a paper: they register a panel, the page asks for it, nobody imports upwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from khoithong.office.accounts.models import Person
from khoithong.office.agencies.models import Agency
from khoithong.office.base.panels import Panel
from khoithong.office.documents.models import Paper
from khoithong.office.documents.queries import visible_papers

__all__ = ["Panel", "issued_by", "panels_of", "register_panel"]


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


def issued_by(person: Person, agency: Agency, at: datetime) -> Panel | None:
    """On the page of an agency: how many of the papers that `person` sees it issued; None where there are none."""
    issued = visible_papers(person).filter(issuer=agency).count()
    return Panel("documents/agency_panel.html", {"agency": agency, "issued": issued}) if issued else None
