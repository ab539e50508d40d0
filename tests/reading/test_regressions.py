"""Every kind of error that was mended: a small text of the same construction, made up, and how it must be read.

`regressions.jsonl` has one object a line: the kind, the text, duties and citations as the reading must give them. The
first line holds the head that "{header}" stands for.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from khoithong.reading import read
from tests.reading.test_reader import sound

LINES = [
    json.loads(line)
    for line in Path(__file__).with_name("regressions.jsonl").read_text(encoding="utf-8").splitlines()
    if line
]
HEADER: str = LINES[0]["header"]
CASES = LINES[1:]


@pytest.mark.parametrize("case", CASES, ids=[case["kind"] for case in CASES])
def test_what_was_mended_stays_mended(case: dict[str, Any]) -> None:
    found = read(case["text"].replace("{header}", HEADER))
    sound(found)
    shown = found.to_json(source_id="")
    for key in ("assignments", "citations"):
        read_now = [{name: value for name, value in one.items() if name not in ("start", "end")} for one in shown[key]]
        assert read_now == case[key]


def test_each_kind_is_named_once() -> None:
    kinds = [case["kind"] for case in CASES]
    assert len(kinds) == len(set(kinds)) >= 45
