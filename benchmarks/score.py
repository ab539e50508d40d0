"""Score the reading against the labelled texts that lie beside a developers' checkout, and print the marks.

Usage: python benchmarks/score.py [--misses N]
Prints the output of ../shared/reading/score.py for official papers and for news. Where the labelled texts are not
there it says so and ends well: they are no part of the product.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LABELLED = ROOT.parent / "shared" / "reading"
SETS = ("official", "news")

sys.path.insert(0, str(ROOT / "src"))  # so that it runs from a checkout without being installed

from khoithong.reading import read  # noqa: E402


def predict(gold: Path, out: Path) -> None:
    """Read every text of a labelled file and write what the reading yields, one JSON object a line."""
    with gold.open(encoding="utf-8") as texts, out.open("w", encoding="utf-8") as lines:
        for line in texts:
            if line.strip():
                labelled = json.loads(line)
                reading = read(labelled["text"]).to_json(source_id=labelled["id"])
                lines.write(json.dumps(reading, ensure_ascii=False) + "\n")


def score(gold: Path, *options: str) -> str:
    """What the scorer prints for our reading of a labelled file."""
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        predict(gold, predicted)
        command = [sys.executable, str(LABELLED / "score.py"), str(gold), str(predicted), *options]
        return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--misses", type=int, default=0, help="print up to N misses of each set")
    options = parser.parse_args()
    if not (LABELLED / "score.py").is_file():
        sys.stdout.write(f"No labelled texts at {LABELLED}: nothing to score.\n")
        return 0
    for name in SETS:
        sys.stdout.write(f"== {name}\n")
        sys.stdout.write(score(LABELLED / "dev" / f"{name}.jsonl", "--misses", str(options.misses)))
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
