"""A person's own pages: signing in and out, password, profile."""

from __future__ import annotations

from math import ceil
from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.i18n import set_language

from khoithong.office.accounts.actions import change_own_password, set_preferences
from khoithong.office.accounts.forms import PasswordForm, PreferencesForm, SignInForm
from khoithong.office.accounts.models import Person
from khoithong.office.accounts.permissions import Scope, abilities_of
from khoithong.office.accounts.queries import role_labels
from khoithong.office.base.actions import Refused, story_of
from khoithong.office.base.clock import now


class SignIn(LoginView):
    """Signs a person in, in the person's own language from then on."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        return remember_language(response, form.get_user().language)


class SignOut(LogoutView):
    """Signs out (POST only) and says so on the next page."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(request, *args, **kwargs)
        messages.success(request, _("Bạn đã đăng xuất."))
        return response


def locked_out(request: HttpRequest, original_response: HttpResponse | None, credentials: Any) -> HttpResponse:
    """The page after five failed attempts; `axes` calls it in place of the sign-in page."""
    wait = get_cool_off(request)
    context = {"minutes": ceil(wait.total_seconds() / 60) if wait else None, "attempts": settings.AXES_FAILURE_LIMIT}
    return render(request, "accounts/locked_out.html", context, status=429)


def password(request: HttpRequest) -> HttpResponse:
    """The page to change one's own password; where a temporary one must be changed, the only page that opens."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = change_own_password(
                by=request.user, at=now(), old=form.cleaned_data["old"], new=form.cleaned_data["new"]
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            update_session_auth_hash(request, person)
            messages.success(request, _("Đã đổi mật khẩu. Các phiên đăng nhập khác của bạn đã bị đóng."))
            return redirect("/")
    return render(request, "accounts/password.html", {"form": form, "must": request.user.must_change_password})


def profile(request: HttpRequest) -> HttpResponse:
    """Who I am here, what I may do, and how the pages look for me."""
    person: Person = request.user
    form = PreferencesForm(request.POST or None, initial={"language": person.language, "text_size": person.text_size})
    if request.method == "POST" and form.is_valid():
        set_preferences(by=person, at=now(), **form.cleaned_data)
        with override(form.cleaned_data["language"]):
            messages.success(request, _("Đã ghi tùy chọn hiển thị."))
        return remember_language(redirect("accounts:profile"), form.cleaned_data["language"])
    context = {
        "form": form,
        "roles": role_labels(person),
        "abilities": [(capability, scope is Scope.ALL) for capability, scope in abilities_of(person)],
        "story": story_of(person)[:10],
    }
    return render(request, "accounts/profile.html", context)


def language(request: HttpRequest) -> HttpResponse:
    """The switch in the frame: the pages speak the language chosen, and for who is signed in, from each sign-in on."""
    chosen = request.POST.get("language", "")
    person = request.user
    if person.is_authenticated and chosen in dict(settings.LANGUAGES):
        set_preferences(by=person, at=now(), language=chosen, text_size=person.text_size)
    response: HttpResponse = set_language(request)
    return response


def remember_language(response: HttpResponse, language: str) -> HttpResponse:
    """Lets the pages speak `language` from now on, as the switch in the frame does."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response
