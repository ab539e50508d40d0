"""What every test of the office needs: append-only tables can be emptied between tests, and only by the tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations as PostgresOperations
from django.db.backends.sqlite3.operations import DatabaseOperations as SqliteOperations

from khoithong.office.base.append_only import create_statements, drop_statements

APPEND_ONLY_TABLES = ("base_auditentry",)


@pytest.fixture(autouse=True, scope="session")
def _flush_lifts_append_only() -> Iterator[None]:
    """Tests in real transactions are cleaned up by a flush, which the triggers would rightly refuse."""
    patch = pytest.MonkeyPatch()
    for operations in (SqliteOperations, PostgresOperations):

        def lifted(self: Any, *args: Any, _flush: Any = operations.sql_flush, **kwargs: Any) -> list[str]:
            vendor = self.connection.vendor
            before = [s for table in APPEND_ONLY_TABLES for s in drop_statements(vendor, table)]
            after = [s for table in APPEND_ONLY_TABLES for s in create_statements(vendor, table)]
            return [*before, *_flush(self, *args, **kwargs), *after]

        patch.setattr(operations, "sql_flush", lifted)
    yield
    patch.undo()
