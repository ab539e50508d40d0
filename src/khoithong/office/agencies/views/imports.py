"""Importing a list of agencies in two steps: check, which writes nothing, then import, all of it or nothing.

What was checked travels in the page between the two, signed: nothing of an import that nobody finished stays behind.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khoithong.office.agencies import actions
from khoithong.office.agencies.forms import SheetForm
from khoithong.office.agencies.importing import import_agencies, plan_import
from khoithong.office.agencies.sheet import SheetRow, read_sheet, template
from khoithong.office.base.actions import Refused
from khoithong.office.base.clock import now
from khoithong.office.base.guard import require

SALT = "agencies.import"
HOURS = 2
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def import_sheet(request: HttpRequest) -> HttpResponse:
    """The page of the import: a file to check, what checking found, and the button that imports."""
    require(request.user, actions.MANAGE)
    if request.method != "POST":
        return _page(request, SheetForm())
    if "checked" in request.POST:
        return _import(request)
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        rows = read_sheet(file.read(), name=file.name)
    except Refused as refusal:
        form.add_error("file", refusal.message)
        return _page(request, form, status=422)
    plan = plan_import(rows)
    checked = (
        "" if plan.problems else signing.dumps([[row.number, row.cells] for row in rows], salt=SALT, compress=True)
    )
    return _page(request, SheetForm(), plan=plan, checked=checked, file_name=file.name)


def _import(request: HttpRequest) -> HttpResponse:
    form = SheetForm()
    try:
        kept = signing.loads(request.POST["checked"], salt=SALT, max_age=HOURS * 3600)
        rows = [SheetRow(number, cells) for number, cells in kept]
        plan = import_agencies(by=request.user, at=now(), rows=rows)
    except signing.BadSignature:
        messages.error(request, _("Lần kiểm tra đã quá cũ. Hãy chọn lại tệp và kiểm tra lần nữa."))
        return _page(request, form, status=422)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _page(request, form, status=422)
    messages.success(
        request,
        _("Đã nhập: thêm %(new)d cơ quan, đối chiếu %(known)d cơ quan đã có.")
        % {"new": len(plan.new), "known": len(plan.known)},
    )
    return redirect("agencies:list")


@require_safe
def import_template(request: HttpRequest) -> HttpResponse:
    """The spreadsheet to fill in."""
    return HttpResponse(
        template(),
        content_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="mau-danh-muc-co-quan.xlsx"'},
    )


def _page(request: HttpRequest, form: SheetForm, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "agencies/import.html", {"form": form, **context}, status=status)
