"""What kind of file this is: by its first bytes, and by its name only where they do not tell."""

from __future__ import annotations

import codecs
import re
from enum import Enum
from pathlib import PurePath

from khoithong.reading.sources.refusal import Refused

#: how much of the file `kind_of` wants to see, in bytes
HEAD = 4096


class Kind(Enum):
    """A format that can be opened; the value is its media type."""

    TEXT = "text/plain"
    HTML = "text/html"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

_SAVE_AS = "hãy mở bằng Word hoặc LibreOffice rồi lưu lại dạng .docx"
_IMAGE = "là ảnh, không có lớp chữ; hãy nhận dạng chữ (OCR) hoặc xin bản điện tử gốc"
_PACKED = "là tệp nén; hãy giải nén rồi đưa từng văn bản vào"
_FOREIGN = (
    (b"{\\rtf", "là tệp RTF; " + _SAVE_AS),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"II*\x00", _IMAGE),
    (b"MM\x00*", _IMAGE),
    (b"Rar!", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"\x1f\x8b", _PACKED),
    (b"MIME-Version:", "là trang web gộp một tệp (.mht); hãy lưu lại dạng .html hoặc .docx"),
)
_ENCRYPTED = "đặt mật khẩu; hãy mở bằng Word, bỏ mật khẩu rồi lưu lại"
_OLD_OFFICE = "là tệp Office kiểu cũ (.doc, .xls); " + _SAVE_AS
_XML = "là tệp XML, không phải văn bản .docx hay trang .html; " + _SAVE_AS

_PDF = b"%PDF-"
_PDF_WINDOW = 1024
_HTML_START = re.compile(r"\s*<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|h[1-6]|span|article)\b", re.I)
_HTML_ANYWHERE = re.compile(r"<(?:!doctype\s+html|html)\b", re.I)


def kind_of(head: bytes, name: str) -> Kind:
    """The kind of the file that begins with `head` (its first `HEAD` bytes) and is called `name`.

    Raises Refused for a format that is known and not read. An OLE container is for `refuse_ole`, which needs all of it.
    """
    for magic, reason in _FOREIGN:
        if head.startswith(magic):
            raise Refused(reason)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return Kind.DOCX
    suffix = PurePath(name).suffix.lower()
    # Some programs write before the mark; but a text that only speaks of PDF is none.
    if head.lstrip().startswith(_PDF) or (suffix == ".pdf" and _PDF in head[:_PDF_WINDOW]):
        return Kind.PDF
    return _kind_of_text(_glance(head), suffix)


def refuse_ole(data: bytes) -> Refused:
    """The refusal of an OLE container: a .docx under a password, or the Office formats of before 2007."""
    return Refused(_ENCRYPTED if _ENCRYPTED_STREAM in data else _OLD_OFFICE)


def _kind_of_text(text: str, suffix: str) -> Kind:
    if _HTML_START.match(text):
        return Kind.HTML
    if text.lstrip().startswith("<"):
        if _HTML_ANYWHERE.search(text) or suffix in (".html", ".htm", ".xhtml"):
            return Kind.HTML
        if text.lstrip().startswith("<?xml"):
            raise Refused(_XML)
    return Kind.TEXT


def _glance(head: bytes) -> str:
    if head.startswith(codecs.BOM_UTF16_LE):
        return head[2:].decode("utf-16-le", "replace")
    if head.startswith(codecs.BOM_UTF16_BE):
        return head[2:].decode("utf-16-be", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")
