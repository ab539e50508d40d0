"""The frame of every page: sections, what waits, who I am, and pages for when something is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import resolve
from pytest_django.asserts import assertContains, assertNotContains

from khoithong.office.accounts.models import Person
from khoithong.office.agencies.models import Agency, Kind
from khoithong.office.base import navigation, waiting
from khoithong.office.base.navigation import Section, register_section, sections_for
from tests.office.pages import assert_accessible, faults_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.office.ui.urls")]


@pytest.fixture
def person() -> Person:
    agency = Agency.objects.create(code="so-thu", kind=Kind.DEPARTMENT, name="Sở Thử nghiệm")
    return Person.objects.create(username="binh", full_name="Trần Thị Bình", position="Chuyên viên", agency=agency)


@pytest.fixture
def sections(monkeypatch: pytest.MonkeyPatch) -> dict[str, Section]:
    own: dict[str, Section] = {}
    monkeypatch.setattr(navigation, "SECTIONS", own)
    return own


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[waiting.Source]]:
    own: list[waiting.Source] = []
    monkeypatch.setattr(waiting, "SOURCES", own)
    return own


def request_to(path: str, person: Person) -> Any:
    request = RequestFactory().get(path)
    request.user = person
    request.resolver_match = resolve(path)
    return request


def test_a_section_without_a_page_is_not_shown(person: Person, sections: dict[str, Section]) -> None:
    register_section(Section(label="Có", icon="board", url_name="test-plain", order=1))
    register_section(Section(label="Chưa có", icon="board", url_name="hiring:list", order=2))
    shown = sections_for(request_to("/thu/trang/", person))
    assert [(s.label, s.current) for s in shown] == [("Có", True)]


def test_a_section_is_hidden_from_who_may_not_open_it(person: Person, sections: dict[str, Section]) -> None:
    register_section(Section(label="Quản trị", icon="admin", url_name="test-plain", order=1, visible=lambda _p: False))
    assert sections_for(request_to("/thu/trang/", person)) == []


@pytest.mark.parametrize(("count", "beyond"), [(5, 0), (6, 2), (10, 6)])
def test_a_telephone_has_a_bar_of_five(
    person: Person, sections: dict[str, Section], monkeypatch: pytest.MonkeyPatch, count: int, beyond: int
) -> None:
    monkeypatch.setattr(navigation, "_url", lambda name: f"/{name}/")
    for place in range(count):
        register_section(Section(label=str(place), icon="board", url_name=str(place), order=place))
    assert sum(section.beyond for section in sections_for(request_to("/thu/trang/", person))) == beyond


def test_the_frame_says_who_i_am_and_what_waits(client: Client, person: Person, sources: list[waiting.Source]) -> None:
    def two_proofs(who: Any, at: datetime) -> list[waiting.Waiting]:
        assert who == person
        assert at.tzinfo is not None
        return [
            waiting.Waiting("Minh chứng chờ xác nhận", 2, "/nhiem-vu/?cho=1"),
            waiting.Waiting("Gia hạn chờ quyết định", 0, "/nhiem-vu/?cho=2"),
        ]

    waiting.register(two_proofs)
    waiting.register(two_proofs)
    client.force_login(person)
    response = client.get("/thu/trang/")

    assertContains(response, "Trần Thị Bình")
    assertContains(response, "Sở Thử nghiệm")
    assertContains(response, '<span class="count">2</span>', count=2, html=True)
    assertContains(response, "Minh chứng chờ xác nhận")
    assertNotContains(response, "Gia hạn chờ quyết định")


def test_nothing_waits_is_said_too(client: Client, person: Person, sources: list[waiting.Source]) -> None:
    client.force_login(person)
    assertContains(client.get("/thu/trang/"), "Không có việc chờ")


def test_the_frame_is_accessible_but_for_what_its_page_must_say(client: Client, person: Person) -> None:
    client.force_login(person)
    faults = faults_of(client.get("/thu/trang/").content.decode())
    assert faults == ["the page has no title of its own", "the <h1> is empty"]


@pytest.mark.parametrize(
    ("path", "status", "words"), [("/thu/cam/", 403, "chưa được phép"), ("/khong/", 404, "Không tìm thấy")]
)
def test_pages_of_refusal_are_vietnamese_and_show_a_way_out(
    client: Client, person: Person, path: str, status: int, words: str
) -> None:
    client.force_login(person)
    response = client.get(path)
    assertContains(response, words, status_code=status)
    assertContains(response, "Về bảng điều hành", status_code=status)
    assert_accessible(response.content.decode())


def test_a_lost_page_does_not_show_the_sections_to_strangers(client: Client) -> None:
    response = client.get("/khong/")
    assertNotContains(response, "Các phần", status_code=404)
    assert_accessible(response.content.decode())


@pytest.mark.parametrize("name", ["500.html", "403_csrf.html"])
def test_pages_that_are_drawn_without_the_office_stand_alone(name: str) -> None:
    assert_accessible(render_to_string(name))


def test_the_language_is_switched_and_the_page_says_so(client: Client, person: Person) -> None:
    client.force_login(person)
    client.post("/i18n/setlang/", {"language": "en", "next": "/thu/trang/"})
    assertContains(client.get("/thu/trang/"), '<html lang="en">')


def test_no_page_lets_a_script_or_style_of_its_own_run(client: Client, person: Person) -> None:
    client.force_login(person)
    policy = client.get("/thu/trang/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
