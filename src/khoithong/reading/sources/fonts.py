"""Fonts of Word papers that stand for an encoding of before Unicode: .VnTime (TCVN3), VNI-Times (VNI)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from khoithong.reading.legacy import Encoding, decode
from khoithong.reading.sources.wordml import child, value, w

#: an encoding, and whether its font draws small letters as capitals
Coding = tuple[Encoding, bool]

_BEYOND_LATIN_1 = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")
_DEPTH = 20


def coding_of(font: str) -> Coding | None:
    """What the letters of a font stand for; None for a font of Unicode."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return Encoding.TCVN3, name.removesuffix(" narrow").endswith("h")
    return (Encoding.VNI, False) if name.startswith(("vni-", "vni ")) else None


class Fonts:
    """The fonts of one paper, as far as they stand for an encoding."""

    def __init__(self, styles: Any | None, roots: Iterable[Any]) -> None:
        everywhere = [] if styles is None else list(styles.iter(w("style")))
        self._styles = {style.get(w("styleId")): style for style in everywhere}
        self._fallback = _font(child(child(child(styles, "docDefaults"), "rPrDefault"), "rPr"))
        self._default = next(
            (
                style.get(w("styleId"))
                for style in everywhere
                if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on")
            ),
            None,
        )
        self._of_style: dict[str | None, str | None] = {}
        self.used: set[Encoding] = set()
        self._on = self._believed(roots)

    def coding(self, run: Any, style: str | None) -> Coding | None:
        """What the letters of a run stand for, in a paragraph of this style."""
        return self._coding(run, style) if self._on else None

    def decoded(self, text: str, coding: Coding | None) -> str:
        """`text` as it is meant."""
        if coding is None or text.isascii():
            return text
        self.used.add(coding[0])
        return decode(text, coding[0], capitals=coding[1]).text

    def _coding(self, run: Any, style: str | None) -> Coding | None:
        properties = child(run, "rPr")
        font = _font(properties)
        if font is None:
            font = self._styled(value(child(properties, "rStyle")))
        if font is None:
            font = self._styled(style or self._default)
        return coding_of(font or self._fallback or "")

    def _styled(self, style_id: str | None) -> str | None:
        if style_id not in self._of_style:
            font, at = None, style_id
            for _ in range(_DEPTH):
                style = self._styles.get(at)
                font = _font(child(style, "rPr"))
                if style is None or font is not None:
                    break
                at = value(child(style, "basedOn"))
            self._of_style[style_id] = font
        return self._of_style[style_id]

    def _believed(self, roots: Iterable[Any]) -> bool:
        """Whether the letters are what the fonts say: many a paper was turned into Unicode and kept its old fonts."""
        letters = beyond = 0
        roots = list(roots)
        named = {
            font
            for root in [*roots, *self._styles.values()]
            for each in root.iter(w("rFonts"))
            for font in each.values()
        }
        if not any(map(coding_of, [*named, self._fallback or ""])):
            return False
        for root in roots:
            for paragraph in root.iter(w("p")):
                style = value(child(child(paragraph, "pPr"), "pStyle"))
                for run in paragraph.iter(w("r")):
                    if self._coding(run, style) is None:
                        continue
                    text = "".join(piece.text or "" for piece in run.iter(w("t")))
                    letters += len(text)
                    beyond += len(_BEYOND_LATIN_1.findall(text))
        return letters > 0 and beyond <= 0.02 * letters


def _font(properties: Any | None) -> str | None:
    fonts = child(properties, "rFonts")
    if fonts is None:
        return None
    # Letters beyond ASCII are drawn in the font of hAnsi; a font of the theme goes before a named one.
    if fonts.get(w("hAnsiTheme")) is not None:
        return ""
    found: str | None = fonts.get(w("hAnsi")) or fonts.get(w("ascii"))
    return found
