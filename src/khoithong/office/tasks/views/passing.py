"""The open tasks of an agency that is gone, shown before they are passed on to its successor."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from khoithong.office.accounts.permissions import Capability, require
from khoithong.office.agencies.models import Agency
from khoithong.office.base.actions import Forbidden, Refused
from khoithong.office.base.clock import now
from khoithong.office.tasks.actions import pass_tasks_on
from khoithong.office.tasks.succession import heritage, succession_of
from khoithong.office.tasks.views.common import forbids, hang_due, person_of, today


@require_http_methods(["GET", "POST"])
@forbids
def pass_on(request: HttpRequest, predecessor: int, successor: int) -> HttpResponseBase:
    """Shows what would be passed on, and to whom; a POST does it, if it is still what was shown."""
    person, at = person_of(request), now()
    require(person, Capability.DECIDE_EXTENSION)
    old, new = get_object_or_404(Agency, pk=predecessor), get_object_or_404(Agency, pk=successor)
    link = succession_of(old, new, on=today())
    if link is None:
        raise Http404
    status = 200
    if request.method == "POST":
        seen = request.POST.get("fingerprint", "")
        try:
            tasks = pass_tasks_on(by=person, predecessor=old, successor=new, at=at, fingerprint=seen)
        except Forbidden:
            raise
        except Refused as refusal:
            messages.error(request, refusal.message)
            status = 409 if refusal.code == "conflict" else 422
        else:
            words = ngettext(
                "Đã chuyển %(count)d nhiệm vụ cho %(agency)s.",
                "Đã chuyển %(count)d nhiệm vụ cho %(agency)s.",
                len(tasks),
            )
            messages.success(request, words % {"count": len(tasks), "agency": new})
            return redirect("agencies:detail", new.pk)
    found = heritage(person, old, new, on=today())
    hang_due(found.passing, on=today())
    return render(request, "tasks/pass_on.html", {"heritage": found, "link": link}, status=status)
