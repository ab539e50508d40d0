"""The speed of reading beside its references, in one run; JSON lines (`make bench-reading`).

Usage: python benchmarks/reading.py [--largest MB] [--no-peers]
Seconds are CPU seconds of one process, so that a machine used by others at the same time still compares; ratios are
what compares between machines. Text: ../shared/corpus/codified-law.txt.gz (30 MB), else text made up here.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "codified-law.txt.gz"
sys.path[:0] = [str(ROOT), str(ROOT / "src")]  # so that it runs from a checkout without being installed

from benchmarks._peers import peers  # noqa: E402 - found on the path just set
from khoithong.reading.archives.documents import batches  # noqa: E402
from khoithong.reading.citations import find_citations  # noqa: E402
from khoithong.reading.identity import find_identity  # noqa: E402
from khoithong.reading.reader import read  # noqa: E402
from khoithong.reading.text import flatten, nfc  # noqa: E402

#: the bare pattern of a symbol: number, perhaps a year, letters
SYMBOL = r"\d+/(?:\d{4}/)?[A-ZĐ]+(?:-[A-ZĐ]+)*"
PROMISES = {
    "citations": 1 / 25,
    "whole": 1 / 100,
    "eyecite": 20.0,
    "underthesea": 1000.0,
    "growth": 1.15,
    "import": 0.08,
}
RUNS = 5


def say(measure: str, **found: Any) -> None:
    """One JSON line; floats rounded to what means something."""
    shown = {name: float(f"{value:.4g}") if isinstance(value, float) else value for name, value in found.items()}
    sys.stdout.write(json.dumps({"benchmark": "reading", "measure": measure, **shown}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def cpu(work: Callable[[], Any]) -> float:
    """CPU seconds that some work takes in this process."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def corpus(folder: Path) -> tuple[Path, str]:
    """The text as a .txt.gz, and what it is."""
    if CORPUS.is_file():
        return CORPUS, "codified law"
    made = folder / "made-up.txt.gz"
    with gzip.open(made, "wt", encoding="utf-8") as out:
        for number in range(12_000):
            out.write(f"---\nso: {number}\n---\n{_made_up(number)}")
    return made, "made up here: the texts beside a developers' checkout are not there"


def _made_up(number: int) -> str:
    order = number % 900 + 1
    clauses = "".join(
        f"{n}. Sở Tài chính chủ trì, phối hợp với Sở Nội vụ rà soát số {n}, báo cáo trước ngày {n % 27 + 1}/6/2026 "
        f"theo khoản {n} Điều {order} Nghị định số {order}/2024/NĐ-CP ngày 05 tháng 3 năm 2024 của Chính phủ.\n"
        f"Hồ sơ gồm văn bản đề nghị, bản thuyết minh, bảng tổng hợp số liệu và các tài liệu kèm theo của cơ quan lập.\n"
        for n in range(1, 8)
    )
    return f"Điều {order}. Tổ chức thực hiện\n{clauses}\n"


def texts(path: Path) -> Iterator[str]:
    """The documents of a .txt.gz, as an archive gives them."""
    for batch in batches([str(path)]):
        for document in batch.documents:
            content = document.content
            yield content if isinstance(content, str) else content.decode("utf-8", "replace")


