"""Starts a program under limits of memory, processor time and file size: `python bounded.py MEMORY CPU FILE -- CMD...`.

A file of its own that imports nothing of the package, so that it can be run by its path and be gone at once: the limits
must be set in the new process, and threads of this one make it unsafe to do so between fork and exec.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Set the limits, in bytes and seconds, and become the program."""
    memory, seconds, file_size = map(int, sys.argv[1:4])
    try:
        import resource  # noqa: PLC0415 - not on every system; where it is missing the caller's clock still holds
    except ImportError:
        pass
    else:
        for what, most in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_FSIZE, file_size),
            (resource.RLIMIT_CORE, 0),
        ):
            hard = resource.getrlimit(what)[1]
            resource.setrlimit(what, (most, most) if hard == resource.RLIM_INFINITY else (min(most, hard), hard))
    os.execv(sys.argv[5], sys.argv[5:])


if __name__ == "__main__":
    main()
