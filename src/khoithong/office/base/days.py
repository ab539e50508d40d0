"""A day as people here type it: day before month, whatever the language of the browser.

A native date field shows 05/12 or 12/05 by the browser's language, and an official would read the one for the other. So
a day is typed as text, dd/mm/yyyy; the browser's calendar is only a help to fill it in (`ui/days.js`).
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

EXAMPLE = "24/11/2023"
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*[/.\-\s]\s*([0-9]{1,2})\s*[/.\-\s]\s*((?:19|20|21)[0-9]{2})")
_YEAR_FIRST = re.compile(r"((?:19|20|21)[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})")


class NotADay(ValueError):
    """What was typed is no day; `in_form` tells whether it is at least written like one (31/02/2023)."""

    def __init__(self, text: str, *, in_form: bool) -> None:
        super().__init__(text)
        self.text = text
        self.in_form = in_form

    def words(self, label: str | Promise) -> str:
        """What to tell the person, naming the field `label` and giving an example."""
        known = {"field": label, "text": self.text[:40], "example": EXAMPLE}
        if self.in_form:
            return gettext("%(field)s: trong lịch không có ngày %(text)s. Hãy kiểm tra lại ngày và tháng.") % known
        return gettext("%(field)s: hãy ghi ngày/tháng/năm với đủ bốn chữ số của năm, ví dụ %(example)s.") % known


def read_day(text: str) -> date | None:
    """The day in 24/11/2023, 5/3/2024, 5-3-2024, 5.3.2024 or 2024-03-05; None from nothing. Raises NotADay."""
    text = text.strip()
    if not text:
        return None
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    else:
        raise NotADay(text, in_form=False)
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADay(text, in_form=True) from None


def shown(value: Any) -> str:
    """A day, or the text that may stand for one, as it stands in the field: dd/mm/yyyy, or the text untouched."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = str(value or "")
    try:
        day = read_day(text)
    except NotADay:
        return text
    return f"{day:%d/%m/%Y}" if day else ""


class DayInput(forms.TextInput):
    """The text field of a day, with a button that opens the browser's calendar where scripts run."""

    template_name = "ui/components/day_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {"class": "day", "autocomplete": "off", "placeholder": _("ngày/tháng/năm")}
        super().__init__({**own, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return shown(value) or None


class DayField(forms.Field):
    """A day in a form; the value is a `date` or None."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if value is None or isinstance(value, date):
            return value
        try:
            return read_day(str(value))
        except NotADay as fault:
            raise ValidationError(fault.words(self.label or ""), code="invalid") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return shown(initial) != shown(data)
