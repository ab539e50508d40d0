"""The marks on the labelled texts beside a developers' checkout."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks.score import score
from tests.shared import shared


@pytest.fixture(scope="module")
def official() -> dict[str, Any]:
    """The scorer's marks for official papers."""
    shared("reading", "score.py")
    marks: dict[str, Any] = json.loads(score(shared("reading", "dev", "official.jsonl"), "--json"))
    return marks


@pytest.mark.shared
def test_marks_of_citations_and_identity(official: dict[str, Any]) -> None:
    assert official["citations"]["f1"] >= 0.95
    assert official["document.symbol"]["accuracy"] >= 0.95
    assert official["document.issued_on"]["accuracy"] >= 0.95
    assert official["citation.issued_on"]["accuracy"] >= 0.95
