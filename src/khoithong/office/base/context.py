"""What the frame of every page needs: sections and what waits. Asked only by templates that draw the frame."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from khoithong.office.base.clock import now
from khoithong.office.base.navigation import sections_for
from khoithong.office.base.waiting import waiting_for


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `sections`, `waiting` (a tuple) and `waiting_total`; for nobody signed in, nothing."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"sections": [], "waiting": (), "waiting_total": 0}
    waiting = SimpleLazyObject(lambda: waiting_for(person, at=now()))
    return {
        "sections": SimpleLazyObject(lambda: sections_for(request)),
        "waiting": waiting,
        "waiting_total": SimpleLazyObject(lambda: sum(item.count for item in waiting)),
    }
