"""Pages in a real Chromium against a real server.

A page that reaches outside, breaks the content policy or lets a script fail makes its test fail, whatever the test
itself looks at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Route, sync_playwright

from tests.components import CHROMIUM, require

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 15_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    require("chromium")
    # Playwright keeps an event loop running in this thread, in which Django would refuse the tests' own queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
    yield chromium
    chromium.close()


class Watch:
    """What went wrong in the pages of one test."""

    def __init__(self, own: str) -> None:
        self.own = urlsplit(own).netloc
        self.troubles: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        context.route("**/*", self._let_pass)
        context.on("weberror", lambda error: self.troubles.append(f"script error: {error.error}"))
        context.on("console", self._listen)

    def _let_pass(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self.own:
            self.troubles.append(f"reached outside: {route.request.url}")
            route.abort()
        else:
            route.continue_()

    def _listen(self, message: ConsoleMessage) -> None:
        if "content security policy" in message.text.lower():
            self.troubles.append(f"content policy: {message.text}")


@pytest.fixture
def watch(live_server: Any) -> Iterator[Watch]:
    watching = Watch(live_server.url)
    yield watching
    assert watching.troubles == []


def _context(browser: Browser, live_server: Any, watch: Watch, viewport: dict[str, int]) -> BrowserContext:
    context = browser.new_context(
        base_url=live_server.url,
        viewport=viewport,  # type: ignore[arg-type]
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
    )
    context.set_default_timeout(PATIENCE_MS)
    watch.follow(context)
    return context


@pytest.fixture
def page(browser: Browser, live_server: Any, watch: Watch) -> Iterator[Page]:
    """A page as on a desk, 1280 x 800; addresses are relative to the live server."""
    with _context(browser, live_server, watch, DESK) as context:
        yield context.new_page()


@pytest.fixture
def phone(browser: Browser, live_server: Any, watch: Watch) -> Iterator[Page]:
    """A page as on a telephone, 390 x 844."""
    with _context(browser, live_server, watch, PHONE) as context:
        yield context.new_page()
