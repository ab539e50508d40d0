"""Search over everything: papers, tasks, agencies, without marks and case; only what the person may see.

Each word must stand somewhere in the folded text. What is asked for by its symbol stands first. Looking goes from
the newest back and stops at `MOST` hits of a kind: who finds more than that adds a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat, StrIndex
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khoithong.office.accounts.models import Person
from khoithong.office.agencies.models import Agency
from khoithong.office.base.text import fold, symbol_key
from khoithong.office.documents.models import Paper
from khoithong.office.documents.queries import visible_papers
from khoithong.office.reports.links import page_pattern
from khoithong.office.reports.marking import excerpt, highlighted
from khoithong.office.tasks.models import Task
from khoithong.office.tasks.queries import visible_tasks

MOST = 1000
MOST_WORDS = 8
SHOWN_OF_EACH = 5
ON_A_PAGE = 25


class Among(StrEnum):
    """Where to look."""

    ALL = "all"
    PAPERS = "papers"
    TEXTS = "texts"
    TASKS = "tasks"
    AGENCIES = "agencies"

    @property
    def label(self) -> str | Promise:
        return {
            Among.ALL: _("Tất cả"),
            Among.PAPERS: _("Văn bản"),
            Among.TEXTS: _("Trong toàn văn"),
            Among.TASKS: _("Nhiệm vụ"),
            Among.AGENCIES: _("Cơ quan"),
        }[self]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was typed: as text, as folded words, and as the symbol that it may be."""

    text: str
    words: tuple[str, ...]
    phrase: str
    symbol: str

    def __bool__(self) -> bool:
        return bool(self.words)


def asked(text: str) -> Asked:
    """Reads what was typed. More than `MOST_WORDS` words, and more than 200 letters, are not looked at."""
    text = " ".join(text.split())[:200]
    words = tuple(dict.fromkeys(fold(text).split()))[:MOST_WORDS]
    return Asked(text=text, words=words, phrase=fold(text), symbol=symbol_key(text))


def _holding(queryset: QuerySet[Any], field: str, words: Sequence[str]) -> QuerySet[Any]:
    # INSTR and STRPOS, not LIKE: nothing to escape, no folding of case a second time, twice as fast on SQLite.
    # The longest word first: it is the rarest, and the others are then hardly looked for.
    for number, word in enumerate(sorted(words, key=len, reverse=True)):
        name = f"at_{number}"
        queryset = queryset.alias(**{name: StrIndex(F(field), Value(word))}).filter(**{f"{name}__gt": 0})
    return queryset


def _newest(found: QuerySet[Any]) -> QuerySet[Any]:
    """The last entered of `found`, one more than `MOST`: the walk from the newest back ends as soon as it has them."""
    return found.model._default_manager.filter(pk__in=found.order_by("-pk").values("pk")[: MOST + 1])


def _side_by_side(queryset: QuerySet[Any], field: str, what: Asked) -> QuerySet[Any]:
    """`queryset` with `phrase`: 1 where the words stand as they were typed, as whole words, else 0."""
    text = Concat(Value(" "), F(field), Value(" "), output_field=TextField())
    standing = queryset.alias(at_phrase=StrIndex(text, Value(f" {what.phrase} ")))
    return standing.alias(phrase=Case(When(at_phrase__gt=0, then=Value(1)), default=Value(0)))


def papers_found(person: Person, what: Asked) -> QuerySet[Paper]:
    """Papers by symbol, type, issuer, subject, signer: first those whose symbol begins as was typed, then those that
    hold the words side by side, then by day.
    """
    by_symbol = Q(symbol_key__startswith=what.symbol)
    visible = visible_papers(person)
    meant = visible.filter(by_symbol).order_by("-pk").values("pk")[:MOST]
    found = Paper.objects.filter(Q(pk__in=meant) | Q(pk__in=_newest(_holding(visible, "search", what.words))))
    ranked = _side_by_side(found, "search", what).alias(meant=Case(When(by_symbol, then=Value(1)), default=Value(0)))
    return ranked.order_by("-meant", "-phrase", F("issued_on").desc(nulls_last=True), "-pk")


def texts_found(person: Person, what: Asked) -> QuerySet[Paper]:
    """Papers by their full text, the newest first."""
    found = _newest(_holding(visible_papers(person), "reading__text_search", what.words))
    return found.order_by(F("issued_on").desc(nulls_last=True), "-pk")


