"""Lists declared, not written: columns, filters, sort, pages and columns to choose, all in the address; their export.

A view says what it lists (`ListSpec`) and over which rows (a queryset that already holds only what the person may
see); `render_list` answers with the page, or with the spreadsheet when the address asks for one. The number of queries
does not grow with the rows, as long as the queryset fetches what its columns show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import F, Model, QuerySet
from django.db.models.expressions import Combinable, OrderBy
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template import Context, Template
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _

from khoithong.office.base.filters import Chip, Filter, Words
from khoithong.office.base.models import SavedView
from khoithong.office.base.spreadsheets import EXPORTS, export
from khoithong.office.base.templatetags.ui import attribute

NOTHING_HERE = _("Chưa có gì ở đây")
Align = Literal["left", "right", "center"]
PAGE_SIZES = (25, 50, 100)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column.

    `value` is an attribute path ("paper.symbol") or a function of the row: what the spreadsheet holds, and the page too
    unless `template` (drawn with `row` and `value`) is given. `sort` is a field, or several, in ascending order.
    `lead` marks the column that heads the card on a telephone; `width` is the spreadsheet's, in characters.
    """

    key: str
    label: Words
    value: str | Callable[[Any], Any] = ""
    sort: str | Combinable | Sequence[str | Combinable] = ()
    align: Align = "left"
    template: str = ""
    chosen: bool = True
    fixed: bool = False
    lead: bool = False
    width: int = 18

    def value_of(self, row: Any) -> Any:
        """What stands in this column for `row`, as a plain value."""
        return self.value(row) if callable(self.value) else attribute(row, self.value or self.key)

    def ordering(self, *, descending: bool) -> list[OrderBy]:
        """The order by this column; empty values stand last either way."""
        parts = [self.sort] if isinstance(self.sort, (str, Combinable)) else self.sort
        expressions = [F(part) if isinstance(part, str) else part for part in parts]
        if descending:
            return [expression.desc(nulls_last=True) for expression in expressions]
        return [expression.asc(nulls_last=True) for expression in expressions]


@dataclass(frozen=True, kw_only=True)
class BulkAction:
    """Something done to all chosen rows: the page POSTs `selected` (keys) and `next` (this address) to `url`."""

    label: Words
    url: str
    ask: Words = ""
    ask_text: Words = ""


@dataclass(frozen=True, kw_only=True)
class Empty:
    """What stands in place of no rows, when no filter is to blame."""

    title: Words = NOTHING_HERE
    text: Words = ""
    url: str = ""
    button: Words = ""


