"""Where the labelled texts lie that stand beside a developers' checkout, and how a test asks for them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.components import SHARED


def shared(*parts: str) -> Path:
    """A path beside the checkout; the test is skipped, saying so, where it is not there."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the labelled texts are not there: {path}")
    return path


def labelled(name: str) -> Iterator[dict[str, Any]]:
    """The labelled texts of one set, "official" or "news"."""
    with shared("reading", "dev", f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
