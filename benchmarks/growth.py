"""How the time of reading grows with the length of texts that repeat a piece without end: a ratio near 8 is linear.

Prints one JSON line for each piece: `growth` is the processor time for eight times the text, over the time for the text
once. Deadlines by the working calendar are measured beside: time for 10,000 of them over the time for 1,250.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from khoithong.clock import Calendar
from khoithong.reading import read

PIECES = (
    "/",
    "12/QĐ-UBND",
    "9" * 50 + "/",
    "A-A/",
    "Sở Y tế, ",
    "; Sở Y tế ",
    "giao Sở Y tế, ",
    "phối hợp với ",
    "trước ngày 1/1; ",
    "Sở Y tế; Sở Nội vụ; ",
    "TT Tên nhiệm vụ Cơ quan chủ trì ",
    "a) Rà soát trước ngày 1/2/2024; ",
    "UBND các huyện: A, ",
    "Ban A về kiểm tra ",
    "trong trường hợp ",
    "1\n",
)
TIMES = 8


def main() -> int:
    """Measures each piece and prints its line."""
    for piece in PIECES:
        one, eight = ("1. Sở Y tế:\n" + piece * (count * 8_000 // len(piece)) for count in (1, TIMES))
        report(piece, growth(lambda text=one: read(text), lambda text=eight: read(text)))
    on, calendar = date(2023, 11, 22), Calendar()
    deadlines = [on + timedelta(days=n % 900 - 300) for n in range(10_000)]
    few = deadlines[: len(deadlines) // TIMES]
    report(
        "working days left",
        growth(
            lambda: [calendar.working_days_left(each, on) for each in few],
            lambda: [calendar.working_days_left(each, on) for each in deadlines],
        ),
    )
    return 0


def growth(one: Callable[[], object], eight: Callable[[], object]) -> float:
    """Processor time of `eight` over that of `one`, the best of three each."""
    one()
    return min(seconds(eight) for _ in range(3)) / min(seconds(one) for _ in range(3))


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def report(piece: str, ratio: float) -> None:
    line = {"measure": "growth", "piece": piece, "times": TIMES, "growth": round(ratio, 1)}
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
