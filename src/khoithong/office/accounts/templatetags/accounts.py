"""`{% load accounts %}`: what a person may do, and the facts of an audit entry in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoithong.office.accounts.models import Role
from khoithong.office.accounts.permissions import Capability, can
from khoithong.office.base.models import AuditEntry

register = template.Library()

FACTS: Mapping[str, str | Promise] = {
    "username": _("Tên đăng nhập"),
    "agency": pgettext_lazy("một", "Cơ quan"),
    "roles": _("Vai trò"),
    "given": _("Giao vai trò"),
    "taken": _("Rút vai trò"),
    "old": _("Trước"),
    "new": _("Sau"),
    "name": _("Tên"),
    "parent": _("Cấp trên"),
    "successor": _("Cơ quan kế thừa"),
    "on": _("Từ ngày"),
    "source": _("Căn cứ"),
    "address": _("Địa chỉ máy"),
    "changed": _("Thay đổi"),
    "reason": _("Lý do"),
    "text_size": _("Cỡ chữ"),
    "language": _("Ngôn ngữ"),
}
"""What stands in an audit entry -> its words. What has no words here is kept, exported, and not shown."""

FIELDS: Mapping[str, str | Promise] = {
    "full_name": _("họ và tên"), "position": _("chức vụ"), "email": _("thư điện tử"), "name": _("tên"),
    "short_name": _("viết tắt"), "kind": _("loại"), "exists_from": _("từ ngày"), "exists_to": _("đến ngày"),
    "source": _("nguồn"), "mark": _("mức chắc chắn"),
}  # fmt: skip


@register.filter
def may(person: Any, capability: str) -> bool:
    """Whether a person may do it for any agency: `{% if user|may:"manage_people" %}`."""
    return can(person, Capability(capability))


@register.filter
def facts(entry: AuditEntry) -> list[tuple[str, str]]:
    """What an audit entry holds, as pairs of words; empty values are left out."""
    return [(str(FACTS[key]), _words(value)) for key, value in entry.data.items() if key in FACTS and value]


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{FIELDS.get(key, key)}: {_change(change)}" for key, change in value.items())
    if isinstance(value, list):
        return ", ".join(_words(one) for one in value)
    return str(dict(Role.choices).get(value, value))


def _change(change: Any) -> str:
    if isinstance(change, list) and len(change) == 2:
        return f"“{change[0]}” → “{change[1]}”"
    return str(change)
