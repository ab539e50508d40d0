"""Files -> text: .txt, .docx, .pdf with a text layer, .html, chosen by what they contain.

`open_source` gives the text, `read_file` the text and its reading. Either raises Unreadable, and nothing else, for a
file that is empty, broken, encrypted, too large or made to do harm. Plain text is read in this process; every other
format is unpacked by a process of its own under limits of memory and time (`worker`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from khoithong.reading.sources import intake
from khoithong.reading.sources.kinds import HEAD, OLE, Kind, kind_of, refuse_ole
from khoithong.reading.sources.refusal import Refused, too_long
from khoithong.reading.sources.text import decode, meant
from khoithong.reading.sources.values import DEFAULT_LIMITS, Limits, Source, Unreadable, shown

if TYPE_CHECKING:
    from khoithong.reading.model import Directive

__all__ = ["Limits", "Source", "Unreadable", "open_source", "read_file", "read_stream"]

_NO_TEXT = "không có chữ nào; hãy kiểm tra lại nội dung tệp"


def open_source(given: Path | str | bytes, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Source:
    """The text of a file, given as its path or its bytes. `name` stands in messages; a path brings its own.

    Raises Unreadable with the reason and the way out.
    """
    if name is None:
        name = "" if isinstance(given, bytes) else Path(given).name
    try:
        with intake.opened(given, limits) as file:
            return _source(file, name, limits)
    except Refused as refusal:
        raise Unreadable(name, refusal.reason) from None


def read_file(
    given: Path | str | bytes, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> tuple[Source, Directive]:
    """The text of a file and its reading; the offsets of the reading point into the text. Raises Unreadable."""
    source = open_source(given, name=name, limits=limits)
    from khoithong.reading import read  # noqa: PLC0415 - the grammar loads only when there is something to read

    return source, read(source.text)


def read_stream(stream: BinaryIO, *, name: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of a stream such as standard input, never more than the limit. Raises Unreadable."""
    try:
        return intake.all_of(stream, limits)
    except Refused as refusal:
        raise Unreadable(name, refusal.reason) from None


def _source(file: BinaryIO, name: str, limits: Limits) -> Source:
    head = file.read(HEAD)
    file.seek(0)
    if head.startswith(OLE):
        raise refuse_ole(intake.all_of(file, limits))
    kind = kind_of(head, name)
    if kind is Kind.TEXT:
        text, notes = _plain_text(intake.all_of(file, limits), limits)
        pages = None
    else:
        from khoithong.reading.sources.child import in_child  # noqa: PLC0415 - plain text needs no second process

        found = in_child(kind, file, limits)
        text, pages, notes = found["text"], found["pages"], tuple(found["notes"])
    if not text.strip():
        raise Refused(_NO_TEXT)
    text, old = meant(text)
    notes += old
    if len(text) > limits.max_chars:
        raise too_long(limits.max_chars)
    return Source(name=shown(name), text=text, media_type=kind.value, pages=pages, notes=notes)


def _plain_text(data: bytes, limits: Limits) -> tuple[str, tuple[str, ...]]:
    # UTF-8 takes at most 4 bytes a character: what is longer need not be decoded to be refused.
    if len(data) > 4 * limits.max_chars:
        raise too_long(limits.max_chars)
    return decode(data)
