"""Registers: the list of a year, its spreadsheet, a paper entered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext_lazy
from django.views.decorators.http import require_GET

from khoithong.office.accounts.models import Person
from khoithong.office.base.actions import Refused, in_vietnamese
from khoithong.office.base.clock import local_date, now
from khoithong.office.base.filters import ChoiceFilter, DateRangeFilter, TextFilter
from khoithong.office.base.lists import Column, Empty, ListSpec, render_list
from khoithong.office.base.spreadsheets import XLSX_TYPE, in_batches
from khoithong.office.documents import rights
from khoithong.office.documents.actions import register_new_paper, register_paper
from khoithong.office.documents.actions.papers import Double
from khoithong.office.documents.actions.registering import Upload
from khoithong.office.documents.forms import LineForm, NewEntryForm
from khoithong.office.documents.models import Direction, Entry
from khoithong.office.documents.queries import register_agencies, register_entries, register_years
from khoithong.office.documents.registers import columns_of, title_of, workbook
from khoithong.office.documents.views.common import forbids, paper_or_404, person_of, show_refusal, tabs
from khoithong.office.documents.views.papers import media_type_of

_CELLS = {"symbol": "documents/cells/entry_paper.html", "subject": "documents/cells/entry_subject.html"}


def spec_of(person: Person, direction: str, year: int) -> ListSpec:
    """The list of one register; who sees several agencies chooses between them."""
    columns = tuple(
        Column(
            key=column.key,
            label=column.label,
            value=column.of,
            sort=column.sort,
            fixed=True,
            lead=column.key == "symbol",
            align="right" if column.key in ("number", "copies") else "left",
            width=column.width,
            template=_CELLS.get(column.key, ""),
        )
        for column in columns_of(direction)
    )
    filters: list[Any] = [TextFilter(field="paper__search", label=gettext_lazy("Tìm trong sổ"))]
    agencies = register_agencies(person, direction=direction)
    if len(agencies) > 1:
        filters.append(
            ChoiceFilter(key="agency", label=gettext_lazy("Sổ của"), choices=agencies, field="register__agency")
        )
        extra = Column(key="agency", label=gettext_lazy("Sổ của"), value="register.agency.name", width=26)
        columns = (*columns, extra)
    filters.append(DateRangeFilter(key="on", label=gettext_lazy("Ngày đăng ký"), field="entered_on"))
    return ListSpec(
        key=f"register-{direction}",
        title=title_of(direction, year),
        noun=npgettext_lazy("đếm", "văn bản", "văn bản"),
        columns=columns,
        filters=tuple(filters),
        empty=Empty(
            title=gettext_lazy("Sổ chưa có văn bản nào"),
            text=gettext_lazy("Vào sổ từ trang của một văn bản đã nhập, hoặc đăng ký bằng tay."),
            url=reverse("documents:new-entry", args=[direction]) if rights.may_register(person) else "",
            button=gettext_lazy("Đăng ký văn bản"),
        ),
    )


@require_GET
def register(request: HttpRequest, direction: str, year: int | None = None) -> HttpResponseBase:
    """The register of a direction and year; the newest one where no year is said."""
    person = person_of(request)
    this_year = local_date(now()).year
    used = register_years(person, direction=direction)
    shown = year or (used[0] if used else this_year)
    years = sorted({this_year, shown, *used}, reverse=True)
    context = {
        "tabs": tabs(direction),
        "direction": direction,
        "year": shown,
        "years": years,
        "may_register": rights.may_register(person),
    }
    entries = register_entries(person, direction=direction, year=shown)
    return render_list(
        request, spec_of(person, direction, shown), entries, template="documents/register.html", context=context
    )


@require_GET
def register_xlsx(request: HttpRequest, direction: str, year: int) -> FileResponse:
    """The register of the own agency as a spreadsheet of ten columns, in the order of the numbers."""
    person = person_of(request)
    entries: QuerySet[Entry] = register_entries(person, direction=direction, year=year)
    entries = entries.filter(register__agency=person.agency).order_by("number")
    with in_vietnamese():  # the form is that of the decree
        book = workbook(direction=direction, year=year, agency=person.agency.name, entries=in_batches(entries))
    name = "so-van-ban-den" if direction == Direction.INCOMING else "so-van-ban-di"
    return FileResponse(book, as_attachment=True, filename=f"{name}-{year}.xlsx", content_type=XLSX_TYPE)


@forbids
def new_entry(request: HttpRequest, direction: str) -> HttpResponse:
    """Enters a paper by hand."""
    person = person_of(request)
    rights.require_register(person)
    at = now()
    form = NewEntryForm(request.POST or None, request.FILES or None, direction=direction, today=local_date(at))

    def enter() -> Entry:
        file = form.cleaned_data["file"]
        upload = Upload(file.read(), file.name, media_type_of(file.name)) if file else None
        return register_new_paper(
            by=person,
            facts=form.facts(),
            direction=direction,
            line=form.line(),
            at=at,
            entered_on=form.cleaned_data["entered_on"],
            duplicate_reason=form.cleaned_data["duplicate_reason"],
            upload=upload,
        )

    return _entered(request, form, direction, enter)


@forbids
def enter_paper(request: HttpRequest, pk: int, direction: str) -> HttpResponse:
    """Enters a paper that is here already."""
    person, paper = person_of(request), paper_or_404(request, pk)
    rights.require_register(person)
    at = now()
    form = LineForm(request.POST or None, direction=direction, today=local_date(at))

    def enter() -> Entry:
        return register_paper(
            by=person,
            paper=paper,
            direction=direction,
            line=form.line(),
            at=at,
            entered_on=form.cleaned_data["entered_on"],
            duplicate_reason=form.cleaned_data["duplicate_reason"],
        )

    return _entered(request, form, direction, enter, paper=paper)


def _entered(
    request: HttpRequest, form: LineForm, direction: str, enter: Callable[[], Entry], paper: Any = None
) -> HttpResponse:
    double = None
    if request.method == "POST" and form.is_valid():
        try:
            entry = enter()
        except Double as refusal:
            double = refusal.paper
            show_refusal(request, refusal, form)
        except Refused as refusal:
            show_refusal(request, refusal, form)
        else:
            words = _("Đã vào %(register)s, số %(number)02d.") % {
                "register": title_of(direction, entry.register.year).lower(),
                "number": entry.number,
            }
            messages.success(request, words)
            return redirect("documents:detail", entry.paper_id)
    context = {"form": form, "direction": direction, "paper": paper, "double": double}
    return render(request, "documents/entry.html", context, status=422 if form.is_bound else 200)
