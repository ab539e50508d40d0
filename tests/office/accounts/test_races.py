"""Two administrators who take each other away at the same moment: one stays. Two of one name: one is added."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections, transaction

from khoithong.office.accounts.actions import add_person, change_roles, deactivate_person
from khoithong.office.accounts.models import Person, Role, RoleGrant
from khoithong.office.base.actions import Refused
from tests.factories import AT, make_agency, make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each gave or raised, all begun at the same moment, each on a connection of its own."""
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


def administrators() -> int:
    return Person.objects.filter(is_active=True, grants__role=Role.ADMINISTRATOR).count()


def test_without_the_lock_both_would_go() -> None:
    one, other = make_person(Role.ADMINISTRATOR), make_person(Role.ADMINISTRATOR)
    looked = threading.Barrier(2)

    def careless(person: Person) -> None:
        enough = administrators() > 1
        looked.wait(timeout=30)
        with transaction.atomic():
            if enough:
                RoleGrant.objects.filter(person=person).delete()

    at_once(lambda: careless(one), lambda: careless(other))
    assert administrators() == 0


@pytest.mark.parametrize("how", ["roles", "stop", "one of each"])
def test_two_administrators_cannot_both_go(how: str) -> None:
    one, other = make_person(Role.ADMINISTRATOR), make_person(Role.ADMINISTRATOR)

    def demote(by: Person, person: Person) -> Any:
        return change_roles(by=by, at=AT, person=person, roles=["officer"])

    def stop(by: Person, person: Person) -> Any:
        return deactivate_person(by=by, at=AT, person=person, reason="thử")

    first, second = {"roles": (demote, demote), "stop": (stop, stop), "one of each": (demote, stop)}[how]
    results = at_once(lambda: first(one, other), lambda: second(other, one))
    assert administrators() == 1, results
    assert [type(result) for result in results].count(Person) == 1, results
    assert sum(isinstance(result, Refused) for result in results) == 1, results


def test_a_username_is_given_once() -> None:
    agency = make_agency()
    works = [
        lambda: add_person(by=None, at=AT, username="le.an", full_name="Lê An", agency=agency, roles=["officer"])
    ] * 4
    results = at_once(*works)
    assert sum(isinstance(result, tuple) for result in results) == 1, results
    assert sum(isinstance(result, Refused) for result in results) == 3, results
