"""From a file to the papers in it: one for a plain file, as many as it holds for a container, and each on its own.

A file that cannot be read costs nothing but itself. Containers in containers share one budget of files, bytes, pages to
recognise, and time.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from khoithong.reading.sources import intake
from khoithong.reading.sources.kinds import CONVERTED, HEAD, OLE, PICTURES, Kind, kind_of, ole_kind
from khoithong.reading.sources.parts import Part, Unpacked
from khoithong.reading.sources.refusal import Refused, too_long
from khoithong.reading.sources.text import decode, meant, tidy
from khoithong.reading.sources.values import Limits, Page, Progress, Source, Unreadable, shown

_NO_TEXT = "không có chữ nào; hãy kiểm tra lại nội dung tệp"
_NO_OCR = "hãy nhận dạng chữ (OCR): cài gói Debian {} trên máy này, hoặc xin bản điện tử gốc"
_SCANNED = "là bản quét, không có lớp chữ"
_PICTURE = "là ảnh, không có lớp chữ"
_NO_PAGES_LEFT = "hãy nhận dạng chữ (OCR) trước, vì số trang được nhận dạng ở đây đã hết"
_NOT_RECOGNISED = "nhận dạng chữ không ra chữ nào; hãy quét lại rõ hơn, hoặc xin bản điện tử gốc"
_TOO_DEEP = "lồng quá {} lớp tệp nén, thư; hãy lấy tệp bên trong ra rồi đưa vào"
_NO_TIME = "chưa kịp mở vì các tệp trước đã hết thời gian; hãy đưa riêng tệp này vào"
#: how much of a paper is searched for what its envelope says
_HEAD_OF_PAPER = 3_000


class Opener:
    """Opens one file and all that it holds."""

    def __init__(self, limits: Limits, progress: Callable[[Progress], None] | None) -> None:
        self._limits = limits
        self._tell = progress or (lambda _: None)
        self._until = time.monotonic() + limits.total_seconds
        self._files = limits.max_files
        self._bytes = limits.max_total
        self._ocr_pages = limits.max_ocr_pages

    def each(self, given: Path | str | bytes, name: str) -> Iterator[Source | Unreadable]:
        """What the file `name` holds, one by one."""
        try:
            with intake.opened(given, self._limits) as file:
                yield from self._file(file, name, 0)
        except Refused as refusal:
            yield Unreadable(name, refusal.reason)

    def _file(self, file: BinaryIO, name: str, depth: int) -> Iterator[Source | Unreadable]:
        """Raises Refused for the file as a whole."""
        found, kind = self._unpacked(file, name)
        is_container = kind in (Kind.EML, Kind.EDXML) or (kind is Kind.ZIP and bool(found.parts))
        if is_container and depth >= self._limits.max_depth:
            raise Refused(_TOO_DEEP.format(self._limits.max_depth))
        recognised: tuple[Page, ...] = ()
        if found.sheets is not None:
            recognised = self._fill(found, kind, file, name)
        if found.text is not None or not found.parts:
            try:
                yield self._source(found, name, recognised)
            except Refused as refusal:
                # The words of a letter; what is attached to it is read all the same.
                yield Unreadable(name, refusal.reason)
        self._files -= len(found.parts)
        self._bytes -= sum(len(part.data) for part in found.parts)
        envelope = found.envelope
        for part in found.parts:
            for inner in self._part(part, f"{name}/{part.name}", depth + 1):
                if isinstance(inner, Source):
                    inner, envelope = _with_envelope(inner, envelope), None
                yield inner

    def _part(self, part: Part, name: str, depth: int) -> Iterator[Source | Unreadable]:
        if part.refused is not None:
            yield Unreadable(name, part.refused)
            return
        try:
            if time.monotonic() > self._until:
                raise Refused(_NO_TIME)
            with intake.opened(part.data, self._limits) as file:
                for inner in self._file(file, name, depth):
                    own = isinstance(inner, Source) and inner.data is None
                    yield replace(inner, data=part.data) if own and isinstance(inner, Source) else inner
        except Refused as refusal:
            yield Unreadable(name, refusal.reason)

    def _unpacked(self, file: BinaryIO, name: str) -> tuple[Unpacked, Kind]:
        head = file.read(HEAD)
        file.seek(0)
        kind = ole_kind(intake.all_of(file, self._limits)) if head.startswith(OLE) else kind_of(head, name)
        if kind is Kind.TEXT:
            text, notes = _plain_text(intake.all_of(file, self._limits), self._limits)
            return Unpacked(media_type=kind.value, text=text, notes=notes), kind
        if kind in PICTURES:
            from khoithong.reading.sources.ocr import picture_count  # noqa: PLC0415 - see below

            file.seek(0)
            count = picture_count(kind, intake.all_of(file, self._limits))
            return Unpacked(media_type=kind.value, sheets=[""] * count, scanned=list(range(1, count + 1))), kind
        from khoithong.reading.sources.child import in_child  # noqa: PLC0415 - plain text needs no second process

        if kind not in CONVERTED:
            found = in_child(kind, file, self._worker_limits())
            inner = Kind(found.media_type)
            if inner not in CONVERTED:
                return found, kind
            kind = inner
        return self._converted(kind, file), kind

    def _converted(self, kind: Kind, file: BinaryIO) -> Unpacked:
        from khoithong.reading.sources.child import in_child  # noqa: PLC0415
        from khoithong.reading.sources.libreoffice import converted  # noqa: PLC0415

        file.seek(0)
        seconds = max(1.0, self._until - time.monotonic())
        target, data = converted(kind, intake.all_of(file, self._limits), self._limits, seconds=seconds)
        return replace(in_child(target, io.BytesIO(data), self._limits), media_type=kind.value)

    def _worker_limits(self) -> Limits:
        return replace(self._limits, max_files=max(0, self._files), max_total=max(0, self._bytes))

    def _fill(self, found: Unpacked, kind: Kind, file: BinaryIO, name: str) -> tuple[Page, ...]:
        """Recognise the pages without a text layer, make the sheets one text. Raises Refused where none has text."""
        from khoithong.reading.sources import ocr  # noqa: PLC0415

        assert found.sheets is not None
        silent = found.scanned
        recognised: dict[int, tuple[str, Page]] = {}
        why = _NO_OCR.format(ocr.PACKAGES)
        if silent and self._ocr_pages <= 0:
            why = _NO_PAGES_LEFT
        elif silent and ocr.present():
            why = _NOT_RECOGNISED
            numbers = silent[: self._ocr_pages]
            self._ocr_pages -= len(numbers)
            file.seek(0)
            total = len(numbers)
            self._tell(Progress(shown(name), 0, total))
            recognised = ocr.recognise(
                kind,
                intake.all_of(file, self._limits),
                numbers,
                self._limits,
                until=self._until,
                done=lambda count: self._tell(Progress(shown(name), count, total)),
            )
        for number, (text, _) in recognised.items():
            # What a stamp says is in the picture, too.
            found.sheets[number - 1] = text or found.sheets[number - 1]
        if not any(sheet.strip() for sheet in found.sheets):
            raise Refused(f"{_PICTURE if kind in PICTURES else _SCANNED}; {why}")
        found.text = "\n".join(found.sheets)
        pages = tuple(page for _, (_, page) in sorted(recognised.items()))
        found.notes += _page_notes(pages, [number for number in silent if number not in recognised])
        return pages

    def _source(self, found: Unpacked, name: str, recognised: Sequence[Page]) -> Source:
        text, old = meant(found.text or "")
        if not text.strip():
            raise Refused(_NO_TEXT)
        if len(text) > self._limits.max_chars:
            raise too_long(self._limits.max_chars)
        return Source(
            name=shown(name),
            text=text,
            media_type=found.media_type,
            pages=None if found.sheets is None else len(found.sheets),
            notes=(*found.notes, *old),
            recognised=tuple(recognised),
        )


def _plain_text(data: bytes, limits: Limits) -> tuple[str, tuple[str, ...]]:
    # UTF-8 takes at most 4 bytes a character: what is longer need not be decoded to be refused.
    if len(data) > 4 * limits.max_chars:
        raise too_long(limits.max_chars)
    return decode(data)


def _page_notes(pages: Sequence[Page], silent: Sequence[int]) -> tuple[str, ...]:
    notes = []
    read = [page for page in pages if page.confidence is not None]
    if read:
        each = ", ".join(f"trang {page.number}: {page.confidence}%" for page in read)
        notes.append(f"nhận dạng chữ (OCR), hãy soát lại; độ tin cậy {each}")
    blank = [page.number for page in pages if page.confidence is None]
    if blank:
        notes.append(f"trang {_numbers(blank)} không có chữ")
    if silent:
        notes.append(f"trang {_numbers(silent)} là ảnh quét, chưa đọc được")
    return tuple(notes)


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:10])) + (", ..." if len(numbers) > 10 else "")


def _with_envelope(source: Source, envelope: str | None) -> Source:
    """The paper, with what its envelope says before it where its own head does not say the number."""
    if envelope is None:
        return source
    symbol = next((line[4:] for line in envelope.splitlines() if line.startswith("Số: ")), "")
    head = "".join(source.text[:_HEAD_OF_PAPER].split())
    if not symbol or "".join(symbol.split()) in head:
        return source
    note = "số, ngày, cơ quan lấy từ phong bì edXML, đặt trước lời văn"
    return replace(source, text=tidy(f"{envelope}\n\n{source.text}"), notes=(*source.notes, note))
