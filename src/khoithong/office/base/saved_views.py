"""Keeping and dropping a view of a list: actions and the two addresses that call them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from khoithong.office.base.actions import Forbidden, Refused, recorded, register_verbs
from khoithong.office.base.clock import now
from khoithong.office.base.models import SavedView

MAX_NAME = 80
MAX_QUERY = 4000
MAX_VIEWS = 50

register_verbs({"base.view_saved": _("Lưu cách xem danh sách"), "base.view_dropped": _("Xóa cách xem danh sách")})


def save_view(*, by: Any, list_key: str, name: str, query: str, at: datetime) -> SavedView:
    """Keeps `query` under `name` for the acting person; the same name again takes the new query."""
    name = " ".join(name.split())
    with recorded(verb="base.view_saved", by=by, at=at) as record:
        if not name:
            raise Refused(_("Hãy đặt tên cho cách xem này."), field="name")
        if len(name) > MAX_NAME or len(query) > MAX_QUERY or not list_key or len(list_key) > 60:
            raise Refused(_("Tên hoặc bộ lọc quá dài: hãy rút ngắn rồi lưu lại."), field="name")
        others = SavedView.objects.filter(person=by, list_key=list_key).exclude(name=name)
        if others.count() >= MAX_VIEWS:
            raise Refused(_("Đã có 50 cách xem của danh sách này: hãy xóa bớt trước khi lưu thêm."), field="name")
        view, _made = SavedView.objects.update_or_create(
            person=by, list_key=list_key, name=name, defaults={"query": query}
        )
        record.about(view, summary=name, list=list_key, query=query)
    return view


def drop_view(*, by: Any, view: SavedView, at: datetime) -> None:
    """Forgets a saved view; only its owner may."""
    with recorded(verb="base.view_dropped", by=by, at=at) as record:
        if view.person_id != by.pk:
            raise Forbidden
        kept = SavedView(pk=view.pk, person_id=view.person_id, list_key=view.list_key, name=view.name)
        view.delete()
        record.about(kept, summary=kept.name, list=kept.list_key)


def _back(request: HttpRequest, query: str = "") -> HttpResponse:
    path = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(path, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    path = path.partition("?")[0] if safe else "/"
    return redirect(f"{path}?{query}" if query else path)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Saves the view that the form of a list describes and returns to it."""
    query = request.POST.get("query", "")
    try:
        view = save_view(
            by=request.user,
            list_key=request.POST.get("list_key", ""),
            name=request.POST.get("name", ""),
            query=query,
            at=now(),
        )
        messages.success(request, gettext("Đã lưu cách xem “%(name)s”.") % {"name": view.name})
    except Refused as refusal:
        messages.error(request, refusal.message)
    return _back(request, query)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Forgets one of the person's own views; another's is as if it were not there."""
    view = SavedView.objects.filter(pk=pk, person_id=request.user.pk).first()
    if view is None:
        raise Http404
    drop_view(by=request.user, view=view, at=now())
    messages.success(request, gettext("Đã xóa cách xem “%(name)s”.") % {"name": view.name})
    return _back(request)
