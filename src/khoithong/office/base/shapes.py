"""Icons and the shapes of states, drawn here so that no page waits for a picture."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS: dict[str, str] = {
    "board": "M2.5 13.5v-4h3v4zM6.5 13.5v-11h3v11zM10.5 13.5v-7h3v7z",
    "paper": "M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3M5.5 8h5M5.5 10.5h5",
    "task": "M2 4l1.2 1.2L5.5 3M2 8.5l1.2 1.2L5.5 7.5M2 13l1.2 1.2L5.5 12M8 4h6M8 8.5h6M8 13h6",
    "register": "M3 1.5h9.5v13H3zM5.5 1.5v13M7.5 5h3M7.5 7.5h3",
    "agency": "M1.5 14.5h13M3 14.5V6M13 14.5V6M1.5 6L8 2l6.5 4zM6 14.5V8.5M10 14.5V8.5",
    "admin": "M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2"
    "M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M12.6 3.4l-1.4 1.4M4.8 11.2l-1.4 1.4",
    "person": "M8 2a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM2.5 14.5c0-3 2.4-4.5 5.5-4.5s5.5 1.5 5.5 4.5",
    "report": "M2 2v12h12M5 11V8M8 11V5M11 11V7",
    "more": "M2 4h12M2 8h12M2 12h12",
    "search": "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l4 4",
    "inbox": "M2 9.5V13h12V9.5M2 9.5L4 3h8l2 6.5M2 9.5h3.5c0 1.4 1 2.3 2.5 2.3s2.5-.9 2.5-2.3H14",
    "down": "M4 6l4 4 4-4",
    "calendar": "M2 3.5h12v10.5H2zM2 6.5h12M5 1.5v3M11 1.5v3M5 9h.2M8 9h.2M11 9h.2M5 11.5h.2M8 11.5h.2",
    "close": "M4 4l8 8M12 4l-8 8",
    "check": "M2.5 8.5l3.5 3.5 7.5-8",
    "warning": "M8 2l6.5 12h-13zM8 6.5v3.5M8 12v.2",
    "info": "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 7.5v4M8 4.8v.2",
    "upload": "M8 11V2.5M4.5 6L8 2.5 11.5 6M2.5 10.5v3h11v-3",
    "download": "M8 2.5V11M4.5 7.5L8 11l3.5-3.5M2.5 11v2.5h11V11",
    "file": "M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3",
    "plus": "M8 2.5v11M2.5 8h11",
    "edit": "M2.5 13.5l.7-3L11 2.7l2.3 2.3-7.8 7.8z",
    "columns": "M2 2.5h12v11H2zM6 2.5v11M10 2.5v11",
    "bookmark": "M4 1.5h8v13l-4-3-4 3z",
    "sort": "M5 2.5v11M2.5 5L5 2.5 7.5 5M11 13.5v-11M8.5 11l2.5 2.5 2.5-2.5",
    "link": "M6.5 9.5l3-3M7 4.5l1.5-1.5a3 3 0 0 1 4.5 4L11 9M9 11.5L7.5 13a3 3 0 0 1-4.5-4L5 7",
    "keyboard": "M1.5 4h13v8.5h-13zM4 6.5h.2M7 6.5h.2M10 6.5h.2M12 6.5h.2M4.5 10h7",
}
"""Name -> path in a box of 16 x 16, drawn as a line."""

SHAPES: dict[str, str] = {
    "disc": '<circle cx="6" cy="6" r="4.2"/>',
    "half": '<circle class="line" cx="6" cy="6" r="4.4"/><path d="M6 1.6a4.4 4.4 0 0 1 0 8.8z"/>',
    "ring": '<circle class="line" cx="6" cy="6" r="4.4"/>',
    "ring-dot": '<circle class="line" cx="6" cy="6" r="4.4"/><circle cx="6" cy="6" r="1"/>',
    "triangle": '<path d="M6 1.6L11 10.4H1z"/>',
    "check": '<path class="line" d="M1.5 6.5l3 3 6-7"/>',
    "check-boxed": '<path class="line" d="M1.2 1.2h9.6v9.6H1.2z"/><path class="line" d="M3.4 6.2l2 2 3.4-4"/>',
    "dash": '<path class="line" d="M1.5 6h9"/>',
    "bars": '<path class="line" d="M3.7 2v8M8.3 2v8"/>',
    "cross": '<path class="line" d="M2 2l8 8M10 2l-8 8"/>',
    "turn": '<path class="line" d="M2 3v3h3M2.2 6A4.2 4.2 0 1 0 4 2.6L2.3 5.6"/>',
    "diamond": '<path d="M6 1l5 5-5 5-5-5z"/>',
}
"""Name -> drawing in a box of 12 x 12; told apart without colour."""


def icon_svg(name: str) -> SafeString:
    """The icon, for the eye only: words stand beside it. Raises KeyError for a name that is not drawn."""
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="{}"/></svg>', ICONS[name]
    )


def shape_svg(name: str) -> SafeString:
    """The shape of a state, for the eye only."""
    drawing = mark_safe(SHAPES[name])
    return format_html('<svg class="shape" viewBox="0 0 12 12" aria-hidden="true" focusable="false">{}</svg>', drawing)
