"""Two at one task, and two at one paper, at the same moment: one succeeds, the other is told, nothing is doubled.

The first test takes the lock away and sees the race, so that the others prove something.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections, transaction

from khoithong.office.accounts.models import Role
from khoithong.office.base.actions import Refused
from khoithong.office.base.models import AuditEntry
from khoithong.office.tasks import actions
from khoithong.office.tasks.models import Extension, Progress, Proof, Task
from khoithong.office.tasks.plan import machine_choices, plan_for
from tests.office.tasks import things
from tests.office.tasks.things import AT, TODAY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]

WRITERS = 5


def at_once(work: Callable[[int], Any], *, times: int = WRITERS) -> list[Any]:
    """What `work(n)` gave or raised for each n, all begun at the same moment, each on a connection of its own."""
    gate = threading.Barrier(times)

    def run(number: int) -> Any:
        try:
            gate.wait(timeout=30)
            return work(number)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def names_of(results: list[Any]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_without_the_lock_the_last_writer_wins_unseen() -> None:
    task = things.task()
    gate = threading.Barrier(2)

    def careless(number: int) -> None:
        seen = Task.objects.get(pk=task.pk)
        gate.wait(timeout=30)
        with transaction.atomic():
            seen.percent += 10
            seen.version += 1
            seen.save()

    at_once(careless, times=2)
    assert (Task.objects.get().percent, Task.objects.get().version) == (10, 2)


def test_of_many_reports_on_one_version_one_is_written() -> None:
    task = things.task()
    officer = things.person("Sở A", Role.OFFICER)

    results = at_once(
        lambda n: actions.report_progress(by=officer, task=task, version=1, percent=n, text=f"người {n}", at=AT)
    )

    assert names_of(results) == ["Progress"] + ["Stale"] * (WRITERS - 1)
    assert Progress.objects.count() == AuditEntry.objects.count() == 1
    assert Task.objects.get().version == 2


def test_one_paper_confirmed_by_many_gives_its_tasks_once() -> None:
    paper = things.paper(issuer=things.agency())
    things.duty(["Sở A", "Sở B"], of=paper)
    things.agency("Sở A")
    things.agency("Sở B")
    by = things.person("Văn phòng Thử", Role.COORDINATOR)
    plan = plan_for(paper, on=TODAY)
    choices = actions.Choices(assigner=things.agency(), fingerprint=plan.fingerprint, names=machine_choices(plan))

    results = at_once(lambda _n: actions.assign_tasks(by=by, paper=paper, choices=choices, at=AT))

    assert names_of(results) == ["Refused"] * (WRITERS - 1) + ["list"]
    assert all(result.code == "confirmed" for result in results if isinstance(result, Refused))
    assert Task.objects.count() == 3
    assert AuditEntry.objects.count() == 1


def test_a_proof_is_not_both_confirmed_and_withdrawn() -> None:
    task = things.task()
    officer = things.person("Sở A", Role.OFFICER)
    chief = things.person("UBND tỉnh Thử", Role.HEAD)
    proof = actions.offer_proof(by=officer, task=task, version=1, reason="x", done_on=TODAY, at=AT)

    def work(number: int) -> Any:
        if number % 2:
            return actions.withdraw_proof(by=officer, proof=proof, version=2, at=AT)
        return actions.confirm_completion(by=chief, proof=proof, version=2, at=AT)

    assert names_of(at_once(work)) == ["Proof"] + ["Stale"] * (WRITERS - 1)
    assert Proof.objects.get().state in ("confirmed", "withdrawn")


def test_of_many_requests_for_more_time_one_is_open() -> None:
    task = things.task(deadline_on=TODAY)
    officer = things.person("Sở A", Role.OFFICER)
    later = TODAY.replace(month=12)

    results = at_once(
        lambda _n: actions.ask_extension(by=officer, task=task, version=1, new_deadline=later, reason="x", at=AT)
    )

    assert names_of(results) == ["Extension"] + ["Stale"] * (WRITERS - 1)
    assert Extension.objects.count() == 1
