"""The list of agencies, and the page of one with what an administrator may change on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext_lazy
from django.views.decorators.http import require_POST

from khoithong.office.agencies import actions
from khoithong.office.agencies.filters import ExistsOnFilter, NamesFilter
from khoithong.office.agencies.forms import (
    FactsForm,
    NameForm,
    NewAgencyForm,
    ParentForm,
    RenameForm,
    SuccessionForm,
)
from khoithong.office.agencies.models import Agency, AgencyName, Kind
from khoithong.office.agencies.panels import panels_of
from khoithong.office.agencies.queries import agencies_for_list, agency_with_all, span_words
from khoithong.office.base.actions import Refused, story_of
from khoithong.office.base.clock import now
from khoithong.office.base.filters import ChoiceFilter
from khoithong.office.base.guard import allowed, require
from khoithong.office.base.lists import Column, Empty, ListSpec, render_list


def _parent_names(agency: Agency) -> str:
    return ", ".join(link.parent.short_name or link.parent.name for link in agency.affiliations.all())


def _successor_names(agency: Agency) -> str:
    return ", ".join(link.successor.name for link in agency.successions.all())


AGENCIES = ListSpec(
    key="agencies",
    title=gettext_lazy("Cơ quan"),
    noun=npgettext_lazy("đếm", "cơ quan", "cơ quan"),
    columns=(
        Column(
            key="name", label=gettext_lazy("Tên"), sort="sort_key", lead=True, fixed=True, width=50,
            template="agencies/cells/name.html",
        ),
        Column(key="short_name", label=gettext_lazy("Viết tắt"), sort="short_name"),
        Column(key="kind", label=gettext_lazy("Loại"), value="get_kind_display", sort="kind", width=22),
        Column(key="parent", label=gettext_lazy("Cấp trên"), value=_parent_names, width=40),
        Column(
            key="span", label=gettext_lazy("Tồn tại"), value=span_words, sort=("exists_to", "exists_from"), width=26,
            template="agencies/cells/span.html",
        ),
        Column(
            key="successors", label=gettext_lazy("Kế thừa bởi"), value=_successor_names, width=40,
            template="agencies/cells/successors.html",
        ),
        Column(key="code", label=gettext_lazy("Mã"), sort="code", chosen=False),
        Column(key="source", label=gettext_lazy("Nguồn"), chosen=False, width=40),
        Column(key="mark", label=gettext_lazy("Mức chắc chắn"), sort="mark", align="center"),
    ),
    filters=(
        NamesFilter(label=gettext_lazy("Tên, viết tắt")),
        ChoiceFilter(key="kind", label=gettext_lazy("Loại"), choices=Kind.choices),
        ExistsOnFilter(label=gettext_lazy("Tồn tại vào ngày")),
    ),
    sort="name",
    page_size=50,
    empty=Empty(
        title=gettext_lazy("Danh mục chưa có cơ quan nào"),
        text=gettext_lazy("Người quản trị thêm từng cơ quan, hoặc nhập cả danh mục từ bảng tính."),
    ),
)  # fmt: skip


def agencies(request: HttpRequest) -> HttpResponseBase:
    """All agencies of all times, for everybody who is signed in."""
    context = {"may_manage": allowed(request.user, actions.MANAGE)}
    return render_list(request, AGENCIES, agencies_for_list(), template="agencies/list.html", context=context)


def add(request: HttpRequest) -> HttpResponse:
    """A new agency."""
    require(request.user, actions.MANAGE)
    form = NewAgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            agency = actions.add_agency(by=request.user, at=now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("Đã thêm %(agency)s.") % {"agency": agency})
            return redirect("agencies:detail", agency.pk)
    return render(request, "agencies/add.html", {"form": form})


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One agency: its names, its place, who followed, and its story."""
    return _page(request, _found(pk))


CHANGES: dict[str, tuple[type[forms.Form], Callable[..., Any], str, str]] = {
    "correct": (FactsForm, actions.correct_agency, "agency", gettext_lazy("Đã sửa thông tin cơ quan.")),
    "rename": (RenameForm, actions.rename_agency, "agency", gettext_lazy("Đã ghi tên mới.")),
    "name": (NameForm, actions.add_name, "agency", gettext_lazy("Đã thêm cách gọi.")),
    "parent": (ParentForm, actions.place_under, "agency", gettext_lazy("Đã ghi cơ quan cấp trên.")),
    "succession": (
        SuccessionForm, actions.record_succession, "predecessor", gettext_lazy("Đã ghi cơ quan kế thừa."),
    ),
}  # fmt: skip
"""What may be changed -> its form, its action, the action's word for this agency, what is said afterwards."""


@require_POST
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Carries out one of CHANGES; a refusal shows the page again with the form as it was filled in."""
    require(request.user, actions.MANAGE)
    if what not in CHANGES:
        raise Http404
    form_class, action, role, said = CHANGES[what]
    agency = _found(pk)
    form = form_class(request.POST, prefix=what)
    if form.is_valid():
        try:
            action(by=request.user, at=now(), **{role: agency}, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, said)
            return redirect("agencies:detail", pk)
    return _page(request, _found(pk), form, status=422)


@require_POST
def remove_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a spelling away."""
    require(request.user, actions.MANAGE)
    name = get_object_or_404(AgencyName.objects.select_related("agency"), pk=pk)
    try:
        actions.remove_name(by=request.user, at=now(), name=name)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Đã bỏ cách gọi “%(text)s”.") % {"text": name.text})
    return redirect("agencies:detail", name.agency_id)


def _found(pk: int) -> Agency:
    return get_object_or_404(agency_with_all(), pk=pk)


def _page(request: HttpRequest, agency: Agency, bound: forms.Form | None = None, status: int = 200) -> HttpResponse:
    may_manage = allowed(request.user, actions.MANAGE)
    context: dict[str, Any] = {
        "agency": agency,
        "names": sorted(agency.names.all(), key=_by_use),
        "span": span_words(agency),
        "may_manage": may_manage,
        "panels": panels_of(request.user, agency, at=now()),
        "story": story_of(agency)[:50],
    }
    if may_manage:
        facts = {field: getattr(agency, field) for field in actions.CORRECTABLE}
        context |= {
            "correct_form": FactsForm(initial=facts, prefix="correct"),
            "rename_form": RenameForm(prefix="rename"),
            "name_form": NameForm(prefix="name"),
            "parent_form": ParentForm(prefix="parent"),
            "succession_form": SuccessionForm(prefix="succession"),
        }
    if bound is not None:
        context |= {f"{bound.prefix}_form": bound, "open": bound.prefix}
    return render(request, "agencies/detail.html", context, status=status)


def _by_use(name: AgencyName) -> tuple[int, str]:
    return AgencyName.Use.values.index(name.use), name.text
