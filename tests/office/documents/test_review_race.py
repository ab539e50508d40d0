"""Two people at one finding at the same moment: one decides, the other is told; nobody confirms halfway."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections, transaction

from khoithong.office.accounts.models import Person
from khoithong.office.base.models import AuditEntry
from khoithong.office.documents.actions import (
    accept_finding,
    accept_sure_findings,
    discard_finding,
    mark_reading_confirmed,
    restore_finding,
)
from khoithong.office.documents.models import Paper, Reading
from tests.factories import AT, make_person
from tests.office.documents.making import duties, receive

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


@pytest.fixture
def officer() -> Person:
    return make_person()


@pytest.fixture
def paper(officer: Person) -> Paper:
    return receive(officer)


def both(*works: Callable[[], Any]) -> list[Any]:
    """What each gave or raised, begun at the same moment, each on a connection of its own."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        try:
            gate.wait(timeout=30)
            return work()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_of_several_who_decide_at_once_one_does_and_the_others_are_told(officer: Person, paper: Paper) -> None:
    finding = duties(paper)[0]
    results = both(
        *[lambda: accept_finding(by=officer, finding=finding, version=1, at=AT)] * 3,
        *[lambda: discard_finding(by=officer, finding=finding, version=1, at=AT)] * 3,
    )
    assert sorted(type(r).__name__ for r in results) == ["Finding"] + ["Refused"] * 5
    assert {r.code for r in results if isinstance(r, Exception)} == {"conflict"}  # type: ignore[attr-defined]
    decided = AuditEntry.objects.filter(verb__in=("documents.finding_accepted", "documents.finding_discarded"))
    assert decided.count() == 1


def test_a_reading_is_confirmed_with_all_decided_or_not_at_all(officer: Person, paper: Paper) -> None:
    accept_sure_findings(by=officer, reading=paper.reading, at=AT)
    last = duties(paper)[1]
    accept_finding(by=officer, finding=last, version=1, at=AT)

    def confirm() -> Reading:
        with transaction.atomic():
            return mark_reading_confirmed(reading=paper.reading, by=officer, at=AT)

    both(confirm, lambda: restore_finding(by=officer, finding=last, version=2, at=AT))

    reading = Reading.objects.get()
    states = {f.state for f in duties(paper)}
    assert (reading.state, "proposed" in states) in (("confirmed", False), ("draft", True))
