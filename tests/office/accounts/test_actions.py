"""People change only by actions; nobody takes the last administrator away; passwords follow the rules."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from khoithong.office.accounts.actions import (
    add_person,
    change_own_password,
    change_roles,
    correct_person,
    deactivate_person,
    move_person,
    reactivate_person,
    reset_password,
    set_preferences,
    temporary_password,
    unlock_person,
)
from khoithong.office.accounts.models import Person, Role
from khoithong.office.accounts.permissions import Capability, can, roles_of
from khoithong.office.accounts.seed import DEMO_PASSWORD, DEMO_SIGN_INS, seed_demo
from khoithong.office.base.actions import Forbidden, Refused, story_of
from khoithong.office.base.models import AuditEntry
from tests.factories import AT, PASSWORD, make_agency, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Person:
    return make_person(Role.ADMINISTRATOR, username="quan-tri-1")


def test_an_added_person_must_change_the_temporary_password(admin: Person) -> None:
    agency = make_agency()
    person, password = add_person(
        by=admin, at=AT, username=" Nguyen.An ", full_name=" Nguyễn  Văn An ", agency=agency, roles=["officer", "head"]
    )
    person.refresh_from_db()
    assert (person.username, person.full_name, person.must_change_password) == ("nguyen.an", "Nguyễn Văn An", True)
    assert person.check_password(password)
    assert roles_of(person) == {Role.OFFICER, Role.HEAD}
    entry = story_of(person).get()
    assert (entry.actor, entry.data["roles"]) == (admin, ["officer", "head"])
    assert password not in str(entry.data)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "Nguyễn An"}, "username"),
        ({"username": "co-roi"}, "username"),
        ({"username": "CO-ROI"}, "username"),
        ({"username": ""}, "username"),
        ({"full_name": "  "}, "full_name"),
        ({"roles": []}, "roles"),
        ({"roles": ["king"]}, "roles"),
        ({"roles": ["auditor", "head"]}, "roles"),
    ],
)
def test_a_person_that_cannot_be_is_refused(admin: Person, changes: dict[str, object], field: str) -> None:
    make_person(username="co-roi")
    wanted = {"username": "moi", "full_name": "Người Mới", "roles": ["officer"], "agency": admin.agency} | changes
    with pytest.raises(Refused) as refusal:
        add_person(by=admin, at=AT, **wanted)  # type: ignore[arg-type]
    assert refusal.value.field == field
    assert not Person.objects.filter(full_name="Người Mới").exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_manages_people(role: Role) -> None:
    person, other, agency = make_person(role), make_person(), make_agency()
    for forbidden in (
        lambda: add_person(by=person, at=AT, username="x", full_name="X", agency=agency, roles=["officer"]),
        lambda: correct_person(by=person, at=AT, person=other, full_name="X"),
        lambda: change_roles(by=person, at=AT, person=person, roles=["administrator"]),
        lambda: move_person(by=person, at=AT, person=other, agency=agency),
        lambda: deactivate_person(by=person, at=AT, person=other, reason="x"),
        lambda: reactivate_person(by=person, at=AT, person=other),
        lambda: reset_password(by=person, at=AT, person=other),
        lambda: unlock_person(by=person, at=AT, person=other),
    ):
        with pytest.raises(Forbidden):
            forbidden()
    assert not AuditEntry.objects.exists()
    assert roles_of(person) == {role}


def test_roles_are_set_as_a_whole(admin: Person) -> None:
    person = make_person(Role.OFFICER)
    assert not can(person, Capability.CONFIRM_PROOF)
    change_roles(by=admin, at=AT, person=person, roles=["coordinator"])
    assert can(person, Capability.CONFIRM_PROOF)
    assert story_of(person).get().data == {"given": ["coordinator"], "taken": ["officer"]}
    change_roles(by=admin, at=AT, person=person, roles=["coordinator"])
    assert story_of(person).count() == 1


@pytest.mark.parametrize("inactive_other", [True, False])
def test_the_last_administrator_stays(admin: Person, inactive_other: bool) -> None:
    if inactive_other:
        make_person(Role.ADMINISTRATOR, is_active=False)
    with pytest.raises(Refused, match="duy nhất"):
        change_roles(by=admin, at=AT, person=admin, roles=["officer"])
    with pytest.raises(Refused, match="duy nhất"):
        deactivate_person(by=None, at=AT, person=admin, reason="thử")
    assert roles_of(Person.objects.get(pk=admin.pk)) == {Role.ADMINISTRATOR}


def test_of_two_administrators_one_may_go_and_not_the_other(admin: Person) -> None:
    other = make_person(Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="tự ngừng"):
        deactivate_person(by=admin, at=AT, person=admin, reason="thử")
    deactivate_person(by=admin, at=AT, person=other, reason="Nghỉ hưu")
    with pytest.raises(Refused, match="duy nhất"):
        change_roles(by=admin, at=AT, person=admin, roles=["head"])
    reactivate_person(by=admin, at=AT, person=other)
    change_roles(by=admin, at=AT, person=admin, roles=["head"])


def test_a_deactivated_person_can_do_nothing_and_stays_in_the_books(admin: Person) -> None:
    person = make_person(Role.COORDINATOR, password=PASSWORD)
    with pytest.raises(Refused, match="lý do"):
        deactivate_person(by=admin, at=AT, person=person, reason="  ")
    person = deactivate_person(by=admin, at=AT, person=person, reason="Chuyển công tác")
    assert not can(person, Capability.SEE_ALL)
    assert story_of(person).get().summary == "Chuyển công tác"
    with pytest.raises(Refused):
        deactivate_person(by=admin, at=AT, person=person, reason="lần nữa")


def test_a_moved_person_acts_for_the_new_agency(admin: Person) -> None:
    person, new = make_person(Role.HEAD), make_agency("Sở Mới")
    old = person.agency
    person = move_person(by=admin, at=AT, person=person, agency=new, position="Trưởng phòng")
    assert can(person, Capability.ASSIGN_TASKS, agency=new)
    assert not can(person, Capability.ASSIGN_TASKS, agency=old)
    assert story_of(person).get().data == {"old": old.name, "new": "Sở Mới"}
    with pytest.raises(Refused):
        move_person(by=admin, at=AT, person=person, agency=new)


def test_a_correction_without_change_leaves_no_entry(admin: Person) -> None:
    person = make_person(full_name="Nguyễn Văn An")
    correct_person(by=admin, at=AT, person=person, full_name="Nguyễn Văn An")
    assert not story_of(person).exists()
    correct_person(by=admin, at=AT, person=person, full_name="Nguyễn Văn Ân", position="Chuyên viên")
    assert story_of(person).get().data["changed"]["full_name"] == ["Nguyễn Văn An", "Nguyễn Văn Ân"]


def test_a_reset_password_is_good_once(admin: Person) -> None:
    person = make_person(username="nguyen.van.an.1", password=PASSWORD)
    password = reset_password(by=admin, at=AT, person=person)
    person.refresh_from_db()
    assert person.check_password(password)
    assert person.must_change_password
    assert password not in str(AuditEntry.objects.values_list("data", "summary", "object_label"))
    for old, new, field in (
        ("wrong", "Mot-mat-khau-moi-1", "old"),
        (password, password, "new"),
        (password, "ngan", "new"),
        (password, "Nguyen.van.an.1", "new"),
    ):
        with pytest.raises(Refused) as refusal:
            change_own_password(by=person, at=AT, old=old, new=new)
        assert refusal.value.field == field
    person = change_own_password(by=person, at=AT, old=password, new="Mot-mat-khau-moi-1")
    assert not person.must_change_password


def test_preferences_are_one_s_own() -> None:
    auditor = make_person(Role.AUDITOR)
    set_preferences(by=auditor, at=AT, language="en", text_size="large")
    set_preferences(by=auditor, at=AT, language="en", text_size="large")
    auditor.refresh_from_db()
    assert (auditor.language, auditor.text_size) == ("en", "large")
    assert story_of(auditor).count() == 1


@pytest.mark.parametrize(
    ("password", "lacking"),
    [
        ("Abcdefghij-12", "đủ 14 ký tự"),
        ("ABCDEFGHIJ-123", "chữ thường"),
        ("abcdefghij-123", "chữ hoa"),
        ("Abcdefghijk-lm", "chữ số"),
        ("Abcdefghijk123", "ký hiệu"),
        ("Abcdefghijk 12", "ký hiệu"),
    ],
)
def test_a_weak_password_says_what_it_lacks(password: str, lacking: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(lacking)):
        validate_password(password)


@pytest.mark.parametrize("password", ["Abcdefghij-123", "Điều-gì-cũng-được-1", DEMO_PASSWORD, PASSWORD])
def test_a_strong_password_passes(password: str) -> None:
    validate_password(password)


def test_temporary_passwords_pass_and_differ() -> None:
    made = {temporary_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        validate_password(password)


def test_usernames_are_small_letters_in_the_database_too() -> None:
    person = make_person(username="an")
    with pytest.raises(DatabaseError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(username="An")
    assert Person.objects.get_by_natural_key("AN") == person


def test_people_are_listed_by_given_name() -> None:
    agency = make_agency()
    for name in ("Trần Văn Bình", "Lê Thị Ánh", "Nguyễn Văn An", "Đỗ Đình Đạt", "Phan Dũng"):
        make_person(full_name=name, agency=agency)
    assert [person.get_short_name() for person in Person.objects.all()] == ["An", "Ánh", "Bình", "Dũng", "Đạt"]


def test_the_demo_office_has_every_role_and_may_be_seeded_twice() -> None:
    assert seed_demo(at=AT) == len(DEMO_SIGN_INS)
    Person.objects.filter(username="dau-moi").update(position="Đã sửa")
    assert seed_demo(at=AT) == 0
    assert Person.objects.get(username="dau-moi").position == "Đã sửa"
    held = {role for person in Person.objects.all() for role in roles_of(person)}
    assert held == set(Role)
    for username, role, agency, full_name in DEMO_SIGN_INS:
        person = Person.objects.get(username=username)
        assert person.full_name == full_name
        assert [str(Role(r).label) for r in roles_of(person)] == [role]
        assert agency in (person.agency.short_name, person.agency.name)
    assert person.check_password(DEMO_PASSWORD)
