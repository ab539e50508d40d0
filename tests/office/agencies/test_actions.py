"""Agencies change only by actions: each writes its audit entry, keeps what was, and refuses what cannot be."""

from __future__ import annotations

from datetime import date

import pytest

from khoithong.office.accounts.models import Role
from khoithong.office.agencies.actions import (
    add_agency,
    add_name,
    correct_agency,
    place_under,
    record_succession,
    remove_name,
    rename_agency,
    renew_spellings,
)
from khoithong.office.agencies.models import Agency, AgencyName, Kind, Succession
from khoithong.office.agencies.queries import How, lookup, parents_on
from khoithong.office.base.actions import Forbidden, Refused, story_of
from khoithong.office.base.models import AuditEntry
from tests.factories import AT, make_agency, make_person

pytestmark = pytest.mark.django_db
ON = date(2024, 1, 1)


@pytest.fixture
def admin():
    return make_person(Role.ADMINISTRATOR)


def test_an_added_agency_is_found_by_all_its_names(admin) -> None:
    parent = make_agency("Ủy ban nhân dân tỉnh Quảng Nam", kind=Kind.PROVINCE)
    agency = add_agency(
        by=admin, at=AT, code="so-moi", kind=Kind.DEPARTMENT, name="Sở Dữ liệu", short_name="SDL", parent=parent,
        variants=["Sở Dữ liệu tỉnh", "SỞ DỮ LIỆU", "  "],
    )  # fmt: skip
    assert [lookup(text, on=ON).agency for text in ("sở dữ liệu", "sdl", "Sở Dữ liệu tỉnh Quảng Nam")] == [agency] * 3
    assert AgencyName.objects.filter(agency=agency).count() == 3
    entry = story_of(agency).get()
    assert (entry.actor, entry.verb, entry.data["name"]) == (admin, "agencies.agency_added", "Sở Dữ liệu")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_changes_agencies(role: Role) -> None:
    person, agency, other = make_person(role), make_agency(), make_agency()
    name = agency.names.get()
    before = AuditEntry.objects.count(), AgencyName.objects.count(), Agency.objects.count()
    for forbidden in (
        lambda: add_agency(by=person, at=AT, code="x", kind=Kind.OTHER, name="X"),
        lambda: correct_agency(by=person, at=AT, agency=agency, name="X"),
        lambda: rename_agency(by=person, at=AT, agency=agency, name="X", on=ON),
        lambda: add_name(by=person, at=AT, agency=agency, text="X"),
        lambda: remove_name(by=person, at=AT, name=name),
        lambda: place_under(by=person, at=AT, agency=agency, parent=other),
        lambda: record_succession(by=person, at=AT, predecessor=agency, successor=other, on=ON),
    ):
        with pytest.raises(Forbidden, match="Quản trị hệ thống"):
            forbidden()
    assert (AuditEntry.objects.count(), AgencyName.objects.count(), Agency.objects.count()) == before


def test_a_code_is_given_once(admin) -> None:
    make_agency(code="so-y-te")
    with pytest.raises(Refused) as refusal:
        add_agency(by=admin, at=AT, code="so-y-te", kind=Kind.DEPARTMENT, name="Sở Y tế")
    assert refusal.value.field == "code"
    assert not Agency.objects.filter(name="Sở Y tế").exists()


def test_a_correction_takes_the_place_of_the_mistake(admin) -> None:
    agency = make_agency("Sở Y té", short_name="Ngành Y")
    correct_agency(by=admin, at=AT, agency=agency, name="Sở Y tế mới", exists_to=ON)
    assert lookup("Sở Y té", on=ON).agency is None
    assert lookup("Sở Y tế mới", on=ON).agency == agency
    assert lookup("Ngành Y", on=ON).agency == agency
    assert story_of(agency).get().data["changed"] == {
        "name": ["Sở Y té", "Sở Y tế mới"],
        "exists_to": ["", "2024-01-01"],
    }


def test_a_correction_that_changes_nothing_leaves_no_entry(admin) -> None:
    agency = make_agency("Sở Y tế")
    correct_agency(by=admin, at=AT, agency=agency, name="Sở Y tế", source="")
    assert not story_of(agency).exists()


