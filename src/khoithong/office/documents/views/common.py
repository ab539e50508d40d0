"""What the pages of papers share: the paper behind an address, refusals shown, the tabs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khoithong.office.accounts.models import Person
from khoithong.office.base.actions import Forbidden, Refused
from khoithong.office.documents.models import Paper
from khoithong.office.documents.queries import visible_papers

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the section."""

    key: str
    label: str | Promise
    url_name: str
    args: tuple[str, ...] = ()


TABS = (
    Tab("papers", _("Văn bản"), "documents:list"),
    Tab("upload", _("Nhập và soát"), "documents:upload"),
    Tab("in", _("Sổ văn bản đến"), "documents:register", ("den",)),
    Tab("out", _("Sổ văn bản đi"), "documents:register", ("di",)),
    Tab("missing", _("Viện dẫn chưa có trong sổ"), "documents:unmatched"),
    Tab("accuracy", _("Độ chính xác khi dùng"), "documents:accuracy"),
)


def tabs(current: str) -> list[dict[str, Any]]:
    """The tabs of the section for `{% tabs %}`."""
    return [
        {"url": reverse(tab.url_name, args=tab.args), "label": tab.label, "current": tab.key == current} for tab in TABS
    ]


def person_of(request: HttpRequest) -> Person:
    """Who is signed in: the middleware lets nobody else come here."""
    assert isinstance(request.user, Person)
    return request.user


def paper_or_404(request: HttpRequest, pk: int) -> Paper:
    """The paper, if the person may see it; to others it does not exist."""
    return get_object_or_404(visible_papers(person_of(request)).select_related("holder", "issuer"), pk=pk)


def forbids(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view in which an action that is forbidden gives the page of refusal, with its words."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Forbidden as forbidden:
            raise PermissionDenied(forbidden.message) from forbidden

    return guarded


def show_refusal(request: HttpRequest, refusal: Refused, form: Form | None = None) -> None:
    """Says why nothing was done: at the field where the form has it, else above the page."""
    if isinstance(refusal, Forbidden):
        raise refusal
    if form is not None and (refusal.field is None or refusal.field in form.fields):
        form.add_error(refusal.field, refusal.message)
    elif form is not None:
        form.add_error(None, refusal.message)
    else:
        messages.error(request, refusal.message)
