"""Addresses of what stands behind a figure: the list of tasks, and the pages of agencies and papers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def tasks_url(**filters: Any) -> str:
    """The list of tasks, narrowed by `filters` (lead, paper, time, state, due_to); a list is any of it."""
    query = urlencode({key: value for key, value in filters.items() if value is not None}, doseq=True)
    address = reverse("tasks:list")
    return f"{address}?{query}" if query else address


def page_pattern(url_name: str) -> str:
    """The address of an object's page with "{}" for its key; "" while there is no such page."""
    try:
        return reverse(url_name, args=[0]).replace("/0/", "/{}/")
    except NoReverseMatch:
        return ""