@dataclass(frozen=True, kw_only=True)
class ListSpec:
    """A list. `key` names it in saved views and file names; `noun` is what is counted ("nhiệm vụ"); `sort` a column
    key, with "-" before it for descending.
    """

    key: str
    title: Words
    noun: Words
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    sort: str = ""
    empty: Empty = field(default_factory=Empty)
    bulk: Sequence[BulkAction] = ()
    page_size: int = PAGE_SIZES[0]
    exports: bool = True
    savable: bool = True


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell as the page shows it; `html` is drawn by a template, else `value` is shown."""

    column: Column
    value: Any
    html: str = ""


@dataclass(frozen=True, kw_only=True)
class Head:
    """The head of a column, with the query that sorts by it."""

    column: Column
    sortable: bool
    sorted: Literal["", "ascending", "descending"]
    query: str


class List:
    """A spec, a request and the rows: what the template draws."""

    def __init__(self, request: HttpRequest, spec: ListSpec, queryset: QuerySet[Any]) -> None:
        self.request = request
        self.spec = spec
        self.params = request.GET
        self.rows = self._filtered(queryset)
        self._templates: dict[str, Template] = {}

    def _filtered(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        self.chips: list[Chip] = []
        for one in self.spec.filters:
            queryset, chips = one.narrow(queryset, self.params)
            self.chips += [chip.without(self.params) for chip in chips]
        return queryset.order_by(*self._ordering(queryset))

    def _ordering(self, queryset: QuerySet[Any]) -> list[Any]:
        by_key = {column.key: column for column in self.spec.columns if column.sort}
        for asked in (self.params.get("sort", ""), self.spec.sort):
            if (column := by_key.get(asked.lstrip("-"))) is not None:
                self.sort = asked
                return [*column.ordering(descending=asked.startswith("-")), "pk"]
        self.sort = ""
        own = queryset.query.order_by or queryset.model._meta.ordering or ()
        return [*own, *(() if "pk" in own or "id" in own else ("pk",))]

    @property
    def columns(self) -> list[Column]:
        """The columns shown: those that the address names, else those chosen by the spec."""
        asked = {key for value in self.params.getlist("cols") for key in value.split(",") if key}
        known = asked & {column.key for column in self.spec.columns}
        return [
            column for column in self.spec.columns if column.fixed or (column.key in known if known else column.chosen)
        ]

    @property
    def choosable(self) -> list[tuple[Column, bool]]:
        """Columns that may be shown or hidden, and whether they are shown."""
        shown = self.columns
        return [(column, column in shown) for column in self.spec.columns if not column.fixed]

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Head:
        up = self.sort == column.key
        down = self.sort == f"-{column.key}"
        return Head(
            column=column,
            sortable=bool(column.sort),
            sorted="ascending" if up else "descending" if down else "",
            query=self.query(sort=f"-{column.key}" if up else column.key, page=None),
        )

    @property
    def size(self) -> int:
        """Rows on a page: one of PAGE_SIZES."""
        asked = self.params.get("size", "")
        return int(asked) if asked in {str(size) for size in PAGE_SIZES} else self.spec.page_size

    @property
    def sizes(self) -> list[tuple[int, str, bool]]:
        return [(size, self.query(size=size, page=None), size == self.size) for size in PAGE_SIZES]

    def page(self) -> Page[Any]:
        """The page that the address asks for; one beyond the end is the last."""
        paginator = Paginator(self.rows, self.size)
        asked = self.params.get("page", "1")
        try:
            return paginator.page(int(asked) if asked.isdecimal() and len(asked) < 10 else 1)
        except EmptyPage:
            return paginator.page(paginator.num_pages)

    def cells(self, row: Model) -> list[Cell]:
        """One row, cell by cell."""
        cells = []
        for column in self._shown:
            value = column.value_of(row)
            cells.append(Cell(column=column, value=value, html=self._drawn(column, row, value)))
        return cells

    @cached_property
    def _shown(self) -> list[Column]:
        return self.columns

    def _drawn(self, column: Column, row: Model, value: Any) -> str:
        if not column.template:
            return ""
        # Compiled once for all rows and without the context processors of a page: a hundred rows draw many cells.
        if column.template not in self._templates:
            self._templates[column.template] = get_template(column.template).template
        return self._templates[column.template].render(Context({"row": row, "value": value, "request": self.request}))

    def query(self, **changes: Any) -> str:
        """The address's query with `changes`; None takes a key out."""
        changed = self.params.copy()
        for key, value in changes.items():
            changed.pop(key, None)
            if value is not None:
                changed[key] = str(value)
        return changed.urlencode()

    @property
    def saved_query(self) -> str:
        """What a saved view keeps: everything but the page and the export."""
        return self.query(page=None, export=None)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chips)

    @property
    def cleared_query(self) -> str:
        """The address without any filter."""
        names = {name for one in self.spec.filters for name in one.names}
        return self.query(page=None, **dict.fromkeys(names))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form of filters must carry along: sort, size and columns."""
        return [(key, value) for key in ("sort", "size", "cols") for value in self.params.getlist(key) if value]

    @property
    def kept_for_columns(self) -> list[tuple[str, str]]:
        """What the form of columns must carry along: all but the columns and the page."""
        return [
            (key, value)
            for key, values in self.params.lists()
            if key not in ("cols", "page", "export")
            for value in values
            if value
        ]

    @property
    def controls(self) -> list[Mapping[str, Any]]:
        """The filters as the template draws them."""
        return [one.control(self.params) for one in self.spec.filters]

    @property
    def folded(self) -> list[str]:
        """The names of the filters that fold away on a telephone: all but words to search for."""
        folding = (one for one in self.spec.filters if one.control(self.params)["kind"] not in ("text", "none"))
        return [name for one in folding for name in one.names]

    @property
    def fold_open(self) -> bool:
        """Whether one of those that fold away is in force, or was mistyped."""
        return any(self.params.get(name) for name in self.folded)

    @property
    def export_links(self) -> list[tuple[str, str]]:
        return [(words, self.query(export=kind, page=None)) for kind, words in EXPORTS.items()]


def saved_views_of(person: Any, spec: ListSpec) -> list[SavedView]:
    """The views that a person has saved of a list."""
    return list(SavedView.objects.filter(person_id=person.pk, list_key=spec.key)) if person.is_authenticated else []


def render_list(
    request: HttpRequest,
    spec: ListSpec,
    queryset: QuerySet[Any],
    *,
    template: str = "ui/list.html",
    context: Mapping[str, Any] | None = None,
    decorate: Callable[[list[Any]], None] | None = None,
) -> HttpResponseBase:
    """Answers a request for a list: the page, the part of it that htmx wants, or the spreadsheet (`?export=xlsx|csv`).

    `decorate` is given the rows of one page (or of one batch of the export) to hang on them what cannot be asked of the
    database row by row, such as working days left. Templates get `list`, `page`, `lines` and what `context` adds.
    """
    listed = List(request, spec, queryset)
    kind = request.GET.get("export", "")
    if spec.exports and kind in EXPORTS:
        return export(
            kind, name=spec.key, title=str(spec.title), columns=listed.columns, rows=listed.rows, decorate=decorate
        )
    page = listed.page()
    rows = list(page.object_list)
    if decorate is not None:
        decorate(rows)
    values = {
        "list": listed,
        "spec": spec,
        "page": page,
        "lines": [(row, listed.cells(row)) for row in rows],
        "saved_views": saved_views_of(request.user, spec) if spec.savable else [],
        **(context or {}),
    }
    response: HttpResponse = render(request, template, values)
    return response
