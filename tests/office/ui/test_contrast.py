"""Words can be read: contrast of every pair of colours that the style puts together, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import khoithong.office
import khoithong.office.ui

TOKENS = (Path(khoithong.office.ui.__file__).parent / "static/ui/tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = TOKENS.split("prefers-color-scheme: dark", 1)
ENOUGH_FOR_WORDS, ENOUGH_FOR_LINES = 4.5, 3.0
WORDS = [
    *((words, ground) for words in ("ink", "ink-soft") for ground in ("ground", "paper", "sunk")),
    ("on-accent", "accent"),
    ("on-accent", "accent-dark"),
    ("paper", "ink"),
    ("ink", "mark"),
    *((tone, f"{tone}-pale") for tone in ("good", "soon", "late", "done", "after", "plain")),
    *((tone, "paper") for tone in ("good", "soon", "late")),
    *((tone, "ground") for tone in ("soon", "late")),
]
LINES = [("line-strong", "paper"), ("line-strong", "ground"), ("ink-soft", "plain-pale")]


def colours(part: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part))


def luminance(colour: str) -> float:
    """As WCAG 2.2 defines relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_right() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("part", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), WORDS)
def test_words_stand_out(part: str, words: str, ground: str) -> None:
    known = colours(part)
    assert contrast(known[words], known[ground]) >= ENOUGH_FOR_WORDS


@pytest.mark.parametrize("part", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), LINES)
def test_edges_of_fields_and_bars_stand_out(part: str, line: str, ground: str) -> None:
    known = colours(part)
    assert contrast(known[line], known[ground]) >= ENOUGH_FOR_LINES


def test_the_accent_is_worn_by_the_main_button_alone() -> None:
    style = Path(khoithong.office.__file__ or "").parent
    for sheet in style.rglob("static/**/*.css"):
        for rule in re.findall(r"([^{}]+)\{([^{}]*var\(--accent[^{}]*)\}", sheet.read_text(encoding="utf-8")):
            assert ".button.main" in rule[0], f"{sheet.name}: {rule[0].strip()}"
