"""Bytes that no record speaks of: what an upload left behind when its transaction failed after the bytes were on disk.

They are harmless (the same upload finds and uses them), so nothing is removed in passing, where another upload of the
same bytes might be under way; they are swept on command, when they have lain for a day.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from khoithong.office.documents.models import StoredFile

REST_SECONDS = 24 * 60 * 60
"""How long a file must have lain untouched: far longer than any upload takes."""
_NAME = re.compile(r"[0-9a-f]{64}")
_DRAFT = ".draft-"
_SWEPT = f"{_DRAFT}swept-"
_BATCH = 500


def unreferenced(*, older_than: float = REST_SECONDS) -> Iterator[Path]:
    """The files under FILES_ROOT that no StoredFile names and drafts never finished, untouched for so many seconds."""
    before = time.time() - older_than
    batch: list[Path] = []
    for path in sorted(Path(settings.FILES_ROOT).glob("*/*/*")):
        if not path.is_file() or path.stat().st_mtime > before:
            continue
        if path.name.startswith(_DRAFT):
            # A sweep that was cut short may have left in its draft what an upload had just taken up.
            if not _known({path.name.removeprefix(_SWEPT)}):
                yield path
        elif _NAME.fullmatch(path.name):
            batch.append(path)
            if len(batch) == _BATCH:
                yield from _unknown(batch)
                batch = []
    yield from _unknown(batch)


def remove(path: Path, *, older_than: float = REST_SECONDS) -> bool:
    """Removes an unreferenced file; False where an upload took it up meanwhile, and then it stays.

    It is first taken from its place, then looked at once more: an upload before that has touched it, one after that
    does not find it and writes its own.
    """
    aside = path.with_name(f"{_SWEPT}{path.name}")
    os.rename(path, aside)
    if aside.stat().st_mtime <= time.time() - older_than and not _known({path.name}):
        aside.unlink()
        return True
    os.replace(aside, path)
    return False


def _unknown(paths: list[Path]) -> Iterator[Path]:
    known = _known({path.name for path in paths})
    yield from (path for path in paths if path.name not in known)


def _known(names: set[str]) -> set[str]:
    return set(StoredFile.objects.filter(pk__in=names).values_list("pk", flat=True))
