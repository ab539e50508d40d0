"""Runs programs that only some machines have (tesseract, LibreOffice): bounded, and ended with all that is theirs."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_BOUNDED = Path(__file__).with_name("bounded.py")


class Failed(Exception):
    """The program took too long (`slow`) or ended with an error."""

    def __init__(self, *, slow: bool) -> None:
        super().__init__("slow" if slow else "failed")
        self.slow = slow


def found(program: str) -> str | None:
    """The path of a program, None where it is not installed."""
    return shutil.which(program)


def run_bounded(
    command: Sequence[str],
    *,
    given: bytes = b"",
    seconds: float,
    memory: int,
    file_size: int,
    environment: Mapping[str, str],
    folder: str | None = None,
) -> bytes:
    """What a program prints that is given `given`; its path is the first word of `command`.

    Whatever happens, it and all that it started are gone afterwards. Raises Failed.
    """
    limits = [str(memory), str(max(1, int(seconds) + 1)), str(file_size)]
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", str(_BOUNDED), *limits, "--", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**_plain_environment(), **environment},
        start_new_session=True,
    )
    try:
        answer, _ = process.communicate(given, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise Failed(slow=True) from None
    finally:
        _end(process)
    if process.returncode:
        raise Failed(slow=process.returncode in (-signal.SIGXCPU, -signal.SIGKILL))
    return answer


def _end(process: subprocess.Popen[bytes]) -> None:
    """Nothing of the session of `process` lives on, and nobody is left to be waited for."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _plain_environment() -> dict[str, str]:
    # Nothing of this program's secrets (keys, addresses of databases) is any business of theirs.
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")}
    return {**kept, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