def test_an_agency_does_not_end_before_it_begins(admin) -> None:
    agency = make_agency(exists_from=ON)
    with pytest.raises(Refused, match="31/12/2023"):
        correct_agency(by=admin, at=AT, agency=agency, exists_to=date(2023, 12, 31))
    correct_agency(by=admin, at=AT, agency=agency, exists_to=ON)


def test_a_renamed_agency_is_found_by_either_name_on_its_days(admin) -> None:
    agency = make_agency("Sở Bưu chính", short_name="SBC")
    rename_agency(by=admin, at=AT, agency=agency, name="Sở Viễn thông", short_name="SVT", on=ON)
    agency.refresh_from_db()
    assert agency.name == "Sở Viễn thông"
    assert lookup("Sở Bưu chính", on=date(2023, 12, 31)).how == How.OFFICIAL
    assert lookup("Sở Bưu chính", on=ON).how == How.OTHER_TIME
    assert lookup("Sở Viễn thông", on=ON).how == How.OFFICIAL
    assert lookup("SVT", on=date(2023, 12, 31)).how == How.OTHER_TIME
    with pytest.raises(Refused, match="01/01/2024"):
        rename_agency(by=admin, at=AT, agency=agency, name="Sở Khác", on=ON)
    with pytest.raises(Refused, match="trùng"):
        rename_agency(by=admin, at=AT, agency=agency, name="SỞ VIỄN THÔNG", on=date(2024, 2, 1))


def test_names_are_added_once_and_taken_away(admin) -> None:
    agency = make_agency("Sở Y tế")
    name = add_name(by=admin, at=AT, agency=agency, text="Ngành y tế")
    assert lookup("nganh y te", on=ON).agency == agency
    with pytest.raises(Refused):
        add_name(by=admin, at=AT, agency=agency, text="NGÀNH Y TẾ")
    with pytest.raises(Refused):
        add_name(by=admin, at=AT, agency=agency, text="…")
    remove_name(by=admin, at=AT, name=name)
    assert lookup("nganh y te", on=ON).agency is None
    with pytest.raises(Refused, match="tên chính thức"):
        remove_name(by=admin, at=AT, name=agency.names.get())


def test_an_agency_moves_under_another_from_a_day_on(admin) -> None:
    old, new, agency = make_agency("Cũ"), make_agency("Mới"), make_agency("Chi cục")
    place_under(by=admin, at=AT, agency=agency, parent=old)
    place_under(by=admin, at=AT, agency=agency, parent=new, on=ON)
    assert parents_on(agency, on=date(2023, 12, 31)) == [old]
    assert parents_on(agency, on=ON) == [new]
    with pytest.raises(Refused):
        place_under(by=admin, at=AT, agency=new, parent=agency)
    with pytest.raises(Refused):
        place_under(by=admin, at=AT, agency=agency, parent=agency)


def test_a_succession_ends_the_predecessor_the_day_before(admin) -> None:
    old, new = make_agency("Sở Cũ"), make_agency("Sở Mới")
    record_succession(by=admin, at=AT, predecessor=old, successor=new, on=ON, source="Quyết định thử nghiệm")
    old.refresh_from_db()
    assert old.exists_to == date(2023, 12, 31)
    assert lookup("Sở Cũ", on=ON).successors == (new,)
    for again in (
        {"predecessor": old, "successor": new},
        {"predecessor": new, "successor": old},
        {"predecessor": new, "successor": new},
    ):
        with pytest.raises(Refused):
            record_succession(by=admin, at=AT, on=ON, **again)
    assert Succession.objects.count() == 1


def test_a_succession_does_not_begin_while_the_predecessor_lives(admin) -> None:
    old, new = make_agency(exists_to=ON), make_agency()
    with pytest.raises(Refused, match="01/01/2024"):
        record_succession(by=admin, at=AT, predecessor=old, successor=new, on=ON)
    record_succession(by=admin, at=AT, predecessor=old, successor=new, on=date(2024, 1, 2))


def test_spellings_are_renewed_after_the_lexicon_changed() -> None:
    agency = make_agency("Sở Y tế")
    AgencyName.objects.filter(agency=agency).update(folded="cũ")
    assert renew_spellings() == 1
    assert renew_spellings() == 0
    assert lookup("Sở Y tế", on=ON).agency == agency
