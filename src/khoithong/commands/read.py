"""`khoithong read PATH...`: read papers and print what each one is, cites, and lays on whom by when."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from khoithong.reading.model import Directive
from khoithong.reading.render import FORMATS, render
from khoithong.reading.sources import Unreadable, read_file, read_stream

ALL_READ = 0
SOME_UNREADABLE = 2
STDIN = "-"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `khoithong read`."""
    parser.add_argument(
        "paths", nargs="+", metavar="TỆP", help="tệp .txt, .docx, .pdf có lớp chữ, .html; dấu - là đầu vào chuẩn"
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="table",
        help="table: bảng để xem (mặc định); json: một đối tượng, hoặc một mảng nếu nhiều tệp; jsonl: mỗi tệp một dòng",
    )


def run(args: argparse.Namespace) -> int:
    """Print the readings on standard output, one line for each bad file on standard error.

    Returns 0 if all were read, 2 if any could not be; the others are read and printed all the same.
    """
    failed = False

    def readings() -> Iterator[tuple[str, Directive]]:
        nonlocal failed
        for path, name in zip(args.paths, _names(args.paths), strict=True):
            try:
                given = read_stream(sys.stdin.buffer, name=name) if path == STDIN else Path(path)
                source, directive = read_file(given, name=name)
            except Unreadable as refusal:
                failed = True
                print(f"khoithong: {refusal}", file=sys.stderr)
                continue
            for note in source.notes:
                print(f"khoithong: {source.name}: lưu ý: {note}", file=sys.stderr)
            yield source.name, directive

    width = shutil.get_terminal_size().columns
    for piece in render(readings(), form=args.format, many=len(args.paths) > 1, width=width):
        sys.stdout.write(piece)
        sys.stdout.flush()
    return SOME_UNREADABLE if failed else ALL_READ


def _names(paths: list[str]) -> list[str]:
    """The file names; where several papers share one, the path as given, so that each reading can be told apart."""
    short = [Path(path).name or path for path in paths]
    return [path if short.count(name) > 1 else name for path, name in zip(paths, short, strict=True)]
