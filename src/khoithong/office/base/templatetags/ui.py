"""Tags and filters that draw the components of docs/explanation/ui.md."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.db.models import Model
from django.forms import BoundField, CheckboxInput
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from khoithong.office.base.actions import VERBS
from khoithong.office.base.shapes import icon_svg, shape_svg
from khoithong.office.base.states import LOOKS, UNKNOWN

register = template.Library()

WEEKDAYS = (
    _("thứ Hai"),
    _("thứ Ba"),
    _("thứ Tư"),
    _("thứ Năm"),
    _("thứ Sáu"),
    _("thứ Bảy"),
    _("Chủ nhật"),
)
SOON_DAYS = 3


@register.filter
def counted(noun: Any, count: int) -> str:
    """The noun as it stands behind a number: one given by `npgettext_lazy` changes with it, any other does not."""
    try:
        return str(noun % count)
    except TypeError:
        return str(noun)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of `base.shapes.ICONS`, hidden from screen readers."""
    return icon_svg(name)


@register.simple_tag
def state_chip(state: str, label: str = "") -> SafeString:
    """A state by shape, word and colour. `state` is a code of `base.states.LOOKS`; `label` replaces its word."""
    look = LOOKS.get(str(state), UNKNOWN)
    return chip(label or str(look.word) or str(state), look.tone, look.shape)


@register.simple_tag
def chip(label: str, tone: str = "plain", shape: str = "disc") -> SafeString:
    """A chip of any words; tone is good, soon, late, done, after or plain."""
    return format_html('<span class="chip tone-{}">{}{}</span>', tone, shape_svg(shape), label)


@register.filter
def weekday(day: date | None) -> str:
    """The day of the week in words: "thứ Sáu"."""
    return str(WEEKDAYS[day.weekday()]) if day else ""


def _local(day: date | datetime) -> date:
    return timezone.localtime(day).date() if isinstance(day, datetime) else day


@register.simple_tag
def day(value: date | datetime | None, named: bool = False) -> SafeString | str:
    """A day as dd/mm/yyyy in <time>; with `named=True` the weekday stands before it. None gives an empty string."""
    if value is None:
        return ""
    local = _local(value)
    words = f"{local:%d/%m/%Y}"
    return format_html(
        '<time datetime="{}" class="nowrap">{}</time>',
        local.isoformat(),
        f"{weekday(local)}, {words}" if named else words,
    )


@register.simple_tag
def moment(value: datetime | None) -> SafeString | str:
    """A moment as "HH:MM dd/mm/yyyy" in the office's time zone, in <time>."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}" class="nowrap">{}</time>', local.isoformat(timespec="minutes"), f"{local:%H:%M %d/%m/%Y}"
    )


@register.filter
def days_left(days: int | None) -> str:
    """Working days to a deadline in words: 3 -> "còn 3 ngày làm việc", 0 -> "đến hạn hôm nay", -12 -> "quá hạn ..."."""
    if days is None:
        return ""
    if days == 0:
        return gettext("đến hạn hôm nay")
    if days < 0:
        return ngettext("quá hạn %(days)s ngày làm việc", "quá hạn %(days)s ngày làm việc", -days) % {"days": -days}
    return ngettext("còn %(days)s ngày làm việc", "còn %(days)s ngày làm việc", days) % {"days": days}


@register.simple_tag
def deadline(value: date | None, days: int | None = None, words: str = "", late: bool = False) -> SafeString:
    """A deadline: weekday and date, under it how many working days are left (`days`, negative when past).

    `words` say it in place of the number, and `late` that it has passed: on the Saturday after a Friday no working day
    has, and the number alone cannot tell.
    """
    if value is None:
        return format_html('<span class="soft">{}</span>', gettext("Không thời hạn"))
    if days is None:
        return format_html('<span class="deadline">{}</span>', day(value, named=True))
    tone = "late" if late or days < 0 else "soon" if days <= SOON_DAYS else ""
    left = words or days_left(days)
    return format_html(
        '<span class="deadline">{}<span class="days {}">{}</span></span>', day(value, named=True), tone, left
    )


def _linked(words: str, url_name: str, pk: Any) -> SafeString:
    try:
        return format_html('<a href="{}">{}</a>', reverse(url_name, args=[pk]), words)
    except NoReverseMatch:
        return format_html("{}", words)


@register.simple_tag
def agency_link(agency: Any, short: bool = False) -> SafeString | str:
    """The agency's name, linked to its page; with `short=True` the abbreviation where there is one."""
    if agency is None:
        return ""
    words = agency.short_name if short and agency.short_name else agency.name
    return _linked(words, "agencies:detail", agency.pk)


@register.simple_tag
def paper_link(paper: Any) -> SafeString | str:
    """The paper's type and symbol, linked to its page."""
    return _linked(str(paper), "documents:detail", paper.pk) if paper else ""


