"""Pictures of pages -> text, by tesseract with its Vietnamese data where they are installed, page by page.

Each page is drawn by a worker and recognised by a tesseract of its own, some at a time, so that a page that cannot be
read costs nothing but itself.
"""

from __future__ import annotations

import contextlib
import io
import os
import struct
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from khoithong.reading.sources import programs
from khoithong.reading.sources.child import in_child
from khoithong.reading.sources.kinds import Kind
from khoithong.reading.sources.refusal import Refused
from khoithong.reading.sources.text import tidy
from khoithong.reading.sources.values import MEBIBYTE, Limits, Page

PACKAGES = "tesseract-ocr và tesseract-ocr-vie"

_LANGUAGE = "vie"
_MEMORY = 2048 * MEBIBYTE
_AT_ONCE = 4
_LINE, _WORD = "4", "5"
#: confidence below which a page is looked at once more
_DOUBTFUL = 60
#: a gap between words, in heights of their line, that parts two columns
_GAP = 2.0
#: two columns of at most this many lines stand side by side as the head of a paper does
_PLACING_LINES = 8
_TIFF_PAGES = 10_000
#: Tesseract reads the capital Đ as Icelandic Ð
_LETTERS = str.maketrans("Ðð", "Đđ")


def present() -> bool:
    """Whether tesseract and its data for Vietnamese are on this machine."""
    path = programs.found("tesseract")
    return path is not None and _knows_vietnamese(path)


def picture_count(kind: Kind, data: bytes) -> int:
    """How many pages an image file holds: a .tif may hold many."""
    return _tiff_pages(data) if kind is Kind.TIFF else 1


def recognise(
    kind: Kind, data: bytes, numbers: Sequence[int], limits: Limits, *, until: float, done: Callable[[int], None]
) -> dict[int, tuple[str, Page]]:
    """The text of the pages `numbers` of a .pdf or an image, as far as it could be recognised before `until`.

    `until` is a time of time.monotonic(). `done` hears how many pages are over, after each.
    """

    def one(number: int) -> tuple[str, Page]:
        left = min(limits.ocr_seconds, until - time.monotonic())
        if left <= 0:
            raise programs.Failed(slow=True)
        return _recognise_page(kind, data, number, replace(limits, seconds=left))

    found: dict[int, tuple[str, Page]] = {}
    with ThreadPoolExecutor(max_workers=min(_AT_ONCE, os.cpu_count() or 1)) as pool:
        waiting = {pool.submit(one, number): number for number in numbers}
        try:
            for count, future in enumerate(as_completed(waiting), start=1):
                with contextlib.suppress(Refused, programs.Failed):
                    found[waiting[future]] = future.result()
                done(count)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return found


def _recognise_page(kind: Kind, data: bytes, number: int, limits: Limits) -> tuple[str, Page]:
    path = programs.found("tesseract") or "tesseract"
    options = ["-l", _LANGUAGE, "-c", "tessedit_create_tsv=1"]
    picture = data
    if kind is Kind.PDF:
        picture = in_child(kind, io.BytesIO(data), limits, page=number).parts[0].data
        options += ["--dpi", "300"]
    elif kind is Kind.TIFF:
        options += ["-c", f"tessedit_page_number={number - 1}"]
    until = time.monotonic() + limits.seconds
    first = _page(_table([path, "stdin", "stdout", *options], picture, limits.seconds), number)
    if first[1].confidence is None or first[1].confidence >= _DOUBTFUL:
        return first
    # It may lie on its side; to look for that on every page would take longer and turn some wrongly.
    try:
        again = _page(
            _table([path, "stdin", "stdout", *options, "--psm", "1"], picture, until - time.monotonic()), number
        )
    except programs.Failed:
        return first
    return max(first, again, key=lambda found: found[1].confidence or 0)


def _table(command: list[str], picture: bytes, seconds: float) -> str:
    if seconds <= 0:
        raise programs.Failed(slow=True)
    answer = programs.run_bounded(
        command,
        given=picture,
        seconds=seconds,
        memory=_MEMORY,
        file_size=0,
        environment={"OMP_THREAD_LIMIT": "1"},
    )
    return answer.decode("utf-8", "replace")


@dataclass
class _Line:
    """A printed line: its pieces are the words between gaps as wide as those between columns."""

    paragraph: list[str]
    pieces: list[list[str]]
    end: int = 0


def _page(table: str, number: int) -> tuple[str, Page]:
    """The text and the confidence of a page, out of tesseract's table of words."""
    lines: list[_Line] = []
    place: list[str] = []
    weight = worth = 0.0
    height = 0
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == _LINE:
            height = int(cells[9])
        if len(cells) != 12 or cells[0] != _WORD or not cells[11].strip():
            continue
        # page, block, paragraph, line
        here = cells[1:5]
        left, width = int(cells[6]), int(cells[8])
        if here != place:
            lines.append(_Line(here[:3], [[]]))
            place = here
        elif left - lines[-1].end > _GAP * height:
            lines[-1].pieces.append([])
        lines[-1].pieces[-1].append(cells[11].strip())
        lines[-1].end = left + width
        weight += len(cells[11])
        worth += len(cells[11]) * max(0.0, float(cells[10]))
    text = tidy("\n".join(_laid_out(lines)).translate(_LETTERS))
    return text, Page(number, round(worth / weight) if weight else None)


def _laid_out(lines: list[_Line]) -> Iterator[str]:
    """The lines as other formats give them: two columns one after the other, more as the cells of a table."""
    before: list[str] | None = None
    for _, group in groupby(lines, key=lambda line: (line.paragraph, len(line.pieces))):
        rows = list(group)
        if before is not None and rows[0].paragraph != before:
            yield ""
        before = rows[0].paragraph
        cells = [[" ".join(piece) for piece in row.pieces] for row in rows]
        if len(cells[0]) == 2 and len(cells) <= _PLACING_LINES:
            yield from (left for left, _ in cells)
            yield from (right for _, right in cells)
        else:
            yield from map("\t".join, cells)


@cache
def _knows_vietnamese(path: str) -> bool:
    try:
        told = programs.run_bounded(
            [path, "--list-langs"], seconds=20, memory=_MEMORY, file_size=0, environment={"OMP_THREAD_LIMIT": "1"}
        )
    except programs.Failed:
        return False
    return _LANGUAGE in told.decode("utf-8", "replace").split()


def _tiff_pages(data: bytes) -> int:
    return max(1, sum(1 for _ in _tiff_directories(data)))


def _tiff_directories(data: bytes) -> Iterator[int]:
    """The places of the directories of a .tif, one for each page."""
    order = "<" if data[:2] == b"II" else ">"
    seen: set[int] = set()
    try:
        (place,) = struct.unpack_from(f"{order}I", data, 4)
        while place and place not in seen and len(seen) < _TIFF_PAGES:
            (entries,) = struct.unpack_from(f"{order}H", data, place)
            seen.add(place)
            yield place
            (place,) = struct.unpack_from(f"{order}I", data, place + 2 + 12 * entries)
    except struct.error:
        return
