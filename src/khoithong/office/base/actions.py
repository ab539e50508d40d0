"""What makes a function an action: one transaction, refusals that a person can mend, one audit entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from khoithong.office.base.models import AuditEntry

VERBS: dict[str, str | Promise] = {}
"""Every verb of the audit trail with its words; each app adds its own in its `actions.py`."""


class Refused(Exception):
    """An action that was not done because a person must mend something first; `message` names place and way out."""

    def __init__(self, message: str | Promise, *, field: str | None = None, code: str = "refused") -> None:
        super().__init__(str(message))
        self.message = str(message)
        self.field = field
        self.code = code


class Forbidden(Refused):
    """The person may not do this."""

    def __init__(self, message: str | Promise = "") -> None:
        default = _("Bạn không có quyền làm việc này. Hãy liên hệ quản trị hệ thống.")
        super().__init__(message or default, code="forbidden")


def in_vietnamese() -> override:
    """While this lasts texts are in Vietnamese, whatever language the person reads: for what is kept for good."""
    return override(settings.LANGUAGE_CODE)


def register_verbs(verbs: Mapping[str, str | Promise]) -> None:
    """Adds audit verbs, "app.thing_done" -> Vietnamese words. One verb registered with two wordings is a mistake."""
    for verb, words in verbs.items():
        if str(VERBS.setdefault(verb, words)) != str(words):
            raise ValueError(f"audit verb registered twice: {verb}")


@dataclass
class Record:
    """The audit entry in the making; the action names its object with `about`."""

    verb: str
    target: Model | None = None
    summary: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    def about(self, target: Model, *, summary: str = "", **data: Any) -> None:
        """Names what the action was done to. `summary` is Vietnamese; `data` JSON: what changed, from what to what."""
        self.target, self.summary = target, summary
        self.data.update(data)


@contextmanager
def recorded(*, verb: str, by: Any, at: datetime) -> Iterator[Record]:
    """Runs an action in one transaction and writes its one audit entry at the end; an exception undoes both.

    `by` is the acting Person, or None for the system itself (seeding, the clock).
    """
    if verb not in VERBS:
        raise KeyError(f"unknown audit verb {verb!r}: register it with register_verbs")
    with transaction.atomic():
        record = Record(verb)
        yield record
        if record.target is None:
            raise RuntimeError(f"action {verb} did not say what it was about")
        with in_vietnamese():
            AuditEntry.objects.create(
                at=at,
                actor=by,
                actor_name=str(by) if by is not None else str(_("Hệ thống")),
                verb=verb,
                object_type=record.target._meta.label_lower,
                object_id=str(record.target.pk),
                object_label=str(record.target)[:300],
                summary=record.summary,
                data=record.data,
            )


def story_of(target: Model) -> QuerySet[AuditEntry]:
    """The timeline of one object: its audit entries, newest first."""
    return AuditEntry.objects.filter(object_type=target._meta.label_lower, object_id=str(target.pk))
