"""The filters of the list of agencies that only agencies need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext

from khoithong.office.agencies.lookup import open_on
from khoithong.office.agencies.models import AgencyName
from khoithong.office.agencies.spelling import spelling_key
from khoithong.office.base.filters import Chip, DayTyped, Filter, Words


@dataclass(frozen=True, kw_only=True)
class NamesFilter(Filter):
    """Words that one name of an agency holds, abbreviations written out: "TTTT" finds "Thông tin và Truyền thông"."""

    key: str = "q"
    label: Words = ""

    def narrow(self, queryset: QuerySet[Any], params: QueryDict) -> tuple[QuerySet[Any], list[Chip]]:
        text = params.get(self.key, "").strip()[:200]
        words = spelling_key(text).split()
        if not words:
            return queryset, []
        condition = Q()
        for word in words:
            condition &= Q(folded__contains=word)
        named = AgencyName.objects.filter(condition).values("agency")
        return queryset.filter(pk__in=named), [Chip(words=f"“{text}”", names=self.names)]

    def control(self, params: QueryDict) -> Mapping[str, Any]:
        return {"kind": "text", "key": self.key, "label": self.label, "value": params.get(self.key, "")}


@dataclass(frozen=True, kw_only=True)
class ExistsOnFilter(Filter):
    """The agencies that exist on one day: `?on=2023-11-22`."""

    key: str = "on"
    label: Words = ""

    def narrow(self, queryset: QuerySet[Any], params: QueryDict) -> tuple[QuerySet[Any], list[Chip]]:
        day = DayTyped.of(params.get(self.key, ""), self.label).day
        if day is None:
            return queryset, []
        words = gettext("Tồn tại ngày %(day)s") % {"day": f"{day:%d/%m/%Y}"}
        return queryset.filter(open_on("exists_from", "exists_to", day)), [Chip(words=words, names=self.names)]

    def control(self, params: QueryDict) -> Mapping[str, Any]:
        typed = DayTyped.of(params.get(self.key, ""), self.label)
        return {"kind": "day", "key": self.key, "label": self.label, "day": typed}
