"""The one place where the office asks what time it is; everything below takes `at` or `on` as an argument."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware."""
    return timezone.now()


def local_date(at: datetime) -> date:
    """The calendar day of `at` in Viet Nam: the day that a register or a deadline counts."""
    return timezone.localtime(at).date()
