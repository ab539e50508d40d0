"""The audit trail as a list: who did what to which object, when."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from khoithong.office.accounts.administration import administration_tabs
from khoithong.office.accounts.permissions import Capability, require
from khoithong.office.accounts.queries import actors, audit_entries
from khoithong.office.base.actions import VERBS
from khoithong.office.base.filters import Chip, ChoiceFilter, DateRangeFilter, Filter, Words
from khoithong.office.base.lists import Column, Empty, ListSpec, render_list
from khoithong.office.base.models import AuditEntry


@dataclass(frozen=True, kw_only=True)
class ObjectFilter(Filter):
    """Words in the label of the object, as they were written; or exactly one object by `?object=label:id`."""

    key: str = "object"
    label: Words = ""

    def narrow(self, queryset: QuerySet[Any], params: QueryDict) -> tuple[QuerySet[Any], list[Chip]]:
        text = params.get(self.key, "").strip()[:200]
        if not text:
            return queryset, []
        kind, _colon, ident = text.partition(":")
        if ident and kind in _object_types():
            queryset = queryset.filter(object_type=kind, object_id=ident)
        else:
            queryset = queryset.filter(Q(object_label__icontains=text) | Q(summary__icontains=text))
        return queryset, [Chip(words=f"{self.label}: {text}", names=self.names)]

    def control(self, params: QueryDict) -> Mapping[str, Any]:
        return {"kind": "text", "key": self.key, "label": self.label, "value": params.get(self.key, "")}


def _object_types() -> dict[str, str]:
    """Label of each model of the office -> its words."""
    return {
        model._meta.label_lower: str(model._meta.verbose_name).capitalize()
        for config in apps.get_app_configs()
        if config.name.startswith("khoithong.")
        for model in config.get_models()
    }


def _verbs() -> Sequence[tuple[str, str]]:
    return sorted(((verb, str(words)) for verb, words in VERBS.items()), key=lambda pair: pair[1])


def words_of(entry: AuditEntry) -> str:
    """What was done, in words."""
    return str(VERBS.get(entry.verb, entry.verb))


def details_of(entry: AuditEntry) -> str:
    """Why it was done, and what changed from what to what, on one line."""
    data = json.dumps(entry.data, ensure_ascii=False, sort_keys=True) if entry.data else ""
    return " ".join(part for part in (entry.summary, data) if part)


AUDIT = ListSpec(
    key="audit",
    title=_("Nhật ký"),
    noun=npgettext_lazy("đếm", "việc đã ghi", "việc đã ghi"),
    columns=(
        Column(
            key="at", label=_("Thời điểm"), value=lambda entry: timezone.localtime(entry.at).replace(tzinfo=None),
            sort=("at", "id"), fixed=True, template="accounts/cells/at.html",
        ),
        Column(key="actor", label=_("Người thực hiện"), value="actor_name", sort="actor_name", width=28),
        Column(key="verb", label=_("Việc đã làm"), value=words_of, sort="verb", lead=True, fixed=True, width=28),
        Column(key="object", label=_("Đối tượng"), value="object_label", width=40),
        Column(key="details", label=_("Diễn giải"), value=details_of, width=60, template="accounts/cells/details.html"),
    ),
    filters=(
        ChoiceFilter(key="actor", label=_("Người thực hiện"), choices=actors),
        ChoiceFilter(key="verb", label=_("Việc đã làm"), choices=_verbs),
        ChoiceFilter(
            key="type", label=_("Loại đối tượng"), choices=lambda: _object_types().items(), field="object_type"
        ),
        ObjectFilter(label=_("Đối tượng")),
        DateRangeFilter(key="day", label=_("Ngày"), field="at__date"),
    ),
    sort="-at",
    empty=Empty(title=_("Chưa có việc nào được ghi")),
    page_size=50,
)  # fmt: skip


def audit(request: HttpRequest) -> HttpResponseBase:
    """The trail; for those who may read it."""
    require(request.user, Capability.READ_AUDIT)
    context = {"tabs": administration_tabs(request)}
    return render_list(request, AUDIT, audit_entries(), template="accounts/audit.html", context=context)
