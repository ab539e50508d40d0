"""Numbers of a register: one after the other in each year, none left out, none given twice."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction
from django.db.models import F

from khoithong.office.agencies.models import Agency
from khoithong.office.documents.models import Register


def open_register(agency: Agency, direction: str, on: date) -> Register:
    """The register for the year of `on`, opened with its first paper."""
    register, _opened = Register.objects.get_or_create(agency=agency, direction=direction, year=on.year)
    return register


def take_number(register: Register) -> int:
    """The next number of `register`. Must run in the transaction that writes the entry.

    The update takes the row for this transaction alone until it ends: the next one waits, and sees the number only if
    it was kept. A transaction that is undone gives its number back.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a number is taken only in the transaction that uses it")
    Register.objects.filter(pk=register.pk).update(last_number=F("last_number") + 1)
    return Register.objects.values_list("last_number", flat=True).get(pk=register.pk)
