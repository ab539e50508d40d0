"""What an opened file is, what it may cost, and how it is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. The defaults let through any paper of an office and stop what was made to exhaust it."""

    #: size of the file itself, in bytes
    max_bytes: int = 50 * MEBIBYTE
    #: the parts of a .docx that are read, unpacked, in bytes
    max_unpacked: int = 100 * MEBIBYTE
    #: unpacked size over packed size of one part larger than a mebibyte; deflate can reach about 1,000
    max_ratio: int = 200
    #: pages of a .pdf
    max_pages: int = 2_000
    #: characters of the text that comes out
    max_chars: int = 2_000_000
    #: wall clock of the process that unpacks a .docx, .pdf or .html, in seconds
    seconds: float = 20.0
    #: address space of that process, in bytes
    max_memory: int = 1024 * MEBIBYTE


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file. `text` is NFC with "\\n" line ends; `pages` is None where the format has none."""

    name: str
    text: str
    media_type: str
    pages: int | None = None
    #: what the person should know about how it was read, one Vietnamese line each
    notes: tuple[str, ...] = ()


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
