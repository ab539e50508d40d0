"""Names and values of WordprocessingML, in lxml elements whose strict namespace has been made the usual one."""

from __future__ import annotations

from typing import Any

_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = ("0", "false", "off")


def w(name: str) -> str:
    """The full tag or attribute name of `w:name`."""
    return f"{{{_TRANSITIONAL}}}{name}"


def loosened(data: bytes) -> bytes:
    """The XML of a paper saved as "Strict Open XML" under the usual names; any other as it is."""
    return data.replace(_STRICT.encode(), _TRANSITIONAL.encode()) if _STRICT.encode() in data else data


def child(element: Any | None, name: str) -> Any | None:
    """The first child `w:name`, None where there is none or no element."""
    return None if element is None else element.find(w(name))


def value(element: Any | None) -> str | None:
    """The attribute `w:val`, None where there is none or no element."""
    found: str | None = None if element is None else element.get(w("val"))
    return found


def switched_on(element: Any | None) -> bool:
    """Whether a property such as `w:vanish` is there and not switched off."""
    return element is not None and value(element) not in _OFF
