"""The zip container of a .docx: parts read one by one, streamed, and stopped when they unpack to too much."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from typing import Any

from khoithong.reading.sources.refusal import Refused
from khoithong.reading.sources.values import MEBIBYTE, Limits
from khoithong.reading.sources.wordml import loosened
from khoithong.reading.sources.xml import BROKEN, parsed

_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, LookupError)
_CHUNK = 1 << 16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FLAG_ENCRYPTED = 0x1

_BOMB = "nén quá mức bình thường (có thể là tệp phá hoại); hãy xin bản gốc từ nơi gửi"
_LOCKED = "đặt mật khẩu; hãy mở bằng Word, bỏ mật khẩu rồi lưu lại"
_NOT_A_PAPER = (
    ("xl/workbook.xml", "là bảng tính Excel, không phải văn bản; hãy đưa văn bản .docx hoặc .pdf"),
    ("ppt/presentation.xml", "là tệp trình chiếu, không phải văn bản; hãy đưa văn bản .docx hoặc .pdf"),
    ("content.xml", "là tệp OpenDocument; hãy mở bằng LibreOffice rồi lưu lại dạng .docx"),
)
_ARCHIVE = "là tệp nén; hãy giải nén rồi đưa từng văn bản vào"


class Package:
    """The parts of a .docx by name. Raises Refused: broken, locked, no Word paper, or unpacking to too much."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE:
            raise Refused(BROKEN) from None
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
        for name, reason in _NOT_A_PAPER:
            if name in self._names:
                raise Refused(reason)
        raise Refused(BROKEN if any(name.startswith("word/") for name in self._names) else _ARCHIVE)

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
            if info.flag_bits & _FLAG_ENCRYPTED:
                raise Refused(_LOCKED)
            if info.compress_type not in _METHODS:
                raise Refused(BROKEN)
            return self._unpack(info)
        except _DAMAGE:
            raise Refused(BROKEN) from None

    def _unpack(self, info: zipfile.ZipInfo) -> bytes:
        # The sizes that the zip declares are not believed: what counts is what comes out.
        data = bytearray()
        with self._zip.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                data += chunk
                self._unpacked += len(chunk)
                swollen = len(data) > MEBIBYTE and len(data) > self._limits.max_ratio * info.compress_size
                if swollen or self._unpacked > self._limits.max_unpacked:
                    raise Refused(_BOMB)
        return bytes(data)
