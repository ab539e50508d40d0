"""An empty office is opened by one command, and by it only while nobody administers it."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import CommandError, call_command

from khoithong.office.accounts.models import Person, Role
from khoithong.office.accounts.permissions import roles_of
from khoithong.office.agencies.models import Agency
from khoithong.office.base.models import AuditEntry
from tests.factories import make_agency, make_person

pytestmark = pytest.mark.django_db


def run(**options: str) -> str:
    out = io.StringIO()
    given = {"username": "quan-tri", "name": "Lê An", "agency": "Văn phòng Đầu mối"} | options
    call_command("first_administrator", stdout=out, **given)
    return out.getvalue()


def test_it_makes_the_person_and_the_agency_and_prints_the_password() -> None:
    said = run()
    person = Person.objects.get(username="quan-tri")
    assert (person.agency.name, person.agency.code) == ("Văn phòng Đầu mối", "van-phong-dau-moi")
    assert roles_of(person) == {Role.ADMINISTRATOR}
    found = re.search(r": (\S+)$", said.strip())
    assert found is not None
    assert person.check_password(found[1])
    assert person.must_change_password
    assert AuditEntry.objects.filter(actor=None).count() == 2


def test_a_known_agency_is_taken() -> None:
    agency = make_agency("Sở Thông tin và Truyền thông")
    run(agency="Sở TT&TT")
    assert Person.objects.get().agency == agency
    assert Agency.objects.count() == 1


def test_it_refuses_where_somebody_administers_and_not_where_nobody_does_any_more() -> None:
    make_person(Role.ADMINISTRATOR, is_active=False)
    make_person(Role.COORDINATOR)
    run()
    with pytest.raises(CommandError, match="đã có quản trị"):
        run(username="ke-khac")
    assert not Person.objects.filter(username="ke-khac").exists()


def test_it_does_not_guess_between_two_agencies() -> None:
    make_agency("Sở Trùng")
    make_agency("Sở Trùng")
    with pytest.raises(CommandError, match="nhiều cơ quan"):
        run(agency="Sở Trùng")
    assert not Person.objects.exists()
