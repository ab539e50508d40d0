"""The zip container of a .docx: parts read one by one, streamed, and stopped when they unpack to too much."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from typing import Any

from khoithong.reading.sources.kinds import Kind
from khoithong.reading.sources.refusal import Refused
from khoithong.reading.sources.values import MEBIBYTE, Limits
from khoithong.reading.sources.wordml import loosened
from khoithong.reading.sources.xml import BROKEN, parsed

DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, LookupError)
CHUNK = 1 << 16
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1

_BOMB = "nén quá mức bình thường (có thể là tệp phá hoại); hãy xin bản gốc từ nơi gửi"
_SLIDES = "là tệp trình chiếu, không phải văn bản; hãy đưa văn bản .docx hoặc .pdf"
_OPEN_DOCUMENT = "là tệp OpenDocument không phải văn bản hay bảng tính; hãy lưu lại dạng .docx"
_ENTRY = b"PK\x01\x02"
_MOST_ENTRIES = 20_000
LOCKED = "đặt mật khẩu; hãy mở bằng Word, bỏ mật khẩu rồi lưu lại"


def kind_of_zip(archive: zipfile.ZipFile) -> Kind:
    """What a zip is: a paper, a workbook, or an archive of files. Raises Refused for slides and other packages."""
    names = frozenset(archive.namelist())
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "ppt/presentation.xml" in names:
        raise Refused(_SLIDES)
    if "mimetype" in names and "content.xml" in names:
        return _open_document(archive)
    if "_rels/.rels" in names or any(name.startswith("word/") for name in names):
        return Kind.DOCX
    return Kind.ZIP


def opened_zip(data: bytes) -> zipfile.ZipFile:
    """The zip in `data`. Raises Refused for a broken one, and for one with a directory that only fills memory."""
    if data.count(_ENTRY) > _MOST_ENTRIES:
        raise Refused(_BOMB)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except DAMAGE:
        raise Refused(BROKEN) from None


def _open_document(archive: zipfile.ZipFile) -> Kind:
    try:
        with archive.open("mimetype") as stream:
            said = stream.read(100).decode("ascii", "replace").strip()
    except DAMAGE:
        raise Refused(BROKEN) from None
    for kind in (Kind.ODT, Kind.ODS):
        if said.startswith(kind.value):
            return kind
    raise Refused(_OPEN_DOCUMENT)


class Package:
    """The parts of a .docx by name. Raises Refused: broken, locked, no Word paper, or unpacking to too much."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._unpacked = 0
        self._zip = opened_zip(data)
        self._names = frozenset(self._zip.namelist())
        self.main = self._main_part()
        self._related, self._by_id = self._relations(self.main)

    def root(self, name: str) -> Any:
        """The root element of a part that must be there."""
        return parsed(loosened(self._part(name)))

    def related(self, kind: str) -> Any | None:
        """The root element of the part that the main one names as `kind` ("numbering", "footnotes"), None if none."""
        name = self._related.get(kind)
        return None if name is None or name not in self._names else self.root(name)

    def by_id(self, reference: Any) -> Any | None:
        """The root element of the part that `reference` (a w:headerReference) names by its r:id, None if none."""
        ids = [value for key, value in reference.items() if key.rpartition("}")[2] == "id"]
        name = self._by_id.get(ids[0]) if ids else None
        return None if name is None or name not in self._names else self.root(name)

    def _main_part(self) -> str:
        named = self._relations("")[0].get("officeDocument", "word/document.xml")
        for name in (named, "word/document.xml"):
            if name in self._names and not name.startswith(("xl/", "ppt/")):
                return name
        raise Refused(BROKEN)

    def _relations(self, part: str) -> tuple[dict[str, str], dict[str, str]]:
        """The parts that `part` names, by the kind of their relation (the first of each) and by its id."""
        folder, file = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{file}.rels")
        if name not in self._names:
            return {}, {}
        found: dict[str, str] = {}
        by_id: dict[str, str] = {}
        for relation in self.root(name):
            kind = relation.get("Type", "").rpartition("/")[2]
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found.setdefault(kind, place)
                by_id.setdefault(relation.get("Id", ""), place)
        return found, by_id

    def _part(self, name: str) -> bytes:
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & ENCRYPTED:
                raise Refused(LOCKED)
            if info.compress_type not in METHODS:
                raise Refused(BROKEN)
            return self._unpack(info)
        except DAMAGE:
            raise Refused(BROKEN) from None

    def _unpack(self, info: zipfile.ZipInfo) -> bytes:
        # The sizes that the zip declares are not believed: what counts is what comes out.
        data = bytearray()
        with self._zip.open(info) as stream:
            while chunk := stream.read(CHUNK):
                data += chunk
                self._unpacked += len(chunk)
                swollen = len(data) > MEBIBYTE and len(data) > self._limits.max_ratio * info.compress_size
                if swollen or self._unpacked > self._limits.max_unpacked:
                    raise Refused(_BOMB)
        return bytes(data)
