"""What every command of the office does first: start Django, bring its database and files up to date."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

#: files made by the office (database, key, papers) are nobody else's to read
PRIVATE = 0o077


def start() -> None:
    """Set Django up. What the process writes from now on only its owner can read."""
    os.umask(PRIVATE)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khoithong.office.settings")
    import django

    django.setup()


def bring_up_to_date(*, say: Callable[[str], None]) -> None:
    """Make the data folder, migrate, gather static files: each only where something is due."""
    from django.conf import settings

    settings.VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
    due = _migrations_due()
    if due:
        say(f"cập nhật cơ sở dữ liệu: {due} bước")
        _call("migrate")
    if _gather_static():
        say("đã gom tệp tĩnh của giao diện")


def _migrations_due() -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _gather_static() -> bool:
    """Collect and compress static files unless the ones there were made from the same sources."""
    from django.conf import settings

    stamp = settings.STATIC_ROOT.with_suffix(".stamp")
    fingerprint = _static_fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint:
        return False
    _call("collectstatic", clear=True, interactive=False)
    stamp.write_text(fingerprint, encoding="ascii")
    return True


def _static_fingerprint() -> str:
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(f"{settings.STATIC_ROOT} {settings.STORAGES['staticfiles']}".encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _call(command: str, **options: object) -> None:
    from django.core.management import call_command

    call_command(command, verbosity=0, **options)
