"""What is given -> documents in a fixed order, and batches of them: streamed, one batch in memory at a time.

A folder gives its files, by name, with all folders in it. A .jsonl or .jsonl.gz gives one document a line, a .txt.gz
the papers that were written into it one after another. What cannot be opened becomes a document that holds the reason.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from khoithong.reading.sources import intake
from khoithong.reading.sources.refusal import Refused, too_long
from khoithong.reading.sources.values import DEFAULT_LIMITS, Limits, shown

_TEXT_KEYS = ("text", "content", "body", "noi_dung")
_ID_KEYS = ("id", "doc_id", "docid", "source_id")
_BYTES_A_CHARACTER = 6  # JSON may write one as \uXXXX

#: a batch ends behind the document that fills it
_FULL_BYTES, _FULL_DOCUMENTS = 1_000_000, 200
#: or behind a document whose name hashes to 0 modulo this: a file more in a folder changes the batches near it only
_CUT = 32

_LONG_PIECE, _LONGEST_PIECE = 500_000, 1_500_000
_FRONT_MATTER = re.compile(rb"[A-Za-z_][\w-]*:")
_OPENS = re.compile(r"\s*[#*]*\s*(?:Điều|ĐIỀU|Chương|CHƯƠNG|Phần|PHẦN)\s+(?:\d|[IVX]|thứ\s|THỨ\s)".encode())

_BAD_JSON = "không phải một đối tượng JSON; hãy xem lại dòng này"
_NO_TEXT_KEY = "không có trường chữ nào trong: " + ", ".join(_TEXT_KEYS)
Lines = gzip.GzipFile | BinaryIO

_BROKEN_GZIP = "tệp nén hỏng hoặc cụt từ chỗ này; hãy tải hay chép lại tệp"


@dataclass(frozen=True, slots=True)
class Document:
    """One paper to be read: its text, or the bytes of its file, or why there is neither."""

    source: str
    id: str
    content: str | bytes = ""
    error: str | None = None

    @property
    def name(self) -> str:
        return f"{self.source}: {self.id}" if self.id else self.source


@dataclass(frozen=True, slots=True)
class Batch:
    """Neighbouring documents read in one go. `key` hashes all they contain, `passed` bytes of input lie behind."""

    key: str
    documents: tuple[Document, ...]
    passed: int

    @property
    def size(self) -> int:
        return sum(len(document.content) for document in self.documents)


def batches(paths: list[str], *, leave_out: frozenset[str] = frozenset(), salt: str = "") -> Iterator[Batch]:
    """The documents of `paths` in batches that depend on nothing but the documents. `salt` goes into every key.

    `leave_out`: absolute paths that are no part of a folder given, as the output. Raises FileNotFoundError for a path
    that is not there.
    """
    held: list[Document] = []
    size, passed = 0, 0
    for document, passed in _documents(paths, leave_out):
        held.append(document)
        size += len(document.content)
        cut = zlib.crc32(f"{document.source}\n{document.id}".encode("utf-8", "surrogateescape")) % _CUT == 0
        if cut or size >= _FULL_BYTES or len(held) >= _FULL_DOCUMENTS:
            yield _batch(held, passed, salt)
            held, size = [], 0
    if held:
        yield _batch(held, passed, salt)


def total_bytes(paths: list[str], *, leave_out: frozenset[str] = frozenset()) -> int:
    """What lies on disk under `paths`, packed as it is."""
    return sum(size for _, size in _files(paths, leave_out))


def _batch(documents: list[Document], passed: int, salt: str) -> Batch:
    digest = hashlib.sha256(salt.encode())
    for document in documents:
        content = document.content
        for part in (document.source, document.id, type(content).__name__, content, document.error or ""):
            raw = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
            digest.update(b"%d:" % len(raw))
            digest.update(raw)
    return Batch(digest.hexdigest(), tuple(documents), passed)


def _documents(paths: list[str], leave_out: frozenset[str]) -> Iterator[tuple[Document, int]]:
    """Each document with the bytes of input passed when it ends."""
    before = 0
    for path, size in _files(paths, leave_out):
        low = path.lower()
        source = shown(path)
        if low.endswith((".jsonl", ".jsonl.gz", ".txt.gz")):
            for document, place in _contained(path, source, DEFAULT_LIMITS):
                yield document, before + min(place, size)
        else:
            yield _file(path, source, DEFAULT_LIMITS), before + size
        before += size


def _files(paths: list[str], leave_out: frozenset[str]) -> Iterator[tuple[str, int]]:
    for path in paths:
        if os.path.isdir(path):
            yield from _in_folder(path, leave_out)
        else:
            yield path, os.stat(path).st_size


def _in_folder(folder: str, leave_out: frozenset[str]) -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as found:
        entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)
    for entry in entries:
        if os.path.abspath(entry.path) in leave_out:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _in_folder(entry.path, leave_out)
        elif entry.is_file():
            yield entry.path, entry.stat().st_size


def _file(path: str, source: str, limits: Limits) -> Document:
    try:
        with intake.opened(Path(path), limits) as file:
            return Document(source, "", intake.all_of(file, limits))
    except Refused as refusal:
        return Document(source, "", error=refusal.reason)


# One file, many documents ------------------------------------------------------------------------------------------


def _contained(path: str, source: str, limits: Limits) -> Iterator[tuple[Document, int]]:
    try:
        raw = open(path, "rb")  # noqa: SIM115 - closed below, once the stream in it is
    except OSError as error:
        yield Document(source, "", error=f"không mở được ({error.strerror})"), 0
        return
    with raw:
        packed = path.lower().endswith(".gz")
        stream: Lines = gzip.GzipFile(fileobj=raw) if packed else raw
        each = _lines_of_json if ".jsonl" in path.lower()[-9:] else _papers
        try:
            for document in each(stream, source, limits):
                yield document, raw.tell()
        except (EOFError, OSError, zlib.error):
            yield Document(source, "", error=_BROKEN_GZIP), raw.tell()


def _lines_of_json(stream: Lines, source: str, limits: Limits) -> Iterator[Document]:
    most = _BYTES_A_CHARACTER * limits.max_chars
    number = 0
    while line := stream.readline(most + 1):
        number += 1
        if len(line) > most:
            while line and not line.endswith(b"\n"):
                line = stream.readline(most)
            yield Document(source, f"dòng {number}", error=too_long(limits.max_chars).reason)
        elif line.strip():
            yield _record(line, source, f"dòng {number}", limits)


def _record(line: bytes, source: str, place: str, limits: Limits) -> Document:
    try:
        record: Any = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        return Document(source, place, error=_BAD_JSON)
    name = next((shown(str(record[key])) for key in _ID_KEYS if record.get(key) not in (None, "")), place)
    text = next((record[key] for key in _TEXT_KEYS if isinstance(record.get(key), str)), None)
    if text is None:
        return Document(source, name, error=_NO_TEXT_KEY)
    if len(text) > limits.max_chars:
        return Document(source, name, error=too_long(limits.max_chars).reason)
    return Document(source, name, text.encode("utf-8", "replace").decode("utf-8"))


def _papers(stream: Lines, source: str, limits: Limits) -> Iterator[Document]:
    """The papers of one large text: each that front matter ("---", "key: value") opens; a very long one is parted
    before an article or a chapter, so that no piece is longer than a file may be."""
    most = min(_LONGEST_PIECE, limits.max_bytes)
    piece: list[bytes] = []
    size, first, number = 0, 1, 0
    rule, in_matter = False, False
    while line := stream.readline(most):
        number += 1
        opens = rule and not in_matter and bool(_FRONT_MATTER.match(line))
        if opens and len(piece) > 1:
            yield Document(source, f"dòng {first}", b"".join(piece[:-1]))
            piece, size, first = piece[-1:], len(piece[-1]), number - 1
        elif size + len(line) > most or (size > _LONG_PIECE and _OPENS.match(line)):
            yield Document(source, f"dòng {first}", b"".join(piece))
            piece, size, first = [], 0, number
        rule = line.strip() == b"---"
        in_matter = opens or (in_matter and not rule)
        piece.append(line)
        size += len(line)
    if piece:
        yield Document(source, f"dòng {first}", b"".join(piece))
