"""Many clerks at one register at the same moment: no number twice, none left out, also where some of them fail.

The first test takes the protection away and sees the race, so that the others prove something.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction

from khoithong.office.accounts.models import Person, Role
from khoithong.office.documents.actions import register_new_paper, register_paper, registering
from khoithong.office.documents.actions.numbering import open_register, take_number
from khoithong.office.documents.actions.registering import Line
from khoithong.office.documents.models import Entry, Paper, Register
from khoithong.office.documents.values import Facts
from tests.factories import AT, ON, make_paper, make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]

CLERKS, EACH = 6, 8


@pytest.fixture
def clerk() -> Person:
    return make_person(Role.CLERK)


def at_once(work: Callable[[int], Any], *, times: int = CLERKS) -> list[Any]:
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


def unprotected(meet: Callable[[], Any]) -> Callable[[Register], int]:
    """The way not to do it: read, add one, write. `meet` brings all to the same place between the two."""

    def take(register: Register) -> int:
        last = Register.objects.values_list("last_number", flat=True).get(pk=register.pk)
        meet()
        Register.objects.filter(pk=register.pk).update(last_number=last + 1)
        return last + 1

    return take


def test_without_protection_all_get_the_same_number(clerk: Person) -> None:
    register = open_register(clerk.agency, "in", ON)
    gate = threading.Barrier(CLERKS)
    take = unprotected(lambda: gate.wait(timeout=30))
    assert at_once(lambda _n: take(register)) == [1] * CLERKS


@pytest.mark.postgresql
def test_without_protection_the_database_refuses_the_double(clerk: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    open_register(clerk.agency, "in", ON)
    gate = threading.Barrier(CLERKS)
    monkeypatch.setattr(registering, "take_number", unprotected(lambda: gate.wait(timeout=30)))
    results = at_once(lambda n: enter(clerk, f"{n}/A"))
    assert sorted(type(r).__name__ for r in results) == ["Entry"] + ["IntegrityError"] * (CLERKS - 1)


def enter(by: Person, symbol: str) -> Entry:
    return register_new_paper(by=by, facts=Facts(symbol=symbol), direction="in", line=Line(), at=AT)


def test_each_gets_a_number_of_its_own_and_none_is_left_out(clerk: Person) -> None:
    def work(number: int) -> list[int]:
        return [enter(clerk, f"{number}.{turn}/A").number for turn in range(EACH)]

    given = at_once(work)

    assert [r for r in given if isinstance(r, Exception)] == []
    assert sorted(n for numbers in given for n in numbers) == list(range(1, CLERKS * EACH + 1))
    assert Register.objects.get().last_number == CLERKS * EACH


def test_who_fails_leaves_no_gap(clerk: Person) -> None:
    class PowerCut(Exception):
        pass

    def work(number: int) -> int:
        kept = 0
        for turn in range(EACH):
            try:
                with transaction.atomic():
                    enter(clerk, f"{number}.{turn}/A")
                    if (number + turn) % 3 == 0:
                        raise PowerCut
                kept += 1
            except PowerCut:
                pass
        return kept

    kept = at_once(work)

    assert [r for r in kept if isinstance(r, Exception)] == []
    numbers = sorted(Entry.objects.values_list("number", flat=True))
    assert numbers == list(range(1, sum(kept) + 1))
    assert 0 < sum(kept) < CLERKS * EACH
    assert Paper.objects.count() == sum(kept)


def test_one_paper_entered_by_all_at_once_is_entered_once(clerk: Person) -> None:
    paper = make_paper(holder=clerk.agency)

    results = at_once(lambda _n: register_paper(by=clerk, paper=paper, direction="in", line=Line(), at=AT))

    assert sorted(type(r).__name__ for r in results) == ["Entry"] + ["Refused"] * (CLERKS - 1)
    assert Register.objects.get().last_number == 1


def test_a_number_outside_a_transaction_is_refused(clerk: Person) -> None:
    register = open_register(clerk.agency, "in", ON)
    assert not connection.in_atomic_block
    with pytest.raises(transaction.TransactionManagementError):
        take_number(register)
    register.refresh_from_db()
    assert register.last_number == 0