def grep_seconds(path: Path) -> float:
    """CPU seconds of `grep -oP` for the bare pattern, the median of some runs."""
    command = ["grep", "-oP", SYMBOL, str(path)]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    found = []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        # Into a pipe: with nobody to read it, grep stops at the first match.
        subprocess.run(command, stdout=subprocess.PIPE, env=environment, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(found)


def cite(text: str) -> None:
    """Citations alone: what stands between the text and its citations, and nothing else."""
    whole = nfc(text)
    flat = flatten(whole)
    find_citations(flat, find_identity(whole, flat))


def throughput(documents: list[str], folder: Path) -> tuple[float, float]:
    """Says how fast grep, citations and the whole reading are; returns the last two in MB per CPU second."""
    plain = folder / "plain.txt"
    plain.write_text("".join(documents), encoding="utf-8")
    megabytes = plain.stat().st_size / 1e6
    grep = megabytes / grep_seconds(plain)
    say("grep -oP", pattern=SYMBOL, megabytes=megabytes, mb_per_second=grep)
    rates = []
    for name, work in (("citations", cite), ("whole", read)):
        work(documents[0])
        rate = megabytes / cpu(lambda work=work: [work(text) for text in documents])  # type: ignore[misc]
        share = PROMISES[name]
        say(name, mb_per_second=rate, of_grep=rate / grep, promised_of_grep=share, kept=rate >= share * grep)
        rates.append(rate)
    return rates[0], rates[1]


def beside_peers(documents: list[str], cites: float, reads: float) -> None:
    """Says how many times as fast as its peers the reading is."""
    for name, found in peers("\n".join(documents[:20]), 1_000_000).items():
        if "unavailable" in found:
            say(name, **found)
            continue
        rate = found["mb_per_second"]
        times = {"citations_times": cites / rate, "whole_times": reads / rate}
        say(name, **found, **times, promised_times=PROMISES[name], kept=min(times.values()) >= PROMISES[name])


def growth(documents: list[str], largest: int) -> None:
    """Says what a megabyte costs in one document and in many, from 1 MB to `largest`."""
    # The same megabyte over and over: other law, with more or fewer duties in it, would cost more or less for itself.
    pool = "".join(documents)[: 2 * 1_000_000]
    piece = pool[: int(1_000_000 * len(pool) / len(pool.encode()))]

    def many(megabytes: int) -> None:
        for number in range(5 * megabytes):
            begin = number % 5 * len(piece) // 5
            read(piece[begin : begin + len(piece) // 5])

    sizes = [size for size in (1, 10, 100) if size <= largest]
    for name, work in (
        ("one document", lambda size: read(piece * size)),
        ("many documents", many),
    ):
        seconds = {
            # A small text is read more than once: a moment of a busy machine must not stand for all.
            size: statistics.median(cpu(lambda work=work, size=size: work(size)) for _ in range(max(1, RUNS // size)))  # type: ignore[misc]
            / size
            for size in sizes
        }
        worst = max(seconds.values()) / seconds[1]
        say(
            f"growth, {name}",
            seconds_per_mb={str(size): round(value, 3) for size, value in seconds.items()},
            worst_over_1_mb=worst,
            promised=PROMISES["growth"],
            kept=worst <= PROMISES["growth"],
        )


def memory(documents: list[str], folder: Path) -> None:
    """Says the peak memory of `read-archive` over an archive and over one eight times as large, of like documents."""
    piece = "".join(documents)[:100_000]
    peaks = {}
    for count in (20, 160):
        archive = folder / f"{count}.jsonl.gz"
        with gzip.open(archive, "wt", encoding="utf-8", compresslevel=1) as out:
            for number in range(count):
                out.write(json.dumps({"id": str(number), "text": piece}) + "\n")
        arguments = ["read-archive", str(archive), "-o", str(folder / f"{count}.parquet"), "--workers", "1"]
        peaks[count] = _peak([sys.executable, "-m", "khoithong", *arguments])
    ratio = peaks[160] / peaks[20]
    say(
        "memory of an archive",
        peak_mb_20=peaks[20],
        peak_mb_160=peaks[160],
        ratio=ratio,
        kept=ratio <= PROMISES["growth"],
    )


def _peak(command: list[str]) -> float:
    """Peak megabytes of the largest process of a command."""
    # Through a small process between: a child is charged with what its parent held when it was born.
    ask = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stderr=subprocess.DEVNULL); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", ask, *command], env=environment, check=True, capture_output=True)
    return int(done.stdout) * 1024 / 1e6


def imports() -> None:
    """Says how long `import khoithong.reading` takes, and beside it the start of a bare Python."""
    timed = "import time; t = time.process_time(); import khoithong.reading; print(time.process_time() - t)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    took, bare = [], []
    for _ in range(2 * RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        bare.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
        done = subprocess.run(
            [sys.executable, "-c", timed], env=environment, check=True, capture_output=True, text=True
        )
        took.append(float(done.stdout))
    seconds, beside = statistics.median(took), statistics.median(bare)
    say(
        "import",
        seconds=seconds,
        bare_python_seconds=beside,
        promised=PROMISES["import"],
        kept=seconds <= PROMISES["import"],
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--largest", type=int, default=100, help="megabytes of the largest text of the measure of growth"
    )
    parser.add_argument("--no-peers", action="store_true", help="leave out the peers, which must be installed first")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="khoithong-bench-") as name:
        folder = Path(name)
        path, what = corpus(folder)
        documents = list(texts(path))
        say("text", what=what, documents=len(documents), longest=max(map(len, documents)))
        imports()
        cites, reads = throughput(documents, folder)
        if not options.no_peers:
            beside_peers(documents, cites, reads)
        memory(documents, folder)
        growth(documents, options.largest)
    return 0


if __name__ == "__main__":
    sys.exit(main())