@register.simple_tag
def task_link(task: Any) -> SafeString | str:
    """The task's first words, linked to its page."""
    return _linked(capfirst(str(task)), "tasks:detail", task.pk) if task else ""


@register.simple_tag
def person(who: Any, position: bool = False) -> SafeString | str:
    """A person's name; with `position=True` the position behind it."""
    if who is None:
        return gettext("Hệ thống")
    if position and who.position:
        return format_html('{} <span class="soft">({})</span>', who, who.position)
    return format_html("{}", who)


@register.filter
def actor(entry: Any) -> str:
    """Who did what an audit entry tells: the name as it was then, or the system."""
    return str(entry.actor_name) if entry.actor_id else gettext("Hệ thống")


@register.inclusion_tag("ui/components/progress.html")
def progress(percent: int | None, label: str = "") -> dict[str, Any]:
    """A bar with its figure: 0 to 100."""
    return {"percent": percent or 0, "label": label or gettext("Tiến độ")}


@register.inclusion_tag("ui/components/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """The story of an object from its audit entries, in the order given (`base.actions.story_of`: newest first)."""
    return {"entries": [{"entry": entry, "words": VERBS.get(entry.verb, entry.verb)} for entry in entries]}


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, label: str = "", wide: bool = False) -> dict[str, Any]:
    """A form field with its label, help and errors joined to it for screen readers."""
    grouped = bound.use_fieldset
    return {
        "field": bound,
        "label": label or bound.label,
        "wide": wide,
        "grouped": grouped,
        "check": isinstance(bound.field.widget, CheckboxInput),
    }


@register.inclusion_tag("ui/components/fields.html")
def fields(form: Any) -> dict[str, Any]:
    """All of a form: its general errors, hidden fields and visible fields."""
    return {"form": form}


@register.inclusion_tag("ui/components/empty.html")
def empty(title: str, text: str = "", url: str = "", button: str = "") -> dict[str, Any]:
    """What stands in place of a list without rows: why it is empty and what to do next."""
    return {"title": title, "text": text, "url": url, "button": button}


@register.inclusion_tag("ui/components/tabs.html")
def tabs(items: Iterable[Any], label: str = "") -> dict[str, Any]:
    """Tabs that are pages of their own: items with url, label, current and, where wanted, count."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/components/confirm.html", takes_context=True)
def confirm(context: Any, ident: str, *, title: str, text: str, button: str, url: str, opener: str) -> dict[str, Any]:
    """A button `opener` and the dialog that asks before POSTing to `url`."""
    return {
        "ident": ident,
        "title": title,
        "text": text,
        "button": button,
        "url": url,
        "opener": opener,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("ui/components/drop_zone.html", takes_context=True)
def drop_zone(
    context: Any,
    url: str,
    *,
    name: str = "file",
    label: str = "",
    help: str = "",
    accept: str = "",
    reload: bool = False,
    option: str = "",
    option_label: str = "",
    option_set: bool = False,
) -> dict[str, Any]:
    """A place to drop files: one POST per file to `url`, answered by JSON {name, ok, url, said | error}.

    `option` names a box to tick that goes along with every file as `1`.
    """
    return {
        "url": url,
        "name": name,
        "label": label,
        "help": help,
        "accept": accept,
        "reload": reload,
        "option": option,
        "option_label": option_label,
        "option_set": option_set,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: Any, page: Any, param: str = "page") -> dict[str, Any]:
    """Links to the pages of a `django.core.paginator.Page`, keeping what else stands in the address."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    links = [
        {"number": number, "query": _with(context["request"].GET, param, number), "current": number == page.number}
        if isinstance(number, int)
        else {"gap": True}
        for number in numbers
    ]
    around = {
        "previous": _with(context["request"].GET, param, page.number - 1) if page.has_previous() else "",
        "next": _with(context["request"].GET, param, page.number + 1) if page.has_next() else "",
    }
    return {"page": page, "links": links, **around}


def _with(query: QueryDict, key: str, value: Any) -> str:
    changed = query.copy()
    changed[key] = str(value)
    return changed.urlencode()


@register.simple_tag(takes_context=True)
def query(context: Any, **changes: Any) -> str:
    """The query string of this page with `changes` made: None or "" takes a key out. For links that keep filters."""
    changed = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            changed.pop(key, None)
        else:
            changed[key] = str(value)
    return changed.urlencode()


@register.filter
def attribute(row: Model, path: str) -> Any:
    """`row` followed along a dotted path; a missing link gives None."""
    value: Any = row
    for name in path.split("."):
        value = getattr(value, name, None)
        if value is None:
            return None
        value = value() if callable(value) else value
    return value
