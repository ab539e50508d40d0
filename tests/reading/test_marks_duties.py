"""The marks that reading of duties must keep on the labelled texts beside the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from khoithong.reading.duties import find_assignments
from khoithong.reading.model import Identity
from khoithong.reading.text import flatten, nfc
from tests.shared import labelled, shared

pytestmark = pytest.mark.shared

MARKS = {
    "official": {
        "assignments": 0.97,
        "assignment.lead": 0.96,
        "coordinators": 0.92,
        "assignment.deadline": 0.97,
        "assignment.conditional": 0.97,
        "assignment.whole": 0.92,
    },
    "news": {
        "assignments": 0.93,
        "assignment.lead": 0.92,
        "coordinators": 0.88,
        "assignment.deadline": 0.95,
        "assignment.conditional": 0.97,
    },
}


def marks(name: str, folder: Path) -> dict[str, float]:
    """Marks of duties on one set, read with the identities of the labels, so that only duties are measured."""
    gold, read = folder / "gold.jsonl", folder / "read.jsonl"
    with gold.open("w", encoding="utf-8") as golden, read.open("w", encoding="utf-8") as readings:
        for label in labelled(name):
            text, paper = nfc(label["text"]), label["document"]
            issued_on = date.fromisoformat(paper["issued_on"]) if paper["issued_on"] else None
            identity = Identity(paper["symbol"], paper["type"], paper["issuer"], issued_on)
            found = find_assignments(text, flatten(text), identity, ())
            golden.write(json.dumps(label) + "\n")
            readings.write(json.dumps({"id": label["id"], "assignments": [a.to_json() for a in found]}) + "\n")
    scored = subprocess.run(
        [sys.executable, str(shared("reading", "score.py")), str(gold), str(read), "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    out = json.loads(scored.stdout)
    return {key: value.get("f1", value.get("accuracy")) for key, value in out.items() if isinstance(value, dict)}


@pytest.mark.parametrize("name", ["official", "news"])
def test_duties_reach_their_marks(name: str, tmp_path: Path) -> None:
    reached = marks(name, tmp_path)
    short = {key: (reached[key], mark) for key, mark in MARKS[name].items() if reached[key] < mark}
    assert not short, short


def test_the_first_directive_lays_three_duties() -> None:
    text = nfc(shared("seed", "8107-quang-nam.txt").read_text(encoding="utf-8"))
    found = find_assignments(text, flatten(text), Identity(issued_on=date(2023, 11, 22)), ())
    assert [a.lead for a in found] == [
        ("Sở Thông tin và Truyền thông",),
        ("Sở Thông tin và Truyền thông",),
        ("Công an tỉnh",),
    ]
    assert [a.conditional for a in found] == [False, True, False]
    assert [a.deadline for a in found] == [None, None, None]
