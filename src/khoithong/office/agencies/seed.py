"""The agencies of Quảng Nam as they were in 2023, with those that took over in 2025; each row says how sure it is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from khoithong.office.agencies.importing import import_agencies
from khoithong.office.agencies.sheet import read_sheet

QUANG_NAM_2023 = Path(__file__).with_name("data") / "quang-nam-2023.csv"


def seed_demo(*, at: datetime) -> int:
    """Adds what is not there yet and sets right what is; may run twice. Returns the number of agencies in the list."""
    rows = read_sheet(QUANG_NAM_2023.read_bytes(), name=QUANG_NAM_2023.name)
    return len(import_agencies(by=None, at=at, rows=rows).wanted)
