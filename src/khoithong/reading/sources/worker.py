"""The process that unpacks one .docx, .pdf or .html: `python -m khoithong.reading.sources.worker KIND LIMITS <FILE`.

It takes limits on its own memory, time and files before it touches a byte, prints one JSON object (`text`, `pages`,
`notes`, or `refused` with the reason) and ends. Whatever a native parser does here, the caller lives on.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from khoithong.reading.sources.kinds import Kind
from khoithong.reading.sources.refusal import Refused
from khoithong.reading.sources.values import Limits

_TOO_MUCH_MEMORY = "cần quá nhiều bộ nhớ để mở; hãy tách tệp thành nhiều phần nhỏ"


def extract(kind: Kind, data: bytes, limits: Limits) -> dict[str, Any]:
    """Unpack `data` in this process; see `khoithong.reading.sources.open_source` for the safe way. Raises Refused."""
    pages: int | None = None
    notes: tuple[str, ...] = ()
    if kind is Kind.DOCX:
        from khoithong.reading.sources.docx import docx_text  # noqa: PLC0415 - each format loads its own libraries

        text, notes = docx_text(data, limits)
    elif kind is Kind.PDF:
        from khoithong.reading.sources.pdf import pdf_text  # noqa: PLC0415

        text, pages, notes = pdf_text(data, limits)
    else:
        from khoithong.reading.sources.html import html_text  # noqa: PLC0415

        text, notes = html_text(data, limits)
    return {"text": text, "pages": pages, "notes": notes}


def main() -> int:
    """Read standard input, print the answer. The exit code says nothing: a worker that prints no answer has crashed."""
    kind, limits = Kind[sys.argv[1]], Limits(**json.loads(sys.argv[2]))
    answer_to = os.dup(1)
    # A native library that prints something must not spoil the answer.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _bind(limits)
    try:
        answer = extract(kind, sys.stdin.buffer.read(limits.max_bytes + 1), limits)
    except Refused as refusal:
        answer = {"refused": refusal.reason}
    except (MemoryError, RecursionError):
        answer = {"refused": _TOO_MUCH_MEMORY}
    with os.fdopen(answer_to, "w", encoding="utf-8") as out:
        json.dump(answer, out, ensure_ascii=False)
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
