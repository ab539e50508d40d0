"""Hold type and date of citations against known papers that lie beside a developers' checkout, and print the counts.

Usage: python benchmarks/oracle.py [--only gazette|law] [--every N] [--rest FILE]
Prints one JSON line for each collection: dated citations of known papers, how many agree, and how many do not by kind.
The rest goes to FILE, one line each with the words around it. Where the texts are not there it says so and ends well.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
COLLECTIONS = {"gazette": "congbao.jsonl.gz", "law": "codified-law.txt.gz"}
ARTICLE = re.compile(r"Điều \d+\.\d+\.")  # of the codified law: each begins a piece of its own

sys.path.insert(0, str(ROOT / "src"))  # so that it runs from a checkout without being installed

from khoithong.reading.citations import find_citations  # noqa: E402
from khoithong.reading.identity import find_identity  # noqa: E402
from khoithong.reading.model import Citation  # noqa: E402
from khoithong.reading.text import flatten, nfc  # noqa: E402


def papers(file: Path) -> Iterator[str]:
    """The texts of a collection, one after the other; the codified law is cut where a paper or an article opens."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        if file.name.endswith(".jsonl.gz"):
            yield from (json.loads(line)["text"] for line in lines)
            return
        held: list[str] = []
        for line in lines:
            if held and (line.startswith("layout:") or ARTICLE.match(line)):
                yield "".join(held)
                held = []
            held.append(line)
        yield "".join(held)


def verdict(cited: Citation, known: dict[str, str]) -> str:
    """How a citation stands to what is known of the paper: "agrees", or what differs."""
    date_agrees = cited.issued_on is not None and cited.issued_on.isoformat() == known["date"]
    type_agrees = (cited.type or "").lower() == known["type"].lower()
    if date_agrees and type_agrees:
        return "agrees"
    return "date" if type_agrees else "type" if date_agrees else "type and date"


def measure(collection: str, known: dict[str, dict[str, str]], every: int, rest: TextIO | None) -> dict[str, Any]:
    """Count the verdicts over every `every`-th paper of a collection; the rest is written out."""
    counts: Counter[str] = Counter()
    read = 0
    for number, text in enumerate(papers(CORPUS / COLLECTIONS[collection])):
        if number % every:
            continue
        read += 1
        whole = nfc(text)
        flat = flatten(whole)
        for cited in find_citations(flat, find_identity(whole, flat)):
            paper = known.get((cited.symbol or "").upper())
            if paper is None or cited.issued_on is None:
                continue
            found = verdict(cited, paper)
            counts[found] += 1
            if rest and found != "agrees":
                around = " ".join(flat[max(0, cited.start - 60) : cited.end + 100].split())
                said = f"{cited.type} {cited.symbol} {cited.issued_on}"
                rest.write(f"{collection}\t{number}\t{found}\t{said}\t{paper['type']} {paper['date']}\t{around}\n")
    dated = sum(counts.values())
    agree = counts.pop("agrees", 0)
    share = round(agree / dated, 4) if dated else None
    return {"collection": collection, "papers": read, "dated": dated, "agree": agree, "share": share, **counts}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", choices=COLLECTIONS)
    parser.add_argument("--every", type=int, default=1, help="read every N-th paper only")
    parser.add_argument("--rest", type=Path, help="write what does not agree to this file")
    options = parser.parse_args()
    if not (CORPUS / "number_date_agency.json").is_file():
        sys.stdout.write(f"No known papers at {CORPUS}: nothing to compare.\n")
        return 0
    listed = json.loads((CORPUS / "number_date_agency.json").read_text(encoding="utf-8"))
    known = {symbol.upper(): paper for symbol, paper in listed.items()}
    rest = options.rest.open("w", encoding="utf-8") if options.rest else None
    for collection in [options.only] if options.only else COLLECTIONS:
        line = measure(collection, known, max(1, options.every), rest)
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    if rest:
        rest.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
