"""Reading an archive by a Dask cluster of two workers, one of which is killed on the way."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from khoithong.cli import main
from khoithong.reading.archives.cluster import Cluster
from khoithong.reading.archives.local import Processes
from khoithong.reading.archives.run import Progress, read_archive
from tests.reading.archives.papers import json_lines

ROOT = Path(__file__).resolve().parents[3]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}

pytestmark = [
    pytest.mark.concurrency,
    # What Dask itself leaves open at its end is none of ours.
    pytest.mark.filterwarnings(
        "ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
    ),
]


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", *arguments], env=ENVIRONMENT, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """The address of a scheduler and two worker processes, each of one thread."""
    scheduler = start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    processes = [scheduler]
    try:
        assert scheduler.stderr is not None
        address = next(m[1] for line in scheduler.stderr if (m := re.search(r"Scheduler at:\s+(tcp://\S+)", line)))
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path / "dask"))
        workers = [start("distributed.cli.dask_worker", address, *options) for _ in range(2)]
        processes += workers
        yield address, workers
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def test_a_cluster_loses_a_worker_and_nothing_else(
    cluster: tuple[str, list[subprocess.Popen[str]]], tmp_path: Path
) -> None:
    address, workers = cluster
    archive = str(json_lines(tmp_path / "kho.jsonl.gz", range(1, 400)))
    alone, together = tmp_path / "alone.parquet", tmp_path / "together.parquet"
    hands = Cluster(address)
    hands._client.wait_for_workers(2, timeout=30)
    killed: list[int] = []

    def kill_one(progress: Progress) -> None:
        if not killed:
            workers[0].send_signal(signal.SIGKILL)
            killed.append(progress.documents)

    outcome = read_archive([archive], together, hands, kill_one)
    assert killed[0] < 399
    assert (outcome.documents, outcome.failures) == (399, [])
    read_archive([archive], alone, Processes(2))
    assert together.read_bytes() == alone.read_bytes()


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = str(json_lines(tmp_path / "kho.jsonl.gz", range(1, 3)))
    assert main(["read-archive", archive, "-o", str(tmp_path / "out.parquet"), "--scheduler", "nonsense"]) == 2
    assert "không tới được bộ điều phối" in capsys.readouterr().err
