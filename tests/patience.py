"""Patience with an end: for work that must come to an end at all. How long it takes is measured in benchmarks/."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def patience(seconds: float = 60) -> Iterator[None]:
    """Fails the test when the block has not ended after `seconds`, far more than a slow machine needs."""

    def lost(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"không dứt sau {seconds} giây")

    before = signal.signal(signal.SIGALRM, lost)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
