"""Signing in and out, locks, idle sign-out, temporary passwords: and the entry that each leaves in the audit trail."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from khoithong.office.accounts.actions import deactivate_person, reset_password, unlock_person
from khoithong.office.accounts.middleware import SEEN
from khoithong.office.accounts.models import Person, Role
from khoithong.office.base.clock import now
from khoithong.office.base.models import AuditEntry
from tests.factories import AT, PASSWORD, make_person
from tests.office.pages import assert_accessible

pytestmark = pytest.mark.django_db
SIGN_IN, PROFILE = "/tai-khoan/dang-nhap/", "/tai-khoan/cua-toi/"


def sign_in(client: Client, username: str = "nguoi-dung", password: str = PASSWORD, **more: str):
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


@pytest.fixture
def somebody() -> Person:
    return make_person(Role.OFFICER, username="nguoi-dung", password=PASSWORD)


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


def test_the_page_can_be_read_and_typed_into_by_everybody(client: Client) -> None:
    response = client.get(SIGN_IN)
    assert response.status_code == 200
    assert_accessible(response.content.decode())


@pytest.mark.parametrize("path", ["/tai-khoan/cua-toi/", "/tai-khoan/nguoi-dung/", "/tai-khoan/nhat-ky/"])
def test_nobody_sees_anything_before_signing_in(client: Client, path: str) -> None:
    assert client.get(path).headers["Location"] == f"{SIGN_IN}?{urlencode({'next': path}, safe='/')}"


def test_the_language_can_be_chosen_before_signing_in(client: Client) -> None:
    response = client.post(reverse("set_language"), {"language": "en", "next": SIGN_IN})
    assert (response.status_code, response.headers["Location"]) == (302, SIGN_IN)


@pytest.mark.parametrize("typed", ["nguoi-dung", " Nguoi-Dung "])
def test_signing_in_and_out_is_recorded(client: Client, somebody: Person, typed: str) -> None:
    assert sign_in(client, typed).status_code == 302
    assert client.get(PROFILE).status_code == 200
    client.post("/tai-khoan/dang-xuat/")
    assert client.get(PROFILE).status_code == 302
    assert verbs() == ["accounts.signed_in", "accounts.signed_out"]
    assert AuditEntry.objects.first().actor == somebody


@pytest.mark.parametrize(("next_page", "goes"), [(PROFILE, PROFILE), ("https://elsewhere.example/", "/")])
def test_it_goes_on_to_the_page_asked_for_and_to_no_other_host(
    client: Client, somebody: Person, next_page: str, goes: str
) -> None:
    assert sign_in(client, next=next_page).headers["Location"] == goes


def test_a_wrong_password_says_no_more_than_it_must(client: Client, somebody: Person) -> None:
    wrong, nobody = sign_in(client, password="x"), sign_in(client, username="khong-co-ai")
    words = "Tên đăng nhập hoặc mật khẩu không đúng"
    assert words in wrong.content.decode()
    assert words in nobody.content.decode()
    assert_accessible(wrong.content.decode())
    assert [entry.object_label for entry in AuditEntry.objects.order_by("id")] == [somebody.full_name, "kho…"]
    assert set(verbs()) == {"accounts.sign_in_failed"}


def test_a_deactivated_person_does_not_come_in_and_is_put_out(client: Client, somebody: Person) -> None:
    sign_in(client)
    deactivate_person(by=make_person(Role.ADMINISTRATOR), at=AT, person=somebody, reason="Nghỉ hưu")
    assert client.get(PROFILE).status_code == 302
    assert sign_in(client).status_code == 200


class TestLock:
    def test_the_fifth_failure_locks_even_the_right_password(self, client: Client, somebody: Person) -> None:
        for _ in range(4):
            assert sign_in(client, password="x").status_code == 200
        fifth = sign_in(client, "NGUOI-DUNG", "x")
        assert fifth.status_code == 429
        assert_accessible(fifth.content.decode())
        assert "15 phút" in fifth.content.decode()
        assert sign_in(client).status_code == 429
        assert verbs().count("accounts.sign_in_locked") >= 1
        assert not Session.objects.exists()

    def test_four_failures_do_not_and_a_success_forgets_them(self, client: Client, somebody: Person) -> None:
        for _ in range(2):
            for _ in range(4):
                sign_in(client, password="x")
            assert sign_in(client).status_code == 302
            client.post("/tai-khoan/dang-xuat/")

    def test_another_person_is_not_locked_out(self, client: Client, somebody: Person) -> None:
        make_person(username="nguoi-khac", password=PASSWORD)
        for _ in range(5):
            sign_in(client, password="x")
        assert sign_in(client, "nguoi-khac").status_code == 302

    def test_it_lifts_by_itself_after_a_quarter_of_an_hour(self, client: Client, somebody: Person) -> None:
        for _ in range(5):
            sign_in(client, password="x")
        AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=14))
        assert sign_in(client).status_code == 429
        AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=15, seconds=1))
        assert sign_in(client).status_code == 302

    @pytest.mark.parametrize("lift", [unlock_person, reset_password])
    def test_an_administrator_lifts_it(self, client: Client, somebody: Person, lift) -> None:
        for _ in range(5):
            sign_in(client, password="x")
        answer = lift(by=make_person(Role.ADMINISTRATOR), at=AT, person=somebody)
        assert sign_in(client, password=answer or PASSWORD).status_code == 302


class TestIdle:
    @staticmethod
    def been_away(client: Client, **span: float) -> None:
        session = client.session
        session[SEEN] = (now() - timedelta(**span)).isoformat()
        session.save()

    @pytest.mark.parametrize(
        ("role", "stays", "goes"),
        [
            (Role.OFFICER, {"minutes": 14, "seconds": 50}, {"minutes": 15, "seconds": 1}),
            (Role.ADMINISTRATOR, {"minutes": 4, "seconds": 50}, {"minutes": 5, "seconds": 1}),
        ],
    )
    def test_who_is_away_too_long_is_signed_out(
        self, client: Client, role: Role, stays: dict[str, float], goes: dict[str, float]
    ) -> None:
        client.force_login(make_person(role))
        client.get(PROFILE)
        self.been_away(client, **stays)
        assert client.get(PROFILE).status_code == 200
        self.been_away(client, **goes)
        response = client.get(f"{PROFILE}?a=1", follow=True)
        assert response.redirect_chain == [(f"{SIGN_IN}?next=%2Ftai-khoan%2Fcua-toi%2F%3Fa%3D1", 302)]
        assert "không thao tác" in response.content.decode()
        assert verbs()[-1] == "accounts.signed_out"

    def test_a_form_sent_too_late_leads_to_the_front_page(self, client: Client, somebody: Person) -> None:
        client.force_login(somebody)
        client.get(PROFILE)
        self.been_away(client, minutes=20)
        response = client.post(PROFILE, {"language": "en", "text_size": "large"})
        assert response.headers["Location"] == f"{SIGN_IN}?next=%2F"
        somebody.refresh_from_db()
        assert somebody.language == "vi"

    def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(self, client: Client, somebody: Person) -> None:
        client.force_login(somebody)
        client.get(PROFILE)
        self.been_away(client, minutes=20)
        response = client.get(PROFILE, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/nhiem-vu/"})
        assert response.headers["HX-Redirect"] == f"{SIGN_IN}?next=%2Fnhiem-vu%2F"

    def test_reading_writes_the_session_once_a_minute(
        self, client: Client, somebody: Person, django_assert_num_queries
    ) -> None:
        client.force_login(somebody)
        client.get(PROFILE)
        seen = client.session[SEEN]
        client.get(PROFILE)
        assert client.session[SEEN] == seen
        self.been_away(client, seconds=61)
        client.get(PROFILE)
        assert client.session[SEEN] > seen

    def test_a_broken_time_counts_as_new(self, client: Client, somebody: Person) -> None:
        client.force_login(somebody)
        session = client.session
        session[SEEN] = "hôm qua"
        session.save()
        assert client.get(PROFILE).status_code == 200


class TestPassword:
    PATH = "/tai-khoan/doi-mat-khau/"

    def test_a_temporary_password_opens_one_page_only(self, client: Client, somebody: Person) -> None:
        password = reset_password(by=make_person(Role.ADMINISTRATOR), at=AT, person=somebody)
        sign_in(client, password=password)
        for path in (PROFILE, "/tai-khoan/nguoi-dung/", "/tai-khoan/nhat-ky/"):
            assert client.get(path).headers["Location"] == self.PATH
        page = client.get(self.PATH)
        assert "mật khẩu tạm" in page.content.decode()
        assert_accessible(page.content.decode())
        new = "Mat-khau-rieng-2023"
        assert client.post(self.PATH, {"old": password, "new": new, "again": new}).status_code == 302
        assert client.get(PROFILE).status_code == 200

    @pytest.mark.parametrize(
        ("old", "new", "again", "words"),
        [
            ("sai", "Mat-khau-rieng-2023", "Mat-khau-rieng-2023", "Mật khẩu hiện tại không đúng"),
            (PASSWORD, "Mat-khau-rieng-2023", "Mat-khau-rieng-2024", "không giống nhau"),
            (PASSWORD, "ngan", "ngan", "Mật khẩu còn thiếu"),
        ],
    )
    def test_a_refusal_stands_at_its_field(
        self, client: Client, somebody: Person, old: str, new: str, again: str, words: str
    ) -> None:
        client.force_login(somebody)
        response = client.post(self.PATH, {"old": old, "new": new, "again": again})
        assert words in response.content.decode()
        assert_accessible(response.content.decode())
        somebody.refresh_from_db()
        assert somebody.check_password(PASSWORD)

    def test_other_sessions_are_closed_and_this_one_stays(self, client: Client, somebody: Person) -> None:
        other = Client()
        other.force_login(somebody)
        client.force_login(somebody)
        new = "Mat-khau-rieng-2023"
        client.post(self.PATH, {"old": PASSWORD, "new": new, "again": new})
        assert client.get(PROFILE).status_code == 200
        assert other.get(PROFILE).status_code == 302


def test_the_profile_says_who_i_am_and_keeps_how_i_read(client: Client, somebody: Person) -> None:
    client.force_login(somebody)
    page = client.get(PROFILE).content.decode()
    assert_accessible(page)
    assert "Soát kết quả đọc văn bản" in page
    response = client.post(PROFILE, {"language": "en", "text_size": "larger"})
    assert response.cookies["django_language"].value == "en"
    assert 'data-text-size="larger"' in client.get(PROFILE).content.decode()
    assert sign_in(Client()).cookies["django_language"].value == "en"
