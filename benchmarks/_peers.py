"""Peers of the reading, installed into a throw-away environment: eyecite (American case law) and underthesea's NER.

They are dependencies of this measure alone and never of the project. Where one cannot be had, the line says why.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

_INSTALL_SECONDS, _RUN_SECONDS = 600, 900

#: measures text from standard input; prints {"seconds": CPU seconds, "found": how many}
_EYECITE = """
import json, sys, time
from eyecite import get_citations
pieces = sys.stdin.read().split("\\f")
get_citations(pieces[0][:2000])
begun = time.process_time()
found = sum(len(get_citations(piece)) for piece in pieces)
print(json.dumps({"seconds": time.process_time() - begun, "found": found}))
"""
_UNDERTHESEA = """
import json, sys, time
from underthesea import ner
pieces = sys.stdin.read().split("\\f")
ner(pieces[0][:500])
begun = time.process_time()
found = sum(len(ner(piece)) for piece in pieces)
print(json.dumps({"seconds": time.process_time() - begun, "found": found}))
"""
_SENTENCE = (
    "In Rowan v. Tillery Mills, 4{n:02} U.S. {n}, 1{n:02} (19{n:02}), the court followed 42 U.S.C. § 19{n:02}, and the "
    "panel in Harlow v. Beam, {n} F.3d 2{n:02} (9th Cir. 19{n:02}), held that the notice had been given in time. "
    "The parties agree that the record was complete when the order was entered, that nobody asked for a stay, and that "
    "the clerk sent the papers to every counsel of record; what remains is whether the fee was due. Id. at {n}.\n"
)
_PROSE = (
    "Nothing in the record shows that the parties were told of the change before the hearing was held, and neither of "
    "them said so at the time; the judge below found as much, and we see no reason to look behind that finding.\n"
)


def english(size: int) -> str:
    """About `size` letters of invented American opinions, in pieces of a usual length divided by form feeds."""
    opinion = "".join(_SENTENCE.format(n=10 + n % 80) + 9 * _PROSE for n in range(20))
    return "\f".join([opinion] * max(1, size // len(opinion)))


def peers(vietnamese: str, size: int) -> dict[str, dict[str, Any]]:
    """The throughput of each peer in MB per CPU second, or why there is none."""
    found: dict[str, dict[str, Any]] = {}
    for name, program, text in (
        ("eyecite", _EYECITE, english(size)),
        ("underthesea", _UNDERTHESEA, "\f".join(filter(str.strip, vietnamese[:20_000].split("\n")))),
    ):
        with tempfile.TemporaryDirectory(prefix="khoithong-bench-") as folder:
            found[name] = _peer(Path(folder), name, program, text)
    return found


def _peer(folder: Path, package: str, program: str, text: str) -> dict[str, Any]:
    python = folder / "bin" / "python"
    try:
        _run([sys.executable, "-m", "venv", str(folder)], "", _INSTALL_SECONDS)
        _run([str(python), "-m", "pip", "install", "--quiet", package], "", _INSTALL_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        return {"unavailable": f"cannot be installed here ({_why(error)})"}
    try:
        answer = json.loads(_run([str(python), "-c", program], text, _RUN_SECONDS).splitlines()[-1])
    except (OSError, ValueError, IndexError, subprocess.SubprocessError) as error:
        return {"unavailable": f"installed, but does not run here, perhaps for want of its model ({_why(error)})"}
    megabytes = len(text.encode()) / 1e6
    rate = megabytes / max(answer["seconds"], 1e-9)
    return {"megabytes": round(megabytes, 3), "found": answer["found"], "mb_per_second": rate}


def _run(command: list[str], text: str, seconds: int) -> str:
    done = subprocess.run(
        command, input=text, capture_output=True, text=True, encoding="utf-8", timeout=seconds, check=True
    )
    return done.stdout


def _why(error: Exception) -> str:
    said = getattr(error, "stderr", None)
    last = said.strip().splitlines()[-1:] if isinstance(said, str) else []
    return (last[0] if last else type(error).__name__)[:160]
