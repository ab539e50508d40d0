"""What an opened file is, what it may cost, and how it is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. The defaults let through any paper of an office and stop what was made to exhaust it."""

    #: size of the file itself, in bytes
    max_bytes: int = 50 * MEBIBYTE
    #: the parts of a .docx or .xlsx that are read, unpacked, in bytes
    max_unpacked: int = 100 * MEBIBYTE
    #: unpacked size over packed size of one part larger than a mebibyte; deflate can reach about 1,000
    max_ratio: int = 200
    #: pages of a .pdf
    max_pages: int = 2_000
    #: characters of the text that comes out
    max_chars: int = 2_000_000
    #: wall clock of the process that unpacks one file, in seconds
    seconds: float = 20.0
    #: address space of that process, in bytes
    max_memory: int = 1024 * MEBIBYTE
    #: containers (.zip, .eml, edXML) one in another
    max_depth: int = 3
    #: files in all containers of one opening together
    max_files: int = 200
    #: bytes of these files together
    max_total: int = 200 * MEBIBYTE
    #: wall clock for all that one container holds, in seconds
    total_seconds: float = 900.0
    #: pages of scans and images recognised in one opening; 0 switches the recognition off
    max_ocr_pages: int = 100
    #: wall clock for one of these pages, in seconds
    ocr_seconds: float = 90.0
    #: wall clock for LibreOffice with one .doc, .rtf, .xls, .odt or .ods, in seconds; 0 switches it off
    convert_seconds: float = 90.0


DEFAULT_LIMITS = Limits()

_SETTINGS: tuple[tuple[str, str, Callable[[str], float]], ...] = (
    ("KHOITHONG_READ_MB", "max_bytes", lambda given: int(given) * MEBIBYTE),
    ("KHOITHONG_READ_UNPACKED_MB", "max_unpacked", lambda given: int(given) * MEBIBYTE),
    ("KHOITHONG_READ_PAGES", "max_pages", int),
    ("KHOITHONG_READ_CHARS", "max_chars", int),
    ("KHOITHONG_READ_SECONDS", "seconds", float),
    ("KHOITHONG_READ_MEMORY_MB", "max_memory", lambda given: int(given) * MEBIBYTE),
    ("KHOITHONG_READ_DEPTH", "max_depth", int),
    ("KHOITHONG_READ_FILES", "max_files", int),
    ("KHOITHONG_READ_TOTAL_MB", "max_total", lambda given: int(given) * MEBIBYTE),
    ("KHOITHONG_READ_TOTAL_SECONDS", "total_seconds", float),
    ("KHOITHONG_OCR_PAGES", "max_ocr_pages", int),
    ("KHOITHONG_OCR_SECONDS", "ocr_seconds", float),
    ("KHOITHONG_CONVERT_SECONDS", "convert_seconds", float),
)
"""Names in the environment, the limit that each sets, and how it is written there."""


def limits_from(environment: Mapping[str, str], **changes: Any) -> Limits:
    """The limits that an environment sets (docs/reference/settings.md), the others by default; `changes` go before.

    Raises ValueError, in Vietnamese, for a value that is no number or below zero.
    """
    found: dict[str, Any] = {}
    for name, limit, read in _SETTINGS:
        given = environment.get(name, "").strip()
        if not given:
            continue
        try:
            found[limit] = read(given)
        except ValueError:
            found[limit] = -1
        if not 0 <= found[limit] < float("inf"):
            raise ValueError(f"{name}={given}: phải là một số không âm")
    return Limits(**(found | changes))


@dataclass(frozen=True, slots=True)
class Page:
    """A page whose text was recognised from its picture. `confidence` is 0 to 100, None where no word was found."""

    number: int
    confidence: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the recognition of one file is: `done` of `total` pages."""

    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file. `text` is NFC with "\\n" line ends; `pages` is None where the format has none.

    A file out of a container is called "container/file".
    """

    name: str
    text: str
    media_type: str
    pages: int | None = None
    #: what the person should know about how it was read, one Vietnamese line each
    notes: tuple[str, ...] = ()
    #: the pages that were recognised from pictures, in order
    recognised: tuple[Page, ...] = ()
    #: the bytes of a file that came out of a container; None where they are what was opened
    data: bytes | None = field(default=None, repr=False, compare=False)


class Unreadable(Exception):
    """A file that gives no text. `reason` is one Vietnamese line that names the way out."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = shown(name)
        self.reason = shown(reason)
        super().__init__(f"{self.name}: {self.reason}")


def shown(name: str) -> str:
    """`name` fit to be printed on one line of UTF-8: bytes that are no UTF-8, line ends and controls become "?"."""
    printable = name.encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", "?", printable)
