"""Signing in and out leave their entries in the audit trail, and so do failures and locks."""

from __future__ import annotations

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.utils.translation import gettext_lazy

from khoithong.office.accounts.middleware import SEEN
from khoithong.office.accounts.models import Person
from khoithong.office.base.actions import recorded, register_verbs
from khoithong.office.base.clock import now

SIGNED_IN, SIGNED_OUT = "accounts.signed_in", "accounts.signed_out"
FAILED, LOCKED = "accounts.sign_in_failed", "accounts.sign_in_locked"

register_verbs(
    {
        SIGNED_IN: gettext_lazy("Đăng nhập"),
        SIGNED_OUT: gettext_lazy("Đăng xuất"),
        FAILED: gettext_lazy("Đăng nhập sai"),
        LOCKED: gettext_lazy("Tạm khóa đăng nhập"),
    }
)


def connect() -> None:
    """Listens from now on; called once, when the apps are ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="accounts.audit.in")
    user_logged_out.connect(_signed_out, dispatch_uid="accounts.audit.out")
    user_login_failed.connect(_failed, dispatch_uid="accounts.audit.failed")
    user_locked_out.connect(_locked, dispatch_uid="accounts.audit.locked")


def _signed_in(sender: Any, request: Any, user: Person, **_kwargs: Any) -> None:
    request.session[SEEN] = now().isoformat()
    _write(SIGNED_IN, by=user, about=user, address=_address(request))


def _signed_out(sender: Any, request: Any, user: Person | None, **_kwargs: Any) -> None:
    if user is not None:
        _write(SIGNED_OUT, by=user, about=user)


def _failed(sender: Any, credentials: dict[str, Any], request: Any = None, **_kwargs: Any) -> None:
    _write(FAILED, by=None, about=_whom(credentials.get("username")), address=_address(request))


def _locked(sender: Any, request: Any = None, username: str | None = None, **_kwargs: Any) -> None:
    _write(LOCKED, by=None, about=_whom(username), address=_address(request))


def _write(verb: str, *, by: Person | None, about: Person, **data: Any) -> None:
    with recorded(verb=verb, by=by, at=now()) as record:
        record.about(about, **data)


def _whom(username: str | None) -> Person:
    """The person whose name was typed. A name that nobody has is kept only in part: it may be a password, misplaced."""
    typed = (username or "").lower()
    known = Person.objects.filter(username=typed).first()
    return known or Person(username=f"{typed[:3]}…")


def _address(request: Any) -> str:
    return str(request.META.get("REMOTE_ADDR", "")) if request is not None else ""
