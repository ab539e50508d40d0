"""The sections of the frame: each is shown where its page exists and the person may open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


def _everyone(_person: Any) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section. `covers` are view names ("reports:dashboard") or whole apps ("tasks:") during which it is current."""

    label: str | Promise
    icon: str
    url_name: str
    order: int
    covers: tuple[str, ...] = ()
    visible: Callable[[Any], bool] = _everyone


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A section as one page shows it; `beyond` means behind "Thêm" on a telephone."""

    label: str | Promise
    icon: str
    url: str
    current: bool
    beyond: bool


SECTIONS: dict[str, Section] = {}
BAR_LENGTH = 5


def register_section(section: Section) -> None:
    """Adds a section, or replaces the one that leads to the same page."""
    SECTIONS[section.url_name] = section


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _covering(view_name: str) -> str:
    """The url_name of the section that covers a view: the longest rule that fits wins."""
    fits = [
        (len(rule), section.url_name)
        for section in SECTIONS.values()
        for rule in (section.url_name, *section.covers)
        if rule == view_name or (rule.endswith(":") and view_name.startswith(rule))
    ]
    return max(fits)[1] if fits else ""


def sections_for(request: HttpRequest) -> list[Shown]:
    """The sections that the signed-in person sees, the current one marked."""
    match = request.resolver_match
    current = _covering(match.view_name) if match else ""
    there = [
        (section, url)
        for section in sorted(SECTIONS.values(), key=lambda section: section.order)
        if (url := _url(section.url_name)) and section.visible(request.user)
    ]
    first = BAR_LENGTH if len(there) <= BAR_LENGTH else BAR_LENGTH - 1
    return [
        Shown(
            label=section.label,
            icon=section.icon,
            url=url,
            current=section.url_name == current,
            beyond=place >= first,
        )
        for place, (section, url) in enumerate(there)
    ]
