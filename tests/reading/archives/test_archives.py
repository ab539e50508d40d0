"""Reading archives with real processes: order, failures, deaths, stops, and what is read again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from khoithong.cli import main
from khoithong.reading.archives import CannotRead
from khoithong.reading.archives.documents import Batch
from khoithong.reading.archives.local import Processes
from khoithong.reading.archives.run import Progress, read_archive
from khoithong.reading.archives.store import Store
from khoithong.reading.archives.work import Answer, read_batch
from tests.reading.archives.papers import json_lines, paper

ROOT = Path(__file__).resolve().parents[3]


class Here:
    """Hands in this process: they read when they are asked for answers, and note what they read."""

    def __init__(self, *, deadly: str = "", stop_after: int = 1_000_000) -> None:
        self.given: list[tuple[int, Batch]] = []
        self.read: list[Batch] = []
        self.deadly = deadly
        self.stop_after = stop_after
        self.closed = False

    @property
    def free(self) -> int:
        return 2 - len(self.given)

    def hand(self, ticket: int, batch: Batch) -> None:
        self.given.append((ticket, batch))

    def answers(self) -> list[tuple[int, Answer | None]]:
        if len(self.read) >= self.stop_after:
            raise KeyboardInterrupt
        ticket, batch = self.given.pop()  # the last first, as if one hand were slow
        self.read.append(batch)
        died = self.deadly and any(d.id == self.deadly for d in batch.documents)
        return [(ticket, None if died else read_batch(batch))]

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return json_lines(tmp_path / "kho.jsonl.gz", range(1, 161))


def test_each_row_is_the_reading_of_its_document_in_order(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    outcome = read_archive([str(archive)], out, Here())
    rows = pq.read_table(out).to_pylist()
    assert [row["id"] for row in rows] == [f"vb-{n}" for n in range(1, 161)]
    row = rows[6]
    assert row["document"]["symbol"] == "7/UBND-TH"
    assert row["document"]["issued_on"] == date(2026, 5, 4)
    text = paper(7)
    assert text[row["document"]["start"] : row["document"]["end"]] == "7/UBND-TH"
    assert [c["symbol"] for c in row["citations"]] == ["7/2025/NĐ-CP"]
    first, second = row["assignments"]
    assert first["lead"] == ["Sở Tài chính"]
    assert first["coordinators"] == ["Sở Nội vụ"]
    assert first["deadline"]["due_on"] == date(2026, 6, 30)
    assert second["deadline"]["recurrence"] == "monthly"
    assert (row["characters"], row["error"]) == (len(text), None)
    assert {relation["object"]["citation"] for relation in row["relations"]} == {0}
    assert row["provisions"] == row["references"] == row["warnings"] == []
    assert (outcome.documents, outcome.recalled, outcome.failures) == (160, 0, [])
    assert not out.with_name("out.parquet.parts").exists()


@pytest.mark.concurrency
def test_the_output_is_the_same_however_many_workers_there_are(archive: Path, tmp_path: Path) -> None:
    outputs = []
    for count in (1, 3):
        out = tmp_path / f"{count}.parquet"
        read_archive([str(archive)], out, Processes(count))
        outputs.append(out.read_bytes())
    here = tmp_path / "here.parquet"
    read_archive([str(archive)], here, Here())
    assert outputs == [here.read_bytes()] * 2


def test_bad_files_are_told_and_the_others_read(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "a.txt").write_text(paper(1), encoding="utf-8")
    (folder / "b.bin").write_bytes(b"\x00\x01\x02" * 50)
    (folder / "c.txt").write_bytes(b"")
    (folder / "d.txt").write_text(paper(2), encoding="utf-8")
    outcome = read_archive([str(folder)], tmp_path / "out.parquet", Here())
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["document"] and row["document"]["symbol"] for row in rows] == ["1/UBND-TH", None, None, "2/UBND-TH"]
    assert [(Path(source).name, bool(reason)) for source, _, reason in outcome.failures] == [
        ("b.bin", True),
        ("c.txt", True),
    ]


def test_nothing_is_read_twice_after_a_stop(archive: Path, tmp_path: Path) -> None:
    out, whole = tmp_path / "out.parquet", tmp_path / "whole.parquet"
    once = Here()
    read_archive([str(archive)], whole, once)
    first, second = Here(stop_after=2), Here()
    with pytest.raises(KeyboardInterrupt):
        read_archive([str(archive)], out, first)
    assert first.closed
    assert not out.exists()
    outcome = read_archive([str(archive)], out, second)
    assert sorted(b.key for b in [*first.read, *second.read]) == sorted(b.key for b in once.read)
    assert outcome.recalled == sum(len(b.documents) for b in first.read) > 0
    assert out.read_bytes() == whole.read_bytes()


def test_a_finished_output_serves_when_the_archive_has_grown(archive: Path, tmp_path: Path) -> None:
    out, fresh = tmp_path / "out.parquet", tmp_path / "fresh.parquet"
    read_archive([str(archive)], out, Here())
    same = Here()
    read_archive([str(archive)], out, same)
    assert same.read == []
    more = json_lines(tmp_path / "more.jsonl.gz", range(900, 903))
    grown = Here()
    read_archive([str(archive), str(more)], out, grown)
    assert sum(len(batch.documents) for batch in grown.read) < 60
    read_archive([str(archive), str(more)], fresh, Here())
    assert out.read_bytes() == fresh.read_bytes()


def test_a_torn_manifest_and_a_foreign_output_do_no_harm(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    out.write_bytes(b"no parquet at all")
    with pytest.raises(KeyboardInterrupt):
        read_archive([str(archive)], out, Here(stop_after=2))
    manifest = tmp_path / "out.parquet.parts" / "manifest.jsonl"
    manifest.write_text(manifest.read_text() + '{"batch": "ab', encoding="ascii")
    part = next((tmp_path / "out.parquet.parts").glob("*.parquet"))
    part.unlink()
    outcome = read_archive([str(archive)], out, Here())
    assert outcome.documents == 160
    assert pq.read_metadata(out).num_rows == 160


def test_only_the_document_at_fault_is_lost_when_a_worker_dies(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    outcome = read_archive([str(archive)], out, Here(deadly="vb-20"))
    assert [name for _, name, _ in outcome.failures] == ["vb-20"]
    rows = pq.read_table(out).to_pylist()
    assert [row["id"] for row in rows] == [f"vb-{n}" for n in range(1, 161)]
    assert sum(row["error"] is not None for row in rows) == 1


@pytest.mark.concurrency
def test_a_worker_killed_on_the_way_is_replaced(archive: Path, tmp_path: Path) -> None:
    hands = Processes(2)
    killed: list[int] = []

    def kill_one(progress: Progress) -> None:
        if not killed and hands._busy:
            worker, _ = next(iter(hands._busy.values()))
            killed.append(worker.process.pid)
            os.kill(worker.process.pid, signal.SIGKILL)

    outcome = read_archive([str(archive)], tmp_path / "out.parquet", hands, kill_one)
    assert killed
    assert (outcome.documents, outcome.failures) == (160, [])


def test_two_runs_cannot_write_one_output(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    with Store(out), pytest.raises(CannotRead, match="lượt đọc khác"):
        read_archive([str(archive)], out, Here())


def test_another_version_of_the_reader_is_refused(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Foreign(Here):
        def answers(self) -> list[tuple[int, Answer | None]]:
            return [(ticket, Answer(answer.table, "another")) for ticket, answer in super().answers() if answer]

    with pytest.raises(CannotRead, match="bản khoithong khác"):
        read_archive([str(archive)], tmp_path / "out.parquet", Foreign())


# The command -------------------------------------------------------------------------------------------------------


@pytest.fixture
def running(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A run over an archive that takes some seconds."""
    archive = json_lines(tmp_path / "lon.jsonl.gz", range(1, 8_000))
    arguments = ["read-archive", str(archive), "-o", str(tmp_path / "out.parquet"), "--workers", "1"]
    process = subprocess.Popen(
        [sys.executable, "-m", "khoithong", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with process:
        yield process
        process.kill()


def parts(folder: Path) -> int:
    return len(list((folder / "out.parquet.parts").glob("*.parquet")))


def wait_for_parts(folder: Path) -> None:
    until = time.monotonic() + 60
    while parts(folder) < 2:
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.concurrency
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_keeps_its_parts_and_says_so(
    running: subprocess.Popen[str], tmp_path: Path, number: signal.Signals
) -> None:
    wait_for_parts(tmp_path)
    os.killpg(running.pid, number) if number == signal.SIGINT else running.send_signal(number)
    _, said = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "đọc tiếp" in said
    assert "Traceback" not in said
    assert parts(tmp_path) >= 2
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.concurrency
def test_a_run_that_is_killed_leaves_parts_and_no_worker(running: subprocess.Popen[str], tmp_path: Path) -> None:
    wait_for_parts(tmp_path)
    running.kill()
    running.communicate(timeout=30)  # the workers hold the other end of standard error: this ends when they have ended
    assert parts(tmp_path) >= 2
    hands = Here(stop_after=0)
    with pytest.raises(KeyboardInterrupt):
        read_archive([str(tmp_path / "lon.jsonl.gz")], tmp_path / "out.parquet", hands)
    assert hands.given


def test_the_command_tells_what_it_did(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "a.txt").write_text(paper(1), encoding="utf-8")
    (folder / "b.txt").write_bytes(b"")
    out = tmp_path / "out.parquet"
    assert main(["read-archive", str(folder), "-o", str(out), "--workers", "1"]) == 2
    said = capfd.readouterr().err
    assert "2 văn bản, 100%" in said
    assert "b.txt: tệp rỗng" in said
    assert "đã ghi 2 văn bản" in said
    assert pq.read_metadata(out).num_rows == 2
    (folder / "b.txt").unlink()
    assert main(["read-archive", str(folder), "-o", str(out), "--workers", "1"]) == 0


def test_a_path_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read-archive", str(tmp_path / "none"), "-o", str(tmp_path / "out.parquet")]) == 2
    assert "không có tệp hay thư mục này" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", ["0", "x", "-1"])
def test_a_number_of_workers_that_is_none_is_refused(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["read-archive", "x", "-o", "y", f"--workers={given}"])
    assert stopped.value.code == 2
    assert "không hợp lệ" in capsys.readouterr().err


def test_without_pyarrow_the_way_out_is_named(tmp_path: Path) -> None:
    blocked = "import sys; sys.modules['pyarrow'] = None; from khoithong.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", blocked, "read-archive", str(tmp_path), "-o", str(tmp_path / "out.parquet")],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "pip install" in done.stderr
    assert "Traceback" not in done.stderr
