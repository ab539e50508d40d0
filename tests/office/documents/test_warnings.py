"""Likely slips of a paper: kept with the reading, told on upload, shown above the findings with a way to the place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html

from khoithong.office.accounts.models import Person, Role
from khoithong.office.documents.models import Paper
from khoithong.reading.findings import Slip, SlipKind
from tests.factories import make_person
from tests.office.documents.making import make_directive, receive, span
from tests.office.pages import assert_accessible

pytestmark = pytest.mark.django_db
SLIPS = (
    Slip(SlipKind.NO_SUCH_DATE, "Dòng 4: <b>không có</b> ngày đó.", *span("ngày 03/10/2023"), rule="slip"),
    Slip(SlipKind.TWO_DATES, "Dòng 6: hai ngày.", *span("gửi Sở"), rule="slip"),
)


@pytest.fixture
def officer() -> Person:
    return make_person(Role.HEAD)


@pytest.fixture
def web(client: Client, officer: Person) -> Client:
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(web: Client, name: str, *args: Any) -> Any:
    answer = web.get(reverse(f"documents:{name}", args=args))
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def test_the_review_leads_from_each_warning_to_its_line(web: Client, officer: Person) -> None:
    paper = receive(officer, directive=replace(make_directive(), warnings=SLIPS))
    tree = page(web, "review", paper.pk)
    (shown,) = tree.find_class("review-warnings")
    items = [" ".join(item.text_content().split()) for item in shown.iter("li")]
    assert items == ["Dòng 4: <b>không có</b> ngày đó. Đến chỗ đó", "Dòng 6: hai ngày. Đến chỗ đó"]
    lines = [tree.get_element_by_id(link.get("href").removeprefix("#")) for link in shown.iter("a")]
    assert ["03/10/2023" in lines[0].text_content(), "gửi Sở" in lines[1].text_content()] == [True, True]
    assert_accessible(html.tostring(tree, encoding="unicode", doctype="<!doctype html>"))


def test_without_warnings_nothing_of_them_is_shown(web: Client, officer: Person) -> None:
    paper = receive(officer)
    assert page(web, "review", paper.pk).find_class("review-warnings") == []
    assert "cảnh báo" not in page(web, "upload").text_content()


def test_what_waits_for_review_says_how_many(web: Client, officer: Person) -> None:
    receive(officer, directive=replace(make_directive(), warnings=SLIPS))
    assert "2 cảnh báo" in page(web, "upload").text_content()


def test_upload_tells_of_warnings(web: Client) -> None:
    file = SimpleUploadedFile("sai.txt", "Yêu cầu Sở Y tế làm theo Thông tư số 5/2021/NĐ-CP.".encode())
    answer = web.post(reverse("documents:upload"), {"file": file}, follow=True)
    assert "sai.txt: có 1 cảnh báo" in answer.content.decode()
    (slip,) = Paper.objects.get().reading.warnings
    assert slip["kind"] == "type-against-symbol"


def test_the_answer_to_the_script_counts_warnings(web: Client) -> None:
    file = SimpleUploadedFile("sai.txt", "Yêu cầu Sở Y tế làm theo Thông tư số 5/2021/NĐ-CP.".encode())
    answer = web.post(reverse("documents:upload"), {"file": file}, HTTP_ACCEPT="application/json")
    assert answer.json()["said"] == "Có 1 cảnh báo; hãy đối chiếu khi soát."