def tasks_found(person: Person, what: Asked) -> QuerySet[Task]:
    """Tasks by action, lead and deadline as written: those that hold the words side by side first, then the newest."""
    found = _side_by_side(_newest(_holding(visible_tasks(person), "search", what.words)), "search", what)
    return found.order_by("-phrase", "-assigned_on", "-pk")


def agencies_found(what: Asked) -> QuerySet[Agency]:
    """Agencies by any name they bear or bore."""
    found = Agency.objects.all()
    for word in what.words:
        found = found.filter(names__folded__contains=word)
    return found.distinct()


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing found: where it is, what it is called, and a line that says why it was found."""

    url: str
    title: SafeString
    line: SafeString | str = ""
    under: SafeString | str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """What was found of one kind: this page of it, and how many in all (`more` when there are more than `MOST`)."""

    among: Among
    hits: Sequence[Hit]
    page: Page[Any]
    more: bool
    whole: bool

    @property
    def total(self) -> int:
        return self.page.paginator.count


def groups_of(person: Person, what: Asked, among: Among, *, page: str) -> list[Group]:
    """What was found: of every kind the first few, or of one kind a page. Kinds of which nothing was found are left
    out. Full texts are looked through only when asked for by name: they are long.
    """
    kinds = (Among.PAPERS, Among.TASKS, Among.AGENCIES) if among is Among.ALL else (among,)
    found = (_group(person, what, kind, page=page, whole=among is not Among.ALL) for kind in kinds)
    return [group for group in found if group.total]


def _group(person: Person, what: Asked, among: Among, *, page: str, whole: bool) -> Group:
    source, show = {
        Among.PAPERS: (lambda: papers_found(person, what), _paper_hit),
        Among.TEXTS: (lambda: texts_found(person, what), _text_hit),
        Among.TASKS: (lambda: tasks_found(person, what), _task_hit),
        Among.AGENCIES: (lambda: agencies_found(what), _agency_hit),
    }[among]
    queryset = source()
    # Keys first, as many as are ever shown: one pass over the table gives both the number and the page.
    keys = list(queryset.values_list("pk", flat=True)[: MOST + 1])
    paged = Paginator(keys[:MOST], ON_A_PAGE if whole else SHOWN_OF_EACH).get_page(page if whole else 1)
    rows = _rows(among, list(paged.object_list))
    return Group(
        among=among,
        hits=[show(row, what) for row in rows],
        page=paged,
        more=len(keys) > MOST,
        whole=whole,
    )


def _rows(among: Among, keys: list[int]) -> list[Any]:
    source: QuerySet[Any] = {
        Among.PAPERS: Paper.objects.all(),
        Among.TEXTS: Paper.objects.select_related("reading"),
        Among.TASKS: Task.objects.select_related("lead", "paper"),
        Among.AGENCIES: Agency.objects.all(),
    }[among]
    by_key = source.in_bulk(keys)
    return [by_key[key] for key in keys]


def _url(name: str, key: int) -> str:
    return page_pattern(name).format(key)


def _paper_hit(paper: Paper, what: Asked) -> Hit:
    return Hit(
        url=_url("documents:detail", paper.pk),
        title=highlighted(str(paper), what.words),
        line=highlighted(capfirst(paper.subject), what.words),
        under=" · ".join(filter(None, (paper.issuer_name, f"{paper.issued_on:%d/%m/%Y}" if paper.issued_on else ""))),
    )


def _text_hit(paper: Paper, what: Asked) -> Hit:
    hit = _paper_hit(paper, what)
    return Hit(url=hit.url, title=hit.title, line=excerpt(paper.reading.text, what.words), under=paper.subject)


def _task_hit(task: Task, what: Asked) -> Hit:
    due = gettext("hạn %(day)s") % {"day": f"{task.deadline_on:%d/%m/%Y}"} if task.deadline_on else ""
    parts = (task.lead.name if task.lead else task.lead_words, str(task.paper or ""), due)
    return Hit(
        url=_url("tasks:detail", task.pk),
        title=highlighted(capfirst(task.action), what.words),
        under=" · ".join(filter(None, parts)),
    )


def _agency_hit(agency: Agency, what: Asked) -> Hit:
    return Hit(
        url=_url("agencies:detail", agency.pk),
        title=highlighted(agency.name, what.words),
        under=str(agency.get_kind_display()),
    )
