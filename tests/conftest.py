"""For every test: a database that threads can share, files kept apart, skips that mean something."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from tests.components import (  # noqa: F401 - pytest finds hooks by name in this module
    pytest_collection_modifyitems,
    pytest_make_collect_report,
    pytest_runtest_makereport,
)
from tests.flushing import flush_despite_triggers


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    # A busy machine is no error; and a check of a change tries the same examples twice, people look for new ones.
    hypothesis.register_profile(
        "house",
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        derandomize=os.environ.get("CI", "") not in ("", "false"),
    )
    hypothesis.load_profile("house")
    config.addinivalue_line("markers", "sqlite: written for SQLite; the PostgreSQL pass leaves it out")
    config.addinivalue_line("markers", "postgresql: written for PostgreSQL; the SQLite pass leaves it out")
    # Slow hashing protects passwords that matter; those of tests do not.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Put SQLite's test database into a file: one in memory cannot be shared by threads without false lock errors."""
    from django.db import connections

    default = connections["default"]
    if default.vendor == "sqlite":
        default.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _flush_despite_triggers() -> Iterator[None]:
    with flush_despite_triggers():
        yield


@pytest.fixture(autouse=True)
def _vietnamese_again() -> Iterator[None]:
    """A request leaves its language to the thread; the next test must not find it."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _files_apart(request: pytest.FixtureRequest) -> None:
    """Give each test that may write files a store of its own."""
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames):
        settings: Any = request.getfixturevalue("settings")
        folder: Path = request.getfixturevalue("tmp_path")
        settings.FILES_ROOT = folder / "files"
