"""Reading people and the audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import QuerySet

from khoithong.office.accounts.models import Person, Role
from khoithong.office.accounts.permissions import Capability, can
from khoithong.office.base.models import AuditEntry


def people_for_list() -> QuerySet[Person]:
    """All people with what a list shows of them."""
    return Person.objects.select_related("agency").prefetch_related("grants")


def role_labels(person: Person) -> list[str]:
    """The words of a person's roles, in the order of `Role`; no query where the grants were prefetched."""
    held = {grant.role for grant in person.grants.all()}
    return [str(label) for value, label in Role.choices if value in held]


def may_read_people(person: Any) -> bool:
    """Who manages people or reads the audit trail may see who there is."""
    return can(person, Capability.MANAGE_PEOPLE) or can(person, Capability.READ_AUDIT)


def is_locked(person: Person, *, at: datetime) -> bool:
    """Whether signing in is locked at a moment after failed attempts, from any place."""
    since = at - timedelta(hours=settings.AXES_COOLOFF_TIME)
    attempts = AccessAttempt.objects.filter(username=person.username, attempt_time__gte=since)
    return attempts.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).exists()


def audit_entries() -> QuerySet[AuditEntry]:
    """The whole trail, newest first."""
    return AuditEntry.objects.select_related("actor")


def actors() -> Iterable[tuple[Any, str]]:
    """Everybody, as choices of a filter."""
    return [
        (pk, f"{name} ({username})") for pk, name, username in Person.objects.values_list("pk", "full_name", "username")
    ]
