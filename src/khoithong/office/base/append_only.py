"""Tables that only grow: triggers by which the database itself refuses UPDATE and DELETE, on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.db import migrations

MESSAGE = "append-only table"


def create_statements(vendor: str, table: str) -> list[str]:
    """SQL that makes `table` append-only. `vendor` is Django's name of the database."""
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}: {table}'; END $$",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_append_only()",
        ]
    return [
        f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}: {table}'); END"
        for event in ("UPDATE", "DELETE")
    ]


def drop_statements(vendor: str, table: str) -> list[str]:
    """SQL that undoes `create_statements`; for migrations backwards and for emptying a test database."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}" for name in ("no_change", "no_truncate")]
    return [f"DROP TRIGGER IF EXISTS {table}_no_{event}" for event in ("update", "delete")]


def operation(table: str) -> migrations.RunPython:
    """A migration operation that makes `table` append-only."""

    def forwards(_apps: Any, schema_editor: Any) -> None:
        for statement in create_statements(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)

    def backwards(_apps: Any, schema_editor: Any) -> None:
        for statement in drop_statements(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)

    return migrations.RunPython(forwards, backwards)
