"""A piece that a room above lays on the page of a room below: the room below keeps the list, nobody imports upwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of the page: a template that draws one `<section class="panel">`, with what it needs."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
