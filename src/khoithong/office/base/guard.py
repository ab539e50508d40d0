"""Lets an app below the accounts ask what only the accounts know: whether a person may do a thing.

`accounts` hands its rule in when Django starts (`set_guard`); until then everybody is refused.
"""

from __future__ import annotations

from typing import Any, Protocol

from khoithong.office.base.actions import Forbidden


class Guard(Protocol):
    """Raises Forbidden unless `person` holds `capability` (a value of `accounts.permissions.Capability`)."""

    def __call__(self, person: Any, capability: str, /) -> None: ...


def _refuse_all(_person: Any, _capability: str, /) -> None:
    raise Forbidden


_guard: Guard = _refuse_all


def set_guard(guard: Guard) -> None:
    """Takes the rule that `require` applies from now on."""
    global _guard  # set once, when the apps are ready
    _guard = guard


def require(person: Any, capability: str) -> None:
    """Raises Forbidden unless `person` may do it; None is the system itself, which may."""
    _guard(person, capability)


def allowed(person: Any, capability: str) -> bool:
    """Whether `require` lets the person pass: for a page that shows a button or not."""
    try:
        require(person, capability)
    except Forbidden:
        return False
    return True
