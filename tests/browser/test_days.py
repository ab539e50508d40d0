"""The field of a day in a browser whose own language is American English."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from khoithong.office.accounts.models import Role
from khoithong.office.tasks.models import Task
from tests.browser.conftest import Watch
from tests.factories import make_agency, make_person, make_task

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page: Page, live_server: Any) -> None:
    client = Client()
    client.force_login(
        make_person(Role.COORDINATOR, agency=make_agency("Văn phòng Thử")),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    session = client.cookies["sessionid"].value
    cookies = {"sessionid": session, "django_language": "vi"}  # Vietnamese pages in whatever browser
    page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )


@pytest.fixture
def american(browser: Browser, live_server: Any, watch: Watch) -> Any:
    with browser.new_context(base_url=live_server.url, locale="en-US", timezone_id="America/New_York") as context:
        context.set_default_timeout(15_000)
        watch.follow(context)
        page = context.new_page()
        sign_in(page, live_server)
        yield page


def test_the_calendar_fills_the_field_day_first(american: Page) -> None:
    american.goto("/nhiem-vu/?due_from=2023-11-05")
    field = american.locator("#filter-due_from")
    expect(field).to_have_value("05/11/2023")
    american.evaluate("window.opened = []")
    american.evaluate("HTMLInputElement.prototype.showPicker = function () { opened.push(this.value) }, 0")
    button = american.get_by_role("button", name="Chọn ngày trong lịch").first
    button.focus()
    american.keyboard.press("Enter")
    assert american.evaluate("opened") == ["2023-11-05"]
    american.locator("[data-day]").first.locator(".day-calendar").evaluate(
        "calendar => { calendar.value = '2023-12-04'; calendar.dispatchEvent(new Event('change', {bubbles: true})) }"
    )
    expect(field).to_have_value("04/12/2023")
    expect(field).to_be_focused()


def test_the_calendar_really_opens_and_nobody_tabs_into_it(american: Page) -> None:
    american.goto("/nhiem-vu/")
    troubles: list[str] = []
    american.on("pageerror", lambda error: troubles.append(str(error)))
    american.get_by_role("button", name="Chọn ngày trong lịch").first.click()
    expect(american.locator(".day-calendar")).to_have_count(1)
    american.keyboard.press("Escape")
    american.locator("#filter-due_from").focus()
    stops = []
    for _ in range(2):
        american.keyboard.press("Tab")
        stops.append(american.evaluate("document.activeElement.className || document.activeElement.name"))
    assert ["day-calendar" in stop for stop in stops] == [False, False]
    assert troubles == []


def test_a_typed_day_stands_in_the_address_as_one_for_every_language(american: Page) -> None:
    american.goto("/nhiem-vu/")
    field = american.locator("#filter-due_to")
    field.fill("5/3/2024")
    field.press("Tab")
    expect(field).to_have_value("05/03/2024")
    field.press("Enter")
    american.wait_for_url("**/?due_to=2024-03-05")
    expect(american.get_by_role("link", name="Bỏ lọc Thời hạn đến 05/03/2024")).to_be_visible()
    expect(american.locator("#filter-due_to")).to_have_value("05/03/2024")


def test_without_script_the_day_is_a_text_field(browser: Browser, live_server: Any, watch: Watch) -> None:
    lead = make_agency("Sở Thử")
    make_task("Việc giao qua điện thoại", lead=lead)
    with browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-US") as context:
        watch.follow(context)
        page = context.new_page()
        sign_in(page, live_server)
        page.goto("/nhiem-vu/nhap/")
        expect(page.get_by_role("button", name="Chọn ngày trong lịch")).to_have_count(0)
        page.get_by_label("Nội dung nhiệm vụ").fill("Rà soát danh mục")
        page.get_by_role("group", name="Cơ quan chủ trì").get_by_label("Sở Thử").check()
        page.get_by_label("Nguồn giao, khi không có văn bản").fill("giao qua điện thoại")
        page.get_by_label("Ngày giao").fill("3/11/2023")
        page.get_by_label("Thời hạn").fill("30/02/2024")
        page.locator("main form button.main").click()
        expect(page.get_by_text("Thời hạn: trong lịch không có ngày 30/02/2024.")).to_be_visible()
        page.get_by_label("Thời hạn").fill("5/3/2024")
        page.locator("main form button.main").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Rà soát danh mục")
    task = Task.objects.get(action="Rà soát danh mục")
    assert (f"{task.assigned_on}", f"{task.deadline_on}") == ("2023-11-03", "2024-03-05")
