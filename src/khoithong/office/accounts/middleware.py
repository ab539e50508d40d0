"""Who has gone away is signed out; who has a temporary password changes it before anything else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from khoithong.office.accounts.models import Role
from khoithong.office.accounts.permissions import roles_of
from khoithong.office.base.clock import now

SEEN = "seen_at"
WRITE_EVERY = timedelta(minutes=1)
"""A session is written at most this often, so that reading pages stays reading. The idle time is kept up to one
minute too strictly for that, never too loosely."""

Answer = Callable[[HttpRequest], HttpResponse]


class IdleSignOut:
    """Signs a person out who has not asked for anything in `IDLE_MINUTES` (administrators: `ADMIN_IDLE_MINUTES`)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if not person.is_authenticated:
            return self.get_response(request)
        at = now()
        seen = _moment(request.session.get(SEEN))
        if seen is not None and (minutes := _away_too_long(person, at - seen)):
            logout(request)
            messages.info(
                request, _("Bạn đã được đăng xuất vì không thao tác trong %(count)d phút.") % {"count": minutes}
            )
            return _go(request, f"{reverse('accounts:sign-in')}?{urlencode({'next': _came_from(request)})}")
        if seen is None or at - seen >= WRITE_EVERY:
            request.session[SEEN] = at.isoformat()
        return self.get_response(request)


class PasswordMustChange:
    """Leads a person with a temporary password to the page that changes it, and lets no other page open."""

    ALLOWED = ("accounts:password", "accounts:sign-out", "set_language")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Called once the address is resolved, before the view."""
        person = request.user
        if not person.is_authenticated or not person.must_change_password:
            return None
        match = request.resolver_match
        if match is not None and match.view_name in self.ALLOWED:
            return None
        return _go(request, reverse("accounts:password"))


def idle_minutes(person: Any) -> int:
    """After how many minutes without a request `person` is signed out."""
    if Role.ADMINISTRATOR in roles_of(person):
        return min(settings.ADMIN_IDLE_MINUTES, settings.IDLE_MINUTES)
    return int(settings.IDLE_MINUTES)


def _away_too_long(person: Any, away: timedelta) -> int | None:
    """The limit that was passed, in minutes; None while there is still time."""
    # Whoever asked a moment ago needs no look at the roles: most requests cost no query here.
    if away <= timedelta(minutes=min(settings.ADMIN_IDLE_MINUTES, settings.IDLE_MINUTES)):
        return None
    minutes = idle_minutes(person)
    return minutes if away > timedelta(minutes=minutes) else None


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _came_from(request: HttpRequest) -> str:
    """Where to go back to: the page itself, never the address of a form that was being sent."""
    htmx = getattr(request, "htmx", None)
    if htmx and htmx.current_url_abs_path:
        return str(htmx.current_url_abs_path)
    return request.get_full_path() if request.method == "GET" else "/"


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # A redirect would be followed behind the page's back and its answer put into a part of the page.
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
