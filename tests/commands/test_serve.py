"""`khoithong serve` and `manage` as processes: refusals come at once, in one line, before anything is made."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


def khoithong(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("KHOITHONG_", "PYTEST_"))}
    source = Path(__file__).resolve().parents[2] / "src"
    return subprocess.run(
        [sys.executable, "-m", "khoithong", *arguments],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--port", "x"], "“x” không phải số cổng"),
        (["--host", "may-chu"], "“may-chu” không phải địa chỉ IP"),
        (["--host", "192.0.2.1"], "không mở được 192.0.2.1"),
        (["--workers", "0"], "ít nhất một tiến trình"),
        (["--host", "0.0.0.0", "--demo"], "chỉ mở được trên máy này"),
        (["--host", "::", "--demo"], "chỉ mở được trên máy này"),
    ],
)
def test_what_cannot_be_served_is_refused(tmp_path: Path, arguments: list[str], words: str) -> None:
    done = khoithong(tmp_path, "serve", *arguments)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert words in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        done = khoithong(tmp_path, "serve", "--demo", "--port", str(port))
    assert done.returncode == 2
    assert f"cổng {port} đang có chương trình khác dùng" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_manage_runs_a_command_of_django_and_gives_its_exit_code(tmp_path: Path) -> None:
    done = khoithong(tmp_path, "manage", "check", "--fail-level", "WARNING")
    assert (done.returncode, done.stderr) == (0, "")
    assert khoithong(tmp_path, "manage", "no-such-command").returncode == 1
    assert (tmp_path / "var").stat().st_mode & 0o077 == 0
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_the_models_and_their_migrations_agree(tmp_path: Path) -> None:
    done = khoithong(tmp_path, "manage", "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout
