"""Registers: a number per year, the year of the day in Viet Nam, doubles told before they are entered."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from khoithong.office.accounts.models import Person, Role
from khoithong.office.base.actions import Forbidden, Refused, story_of
from khoithong.office.documents import storage
from khoithong.office.documents.actions import register_new_paper, register_paper
from khoithong.office.documents.actions.papers import Double
from khoithong.office.documents.actions.registering import Line, Upload
from khoithong.office.documents.models import Entry, Paper, Register
from khoithong.office.documents.queries import register_entries, register_years, visible_papers
from khoithong.office.documents.values import Facts
from tests.factories import AT, make_agency, make_paper, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Person:
    return make_person(Role.CLERK)


def enter(by: Person, symbol: str = "5/QĐ-UBND", *, direction: str = "in", at: datetime = AT, **more: Any) -> Entry:
    facts = more.pop("facts", Facts(symbol=symbol, type="quyết định", issuer_name="UBND tỉnh Thử", subject="thử"))
    return register_new_paper(by=by, facts=facts, direction=direction, line=more.pop("line", Line()), at=at, **more)


def test_numbers_follow_each_other_in_each_register(clerk: Person) -> None:
    other = make_person(Role.CLERK)
    given = [
        enter(clerk, "1/A").number,
        enter(clerk, "2/A").number,
        enter(clerk, "3/A", direction="out").number,
        enter(other, "4/A").number,
        enter(clerk, "5/A").number,
    ]
    assert given == [1, 2, 1, 1, 3]


@pytest.mark.parametrize(
    ("at", "year", "day"),
    [
        (datetime(2023, 12, 31, 16, 59, tzinfo=UTC), 2023, date(2023, 12, 31)),
        (datetime(2023, 12, 31, 17, 1, tzinfo=UTC), 2024, date(2024, 1, 1)),
    ],
)
def test_the_year_is_that_of_the_day_in_viet_nam(clerk: Person, at: datetime, year: int, day: date) -> None:
    entry = enter(clerk, at=at)
    assert (entry.register.year, entry.number, entry.entered_on) == (year, 1, day)


def test_numbers_start_again_in_the_new_year(clerk: Person) -> None:
    enter(clerk, "1/A", at=datetime(2023, 12, 31, 16, 59, tzinfo=UTC))
    assert enter(clerk, "2/A", at=datetime(2023, 12, 31, 17, 1, tzinfo=UTC)).number == 1
    assert register_years(clerk, direction="in") == [2024, 2023]


def test_a_paper_that_came_last_year_is_entered_there(clerk: Person) -> None:
    at = datetime(2024, 1, 2, 2, tzinfo=UTC)
    enter(clerk, "1/A", at=at)
    entry = enter(clerk, "2/A", at=at, entered_on=date(2023, 12, 29))
    assert (entry.register.year, entry.number) == (2023, 1)


def test_a_day_to_come_is_refused_and_no_number_is_lost(clerk: Person) -> None:
    with pytest.raises(Refused) as refusal:
        enter(clerk, entered_on=date(2023, 11, 23))
    assert refusal.value.field == "entered_on"
    assert not Paper.objects.exists()
    assert enter(clerk).number == 1


def test_a_double_is_told_before_it_is_entered_and_no_number_is_lost(clerk: Person) -> None:
    first = enter(clerk)
    with pytest.raises(Double, match="số 01, sổ văn bản đến năm 2023") as double:
        enter(clerk, "5 / qđ–UBND")
    assert double.value.paper == first.paper
    assert Paper.objects.count() == 1
    assert enter(clerk, "6/QĐ-UBND").number == 2


def test_a_paper_that_was_brought_in_but_not_entered_is_told_of_too(clerk: Person) -> None:
    waiting = make_paper("5/QĐ-UBND", holder=clerk.agency, issuer_name="UBND tỉnh Thử")
    foreign = make_paper("6/QĐ-UBND", issuer_name="UBND tỉnh Thử")
    with pytest.raises(Double, match="chưa vào sổ") as double:
        enter(clerk)
    assert double.value.paper == waiting
    assert enter(clerk, foreign.symbol).number == 1
    assert register_paper(by=clerk, paper=waiting, direction="in", line=Line(), at=AT).number == 2


def test_a_double_with_a_reason_is_entered_and_the_reason_kept(clerk: Person) -> None:
    enter(clerk)
    again = enter(clerk, duplicate_reason="bản đóng dấu gửi sau")
    assert (again.number, again.duplicate_reason) == (2, "bản đóng dấu gửi sau")
    assert story_of(again.paper).get().data["reason"] == "bản đóng dấu gửi sau"


@pytest.mark.parametrize(
    "facts",
    [
        Facts(symbol="5/QĐ-UBND", issuer_name="UBND huyện Khác", subject="thử"),
        Facts(symbol="6/QĐ-UBND", issuer_name="UBND tỉnh Thử", subject="thử"),
    ],
)
def test_another_issuer_or_number_is_no_double(clerk: Person, facts: Facts) -> None:
    enter(clerk)
    assert enter(clerk, facts=facts).number == 2


def test_the_other_register_and_the_other_agency_know_no_double(clerk: Person) -> None:
    enter(clerk)
    enter(clerk, direction="out")
    enter(make_person(Role.CLERK))
    assert Entry.objects.count() == 3


def test_a_paper_goes_into_a_register_once(clerk: Person) -> None:
    paper = make_paper(holder=clerk.agency)
    entry = register_paper(by=clerk, paper=paper, direction="in", line=Line(receiver="Phòng Một"), at=AT)
    assert (entry.number, entry.receiver, entry.entered_by) == (1, "Phòng Một", clerk)
    with pytest.raises(Refused, match="đã vào sổ này"):
        register_paper(by=clerk, paper=paper, direction="in", line=Line(), at=AT)
    assert Register.objects.get().last_number == 1


def test_a_scan_comes_along_with_the_entry(clerk: Person) -> None:
    entry = enter(clerk, upload=Upload(b"%PDF anh", "quet.pdf", "application/pdf"))
    assert storage.load(entry.paper.files.get().stored_id) == b"%PDF anh"


def test_nothing_to_know_a_paper_by_is_refused(clerk: Person) -> None:
    with pytest.raises(Refused, match="số, ký hiệu hoặc trích yếu"):
        enter(clerk, facts=Facts(type="công văn"))


def test_outgoing_papers_may_be_seen_by_those_they_go_to(clerk: Person) -> None:
    receiver, stranger = make_person(agency=make_agency("Sở Đây", short_name="SĐ")), make_person()
    paper = enter(clerk, direction="out", line=Line(destination="- Như trên;\n- SĐ;\n- Lưu: VT.")).paper
    assert list(visible_papers(receiver)) == [paper]
    assert list(visible_papers(stranger)) == []


def test_who_may_not_register_or_see_enters_nothing(clerk: Person) -> None:
    foreign = make_paper()
    for person in (make_person(Role.AUDITOR), make_person(Role.ADMINISTRATOR), make_person(None)):
        with pytest.raises(Forbidden):
            enter(person)
    with pytest.raises(Forbidden):
        register_paper(by=clerk, paper=foreign, direction="in", line=Line(), at=AT)
    assert not Entry.objects.exists()


def test_the_list_of_a_register_shows_the_own_agency_and_all_to_who_may_see_all(clerk: Person) -> None:
    own, foreign = enter(clerk), enter(make_person(Role.CLERK))
    enter(clerk, direction="out")
    assert list(register_entries(clerk, direction="in", year=2023)) == [own]
    assert set(register_entries(make_person(Role.AUDITOR), direction="in", year=2023)) == {own, foreign}
    assert list(register_entries(clerk, direction="in", year=2022)) == []


def test_the_database_refuses_a_number_given_twice_or_below_one(clerk: Person) -> None:
    entry = enter(clerk)
    for number in (1, 0):
        with pytest.raises(IntegrityError), transaction.atomic():
            Entry.objects.create(
                register=entry.register, number=number, paper=make_paper(), entered_on=date(2023, 1, 1)
            )
