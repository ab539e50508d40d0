"""What tests need beyond Python (a browser, a database server, texts beside the checkout), and what a skip may mean.

A test asks with `require("chromium")`. Where the component is missing the test is skipped and says so; with CI=true a
skip is a failure, whatever caused it, because a suite that quietly leaves tests out proves nothing. Two things are not
skips for want of a component: the texts beside the developers' checkout (mark `shared`), which exist only there, and
tests written for one of the two databases (marks `sqlite`, `postgresql`), which the other pass deselects.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tools import postgres, programs

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CHROMIUM = Path("/usr/bin/chromium")
DATABASE_MARKS = ("sqlite", "postgresql")

#: component -> (whether it is here, the Debian package that brings it)
COMPONENTS: dict[str, tuple[Callable[[], bool], str]] = {
    "chromium": (CHROMIUM.exists, "chromium"),
    "postgresql": (lambda: postgres.programs() is not None, "postgresql"),
    "gettext": (lambda: shutil.which("xgettext") is not None, "gettext"),
    "tesseract": (programs.vietnamese_tesseract, "tesseract-ocr tesseract-ocr-vie"),
    "libreoffice": (programs.libreoffice, "libreoffice-writer-nogui libreoffice-calc-nogui"),
}


def in_ci() -> bool:
    """Whether this run must be complete."""
    return os.environ.get("CI", "").lower() in ("true", "1")


def require(component: str) -> None:
    """Skip the running test (fail it with CI=true) unless the component is on this machine."""
    present, package = COMPONENTS[component]
    if not present():
        pytest.skip(f"missing component {component} (Debian package {package})")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if in_ci() and report.skipped and not hasattr(report, "wasxfail") and item.get_closest_marker("shared") is None:
        report.outcome = "failed"
        report.longrepr = f"CI=true and the test was skipped: {_reason(report)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if in_ci() and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"CI=true and the whole of {collector.nodeid} was skipped: {_reason(report)}"
    return report


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    return str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip tests of texts that are not here, and leave out those written for the other database."""
    other = [mark for mark in DATABASE_MARKS if mark != _database()]
    elsewhere = [item for item in items if any(item.get_closest_marker(mark) for mark in other)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]
    if not SHARED.is_dir():
        for item in items:
            if item.get_closest_marker("shared"):
                item.add_marker(pytest.mark.skip(reason="the labelled texts (../shared) are not here"))


def _database() -> str:
    return "postgresql" if os.environ.get("KHOITHONG_DATABASE", "").startswith("postgres") else "sqlite"
