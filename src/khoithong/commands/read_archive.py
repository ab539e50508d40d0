"""`khoithong read-archive PATH... -o OUT.parquet`: read many papers into one columnar file, and go on after a stop."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from khoithong.reading.archives.run import Hands, Outcome, Progress

ALL_READ = 0
SOME_UNREADABLE = 2
STOPPED = 130
_EVERY_TERMINAL, _EVERY_LOG = 0.5, 10.0  # seconds between two lines of progress
_MEGABYTE = 1e6


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `khoithong read-archive`."""
    parser.add_argument(
        "paths", nargs="+", metavar="THƯ_MỤC|TỆP", help="thư mục văn bản, .jsonl, .jsonl.gz, .txt.gz, hay tệp lẻ"
    )
    parser.add_argument("-o", "--output", required=True, metavar="TỆP.parquet", type=Path, help="tệp Parquet ghi ra")
    parser.add_argument("--workers", type=_count, metavar="SỐ", help="số tiến trình; mặc định bằng số nhân của máy")
    parser.add_argument("--scheduler", metavar="tcp://MÁY:CỔNG", help="đọc bằng cụm Dask có bộ điều phối ở địa chỉ này")


def run(args: argparse.Namespace) -> int:
    """Read the archive. Returns 0 if all was read, 2 if some or all could not be, 130 if it was stopped."""
    from khoithong.reading.archives import CannotRead

    try:
        for path in args.paths:
            if not os.path.exists(path):
                raise CannotRead(f"{path}: không có tệp hay thư mục này; hãy kiểm tra lại đường dẫn")
        outcome = _read(args)
    except CannotRead as refusal:
        print(f"khoithong: {refusal}", file=sys.stderr)
        return SOME_UNREADABLE
    except _Stopped:
        print("\nkhoithong: đã dừng; phần đã đọc còn giữ, gõ lại lệnh này để đọc tiếp", file=sys.stderr)
        return STOPPED
    _tell(outcome, args.output)
    return SOME_UNREADABLE if outcome.failures else ALL_READ


class _Stopped(Exception):
    """Ctrl-C or a polite kill."""


def _read(args: argparse.Namespace) -> Outcome:
    from khoithong.reading.archives.columns import arrow
    from khoithong.reading.archives.documents import total_bytes
    from khoithong.reading.archives.run import read_archive

    arrow()  # says at once what is missing, before any process is started
    before = {number: signal.signal(number, _stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        output = args.output.absolute()
        aside = frozenset({str(output), f"{output}.parts"})
        meter = _Meter(total_bytes(args.paths, leave_out=aside))
        return read_archive(args.paths, output, _hands(args), meter.show)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame: Any) -> None:
    # Once is enough: a second Ctrl-C must not break off the tidying up.
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    raise _Stopped


def _hands(args: argparse.Namespace) -> Hands:
    if args.scheduler:
        from khoithong.reading.archives.cluster import Cluster

        return Cluster(args.scheduler)
    from khoithong.reading.archives.local import Processes

    return Processes(args.workers or len(os.sched_getaffinity(0)))


class _Meter:
    """The line of progress: how many papers, how fast, how long still."""

    def __init__(self, total: int) -> None:
        self._total = max(1, total)
        self._began = time.monotonic()
        self._shown = 0.0
        self._recalled = 0  # bytes of input that an earlier run had read: they say nothing of the speed of this one
        self._terminal = sys.stderr.isatty()

    def show(self, progress: Progress) -> None:
        now = time.monotonic()
        if not progress.read:
            self._recalled = progress.passed
        if now - self._shown < (_EVERY_TERMINAL if self._terminal else _EVERY_LOG) and progress.passed < self._total:
            return
        self._shown = now
        line = f"khoithong: {self._line(progress, now - self._began)}"
        print(
            f"\r{line}\x1b[K" if self._terminal else line,
            end="" if self._terminal else "\n",
            file=sys.stderr,
            flush=True,
        )

    def _line(self, progress: Progress, seconds: float) -> str:
        line = f"{_grouped(progress.documents)} văn bản, {progress.passed / self._total:.0%}"
        if progress.read and seconds > 0:
            line += f", {_comma(progress.read / _MEGABYTE / seconds)} MB/giây"
            fresh = progress.passed - self._recalled
            if fresh > 0:
                line += f", còn khoảng {_duration(seconds * (self._total - progress.passed) / fresh)}"
        return line


def _tell(outcome: Outcome, output: Path) -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)
    for source, name, reason in outcome.failures:
        print(f"khoithong: {source}{f' ({name})' if name else ''}: {reason}", file=sys.stderr)
    line = f"đã ghi {_grouped(outcome.documents)} văn bản vào {output}"
    if outcome.recalled:
        line += f", {_grouped(outcome.recalled)} đã đọc từ lượt trước"
    if outcome.failures:
        line += f"; {_grouped(len(outcome.failures))} không đọc được, lý do ở trên"
    print(f"khoithong: {line}", file=sys.stderr)


def _count(given: str) -> int:
    number = int(given)
    if not 1 <= number <= 1024:
        raise ValueError
    return number


_count.__name__ = "số tiến trình"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _comma(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} giờ {minutes} phút" if hours else f"{minutes} phút {rest} giây" if minutes else f"{rest} giây"
