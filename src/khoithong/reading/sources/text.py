"""Bytes -> text: the encodings in which Vietnamese offices keep plain text and web pages."""

from __future__ import annotations

import codecs
import re
import unicodedata

from khoithong.reading import legacy
from khoithong.reading.sources.refusal import Refused

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LEGACY = "cp1258"
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_BASES = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", letter + tone) for letter in _BASES + _BASES.upper() for tone in ("", *_TONES)
) | frozenset("đĐ–—‘’“”…«»§°·•€₫\u00a0")
#: how much of what is not ASCII must be Vietnamese letters before bytes of no known encoding are taken for CP 1258
_PLAUSIBLE = 0.9

_NOT_TEXT = "không phải văn bản (dữ liệu nhị phân); hãy dùng tệp .docx, .pdf có lớp chữ, .html hoặc .txt"
_UNKNOWN_ENCODING = "không nhận ra bảng mã; hãy chuyển sang Unicode rồi lưu lại dạng UTF-8"
_NOTE = "đọc theo bảng mã cũ {}; hãy soát lại dấu tiếng Việt"
LEGACY_NOTE = _NOTE.format("Windows-1258")


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The NFC text of `data` and notes on how it was decoded.

    A byte order mark decides; then `declared` (the name of an encoding, as a web page gives it), UTF-8, and at last
    TCVN3, VNI or CP 1258, if what comes out is Vietnamese. Raises Refused for bytes that are no text.
    """
    notes: tuple[str, ...] = ()
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _strictly(data[len(mark) :], encoding)
            if text is None:
                raise Refused(_NOT_TEXT)
            return _checked(text), notes
    if b"\x00" in data:
        raise Refused(_NOT_TEXT)
    text = None
    if declared is not None:
        text = _strictly(data, declared)
    if text is None:
        text = _strictly(data, "utf-8")
    if text is None:
        text, notes = _legacy(data)
    return _checked(text), notes


def tidy(text: str) -> str:
    """`text` as every source gives it: NFC, lines ended by "\\n", no byte order mark, no lone surrogate."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.removeprefix("\ufeff")
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def meant(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` itself, or what it means where its letters are those of TCVN3 or VNI; and a note if so."""
    encoding = legacy.detect(text)
    if encoding is None:
        return text, ()
    return tidy(legacy.decode(text, encoding).text), (_NOTE.format(encoding.value),)


def _legacy(data: bytes) -> tuple[str, tuple[str, ...]]:
    shown = _strictly(data, "cp1252") or data.decode("latin-1")
    text, notes = meant(shown)
    return (text, notes) if notes else (_cp1258(data), (LEGACY_NOTE,))


def _cp1258(data: bytes) -> str:
    text = _strictly(data, _LEGACY)
    if text is None:
        raise Refused(_UNKNOWN_ENCODING if _looks_like_text(data) else _NOT_TEXT)
    foreign = [letter for letter in unicodedata.normalize("NFC", text) if not letter.isascii()]
    known = sum(letter in _VIETNAMESE for letter in foreign)
    if known < _PLAUSIBLE * len(foreign):
        raise Refused(_UNKNOWN_ENCODING if _looks_like_text(data) else _NOT_TEXT)
    return text


def _looks_like_text(data: bytes) -> bool:
    return not _mostly_controls(data.decode("latin-1").replace("\x85", " ")[:100_000], share=0.3)


def _mostly_controls(text: str, *, share: float) -> bool:
    return len(_CONTROLS.findall(text)) > share * len(text)


def _checked(text: str) -> str:
    text = tidy(text)
    if _mostly_controls(text[:100_000], share=0.05):
        raise Refused(_NOT_TEXT)
    return text
