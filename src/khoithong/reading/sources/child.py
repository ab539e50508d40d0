"""Runs the worker process that unpacks what native libraries parse, and survives whatever happens to it."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, cast

from khoithong.reading.sources.kinds import Kind
from khoithong.reading.sources.parts import Part, Unpacked
from khoithong.reading.sources.refusal import Refused
from khoithong.reading.sources.values import MEBIBYTE, Limits

_CHUNK = 1 << 16
#: a page drawn as large as the worker draws one, in bytes
_PICTURE = 64 * MEBIBYTE
_RESAVE = "hãy mở tệp, lưu lại (hoặc xuất lại) rồi thử lại"
_TOO_SLOW = f"mở quá lâu, tệp hỏng hoặc quá phức tạp; {_RESAVE}"
_CRASHED = f"làm trình đọc dừng đột ngột, tệp có thể hỏng; {_RESAVE}"


def in_child(kind: Kind, file: BinaryIO, limits: Limits, *, page: int | None = None) -> Unpacked:
    """What the worker found in `file`, or with `page` the picture of this page of a .pdf as the one part.

    The worker has its own memory and its own time; this process keeps only what comes back. Raises Refused, for a crash
    and a hang, too.
    """
    asked = [kind.name, json.dumps(asdict(limits)), *([] if page is None else [str(page)])]
    with _as_real_file(file) as real:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "khoithong.reading.sources.worker", *asked],
            stdin=real,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
    with process:
        try:
            answer = _answer(process, limits, most=_most(kind, limits, page))
        finally:
            process.kill()
    return _understood(answer, process.returncode)


def _most(kind: Kind, limits: Limits, page: int | None) -> int:
    """The bytes of the longest answer that a worker gives."""
    if page is not None:
        return _PICTURE
    parts = limits.max_total if kind in (Kind.ZIP, Kind.EML, Kind.EDXML) else 0
    # JSON writes a character in at most 6 bytes (a control as \u0000); the text and its envelope, names and reasons.
    return 6 * limits.max_chars + _CHUNK + parts + limits.max_files * 2048


def _answer(process: subprocess.Popen[bytes], limits: Limits, *, most: int) -> bytes:
    until = time.monotonic() + limits.seconds
    assert process.stdout is not None
    descriptor = process.stdout.fileno()
    poll = select.poll()
    poll.register(descriptor, select.POLLIN | select.POLLHUP)
    answer = bytearray()
    while len(answer) <= most:
        left = until - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise Refused(_TOO_SLOW)
        chunk = os.read(descriptor, _CHUNK)
        if not chunk:
            process.wait()
            return bytes(answer)
        answer += chunk
    raise Refused(_CRASHED)


def _understood(answer: bytes, code: int) -> Unpacked:
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Refused(_TOO_SLOW)
    line, _, rest = answer.partition(b"\n")
    try:
        found: dict[str, Any] = json.loads(line)
    except ValueError:
        raise Refused(_CRASHED) from None
    if found["refused"] is not None:
        raise Refused(found["refused"])
    parts, place = [], 0
    for name, size, refused in found["parts"]:
        parts.append(Part(name, rest[place : place + size], refused))
        place += size
    if place != len(rest):
        raise Refused(_CRASHED)
    return Unpacked(
        media_type=found["media_type"],
        text=found["text"],
        sheets=found["sheets"],
        scanned=found["scanned"],
        notes=tuple(found["notes"]),
        envelope=found["envelope"],
        parts=parts,
    )


def _as_real_file(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    try:
        descriptor = os.dup(file.fileno())
    except OSError:
        spooled = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
        shutil.copyfileobj(file, spooled)
        spooled.seek(0)
        return cast(BinaryIO, spooled)
    # seek(0) may stay within the buffer of `file`; the worker sees the place of the descriptor.
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.fdopen(descriptor, "rb")


def _environment() -> dict[str, str]:
    # The worker must find this very package, installed or not, and must not pick up what lies in the working directory.
    house = str(Path(__file__).resolve().parents[3])
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{house}{os.pathsep}{known}" if known else house, "PYTHONUTF8": "1"}
