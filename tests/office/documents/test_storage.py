"""Original bytes: kept whole, kept once, verified."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from khoithong.office.documents import storage

DATA = "Bản gốc của một công văn.".encode()


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "kho"
    return tmp_path / "kho"


def files(root: Path) -> list[str]:
    return sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file())


def test_bytes_lie_under_their_digest(root: Path) -> None:
    sha256 = storage.keep(DATA)
    assert sha256 == hashlib.sha256(DATA).hexdigest()
    assert files(root) == [f"{sha256[:2]}/{sha256[2:4]}/{sha256}"]
    assert storage.load(sha256) == DATA


def test_the_same_bytes_are_kept_once_and_not_written_again(root: Path) -> None:
    first = storage.keep(DATA)
    written = storage.path_of(first).stat().st_ino
    assert storage.keep(DATA) == first
    assert storage.path_of(first).stat().st_ino == written
    assert len(files(root)) == 1


def test_a_kept_file_is_not_writable(root: Path) -> None:
    assert storage.path_of(storage.keep(DATA)).stat().st_mode & 0o222 == 0


def test_changed_bytes_are_not_given_out() -> None:
    path = storage.path_of(storage.keep(DATA))
    path.chmod(0o640)
    path.write_bytes(DATA + b"!")
    with pytest.raises(storage.Damaged):
        storage.load(path.name)


def test_missing_bytes_are_not_given_out() -> None:
    with pytest.raises(storage.Damaged):
        storage.load("ab" * 32)


def test_a_damaged_copy_is_mended_by_the_same_upload() -> None:
    sha256 = storage.keep(DATA)
    storage.path_of(sha256).chmod(0o640)
    storage.path_of(sha256).write_bytes(b"")
    storage.keep(DATA)
    assert storage.load(sha256) == DATA


def test_a_write_that_fails_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def disk_full(_handle: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", disk_full)
    with pytest.raises(OSError, match="No space"):
        storage.keep(DATA)
    assert files(root) == []
