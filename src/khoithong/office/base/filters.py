"""Filters of lists: each reads its own words from the address, narrows the rows and says so in a chip."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext

from khoithong.office.base.days import NotADay, read_day, shown
from khoithong.office.base.text import fold

Words: TypeAlias = str | Promise
Choices: TypeAlias = Iterable[tuple[Any, Words]]


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A filter that is in force: its words, and the address without it."""

    words: str
    names: tuple[str, ...]
    query: str = ""

    def without(self, params: QueryDict) -> Chip:
        """The same chip, knowing the query that takes it away."""
        rest = params.copy()
        for name in (*self.names, "page"):
            rest.pop(name, None)
        return Chip(words=self.words, names=self.names, query=rest.urlencode())


class Filter(ABC):
    """One filter. `key` is its name in the address, `label` its words."""

    key: str
    label: Words

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of the address that belong to this filter."""
        return (self.key,)

    @abstractmethod
    def narrow(self, queryset: QuerySet[Any], params: QueryDict) -> tuple[QuerySet[Any], list[Chip]]:
        """The rows that pass, and a chip if the filter is in force; nonsense in the address is as if not said."""

    @abstractmethod
    def control(self, params: QueryDict) -> Mapping[str, Any]:
        """What the template needs to draw the control."""


@dataclass(frozen=True, kw_only=True)
class DayTyped:
    """A day in the address (yyyy-mm-dd, or as it was typed): how it is shown, and what to tell who typed no day."""

    value: str
    day: date | None = None
    error: str = ""

    @classmethod
    def of(cls, text: str, label: Words) -> DayTyped:
        """`text` read; nonsense is as if not said, but `error` says so at the field."""
        try:
            return cls(value=shown(text), day=read_day(text))
        except NotADay as fault:
            return cls(value=text, error=fault.words(label))


def containing_words(field: str, text: str) -> Q:
    """The condition that `field` (folded text) holds every word of `text`, in any order."""
    condition = Q()
    for word in fold(text).split():
        condition &= Q(**{f"{field}__contains": word})
    return condition


@dataclass(frozen=True, kw_only=True)
class TextFilter(Filter):
    """Words to be found, without marks and case, in a folded column."""

    key: str = "q"
    label: Words = ""
    field: str = "search"

    def narrow(self, queryset: QuerySet[Any], params: QueryDict) -> tuple[QuerySet[Any], list[Chip]]:
        text = params.get(self.key, "").strip()[:200]
        if not fold(text):
            return queryset, []
        return queryset.filter(containing_words(self.field, text)), [Chip(words=f"“{text}”", names=self.names)]

    def control(self, params: QueryDict) -> Mapping[str, Any]:
        return {"kind": "text", "key": self.key, "label": self.label, "value": params.get(self.key, "")}


@dataclass(frozen=True, kw_only=True)
class ChoiceFilter(Filter):
    """One or several of a list of choices. `apply`, where given, narrows by the values instead of `field`.

    `choices` may be a function, asked once for each page; the values in the address are compared as text.
    """

    key: str
    label: Words
    choices: Choices | Callable[[], Choices]
    field: str = ""
    apply: Callable[[QuerySet[Any], Sequence[str]], QuerySet[Any]] | None = None

    def _choices(self, params: QueryDict) -> list[tuple[str, str]]:
        # Asked by narrow and by control of one request: kept on its QueryDict, so that the database is asked once.
        kept: dict[str, list[tuple[str, str]]] = params.__dict__.setdefault("_choices_of_filters", {})
        if self.key not in kept:
            given = self.choices() if callable(self.choices) else self.choices
            kept[self.key] = [(str(value), str(words)) for value, words in given]
        return kept[self.key]

    def narrow(self, queryset: QuerySet[Any], params: QueryDict) -> tuple[QuerySet[Any], list[Chip]]:
        asked = [value for value in params.getlist(self.key) if value]
        if not asked:
            return queryset, []
        known = dict(self._choices(params))
        values = [value for value in dict.fromkeys(asked) if value in known]
        if not values:
            return queryset, []
        narrowed = (
            self.apply(queryset, values)
            if self.apply is not None
            else queryset.filter(**{f"{self.field or self.key}__in": values})
        )
        words = ", ".join(known[value] for value in values)
        return narrowed, [Chip(words=f"{self.label}: {words}", names=self.names)]

    def control(self, params: QueryDict) -> Mapping[str, Any]:
        asked = params.getlist(self.key)
        return {
            "kind": "choice",
            "key": self.key,
            "label": self.label,
            "value": next(iter(asked), ""),
            "choices": self._choices(params),
        }


@dataclass(frozen=True, kw_only=True)
class LookupFilter(Filter):
    """One or several of things too many to list, such as papers: what links to the list puts their keys in the address.

    `names_of` is given the values in the address and yields (value, words) of those that exist; nothing is asked and
    nothing drawn while the filter is not in force. `apply` as for `ChoiceFilter`.
    """

    key: str
    label: Words
    names_of: Callable[[Sequence[str]], Choices]
    field: str = ""
    apply: Callable[[QuerySet[Any], Sequence[str]], QuerySet[Any]] | None = None

    def _known(self, params: QueryDict) -> list[tuple[str, str]]:
        asked = [value for value in dict.fromkeys(params.getlist(self.key)) if 0 < len(value) < 20]
        kept: dict[str, list[tuple[str, str]]] = params.__dict__.setdefault("_choices_of_filters", {})
        if self.key not in kept:
            kept[self.key] = [(str(value), str(words)) for value, words in self.names_of(asked)] if asked else []
        return kept[self.key]

    def narrow(self, queryset: QuerySet[Any], params: QueryDict) -> tuple[QuerySet[Any], list[Chip]]:
        known = self._known(params)
        if not known:
            return queryset, []
        values = [value for value, _words in known]
        narrowed = (
            self.apply(queryset, values)
            if self.apply is not None
            else queryset.filter(**{f"{self.field or self.key}__in": values})
        )
        return narrowed, [Chip(words=f"{self.label}: {', '.join(words for _value, words in known)}", names=self.names)]

    def control(self, params: QueryDict) -> Mapping[str, Any]:
        known = self._known(params)
        return {
            "kind": "choice" if known else "none",
            "key": self.key,
            "label": self.label,
            "value": known[0][0] if known else "",
            "choices": known,
        }


@dataclass(frozen=True, kw_only=True)
class DateRangeFilter(Filter):
    """From a day to a day, both counted in; keys `<key>_from` and `<key>_to`, values yyyy-mm-dd, or as typed."""

    key: str
    label: Words
    field: str

    @property
    def names(self) -> tuple[str, ...]:
        return (f"{self.key}_from", f"{self.key}_to")

    def _typed(self, params: QueryDict) -> list[DayTyped]:
        return [DayTyped.of(params.get(name, ""), self.label) for name in self.names]

    def narrow(self, queryset: QuerySet[Any], params: QueryDict) -> tuple[QuerySet[Any], list[Chip]]:
        first, last = (typed.day for typed in self._typed(params))
        if first is None and last is None:
            return queryset, []
        words = str(self.label)
        if first is not None:
            queryset = queryset.filter(**{f"{self.field}__gte": first})
            words += " " + gettext("từ %(day)s") % {"day": f"{first:%d/%m/%Y}"}
        if last is not None:
            queryset = queryset.filter(**{f"{self.field}__lte": last})
            words += " " + gettext("đến %(day)s") % {"day": f"{last:%d/%m/%Y}"}
        return queryset, [Chip(words=words, names=self.names)]

    def control(self, params: QueryDict) -> Mapping[str, Any]:
        first, last = self._typed(params)
        return {"kind": "range", "key": self.key, "label": self.label, "first": first, "last": last}


@dataclass(frozen=True, kw_only=True)
class FlagFilter(Filter):
    """A condition that holds or is not asked for: `?key=1`."""

    key: str
    label: Words
    condition: Q

    def narrow(self, queryset: QuerySet[Any], params: QueryDict) -> tuple[QuerySet[Any], list[Chip]]:
        if params.get(self.key) != "1":
            return queryset, []
        return queryset.filter(self.condition), [Chip(words=str(self.label), names=self.names)]

    def control(self, params: QueryDict) -> Mapping[str, Any]:
        return {"kind": "flag", "key": self.key, "label": self.label, "value": params.get(self.key) == "1"}
