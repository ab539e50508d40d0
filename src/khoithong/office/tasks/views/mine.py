"""What waits for a person: the own agency's deadlines, proofs to confirm, requests for more time to answer."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from khoithong.office.tasks.models import Task
from khoithong.office.tasks.queries import (
    due_reminders,
    extensions_to_decide,
    office_calendar,
    proofs_to_confirm,
    refusals_to_answer,
    soon_until,
    to_redo,
    with_time_state,
)
from khoithong.office.tasks.views.common import hang_due, person_of, today

ROWS = 50


@require_GET
def mine(request: HttpRequest) -> HttpResponseBase:
    """What the person, or the own agency, has to do now."""
    person, on = person_of(request), today()
    calendar = office_calendar()
    reminders = due_reminders(person, on=on)
    shown = [reminder.task.pk for reminder in reminders[:ROWS]]
    tasks = with_time_state(
        Task.objects.filter(pk__in=shown).select_related("lead", "paper"), on=on, soon_until=soon_until(calendar, on=on)
    ).order_by("deadline_on", "pk")
    rows = list(tasks)
    hang_due(rows, on=on, calendar=calendar)
    context = {
        "tasks": rows,
        "more": len(reminders) - len(rows),
        "redo": to_redo(person).select_related("lead", "paper")[:ROWS],
        "proofs": proofs_to_confirm(person).select_related("task__lead", "offered_by")[:ROWS],
        "extensions": extensions_to_decide(person).select_related("task__lead", "asked_by")[:ROWS],
        "refusals": refusals_to_answer(person).select_related("lead", "paper")[:ROWS],
    }
    return render(request, "tasks/mine.html", context)
