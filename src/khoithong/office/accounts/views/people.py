"""The pages by which an administrator manages people; whoever reads the audit trail may look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from khoithong.office.accounts import actions
from khoithong.office.accounts.administration import administration_tabs
from khoithong.office.accounts.forms import MoveForm, NewPersonForm, PersonForm, ReasonForm, RolesForm
from khoithong.office.accounts.models import Person, Role
from khoithong.office.accounts.permissions import Capability, can, require
from khoithong.office.accounts.queries import is_locked, may_read_people, people_for_list, role_labels
from khoithong.office.agencies.models import Agency
from khoithong.office.base.actions import Refused, story_of
from khoithong.office.base.clock import now
from khoithong.office.base.filters import ChoiceFilter, FlagFilter, TextFilter
from khoithong.office.base.lists import Column, ListSpec, render_list


def _agencies() -> list[tuple[int, str]]:
    return list(Agency.objects.filter(people__isnull=False).distinct().values_list("pk", "name"))


PEOPLE = ListSpec(
    key="people",
    title=gettext_lazy("Người dùng"),
    noun=npgettext_lazy("đếm", "người", "người"),
    columns=(
        Column(
            key="name", label=gettext_lazy("Họ và tên"), value="full_name", sort="sort_key", lead=True, fixed=True,
            width=30, template="accounts/cells/name.html",
        ),
        Column(key="username", label=gettext_lazy("Tên đăng nhập"), sort="username"),
        Column(key="position", label=gettext_lazy("Chức vụ"), sort="position", chosen=False, width=30),
        Column(
            key="agency", label=pgettext_lazy("một", "Cơ quan"), value="agency.name", sort="agency__sort_key", width=40,
            template="accounts/cells/agency.html",
        ),
        Column(
            key="roles", label=gettext_lazy("Vai trò"), value=lambda person: ", ".join(role_labels(person)), width=30
        ),
        Column(
            key="state", label=gettext_lazy("Tình trạng"), sort="is_active",
            value=lambda person: _("Đang hoạt động") if person.is_active else _("Ngừng hoạt động"),
            template="accounts/cells/state.html",
        ),
        Column(
            key="last_login", label=gettext_lazy("Đăng nhập gần nhất"), sort="last_login",
            template="accounts/cells/moment.html",
        ),
    ),
    filters=(
        TextFilter(label=gettext_lazy("Tên, chức vụ")),
        ChoiceFilter(key="agency", label=pgettext_lazy("một", "Cơ quan"), choices=_agencies),
        ChoiceFilter(
            key="role", label=gettext_lazy("Vai trò"), choices=Role.choices,
            apply=lambda people, roles: people.filter(
                pk__in=Person.objects.filter(grants__role__in=roles).values("pk")
            ),
        ),
        FlagFilter(key="stopped", label=gettext_lazy("Chỉ tài khoản ngừng hoạt động"), condition=Q(is_active=False)),
    ),
    sort="name",
)  # fmt: skip


def people(request: HttpRequest) -> HttpResponseBase:
    """Everybody, with roles and state."""
    _refuse_strangers(request)
    context = {
        "tabs": administration_tabs(request),
        "may_manage": can(request.user, Capability.MANAGE_PEOPLE),
    }
    return render_list(request, PEOPLE, people_for_list(), template="accounts/people.html", context=context)


@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """A new person; afterwards the temporary password is shown, once."""
    require(request.user, Capability.MANAGE_PEOPLE)
    form = NewPersonForm(request.POST or None, initial={"agency": request.GET.get("agency")})
    if request.method == "POST" and form.is_valid():
        try:
            person, password = actions.add_person(by=request.user, at=now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return render(request, "accounts/temporary_password.html", {"person": person, "password": password})
    return render(request, "accounts/add.html", {"form": form})


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: facts, roles, what may be done, and the story."""
    _refuse_strangers(request)
    return _page(request, get_object_or_404(people_for_list(), pk=pk))


def _page(request: HttpRequest, shown: Person, bound: forms.Form | None = None, status: int = 200) -> HttpResponse:
    may_manage = can(request.user, Capability.MANAGE_PEOPLE)
    context: dict[str, Any] = {
        "shown": shown,
        "roles": role_labels(shown),
        "may_manage": may_manage,
        "locked": may_manage and is_locked(shown, at=now()),
        "story": story_of(shown)[:50],
    }
    if may_manage:
        context |= {
            "correct_form": PersonForm(
                initial={"full_name": shown.full_name, "position": shown.position, "email": shown.email},
                prefix="correct",
            ),
            "roles_form": RolesForm(initial={"roles": [grant.role for grant in shown.grants.all()]}, prefix="roles"),
            "move_form": MoveForm(initial={"agency": shown.agency_id, "position": shown.position}, prefix="move"),
            "stop_form": ReasonForm(prefix="stop"),
        }
    if bound is not None:
        context[f"{bound.prefix}_form"] = bound
        context["open"] = bound.prefix
    return render(request, "accounts/person.html", context, status=status)


CHANGES: dict[str, tuple[type[forms.Form], Callable[..., Any], str]] = {
    "correct": (PersonForm, actions.correct_person, gettext_lazy("Đã sửa thông tin.")),
    "roles": (RolesForm, actions.change_roles, gettext_lazy("Đã ghi vai trò.")),
    "move": (MoveForm, actions.move_person, gettext_lazy("Đã chuyển cơ quan.")),
    "stop": (ReasonForm, actions.deactivate_person, gettext_lazy("Tài khoản đã ngừng hoạt động.")),
    "resume": (forms.Form, actions.reactivate_person, gettext_lazy("Tài khoản hoạt động trở lại.")),
    "unlock": (forms.Form, actions.unlock_person, gettext_lazy("Đã mở khóa đăng nhập.")),
}
"""What may be changed on a person's page -> its form, its action, what is said afterwards."""


@require_POST
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Carries out one of CHANGES on a person; a refusal shows the page again with the form as it was filled in."""
    require(request.user, Capability.MANAGE_PEOPLE)
    if what not in CHANGES:
        raise Http404
    form_class, action, said = CHANGES[what]
    shown = get_object_or_404(people_for_list(), pk=pk)
    form = form_class(request.POST, prefix=what)
    if not form.is_valid():
        return _page(request, shown, form, status=422)
    try:
        action(by=request.user, at=now(), person=shown, **form.cleaned_data)
    except Refused as refusal:
        if not form.fields:
            messages.error(request, refusal.message)
            return redirect("accounts:person", pk=pk)
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, get_object_or_404(people_for_list(), pk=pk), form, status=422)
    messages.success(request, said)
    return redirect("accounts:person", pk=pk)


@require_POST
@never_cache
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a temporary password and shows it, once."""
    require(request.user, Capability.MANAGE_PEOPLE)
    shown = get_object_or_404(Person, pk=pk)
    password = actions.reset_password(by=request.user, at=now(), person=shown)
    return render(request, "accounts/temporary_password.html", {"person": shown, "password": password})


def _refuse_strangers(request: HttpRequest) -> None:
    if not may_read_people(request.user):
        require(request.user, Capability.MANAGE_PEOPLE)
