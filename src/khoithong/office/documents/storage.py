"""The bytes of original files on disk, each under its SHA-256: written whole or not at all, verified when read."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings


class Damaged(Exception):
    """What lies on disk is not what was kept."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"stored file {sha256} is missing or damaged")
        self.sha256 = sha256


def digest(data: bytes) -> str:
    """The SHA-256 of `data`, 64 hex digits: the name under which it is kept."""
    return hashlib.sha256(data).hexdigest()


def path_of(sha256: str) -> Path:
    """Where the bytes with this digest lie: FILES_ROOT/aa/bb/<64 hex digits>."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:4] / sha256


def keep(data: bytes) -> str:
    """Keeps `data` and gives its digest. The same bytes are kept once; a copy that was damaged is mended.

    The file appears under its name only when it is whole and on disk: it is written beside, synced and renamed.
    """
    sha256 = digest(data)
    target = path_of(sha256)
    if _is_whole(target, sha256):
        # In use from now on: `sweeping` leaves alone what was touched of late. Files put back by another user may be
        # ours to read only.
        with suppress(PermissionError):
            os.utime(target)
        return sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), 0o440)
            os.fsync(file.fileno())
        os.replace(draft, target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)
    return sha256


def load(sha256: str) -> bytes:
    """The bytes kept under `sha256`. Raises Damaged where they are missing or no longer the same."""
    try:
        data = path_of(sha256).read_bytes()
    except OSError:
        raise Damaged(sha256) from None
    if digest(data) != sha256:
        raise Damaged(sha256)
    return data


def _is_whole(path: Path, sha256: str) -> bool:
    try:
        return digest(path.read_bytes()) == sha256
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
