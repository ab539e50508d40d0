"""What one worker does, on this machine or another: a batch of documents -> a table of their readings."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from khoithong.reading.archives import columns
from khoithong.reading.archives.documents import Batch, Document
from khoithong.reading.reader import read
from khoithong.reading.sources import Unreadable, read_file

_CRASH = "việc đọc dừng vì một lỗi trong chương trình ({}); hãy gửi văn bản này cho người phát triển"


@dataclass(frozen=True, slots=True)
class Answer:
    """The table of a batch as an Arrow stream, and the version of the reader that made it."""

    table: bytes
    version: str


@cache
def version() -> str:
    """A hash of the reader itself, its words and its openers: what another reader has read is read again."""
    digest = hashlib.sha256()
    house = Path(__file__).resolve().parents[1]
    for path in sorted(house.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(house).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()


def read_batch(batch: Batch) -> Answer:
    """The readings of a batch, one row for each document, in order; a document that fails has a row that says why."""
    pa = columns.arrow()
    found = columns.table([_row(document) for document in batch.documents])
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, found.schema) as writer:
        writer.write_table(found)
    return Answer(sink.getvalue().to_pybytes(), version())


def _row(document: Document) -> columns.Row:
    if document.error is not None:
        return columns.failed_row(document.source, document.id, document.error)
    try:
        if isinstance(document.content, str):
            directive = read(document.content)
        else:
            directive = read_file(document.content, name=document.source.rpartition("/")[2].removesuffix(".gz"))[1]
        return columns.row(document.source, document.id, directive)
    except Unreadable as refusal:
        return columns.failed_row(document.source, document.id, refusal.reason)
    except Exception as error:  # one bad document must not end the reading of a whole archive
        return columns.failed_row(document.source, document.id, _CRASH.format(type(error).__name__))
