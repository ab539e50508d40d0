"""A task entered by hand: from a paper, or as it was given by telephone or in a meeting."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khoithong.office.accounts.permissions import Capability, require
from khoithong.office.base.actions import Refused
from khoithong.office.base.clock import now
from khoithong.office.documents.queries import visible_papers
from khoithong.office.tasks.actions import add_task
from khoithong.office.tasks.forms import NewTaskForm, paper_words
from khoithong.office.tasks.views.common import forbids, person_of, show_at_field, today


@require_http_methods(["GET", "POST"])
@forbids
def task_add(request: HttpRequest) -> HttpResponseBase:
    """The form of a new task; `?paper=` fills in the paper."""
    person = person_of(request)
    require(person, Capability.ASSIGN_TASKS)
    initial = {}
    asked = request.GET.get("paper", "")
    if asked.isdecimal() and (paper := visible_papers(person).filter(pk=asked).first()) is not None:
        initial = {"paper": paper_words(paper), "assigned_on": paper.issued_on or today()}
        if paper.issuer_id:
            initial["assigner"] = paper.issuer_id
    form = NewTaskForm(request.POST or None, person=person, today=today(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            task = add_task(by=person, at=now(), **form.cleaned_data)
        except Refused as refusal:
            show_at_field(refusal, form)
        else:
            messages.success(request, _("Đã nhập nhiệm vụ."))
            return redirect("tasks:detail", task.pk)
    return render(request, "tasks/add.html", {"form": form}, status=422 if form.errors else 200)
