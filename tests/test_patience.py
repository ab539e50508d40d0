"""Patience ends where the work does not, and leaves no alarm behind where it does."""

from __future__ import annotations

import signal
import time

import pytest

from tests.patience import patience


def test_what_does_not_end_is_given_up() -> None:
    with pytest.raises(AssertionError, match="không dứt"), patience(0.05):
        time.sleep(30)


def test_what_ends_leaves_no_alarm() -> None:
    with patience(30):
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
