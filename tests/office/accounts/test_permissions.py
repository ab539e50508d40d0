"""What each role may do, for whom; above all what an auditor may not."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from khoithong.office.accounts.models import Role, RoleGrant
from khoithong.office.accounts.permissions import (
    READ_ONLY,
    TABLE,
    Capability,
    Scope,
    can,
    forget_roles,
    require,
    roles_of,
)
from khoithong.office.base.actions import Forbidden
from tests.factories import make_agency, make_person

pytestmark = pytest.mark.django_db
WRITING = [capability for capability in Capability if capability not in READ_ONLY]


def test_every_role_is_in_the_table() -> None:
    assert set(TABLE) == set(Role)


@pytest.mark.parametrize("capability", list(Capability))
def test_an_auditor_reads_everything_and_writes_nothing(capability: Capability) -> None:
    auditor = make_person(Role.AUDITOR)
    allowed = capability in (Capability.SEE_ALL, Capability.READ_AUDIT)
    assert can(auditor, capability) is allowed
    assert can(auditor, capability, agency=auditor.agency) is allowed
    assert can(auditor, capability, agency=make_agency()) is allowed


@pytest.mark.parametrize("capability", WRITING)
def test_an_auditor_with_every_other_role_still_writes_nothing(capability: Capability) -> None:
    auditor = make_person(Role.AUDITOR, also=tuple(role for role in Role if role != Role.AUDITOR))
    assert not can(auditor, capability, agency=auditor.agency)
    with pytest.raises(Forbidden):
        require(auditor, capability)


@pytest.mark.parametrize("capability", list(Capability))
@pytest.mark.parametrize("who", ["nobody", "without role", "deactivated"])
def test_these_may_do_nothing(capability: Capability, who: str) -> None:
    people = {
        "nobody": AnonymousUser(),
        "without role": make_person(None),
        "deactivated": make_person(Role.ADMINISTRATOR, also=(Role.COORDINATOR, Role.HEAD), is_active=False),
    }
    assert not can(people[who], capability)
    with pytest.raises(Forbidden):
        require(people[who], capability)


@pytest.mark.parametrize(
    ("role", "capability", "own", "other"),
    [
        (Role.CLERK, Capability.REGISTER_PAPERS, True, False),
        (Role.CLERK, Capability.REVIEW_READINGS, False, False),
        (Role.OFFICER, Capability.REGISTER_PAPERS, True, False),
        (Role.OFFICER, Capability.REVIEW_READINGS, True, False),
        (Role.OFFICER, Capability.REPORT_PROGRESS, True, False),
        (Role.OFFICER, Capability.ASSIGN_TASKS, False, False),
        (Role.OFFICER, Capability.SEE_ALL, False, False),
        (Role.HEAD, Capability.ASSIGN_TASKS, True, False),
        (Role.HEAD, Capability.DECIDE_EXTENSION, True, False),
        (Role.HEAD, Capability.CONFIRM_PROOF, False, False),
        (Role.APPRAISER, Capability.REPORT_PROGRESS, False, False),
        (Role.FINANCE, Capability.REPORT_PROGRESS, False, False),
        (Role.COORDINATOR, Capability.SEE_ALL, True, True),
        (Role.COORDINATOR, Capability.ASSIGN_TASKS, True, True),
        (Role.COORDINATOR, Capability.CONFIRM_PROOF, True, True),
        (Role.COORDINATOR, Capability.DECIDE_EXTENSION, True, True),
        (Role.COORDINATOR, Capability.REPORT_PROGRESS, True, False),
        (Role.COORDINATOR, Capability.MANAGE_PEOPLE, False, False),
        (Role.ADMINISTRATOR, Capability.SEE_ALL, True, True),
        (Role.ADMINISTRATOR, Capability.MANAGE_PEOPLE, True, True),
        (Role.ADMINISTRATOR, Capability.MANAGE_CALENDAR, True, True),
        (Role.ADMINISTRATOR, Capability.ASSIGN_TASKS, False, False),
        (Role.ADMINISTRATOR, Capability.CONFIRM_PROOF, False, False),
    ],
)
def test_what_a_role_may_do_for_whom(role: Role, capability: Capability, own: bool, other: bool) -> None:
    person = make_person(role)
    assert can(person, capability, agency=person.agency) is own
    assert can(person, capability, agency=make_agency()) is other
    assert can(person, capability) is (own or other)


def test_two_roles_add_up_to_the_wider_scope() -> None:
    person = make_person(Role.HEAD, also=(Role.COORDINATOR,))
    assert can(person, Capability.ASSIGN_TASKS, agency=make_agency())


def test_a_refusal_names_the_roles_that_may() -> None:
    with pytest.raises(Forbidden, match=r"xác nhận hoàn thành nhiệm vụ.*“Đầu mối Đề án 06”"):
        require(make_person(Role.OFFICER), Capability.CONFIRM_PROOF)


def test_a_refusal_for_another_agency_names_it() -> None:
    head = make_person(Role.HEAD)
    with pytest.raises(Forbidden, match=r"không phải cho Sở Khác.*“Đầu mối Đề án 06”"):
        require(head, Capability.ASSIGN_TASKS, agency=make_agency("Sở Khác"))
    with pytest.raises(Forbidden, match=r"không phải cho Sở Khác nữa\.$"):
        require(make_person(Role.CLERK), Capability.REGISTER_PAPERS, agency=make_agency("Sở Khác nữa"))


def test_the_system_itself_may() -> None:
    require(None, Capability.MANAGE_PEOPLE)
    assert not can(None, Capability.MANAGE_PEOPLE)


def test_roles_are_asked_once(django_assert_num_queries: object) -> None:
    person = make_person(Role.HEAD)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert roles_of(person) == {Role.HEAD}
        assert can(person, Capability.ASSIGN_TASKS)
        assert not can(person, Capability.CONFIRM_PROOF)


def test_forgotten_roles_are_asked_again() -> None:
    person = make_person(Role.HEAD)
    assert not can(person, Capability.CONFIRM_PROOF)
    RoleGrant.objects.create(person=person, role=Role.COORDINATOR)
    forget_roles(person)
    assert can(person, Capability.CONFIRM_PROOF)


def test_the_scope_of_a_table_row_is_one_of_two() -> None:
    assert {scope for row in TABLE.values() for scope in row.values()} == set(Scope)
