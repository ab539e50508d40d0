"""Setting up: what uv is told of pip's configuration, and what is refused before anything long is done."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import bootstrap, debian

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("config", "environment", "settings"),
    [
        ("", {}, {}),
        (
            "global.index-url='https://mirror.example/simple'\n",
            {},
            {"UV_DEFAULT_INDEX": "https://mirror.example/simple"},
        ),
        (
            "global.extra-index-url='file:///a/simple file:///b/simple'\n",
            {},
            {"UV_EXTRA_INDEX_URL": "file:///a/simple file:///b/simple"},
        ),
        (
            "global.extra-index-url='\\nhttps://a.example/simple\\nhttps://b.example/simple'\n",
            {},
            {"UV_EXTRA_INDEX_URL": "https://a.example/simple https://b.example/simple"},
        ),
        ("global.find-links='/a /b'\n", {}, {"UV_FIND_LINKS": "/a,/b"}),
        (":env:.cert='/etc/ca.pem'\n", {}, {"SSL_CERT_FILE": "/etc/ca.pem"}),
        (":env:.index-url='https://e/'\nglobal.index-url='https://g/'\n", {}, {"UV_DEFAULT_INDEX": "https://e/"}),
        ("install.index-url='https://i/'\nglobal.index-url='https://g/'\n", {}, {"UV_DEFAULT_INDEX": "https://i/"}),
        ("global.index-url='https://g/'\n", {"UV_DEFAULT_INDEX": "https://own/"}, {}),
        ("global.timeout='60'\ndownload.index-url='https://d/'\n", {}, {}),
        ("global.extra-index-url=''\n", {}, {}),
    ],
)
def test_uv_is_told_what_pip_is_configured_with(
    config: str, environment: dict[str, str], settings: dict[str, str]
) -> None:
    assert bootstrap.uv_settings(config, environment) == settings


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def make_run(port: str) -> tuple[int, str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(
        ["make", "run", f"PORT={port}", f"PYTHON={sys.executable}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_taken_port_is_said_at_once_with_a_way_out(taken_port: int) -> None:
    code, said = make_run(str(taken_port))
    assert code != 0
    assert f"cổng {taken_port} đang có chương trình khác dùng" in said
    assert "PORT=" in said
    assert "dựng môi trường" not in said
    assert "lấy uv" not in said


@pytest.mark.parametrize("port", ["80a", "0", "65536", "-1", "٨٠٨٠"])
def test_what_is_not_a_port_is_refused(port: str) -> None:
    code, said = make_run(port)
    assert code != 0
    assert "không phải số cổng" in said


def test_where_packages_may_not_be_installed_they_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(debian, "may_install", lambda: False)
    with pytest.raises(SystemExit) as stopped:
        debian.install({"postgresql": "để thử"})
    assert stopped.value.code == 1
    assert "apt-get install postgresql" in capsys.readouterr().err


def test_make_help_names_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE)) - {"env", "env-dev"}
    helped = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  make ([a-z-]+) ", helped, re.MULTILINE)) == targets
    assert {"run", "demo", "test", "lint", "lock", "score", "bench", "screenshots", "help"} <= targets
