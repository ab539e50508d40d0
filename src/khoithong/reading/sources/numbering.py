"""Automatic numbers of Word lists ("1.", "a)", "-"): a .docx does not hold them as text, and duties hang on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from khoithong.reading.sources.figures import format_number, number
from khoithong.reading.sources.wordml import child, switched_on, value, w

_DEPTH = 9
_MARK = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number looks and when it begins anew."""

    start: int
    form: str
    text: str
    gap: str
    #: the highest index of a level above that makes this one begin anew, plus one; 0: it never does
    restarts_below: int
    legal: bool
    style: str | None


class Numbering:
    """The lists of one paper. `label` is asked once for each paragraph, in order: it counts."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        self._styles = (
            {style.get(w("styleId")): style for style in styles.iter(w("style"))} if styles is not None else {}
        )
        self._default = next((key for key, style in self._styles.items() if _is_default(style)), None)
        self._lists: dict[str, tuple[str, Any]] = {}
        self._abstract: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if numbering is not None:
            self._take_in(numbering)

    def label(self, properties: Any | None) -> str:
        """The number or mark before the paragraph with these properties (w:pPr), with the gap after it; "" if none."""
        place = self._place(properties)
        if place is None or place[0] not in self._lists:
            return ""
        list_id, depth = place
        key, _ = self._lists[list_id]
        levels = self._abstract[key]
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._advance(list_id, depth)
        shown = _bullet(level.text) if level.form == "bullet" else _numbered(level, levels, counts)
        return shown + level.gap if shown else ""

    def _advance(self, list_id: str, depth: int) -> list[int | None]:
        key, instance = self._lists[list_id]
        levels = self._abstract[key]
        counts = self._counts.setdefault(key, [None] * _DEPTH)
        before = counts[depth]
        counts[depth] = levels[depth].start if before is None else before + 1
        if (list_id, depth) not in self._begun:
            self._begun.add((list_id, depth))
            override = _start_override(instance, depth)
            if override is not None:
                counts[depth] = override
        for deeper in range(depth + 1, _DEPTH):
            if deeper not in levels or depth < levels[deeper].restarts_below:
                counts[deeper] = None
        return counts

    def _place(self, properties: Any | None) -> tuple[str, int] | None:
        """(list, level) of a paragraph: its own word first, then its style's."""
        own = child(properties, "numPr")
        list_id, depth = value(child(own, "numId")), value(child(own, "ilvl"))
        style_id = value(child(properties, "pStyle")) or self._default
        if list_id is None:
            list_id, styled_depth = self._styled(style_id)
            depth = depth if depth is not None else styled_depth
        if list_id is None or list_id == "0":
            return None
        if depth is None:
            depth = str(self._depth_of_style(list_id, style_id))
        return list_id, min(number(depth, 0), _DEPTH - 1)

    def _styled(self, style_id: str | None) -> tuple[str | None, str | None]:
        seen: set[str] = set()
        while style_id is not None and style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            listed = child(child(style, "pPr"), "numPr")
            list_id = value(child(listed, "numId"))
            if list_id is not None:
                return list_id, value(child(listed, "ilvl"))
            style_id = value(child(style, "basedOn"))
        return None, None

    def _depth_of_style(self, list_id: str, style_id: str | None) -> int:
        if list_id not in self._lists or style_id is None:
            return 0
        levels = self._abstract[self._lists[list_id][0]]
        return next((depth for depth, level in levels.items() if level.style == style_id), 0)

    def _take_in(self, numbering: Any) -> None:
        abstract = {each.get(w("abstractNumId")): each for each in numbering.iter(w("abstractNum"))}
        instances = {each.get(w("numId")): each for each in numbering.iter(w("num"))}
        for list_id, instance in instances.items():
            key = value(child(instance, "abstractNumId"))
            link = value(child(abstract.get(key), "numStyleLink"))
            if link is not None:
                linked = instances.get(self._styled(link)[0])
                key = value(child(linked, "abstractNumId"))
            if key is None or key not in abstract:
                continue
            replaced = [each for each in instance.iter(w("lvlOverride")) if child(each, "lvl") is not None]
            if replaced:
                # A list with levels of its own counts for itself.
                shared, key = key, f"{key}/{list_id}"
                self._abstract[key] = _levels(abstract[shared]) | _levels(instance)
            elif key not in self._abstract:
                self._abstract[key] = _levels(abstract[key])
            self._lists[list_id] = (key, instance)


def _levels(parent: Any) -> dict[int, Level]:
    found = {}
    for element in parent.iter(w("lvl")):
        depth = number(element.get(w("ilvl")), 0)
        if not 0 <= depth < _DEPTH:
            continue
        found[depth] = Level(
            start=number(value(child(element, "start")), 1),
            form=value(child(element, "numFmt")) or "decimal",
            text=value(child(element, "lvlText")) or "",
            gap="" if value(child(element, "suff")) == "nothing" else " ",
            restarts_below=number(value(child(element, "lvlRestart")), depth),
            legal=switched_on(child(element, "isLgl")),
            style=value(child(element, "pStyle")),
        )
    return found


def _start_override(instance: Any, depth: int) -> int | None:
    for override in instance.iter(w("lvlOverride")):
        if number(override.get(w("ilvl")), -1) == depth:
            start = value(child(override, "startOverride"))
            return None if start is None else number(start, 1)
    return None


def _numbered(level: Level, levels: dict[int, Level], counts: list[int | None]) -> str:
    def shown(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        other = levels.get(depth, level)
        count = counts[depth]
        return format_number(other.start if count is None else count, "decimal" if level.legal else other.form)

    return "" if level.form == "none" else _MARK.sub(shown, level.text).strip()


def _bullet(text: str) -> str:
    # Word draws its own bullets with letters of symbol fonts; as text they are noise.
    if not text.strip() or text == "o" or any("\ue000" <= letter <= "\uf8ff" for letter in text):
        return "-"
    return text.strip()


def _is_default(style: Any) -> bool:
    return style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on")
