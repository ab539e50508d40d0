"""`khoithong read PATH...`: read papers and print what each one is, cites, and lays on whom by when."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from khoithong.reading.model import Directive
from khoithong.reading.render import FORMATS, render
from khoithong.reading.sources import Limits, Progress, Source, Unreadable, limits_from, read_each, read_stream

ALL_READ = 0
SOME_UNREADABLE = 2
STDIN = "-"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `khoithong read`."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="TỆP",
        help="tệp .txt, .docx, .xlsx, .pdf, .html, .doc, .rtf, ảnh, thư .eml, .zip, edXML; dấu - là đầu vào chuẩn",
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="table",
        help="table: bảng để xem (mặc định); json: một đối tượng, hoặc một mảng nếu nhiều tệp; jsonl: mỗi tệp một dòng",
    )
    parser.add_argument(
        "--full",
        action="store_true",
        help="json và jsonl: thêm điều khoản, quan hệ giữa các văn bản, cách gọi tắt, cảnh báo và độ chắc chắn",
    )


def run(args: argparse.Namespace) -> int:
    """Print the readings on standard output, one line for each bad file on standard error.

    Returns 0 if all were read, 2 if any could not be; the others are read and printed all the same.
    """
    failed = False
    try:
        limits = limits_from(os.environ)
    except ValueError as error:
        print(f"khoithong: {error}", file=sys.stderr)
        return SOME_UNREADABLE
    meter = _Meter()

    def readings() -> Iterator[tuple[str, Directive]]:
        nonlocal failed
        for found in _found(args.paths, limits, meter):
            meter.clear()
            if isinstance(found, Unreadable):
                failed = True
                print(f"khoithong: {found}", file=sys.stderr)
                continue
            source, directive = found
            for note in source.notes:
                print(f"khoithong: {source.name}: lưu ý: {note}", file=sys.stderr)
            yield source.name, directive

    width = shutil.get_terminal_size().columns
    many = len(args.paths) > 1 or any(map(_may_hold_several, args.paths))
    for piece in render(readings(), form=args.format, many=many, width=width, full=args.full):
        sys.stdout.write(piece)
        sys.stdout.flush()
    return SOME_UNREADABLE if failed else ALL_READ


def _found(paths: list[str], limits: Limits, meter: _Meter) -> Iterator[tuple[Source, Directive] | Unreadable]:
    for path, name in zip(paths, _names(paths), strict=True):
        try:
            given = read_stream(sys.stdin.buffer, name=name, limits=limits) if path == STDIN else Path(path)
        except Unreadable as refusal:
            yield refusal
            continue
        yield from read_each(given, name=name, limits=limits, progress=meter.show)


class _Meter:
    """One line on the terminal that counts the pages of a scan as they are recognised; nothing where nobody looks."""

    def __init__(self) -> None:
        self._on = sys.stderr.isatty()
        self._shown = False

    def show(self, progress: Progress) -> None:
        """Write the count over the one before it."""
        if self._on:
            print(
                f"\r\x1b[Knhận dạng chữ {progress.name}: trang {progress.done}/{progress.total}",
                end="",
                file=sys.stderr,
            )
            sys.stderr.flush()
            self._shown = True

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr)
            sys.stderr.flush()
            self._shown = False


def _may_hold_several(path: str) -> bool:
    """Whether the file is one of those that hold papers; then "json" is an array, however many they are."""
    return Path(path).suffix.lower() in (".zip", ".eml", ".mht", ".mhtml", ".xml", ".edxml")


def _names(paths: list[str]) -> list[str]:
    """The file names; where several papers share one, the path as given, so that each reading can be told apart."""
    short = [Path(path).name or path for path in paths]
    return [path if short.count(name) > 1 else name for path, name in zip(paths, short, strict=True)]
