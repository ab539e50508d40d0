"""Draws the rows of the board: two hundred agencies are fourteen hundred cells, too many for a loop of a template."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from khoithong.office.base.shapes import shape_svg
from khoithong.office.base.states import LOOKS
from khoithong.office.reports.board import STATES, Board, By, Counts, Line, bar_parts, grouped
from khoithong.office.reports.links import page_pattern, tasks_url

register = template.Library()
BAR_WIDTH = 100


def bar_svg(counts: Counts, *, longest: int) -> str:
    """One bar, from zero, in parts; its figures stand beside it, so it is for the eye only."""
    parts = "".join(
        f'<rect class="{state}" x="{begin:g}" y="0" width="{wide:g}" height="8"/>'
        for state, begin, wide in bar_parts(counts, longest=longest, width=BAR_WIDTH)
    )
    return (
        f'<svg class="bar" viewBox="0 0 {BAR_WIDTH} 8" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false">{parts}</svg>'
    )


def _filter(by: By, key: int | None) -> str:
    if key is None:
        return urlencode({"paper": "none"}) if by is By.PAPER else ""
    return urlencode({"lead" if by is By.AGENCY else "paper": key})


def _cells(counts: Counts, total: int, *, address: str, query: str) -> str:
    cells = []
    for state in (*STATES, "total"):
        count = total if state == "total" else counts.get(state, 0)
        if not count:
            cells.append('<td class="none">0</td>')
            continue
        parts = [part for part in (query, "" if state == "total" else f"time={state}") if part]
        behind = f"{address}?{'&amp;'.join(parts)}" if parts else address
        cells.append(f'<td class="{state}"><a href="{behind}">{grouped(count)}</a></td>')
    return "".join(cells)


def _row(line: Line, board: Board, *, address: str, page: str) -> str:
    label = conditional_escape(line.label)
    if line.key is not None and page:
        label = f'<a href="{page.format(line.key)}">{label}</a>'
    cells = _cells(line.counts, line.total, address=address, query=_filter(board.by, line.key))
    bar = bar_svg(line.counts, longest=board.longest)
    return f'<tr><th scope="row">{label}</th>{cells}<td class="bars">{bar}</td></tr>'


@register.simple_tag
def board_rows(board: Board, lines: Iterable[Line]) -> SafeString:
    """The <tr>s of the board; each figure leads to the tasks behind it."""
    page = page_pattern("agencies:detail" if board.by is By.AGENCY else "documents:detail")
    address = tasks_url()
    return mark_safe("\n".join(_row(line, board, address=address, page=page) for line in lines))


@register.simple_tag
def board_sums(board: Board) -> SafeString:
    """The last row: all together."""
    cells = _cells(board.sums, board.total, address=tasks_url(), query="")
    return mark_safe(f'<tr><th scope="row">{gettext("Tất cả")}</th>{cells}<td class="bars"></td></tr>')


@register.simple_tag
def board_heads(board: Board, sort: str) -> SafeString:
    """The heads of the columns: each sorts by its figures."""
    heads = [("name", gettext("Cơ quan chủ trì") if board.by is By.AGENCY else gettext("Văn bản giao"), "")]
    heads += [(state, str(LOOKS[state].word), shape_svg(LOOKS[state].shape)) for state in STATES]
    heads += [("total", gettext("Tất cả"), "")]
    cells = []
    for key, words, shape in heads:
        query = urlencode({"sort": key, **({"by": "paper"} if board.by is By.PAPER else {})})
        order = ' aria-sort="{}"'.format("ascending" if key == "name" else "descending") if key == sort else ""
        mark = f'<span class="sort-mark" aria-hidden="true">{"▲" if key == "name" else "▼"}</span>' if order else ""
        label = f"{shape}<span>{conditional_escape(words)}</span>{mark}"
        link = f'<a class="sort" href="?{conditional_escape(query)}">{label}</a>'
        cells.append(f'<th scope="col" class="{key}"{order}>{link}</th>')
    bars = gettext("So sánh")
    return mark_safe(f'<tr>{"".join(cells)}<th scope="col" class="bars">{conditional_escape(bars)}</th></tr>')
