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
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    DOC = "application/msword"
    XLS = "application/vnd.ms-excel"
    RTF = "application/rtf"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    EML = "message/rfc822"
    ZIP = "application/zip"
    EDXML = "application/xml"


#: what LibreOffice turns into a .docx or an .xlsx first
CONVERTED = {Kind.DOC: Kind.DOCX, Kind.RTF: Kind.DOCX, Kind.ODT: Kind.DOCX, Kind.XLS: Kind.XLSX, Kind.ODS: Kind.XLSX}
#: pictures of pages
PICTURES = frozenset((Kind.PNG, Kind.JPEG, Kind.TIFF))

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EDXML_MARK = "QCVN_102_2016"

_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_OLE_STREAMS = ((Kind.DOC, "WordDocument"), (Kind.XLS, "Workbook"), (Kind.XLS, "Book"))
_SAVE_AS = "hãy mở bằng Word hoặc LibreOffice rồi lưu lại dạng .docx"
_PACKED = "là tệp nén không phải .zip; hãy giải nén rồi đưa từng văn bản vào, hoặc nén lại dạng .zip"
_FOREIGN = (
    (b"GIF8", "là ảnh GIF; hãy lưu lại dạng .png hoặc .pdf"),
    (b"Rar!", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"\x1f\x8b", _PACKED),
)
_KNOWN = (
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"II*\x00", Kind.TIFF),
    (b"MM\x00*", Kind.TIFF),
    # A zip; whether it is a paper of Word shows only inside.
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"PK\x07\x08", Kind.ZIP),
)
_ENCRYPTED = "đặt mật khẩu; hãy mở bằng Word, bỏ mật khẩu rồi lưu lại"
_OLD_OFFICE = "là tệp Office kiểu cũ không phải văn bản hay bảng tính; " + _SAVE_AS
_XML = "là tệp XML, không phải văn bản .docx, trang .html hay gói edXML; " + _SAVE_AS

_PDF = b"%PDF-"
_PDF_WINDOW = 1024
_HTML_START = re.compile(r"\s*<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|h[1-6]|span|article)\b", re.I)
_HTML_ANYWHERE = re.compile(r"<(?:!doctype\s+html|html)\b", re.I)
_EDXML_START = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:[A-Za-z_][\w.-]{0,40}:)?edXML\b")
_MAIL_HEADER = re.compile(
    r"(From|To|Cc|Bcc|Date|Sender|Subject|Reply-To|Received|Return-Path|Delivered-To|Message-ID|MIME-Version"
    r"|Content-Type|Content-Transfer-Encoding|X-[\w-]{1,60}|DKIM-Signature|ARC-[\w-]{1,60}|Authentication-Results"
    r"|References|In-Reply-To|List-[\w-]{1,60}|Importance|Priority|Thread-[\w-]{1,40})[ \t]*:",
    re.IGNORECASE,
)
_SENT_BY_MACHINES = frozenset(("received", "return-path", "message-id", "mime-version", "delivered-to"))


def kind_of(head: bytes, name: str) -> Kind:
    """The kind of the file that begins with `head` (its first `HEAD` bytes) and is called `name`.

    Raises Refused for a format that is known and not read. An OLE container is for `ole_kind`, which needs all of it.
    """
    for magic, reason in _FOREIGN:
        if head.startswith(magic):
            raise Refused(reason)
    for magic, kind in _KNOWN:
        if head.startswith(magic):
            return kind
    suffix = PurePath(name).suffix.lower()
    # Some programs write before the mark; but a text that only speaks of PDF is none.
    if head.lstrip().startswith(_PDF) or (suffix == ".pdf" and _PDF in head[:_PDF_WINDOW]):
        return Kind.PDF
    return _kind_of_text(_glance(head), suffix)


def ole_kind(data: bytes) -> Kind:
    """The kind of an OLE container (the Office formats of before 2007). Raises Refused for one under a password."""
    if _ENCRYPTED_STREAM in data:
        raise Refused(_ENCRYPTED)
    for kind, stream in _OLE_STREAMS:
        # The names of the streams stand in the directory, ended by a zero.
        if f"{stream}\0".encode("utf-16-le") in data:
            return kind
    raise Refused(_OLD_OFFICE)


def _kind_of_text(text: str, suffix: str) -> Kind:
    if _is_mail(text, suffix):
        return Kind.EML
    if _HTML_START.match(text):
        return Kind.HTML
    if text.lstrip().startswith("<"):
        if _EDXML_START.match(text) or (EDXML_MARK in text and "edXML" in text):
            return Kind.EDXML
        if _HTML_ANYWHERE.search(text) or suffix in (".html", ".htm", ".xhtml"):
            return Kind.HTML
        if text.lstrip().startswith("<?xml"):
            raise Refused(_XML)
    return Kind.TEXT


def _is_mail(text: str, suffix: str) -> bool:
    """Whether the text begins with the headers of a letter: a name in .eml, or one that only mail programs write."""
    names: set[str] = set()
    for line in text.splitlines():
        if line[:1] in (" ", "\t") and names:
            continue
        header = _MAIL_HEADER.match(line)
        if header is None:
            break
        names.add(header[1].lower())
    return bool(names) and (
        suffix in (".eml", ".mht", ".mhtml") or (len(names) > 1 and bool(names & _SENT_BY_MACHINES))
    )


def _glance(head: bytes) -> str:
    if head.startswith(codecs.BOM_UTF16_LE):
        return head[2:].decode("utf-16-le", "replace")
    if head.startswith(codecs.BOM_UTF16_BE):
        return head[2:].decode("utf-16-be", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")
