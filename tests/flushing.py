"""Emptying tables between tests although triggers forbid it.

The audit trail cannot be changed or deleted, by design, from inside the application. A test that commits
(transactional, browser, concurrency) leaves rows behind, and the test framework must be able to empty the tables all
the same. Only the framework's own flush goes through here; a DELETE in a test meets the triggers like anyone's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def flush_despite_triggers() -> Iterator[None]:
    """Let the test framework's flush set the triggers aside while it empties the tables, and put them back."""
    from django.db import transaction
    from django.db.backends.base.operations import BaseDatabaseOperations

    plain = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(operations: Any, sql_list: Iterable[str]) -> None:
        connection = operations.connection
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            triggers = _set_aside(cursor, connection.vendor)
            plain(operations, sql_list)
            for restore in triggers:
                cursor.execute(restore)

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush
    try:
        yield
    finally:
        BaseDatabaseOperations.execute_sql_flush = plain


def _set_aside(cursor: Any, vendor: str) -> list[str]:
    """Disarm all triggers; return the statements that arm them again."""
    if vendor == "postgresql":
        cursor.execute("SET LOCAL session_replication_role = replica")
        return ["SET LOCAL session_replication_role = origin"]
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    found: list[tuple[str, str]] = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'DROP TRIGGER "{name}"')
    return [sql for _, sql in found]
