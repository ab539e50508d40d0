"""The throwaway cluster: it answers, by its socket only, and nothing of it is left, however the run ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tests.components import require
from tools import postgres

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _server_programs() -> None:
    require("postgresql")


def folder_of(address: str) -> Path:
    return Path(unquote(urlsplit(address).netloc.partition("@")[2]))


def test_the_cluster_answers_and_is_gone_afterwards() -> None:
    with postgres.cluster() as address:
        folder = folder_of(address)
        with psycopg.connect(address) as connection:
            assert connection.execute("SELECT 'Đề án 06'").fetchone() == ("Đề án 06",)
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        assert (os.stat(folder).st_mode & 0o777, os.stat(f"/proc/{server}").st_uid != 0) == (0o700, True)
    assert not folder.exists()
    assert not Path(f"/proc/{server}").exists()


def test_the_cluster_is_gone_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), postgres.cluster() as address:  # noqa: PT012 - the error comes from inside
        folder = folder_of(address)
        raise ZeroDivisionError
    assert not folder.exists()


def test_two_clusters_stand_side_by_side() -> None:
    with postgres.cluster() as one, postgres.cluster() as other:
        assert folder_of(one) != folder_of(other)


def test_without_the_programs_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "programs", lambda: None)
    with pytest.raises(postgres.NotStarted, match="gói postgresql"), postgres.cluster():
        pass


HOLD = """\
import signal
import time
from tools import postgres
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background passes on that it is ignored
with postgres.cluster() as address:
    print(address, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_no_server_outlives_its_parent(number: signal.Signals) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    with holder:
        assert holder.stdout is not None
        folder = folder_of(holder.stdout.readline().strip())
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        holder.send_signal(number)
        holder.wait(timeout=30)
    deadline = time.monotonic() + 10
    while Path(f"/proc/{server}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{server}").exists()
    if number == signal.SIGINT:
        assert not folder.exists()
    else:  # a process killed outright cannot clean up after itself; we do
        subprocess.run(["rm", "-r", folder], check=True)
