"""What one `khoithong read` costs as a whole process: wall time and peak memory, beside a Python that does nothing.

Prints one JSON line for each format of the example. The promise (0.4 s, 60 MB) is for plain text; exit code 1 where it
is broken. `python benchmarks/read_seed.py [PATH]` measures another paper.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "chi-dao-de-an-06.txt"
RUNS = 11
MOST_SECONDS = 0.4
MOST_MEGABYTES = 60.0


def cost(arguments: list[str]) -> tuple[float, float]:
    """(wall seconds, peak megabytes) of one Python process with these arguments. Raises SystemExit if it fails."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    silence = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    started = time.perf_counter()
    process = os.posix_spawn(sys.executable, [sys.executable, *arguments], env, file_actions=silence)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - started
    if status:
        raise SystemExit(f"{' '.join(arguments)}: {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_maxrss * 1024 / 1e6


def measure(path: Path) -> dict[str, object]:
    """Costs of reading `path`, in runs that take turns with a bare Python so that noise meets both alike."""
    reading = ["-m", "khoithong", "read", str(path), "--format", "json"]
    cost(reading)
    bare, read = [], []
    for _ in range(RUNS):
        bare.append(cost(["-c", "pass"]))
        read.append(cost(reading))
    seconds = statistics.median(wall for wall, _ in read)
    bare_seconds = statistics.median(wall for wall, _ in bare)
    megabytes = max(peak for _, peak in read)
    return {
        "benchmark": "read_seed",
        "path": path.name,
        "runs": RUNS,
        "seconds": round(seconds, 4),
        "seconds_slowest": round(max(wall for wall, _ in read), 4),
        "bare_python_seconds": round(bare_seconds, 4),
        "ratio": round(seconds / bare_seconds, 2),
        "peak_mb": round(megabytes, 1),
        "bare_python_peak_mb": round(max(peak for _, peak in bare), 1),
        "promise": {"seconds": MOST_SECONDS, "peak_mb": MOST_MEGABYTES} if path.suffix == ".txt" else None,
        "kept": (seconds <= MOST_SECONDS and megabytes <= MOST_MEGABYTES) if path.suffix == ".txt" else None,
    }


def main() -> int:
    """Measure the paper named on the command line, or the example in every format."""
    given = [Path(argument) for argument in sys.argv[1:]]
    kept = True
    for path in given or [EXAMPLE, *(EXAMPLE.with_suffix(suffix) for suffix in (".docx", ".html", ".pdf"))]:
        found = measure(path)
        kept = kept and found["kept"] is not False
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
