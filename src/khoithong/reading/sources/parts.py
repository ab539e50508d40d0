"""What a container (.zip, .eml, edXML) holds, as the worker hands it over: files with names that nobody trusts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from khoithong.reading.sources.refusal import Refused
from khoithong.reading.sources.values import MEBIBYTE, Limits, shown

_LONGEST_NAME = 120
_SEPARATORS = re.compile(r"[/\\]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A file in a container: its bytes, or why they cannot be had."""

    name: str
    data: bytes = b""
    refused: str | None = None


@dataclass(slots=True)
class Unpacked:
    """What comes out of one file: text, or pages and which of them are pictures, or parts of a container."""

    media_type: str
    text: str | None = None
    sheets: list[str] | None = None
    #: numbers of the pages that are pictures
    scanned: list[int] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    parts: list[Part] = field(default_factory=list)
    #: words of an envelope that stand for the head of the paper in it
    envelope: str | None = None


class Gathering:
    """Gathers the parts of one container within its limits. Raises Refused where they are too many or too large."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._names: dict[str, int] = {}
        self._total = 0
        self.parts: list[Part] = []

    @property
    def room(self) -> int:
        """How many bytes the next part may still have."""
        return min(self._limits.max_bytes, self._limits.max_total - self._total)

    def add(self, name: str, data: bytes = b"", *, refused: str | None = None) -> None:
        """Add a part. Its name is made plain, and unlike those before it."""
        if len(self.parts) >= self._limits.max_files:
            raise Refused("có quá nhiều tệp; hãy chia thành nhiều tệp nén nhỏ")
        self._total += len(data)
        if self._total > self._limits.max_total:
            raise too_much()
        self.parts.append(Part(self._unique(plain(name)), data, refused))

    def _unique(self, name: str) -> str:
        times = self._names[name] = self._names.get(name, 0) + 1
        return name if times == 1 else f"{name} ({times})"


def too_much() -> Refused:
    """The refusal of a container whose files are too large together."""
    return Refused("bung ra quá lớn; hãy chia thành nhiều tệp nén nhỏ")


def too_large(limits: Limits) -> str:
    """Why one file of a container is left out."""
    return f"lớn quá {limits.max_bytes / MEBIBYTE:g} MB; hãy tách văn bản khỏi phụ lục, ảnh rồi đưa vào từng phần"


def plain(name: str) -> str:
    """A name fit to be shown: no way up or out, no drive, no controls, no endless length."""
    pieces = [piece.strip() for piece in _SEPARATORS.split(shown(name))]
    kept = [piece[:_LONGEST_NAME] for piece in pieces if piece.strip(".") and not re.fullmatch("[A-Za-z]:", piece)]
    return "/".join(kept[-8:]) or "tep"
