"""Pages of the reports: dashboard, search over everything, the register of what is being followed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from khoithong.office.base.actions import in_vietnamese
from khoithong.office.base.clock import local_date, now
from khoithong.office.base.lists import render_list
from khoithong.office.reports import follow_up as register
from khoithong.office.reports import search as searching
from khoithong.office.reports.board import STATES, By, due_soon_words, of_agency_words, overdue_words, sorted_lines
from khoithong.office.reports.links import tasks_url
from khoithong.office.reports.queries import OWED, WEEK_LENGTH, board, end_of_week, named, owed_by_week
from khoithong.office.tasks.queries import office_calendar, soon_until
from khoithong.office.tasks.timing import time_left_words

LINES_ON_A_PAGE = {By.AGENCY: 250, By.PAPER: 50}
SORTS = ("name", *STATES, "total")


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The front page: first in words, then as a table, then what this person owes and what waits."""
    person: Any = request.user
    on = local_date(now())
    calendar = office_calendar()
    soon = soon_until(calendar, on=on)
    by = By.PAPER if request.GET.get("by") == By.PAPER else By.AGENCY
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "overdue"
    counted = board(person, by, on=on, soon_until=soon)
    page = Paginator(sorted_lines(counted, sort), LINES_ON_A_PAGE[by]).get_page(request.GET.get("page"))
    owed = list(owed_by_week(person, on=on, soon_until=soon)[: WEEK_LENGTH + 1])
    for task in owed:
        task.days_left = calendar.working_days_left(task.deadline_on, on)
        task.left_words = time_left_words(task.deadline_on, on=on, calendar=calendar)
        task.is_late = task.deadline_on < on
    filters = {"due_to": end_of_week(on).isoformat(), "lead": person.agency_id, "state": [str(state) for state in OWED]}
    context = {
        "board": counted,
        "page": page,
        "lines": named(by, page.object_list),
        "by": by,
        "tabs": [
            {"url": "?", "label": By.AGENCY.label, "current": by is By.AGENCY},
            {"url": "?by=paper", "label": By.PAPER.label, "current": by is By.PAPER},
        ],
        "sort": sort,
        "on": on,
        "words": _words(counted, by),
        "owed": owed[:WEEK_LENGTH],
        "owed_more": len(owed) > WEEK_LENGTH,
        "owed_url": tasks_url(**filters),
    }
    return render(request, "reports/dashboard.html", context)


def _words(counted: Any, by: By) -> dict[str, Any]:
    worst = counted.worst
    return {
        "overdue": overdue_words(counted.overdue),
        "overdue_url": tasks_url(time="overdue"),
        "due_soon": due_soon_words(counted.due_soon),
        "due_soon_url": tasks_url(time="due_soon"),
        "worst": of_agency_words(worst) if worst and by is By.AGENCY else "",
        "worst_url": tasks_url(lead=worst.key, time="overdue") if worst and by is By.AGENCY else "",
    }


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search over everything that the person may see (`?q=`), all kinds at once or one of them (`?in=`), by pages."""
    what = searching.asked(request.GET.get("q", ""))
    try:
        among = searching.Among(request.GET.get("in", ""))
    except ValueError:
        among = searching.Among.ALL
    person: Any = request.user
    groups = searching.groups_of(person, what, among, page=request.GET.get("page", "1")) if what else []
    tabs = [
        {"url": "?" + urlencode({"q": what.text, "in": kind.value}), "label": kind.label, "current": kind is among}
        for kind in searching.Among
    ]
    context = {"search_text": what.text, "asked": what, "among": among, "groups": groups, "tabs": tabs}
    return render(request, "reports/search.html", context)


@require_safe
def follow_up(request: HttpRequest) -> HttpResponseBase:
    """The register of following up incoming papers: a page, or a sheet to print and sign."""
    person: Any = request.user
    on = local_date(now())
    soon = soon_until(office_calendar(), on=on)
    rows = register.rows_for(person, on=on, soon_until=soon)
    if request.GET.get("export") == "xlsx":
        with in_vietnamese():  # the form is that of the decree
            return register.sheet(request, rows, on=on)
    return render_list(request, register.SPEC, rows, template="reports/follow_up.html", context={"on": on})
