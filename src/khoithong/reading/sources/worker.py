"""The process that unpacks one file: `python -m khoithong.reading.sources.worker KIND LIMITS [PAGE] <FILE`.

It takes limits on its own memory, time and files before it touches a byte, prints one line of JSON (`text`, `sheets`,
`notes`, `parts` with their sizes, or `refused` with the reason), after it the bytes of the parts, and ends. Whatever a
native parser does here, the caller lives on. With PAGE it draws this page of a .pdf: the one part is the picture.
"""

from __future__ import annotations

import json
import os
import sys

from khoithong.reading.sources.kinds import Kind
from khoithong.reading.sources.parts import Part, Unpacked
from khoithong.reading.sources.refusal import Refused
from khoithong.reading.sources.values import Limits

_TOO_MUCH_MEMORY = "cần quá nhiều bộ nhớ để mở; hãy tách tệp thành nhiều phần nhỏ"


def extract(kind: Kind, data: bytes, limits: Limits) -> Unpacked:
    """Unpack `data` in this process; see `khoithong.reading.sources.open_all` for the safe way. Raises Refused."""
    # Each format loads its own libraries.
    if kind is Kind.ZIP:
        return _package(data, limits)
    if kind is Kind.DOCX:
        from khoithong.reading.sources.docx import docx_text  # noqa: PLC0415

        text, notes = docx_text(data, limits)
        return Unpacked(media_type=kind.value, text=text, notes=notes)
    if kind is Kind.XLSX:
        from khoithong.reading.sources.sheets import xlsx_text  # noqa: PLC0415

        return Unpacked(media_type=kind.value, text=xlsx_text(data, limits))
    if kind is Kind.PDF:
        from khoithong.reading.sources.pdf import pdf_pages  # noqa: PLC0415

        sheets, scanned = pdf_pages(data, limits)
        return Unpacked(media_type=kind.value, sheets=sheets, scanned=scanned)
    if kind is Kind.EML:
        from khoithong.reading.sources.mail import mail_parts  # noqa: PLC0415

        return mail_parts(data, limits)
    if kind is Kind.EDXML:
        from khoithong.reading.sources.edxml import edxml_parts  # noqa: PLC0415

        return edxml_parts(data, limits)
    from khoithong.reading.sources.html import html_text  # noqa: PLC0415

    text, notes = html_text(data, limits)
    return Unpacked(media_type=Kind.HTML.value, text=text, notes=notes)


def _package(data: bytes, limits: Limits) -> Unpacked:
    from khoithong.reading.sources.archive import zip_parts  # noqa: PLC0415
    from khoithong.reading.sources.package import kind_of_zip, opened_zip  # noqa: PLC0415

    with opened_zip(data) as archive:
        kind = kind_of_zip(archive)
        if kind is Kind.ZIP:
            return zip_parts(archive, limits)
    if kind in (Kind.DOCX, Kind.XLSX):
        return extract(kind, data, limits)
    # OpenDocument: its media type alone tells the caller to have it converted.
    return Unpacked(media_type=kind.value)


def _drawn(data: bytes, page: int) -> Unpacked:
    from khoithong.reading.sources.pdf import pdf_picture  # noqa: PLC0415

    return Unpacked(media_type=Kind.PDF.value, parts=[Part("page", pdf_picture(data, page))])


def main() -> int:
    """Read standard input, print the answer. The exit code says nothing: a worker that prints no answer has crashed."""
    kind, limits = Kind[sys.argv[1]], Limits(**json.loads(sys.argv[2]))
    answer_to = os.dup(1)
    # A native library that prints something must not spoil the answer.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _bind(limits)
    found = Unpacked(media_type=kind.value)
    refused = None
    try:
        data = sys.stdin.buffer.read(limits.max_bytes + 1)
        found = _drawn(data, int(sys.argv[3])) if len(sys.argv) > 3 else extract(kind, data, limits)
    except Refused as refusal:
        refused = refusal.reason
    except (MemoryError, RecursionError):
        refused = _TOO_MUCH_MEMORY
    answer = {
        "refused": refused,
        "media_type": found.media_type,
        "text": found.text,
        "sheets": found.sheets,
        "scanned": found.scanned,
        "notes": found.notes,
        "envelope": found.envelope,
        "parts": [(part.name, len(part.data), part.refused) for part in found.parts],
    }
    with os.fdopen(answer_to, "wb") as out:
        out.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
        for part in found.parts:
            out.write(part.data)
    return 0


def _bind(limits: Limits) -> None:
    try:
        import resource  # noqa: PLC0415 - not on every system; where it is missing the caller's clock still holds
    except ImportError:
        return
    seconds = max(1, int(limits.seconds))
    for what, most in (
        (resource.RLIMIT_AS, limits.max_memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most, most) if hard == resource.RLIM_INFINITY else (min(most, hard), hard))


if __name__ == "__main__":
    sys.exit(main())
