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
from khoithong.reading.sources.refusal import Refused
from khoithong.reading.sources.values import Limits

_CHUNK = 1 << 16
_RESAVE = "hãy mở tệp, lưu lại (hoặc xuất lại) rồi thử lại"
_TOO_SLOW = f"mở quá lâu, tệp hỏng hoặc quá phức tạp; {_RESAVE}"
_CRASHED = f"làm trình đọc dừng đột ngột, tệp có thể hỏng; {_RESAVE}"


def in_child(kind: Kind, file: BinaryIO, limits: Limits) -> dict[str, Any]:
    """What the worker found in `file`: its "text", "pages" and "notes". Raises Refused, for a crash and a hang, too.

    The worker has its own memory and its own time; this process keeps only the text that comes back.
    """
    with _as_real_file(file) as real:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "khoithong.reading.sources.worker", kind.name, json.dumps(asdict(limits))],
            stdin=real,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
    with process:
        try:
            answer = _answer(process, limits)
        finally:
            process.kill()
    return _understood(answer, process.returncode)


def _answer(process: subprocess.Popen[bytes], limits: Limits) -> bytes:
    # JSON writes a character in at most 6 bytes (a control as \u0000); a longer answer is no answer of the worker.
    most = 6 * limits.max_chars + _CHUNK
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


def _understood(answer: bytes, code: int) -> dict[str, Any]:
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Refused(_TOO_SLOW)
    try:
        found: dict[str, Any] = json.loads(answer)
    except ValueError:
        raise Refused(_CRASHED) from None
    if "refused" in found:
        raise Refused(found["refused"])
    return found


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
