"""`khoithong demo` and `serve --demo` as a person meets them: from nothing to a full office, and again."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def place(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of an office that lies in a new folder, and under PostgreSQL in a new database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KHOITHONG_", "PYTEST_"))}
    kept |= {"PYTHONPATH": str(ROOT / "src"), "KHOITHONG_VAR": str(folder / "var"), "COLUMNS": "120"}
    server = os.environ.get("KHOITHONG_DATABASE", "")
    if not server.startswith("postgres"):
        yield kept
        return
    name = f"demo_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield kept | {"KHOITHONG_DATABASE": urlsplit(server)._replace(path=f"/{name}").geturl()}
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@dataclass(frozen=True)
class Demo:
    """A demo office, and what was printed when it was filled."""

    environment: dict[str, str]
    first: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Filled once for all tests of this module, which only look at it or run the demo again."""
    with place(tmp_path_factory.mktemp("office")) as environment:
        yield Demo(environment, khoithong(environment, "demo"))


def khoithong(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "khoithong", *arguments],
        cwd=Path(environment["KHOITHONG_VAR"]).parent,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def contents(environment: dict[str, str]) -> dict[str, int]:
    """How many rows of each kind the office holds, as its own dump counts them; sessions and the like left out."""
    dumped = khoithong(environment, "manage", "dumpdata", "base", "agencies", "accounts", "documents", "tasks")
    assert dumped.returncode == 0, dumped.stderr
    counted: dict[str, int] = {}
    for row in json.loads(dumped.stdout):
        counted[row["model"]] = counted.get(row["model"], 0) + 1
    return counted


def test_the_demo_fills_the_office_and_says_so(demo: Demo) -> None:
    assert (demo.first.returncode, demo.first.stderr) == (0, "")
    for words in (
        "Quảng Nam",
        "chi-dao-de-an-06.txt",
        "VĂN BẢN VIỆN DẪN",
        "NHIỆM VỤ",
        "Đăng nhập mẫu, mật khẩu chung: ",
    ):
        assert words in demo.first.stdout
    held = contents(demo.environment)
    for model in ("agencies.agency", "accounts.person", "documents.paper", "tasks.task"):
        assert held[model] > 0


def test_the_demo_again_loses_nothing_and_doubles_nothing(demo: Demo) -> None:
    held = contents(demo.environment)
    again = khoithong(demo.environment, "demo")
    assert (again.returncode, again.stderr) == (0, "")
    assert contents(demo.environment) == held


def test_every_role_can_sign_in(demo: Demo) -> None:
    from khoithong.office.accounts.models import Role

    listed = demo.first.stdout[demo.first.stdout.index("Đăng nhập mẫu") :]
    assert [role for role in Role.labels if str(role) not in listed] == []


def test_an_office_in_which_real_people_work_is_left_alone(tmp_path: Path) -> None:
    make_person = (
        "from khoithong.office.agencies.models import Agency, Kind\n"
        "from khoithong.office.accounts.models import Person\n"
        "agency = Agency.objects.create(code='that', kind=Kind.DEPARTMENT, name='Sở Thật')\n"
        "Person.objects.create(username='that', full_name='Người Thật', agency=agency)\n"
    )
    with place(tmp_path) as environment:
        assert khoithong(environment, "manage", "migrate", "--verbosity", "0").returncode == 0
        assert khoithong(environment, "manage", "shell", "--verbosity", "0", "-c", make_person).returncode == 0
        before = contents(environment)
        refused = khoithong(environment, "demo")
        assert refused.returncode == 2
        assert "đã có người dùng thật" in refused.stderr
        assert "mật khẩu chung" not in refused.stdout
        assert contents(environment) == before


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def test_serving_the_demo_says_where_and_ends_when_told(demo: Demo, free_port: int) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "khoithong", "serve", "--demo", "--port", str(free_port), "--workers", "1"],
        env=demo.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    try:
        assert server.stdout is not None
        for line in server.stdout:
            said.append(line)
            if f"http://127.0.0.1:{free_port}/" in line:
                break
        else:
            pytest.fail("".join(said))
        with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/", timeout=20) as page:
            text = page.read().decode()
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=30)
    assert server.returncode == 0
    assert "mật khẩu chung" in "".join(said)
    assert (page.status, urlsplit(page.url).path) == (200, "/tai-khoan/dang-nhap/")
    assert 'lang="vi"' in text


@pytest.mark.sqlite
def test_what_the_office_writes_is_its_owners_only(demo: Demo) -> None:
    var = Path(demo.environment["KHOITHONG_VAR"])
    assert var.stat().st_mode & 0o777 == 0o700
    # Behind that closed door lie static files, which are anyone's to see; of all the rest others have nothing.
    own = [path for path in var.rglob("*") if path.relative_to(var).parts[0] != "static"]
    assert {path.relative_to(var).parts[0] for path in own} >= {"files", "khoithong.sqlite3", "secret-key"}
    assert [path for path in own if path.stat().st_mode & 0o007] == []
    assert [name for name in ("khoithong.sqlite3", "secret-key") if (var / name).stat().st_mode & 0o077] == []
    with sqlite3.connect(var / "khoithong.sqlite3") as database:
        hashes = [row[0] for row in database.execute("SELECT password FROM accounts_person")]
    database.close()
    assert hashes
    assert all(re.match(r"(pbkdf2_sha256|argon2|scrypt)", hashed) for hashed in hashes)
