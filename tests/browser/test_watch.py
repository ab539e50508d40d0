"""The watch over browser tests sees what a page must never do; a quiet page leaves it empty."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, Page

from tests.browser.conftest import Watch

NOWHERE = "/khong-co-trang-nay"


def test_a_quiet_page_is_no_trouble(page: Page, watch: Watch) -> None:
    answer = page.goto(NOWHERE)
    assert answer is not None
    assert (answer.status, watch.troubles) == (404, [])
    assert page.evaluate("[innerWidth, navigator.language]") == [1280, "vi-VN"]


def test_a_telephone_is_narrow(phone: Page) -> None:
    phone.goto(NOWHERE)
    assert phone.evaluate("innerWidth") == 390


def test_a_page_that_reaches_outside_is_caught(page: Page, watch: Watch) -> None:
    with pytest.raises(Error, match="ERR_FAILED"):
        page.goto("http://elsewhere.example/x")
    assert watch.troubles == ["reached outside: http://elsewhere.example/x"]
    watch.troubles.clear()


def test_a_script_that_fails_is_caught(page: Page, watch: Watch) -> None:
    page.goto(NOWHERE)
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('broken') }, 0)")
    assert len(watch.troubles) == 1
    assert "broken" in watch.troubles[0]
    watch.troubles.clear()


def test_a_breach_of_the_content_policy_is_caught(page: Page, watch: Watch) -> None:
    page.goto(NOWHERE)
    with page.expect_console_message():
        page.evaluate("document.body.appendChild(document.createElement('script')).textContent = 'window.ran = 1'")
    assert page.evaluate("window.ran") is None
    assert len(watch.troubles) == 1
    assert watch.troubles[0].startswith("content policy: ")
    watch.troubles.clear()
