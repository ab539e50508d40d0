"""The text of a paper as HTML: escaped piece by piece, findings marked, duties bracketed in the margin."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from khoithong.office.documents.marks import Bracket, Line, Mark, Segment

LANES = 4
"""Lanes of the margin that have a place of their own; what needs more shares the last."""


def text_html(lines: Iterable[Line]) -> SafeString:
    """The lines, one element each; every piece carries the offset of its first character in `data-start`."""
    return mark_safe("".join(_line(line, number) for number, line in enumerate(lines, start=1)))


def _line(line: Line, number: int) -> SafeString:
    brackets = format_html_join("", "{}", ((_bracket(bracket),) for bracket in line.brackets))
    pieces = format_html_join("", "{}", ((_piece(piece),) for piece in line.segments))
    return format_html(
        '<div class="line" id="line-{}" data-start="{}">{}{}</div>', number, line.start, brackets, pieces
    )


def _bracket(bracket: Bracket) -> SafeString:
    names = [f"lane-{min(bracket.lane, LANES - 1)}", *_classes([bracket.mark])]
    names += [name for name, applies in (("first", bracket.first), ("last", bracket.last)) if applies]
    if not bracket.first:
        return format_html('<span class="bracket {}" data-finding="{}"></span>', " ".join(names), bracket.mark.key)
    state = _("chưa soát") if bracket.mark.open else _("đã soát")
    return format_html(
        '<a class="bracket {}" href="#finding-{}" data-finding="{}" aria-label="{}"><span>{}</span></a>',
        " ".join(names),
        bracket.mark.key,
        bracket.mark.key,
        _("Nhiệm vụ %(number)d, %(state)s") % {"number": bracket.mark.number, "state": state},
        bracket.mark.number,
    )


def _piece(piece: Segment) -> SafeString:
    anchors = format_html_join("", '<span id="at-{}"></span>', ((mark.key,) for mark in piece.begins))
    if not piece.marks:
        return format_html('{}<span data-start="{}">{}</span>', anchors, piece.start, piece.text)
    return format_html(
        '{}<span data-start="{}" class="{}" data-findings="{}">{}</span>',
        anchors,
        piece.start,
        " ".join(["marked", *_classes(piece.marks)]),
        " ".join(str(mark.key) for mark in piece.marks),
        piece.text,
    )


def _classes(marks: Iterable[Mark]) -> list[str]:
    names: dict[str, None] = {}
    for mark in marks:
        names[f"is-{mark.kind}"] = None
        if mark.open:
            names["is-open"] = None
        if mark.doubtful:
            names["is-doubtful"] = None
    return list(names)
