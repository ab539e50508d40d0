"""Files -> text: papers of office programs, PDF, pictures, web pages, letters and archives, by what they contain.

`open_all` gives what a file holds: one Source for a paper, as many as there are in a .zip, an .eml or an edXML package,
and an Unreadable for each inner file that gives no text. `open_source` and `read_file` are for one paper and raise
Unreadable, and nothing else. Plain text is read in this process; every other format is unpacked by a process of its own
under limits of memory and time (`worker`); tesseract and LibreOffice are used where they are installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from khoithong.reading.sources import intake
from khoithong.reading.sources.opening import Opener
from khoithong.reading.sources.refusal import Refused
from khoithong.reading.sources.values import (
    DEFAULT_LIMITS,
    Limits,
    Page,
    Progress,
    Source,
    Unreadable,
    limits_from,
)

if TYPE_CHECKING:
    from khoithong.reading.model import Directive

__all__ = [
    "Limits",
    "Page",
    "Progress",
    "Source",
    "Unreadable",
    "limits_from",
    "open_all",
    "open_each",
    "open_source",
    "read_each",
    "read_file",
    "read_stream",
]

_Given = Path | str | bytes
_Progress = Callable[[Progress], None] | None
_SEVERAL = "chứa {} tệp; hãy đưa từng văn bản vào"


def open_each(
    given: _Given, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS, progress: _Progress = None
) -> Iterator[Source | Unreadable]:
    """What a file holds, one by one as it is opened. `progress` hears of each page of a scan that is recognised."""
    if name is None:
        name = "" if isinstance(given, bytes) else Path(given).name
    return Opener(limits, progress).each(given, name)


def open_all(
    given: _Given, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS, progress: _Progress = None
) -> list[Source | Unreadable]:
    """What a file holds, given as its path or its bytes; `name` stands in messages. It never raises for the file."""
    return list(open_each(given, name=name, limits=limits, progress=progress))


def read_each(
    given: _Given, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS, progress: _Progress = None
) -> Iterator[tuple[Source, Directive] | Unreadable]:
    """What a file holds, with the reading of each paper; offsets point into the text of its Source."""
    for found in open_each(given, name=name, limits=limits, progress=progress):
        if isinstance(found, Unreadable):
            yield found
            continue
        from khoithong.reading import read  # noqa: PLC0415 - the grammar loads only when there is something to read

        yield found, read(found.text)


def open_source(
    given: _Given, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS, progress: _Progress = None
) -> Source:
    """The text of a file that holds one paper. Raises Unreadable with the reason and the way out."""
    found = open_all(given, name=name, limits=limits, progress=progress)
    if len(found) != 1:
        own = name if name is not None else "" if isinstance(given, bytes) else Path(given).name
        raise Unreadable(own, _SEVERAL.format(len(found)))
    if isinstance(found[0], Unreadable):
        raise found[0]
    return found[0]


def read_file(
    given: _Given, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS, progress: _Progress = None
) -> tuple[Source, Directive]:
    """The text of a file that holds one paper, and its reading; offsets point into the text. Raises Unreadable."""
    source = open_source(given, name=name, limits=limits, progress=progress)
    from khoithong.reading import read  # noqa: PLC0415 - the grammar loads only when there is something to read

    return source, read(source.text)


def read_stream(stream: BinaryIO, *, name: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of a stream such as standard input, never more than the limit. Raises Unreadable."""
    try:
        return intake.all_of(stream, limits)
    except Refused as refusal:
        raise Unreadable(name, refusal.reason) from None
