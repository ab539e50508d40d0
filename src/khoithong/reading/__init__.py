"""Reading: the text of a paper -> who it is, what it cites, what it lays on whom, by when.

Pure: no Django, no clock. `read` loads the grammar when it is first asked for; values and openers do without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from khoithong.reading.model import Assignment, Citation, Deadline, Directive, Identity, Recurrence

if TYPE_CHECKING:
    from khoithong.reading.reader import read

__all__ = ["Assignment", "Citation", "Deadline", "Directive", "Identity", "Recurrence", "read"]


def __getattr__(name: str) -> Any:
    if name == "read":
        from khoithong.reading.reader import read  # noqa: PLC0415 - see above: the worker of the openers never reads

        return read
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
