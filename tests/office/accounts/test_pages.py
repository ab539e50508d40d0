"""The pages of the administration: who may open them, what they do, and that they ask no more for more rows."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from khoithong.office.accounts.actions import change_roles, reset_password
from khoithong.office.accounts.models import Person, Role
from khoithong.office.accounts.permissions import roles_of
from khoithong.office.base.models import AuditEntry
from tests.factories import AT, PASSWORD, make_agency, make_person
from tests.office.pages import assert_accessible

pytestmark = pytest.mark.django_db
PEOPLE, AUDIT = "/tai-khoan/nguoi-dung/", "/tai-khoan/nhat-ky/"


@pytest.fixture
def admin() -> Person:
    return make_person(Role.ADMINISTRATOR, username="quan-tri", full_name="Đỗ Thị Quản Trị")


@pytest.fixture
def as_admin(client: Client, admin: Person) -> Client:
    client.force_login(admin)
    return client


@pytest.mark.parametrize("role", list(Role))
def test_who_may_open_what(client: Client, role: Role) -> None:
    client.force_login(make_person(role))
    other = make_person(full_name="Người Bí Mật")
    reads = role in (Role.AUDITOR, Role.ADMINISTRATOR)
    for path in (PEOPLE, AUDIT, f"{PEOPLE}{other.pk}/"):
        response = client.get(path)
        assert response.status_code == (200 if reads else 403), path
        assert reads or "Người Bí Mật" not in response.content.decode()
        assert_accessible(response.content.decode())
    manages = role == Role.ADMINISTRATOR
    assert client.get(f"{PEOPLE}them/").status_code == (200 if manages else 403)
    before = AuditEntry.objects.count()
    for what in ("correct", "roles", "move", "stop", "resume", "unlock", "dat-lai-mat-khau"):
        if not manages:
            response = client.post(
                f"{PEOPLE}{other.pk}/{what}/", {"roles-roles": ["administrator"], "stop-reason": "x"}
            )
            assert response.status_code == 403
            assert "Quản trị hệ thống" in response.content.decode()
    assert AuditEntry.objects.count() == before
    assert roles_of(Person.objects.get(pk=other.pk)) == {Role.OFFICER}


@pytest.mark.parametrize("path", [PEOPLE, AUDIT])
def test_a_list_asks_the_same_for_one_and_for_three(as_admin: Client, admin: Person, path: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (0, 2):
        for _ in range(number):
            person = make_person()
            change_roles(by=admin, at=AT, person=person, roles=["head", "clerk"])
        as_admin.get(path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert as_admin.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1], counts
    assert counts[0] <= 9


def test_the_list_narrows(as_admin: Client) -> None:
    make_person(Role.HEAD, full_name="Trần Đình Đạt")
    make_person(Role.CLERK, full_name="Lê Thị Ánh", is_active=False)
    for query, seen, unseen in (
        ("q=dinh dat", "Trần Đình Đạt", "Lê Thị Ánh"),
        ("role=clerk", "Lê Thị Ánh", "Trần Đình Đạt"),
        ("stopped=1", "Lê Thị Ánh", "Trần Đình Đạt"),
    ):
        page = as_admin.get(f"{PEOPLE}?{query}").content.decode()
        body = page[page.index("<tbody") :]
        assert seen in body
        assert unseen not in body


def test_a_person_is_added_and_the_password_shown_once(as_admin: Client) -> None:
    agency = make_agency("Sở Tài chính")
    assert_accessible(as_admin.get(f"{PEOPLE}them/").content.decode())
    data = {"full_name": "Lê An", "username": "le.an", "agency": agency.pk, "roles": ["officer"]}
    response = as_admin.post(f"{PEOPLE}them/", data)
    page = response.content.decode()
    assert_accessible(page)
    assert "no-store" in response.headers["Cache-Control"]
    person = Person.objects.get(username="le.an")
    shown = re.findall(r"<code>([^<]+)</code>", page)
    assert shown[0] == "le.an"
    assert person.check_password(shown[1])
    again = as_admin.post(f"{PEOPLE}them/", data)
    assert "đã có người dùng" in again.content.decode()
    assert_accessible(again.content.decode())


def test_a_person_is_changed_and_a_refusal_stands_in_the_form(as_admin: Client, admin: Person) -> None:
    person, agency = make_person(Role.OFFICER), make_agency("Sở Mới")
    page = f"{PEOPLE}{person.pk}/"
    as_admin.post(f"{page}correct/", {"correct-full_name": "Tên Mới", "correct-position": "Chuyên viên"})
    as_admin.post(f"{page}roles/", {"roles-roles": ["head", "clerk"]})
    as_admin.post(f"{page}move/", {"move-agency": agency.pk, "move-position": "Trưởng phòng"})
    stopped = as_admin.post(f"{page}stop/", {"stop-reason": "Nghỉ hưu"}, follow=True).content.decode()
    assert "Tài khoản đã ngừng hoạt động" in stopped
    assert_accessible(stopped)
    person = Person.objects.get(pk=person.pk)
    assert (person.full_name, person.agency, person.position, person.is_active) == (
        "Tên Mới",
        agency,
        "Trưởng phòng",
        False,
    )
    assert roles_of(person) == {Role.HEAD, Role.CLERK}
    as_admin.post(f"{page}resume/")
    assert Person.objects.get(pk=person.pk).is_active
    for what, data, words in (
        ("roles", {"roles-roles": []}, "ít nhất một vai trò"),
        ("stop", {"stop-reason": ""}, "bắt buộc"),
        ("move", {"move-agency": agency.pk}, "đang làm việc tại"),
        ("resume", {}, "đang hoạt động"),
    ):
        response = as_admin.post(f"{page}{what}/", data, follow=True)
        assert words in response.content.decode(), what
        assert_accessible(response.content.decode())
    last = as_admin.post(f"{PEOPLE}{admin.pk}/roles/", {"roles-roles": ["head"]})
    assert "duy nhất" in last.content.decode()
    assert as_admin.post(f"{page}burn/").status_code == 404
    assert as_admin.get(f"{page}roles/").status_code == 405


def test_a_locked_person_is_shown_as_locked_and_unlocked_with_a_click(as_admin: Client) -> None:
    person = make_person(username="bi-khoa", password=PASSWORD)
    page, stranger = f"{PEOPLE}{person.pk}/", Client()
    for attempt in range(5):
        assert ("đang bị khóa" in as_admin.get(page).content.decode()) is False, attempt
        stranger.post("/tai-khoan/dang-nhap/", {"username": "bi-khoa", "password": "x"})
    locked = as_admin.get(page).content.decode()
    assert "đang bị khóa" in locked
    assert_accessible(locked)
    as_admin.post(f"{page}unlock/")
    assert "đang bị khóa" not in as_admin.get(page).content.decode()
    right = {"username": "bi-khoa", "password": PASSWORD}
    assert stranger.post("/tai-khoan/dang-nhap/", right).status_code == 302


def test_a_reset_password_is_shown_once(as_admin: Client) -> None:
    person = make_person()
    response = as_admin.post(f"{PEOPLE}{person.pk}/dat-lai-mat-khau/")
    _, password = re.findall(r"<code>([^<]+)</code>", response.content.decode())
    assert Person.objects.get(pk=person.pk).check_password(password)
    assert password not in as_admin.get(f"{PEOPLE}{person.pk}/").content.decode()


def test_the_trail_is_filtered_and_exported(as_admin: Client, admin: Person) -> None:
    first, second = make_person(full_name="Người Thứ Nhất"), make_person(full_name="Người Thứ Hai")
    change_roles(by=admin, at=AT, person=first, roles=["head"])
    reset_password(by=None, at=AT, person=second)
    cases = {
        f"actor={admin.pk}": ("Người Thứ Nhất", "Người Thứ Hai"),
        "verb=accounts.password_reset": ("Người Thứ Hai", "Người Thứ Nhất"),
        "object=Thứ Hai": ("Người Thứ Hai", "Người Thứ Nhất"),
        f"object=accounts.person:{first.pk}": ("Người Thứ Nhất", "Người Thứ Hai"),
        "type=accounts.person": ("Người Thứ Nhất", None),
        "day_from=2023-11-22&day_to=2023-11-22": ("Người Thứ Nhất", None),
        "day_from=2023-11-23&verb=accounts.password_reset": (None, "Người Thứ Hai"),
    }
    for query, (seen, unseen) in cases.items():
        page = as_admin.get(f"{AUDIT}?{query}").content.decode()
        assert_accessible(page)
        body = page[page.index('class="list-bar"') :]
        body = body[body.index("<tbody") :] if "<tbody" in body else ""
        assert seen is None or seen in body, query
        assert unseen is None or unseen not in body, query
    page = as_admin.get(f"{AUDIT}?verb=accounts.roles_changed").content.decode()
    assert "Giao vai trò:" in page
    assert "Thủ trưởng đơn vị" in page
    export = as_admin.get(f"{AUDIT}?export=csv&verb=accounts.roles_changed")
    text = b"".join(export.streaming_content if export.streaming else [export.content]).decode("utf-8-sig")
    assert "Thay đổi vai trò" in text
    assert "Người Thứ Nhất" in text
    assert "Người Thứ Hai" not in text


def test_the_border_of_a_day_is_midnight_in_viet_nam(as_admin: Client) -> None:
    from datetime import UTC, datetime

    def listed(query: str) -> bool:
        page = as_admin.get(f"{AUDIT}?{query}").content.decode()
        return "<tbody" in page and "Người Nửa Đêm" in page[page.index("<tbody") :]

    person = make_person(full_name="Người Nửa Đêm")
    reset_password(by=None, at=datetime(2023, 11, 21, 16, 59, tzinfo=UTC), person=person)
    assert listed("day_to=2023-11-21")
    assert not listed("day_from=2023-11-22&day_to=2023-11-22")
    reset_password(by=None, at=datetime(2023, 11, 21, 17, 0, tzinfo=UTC), person=person)
    assert listed("day_from=2023-11-22&day_to=2023-11-22")


def test_only_those_who_may_open_it_see_the_section(client: Client) -> None:
    for role, seen in ((Role.OFFICER, False), (Role.AUDITOR, True)):
        client.force_login(make_person(role))
        assert (f'href="{PEOPLE}"' in client.get("/tai-khoan/cua-toi/").content.decode()) is seen
