"""The tabs over the pages of the administration; each stands where its page exists and the person may open it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from khoithong.office.accounts.permissions import Capability, can
from khoithong.office.accounts.queries import may_read_people


@dataclass(frozen=True)
class Tab:
    """One tab, as `{% tabs %}` draws it."""

    label: str
    url: str
    current: bool


def administration_tabs(request: HttpRequest) -> list[Tab]:
    """The tabs that the signed-in person sees, the current one marked."""
    person = request.user
    offered = (
        ("accounts:list", _("Người dùng"), may_read_people(person)),
        ("accounts:audit", _("Nhật ký"), can(person, Capability.READ_AUDIT)),
        ("tasks:calendar", _("Lịch làm việc"), can(person, Capability.MANAGE_CALENDAR)),
    )
    match = request.resolver_match
    tabs = []
    for name, label, allowed in offered:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        if allowed:
            tabs.append(Tab(label, url, match is not None and match.view_name == name))
    return tabs
