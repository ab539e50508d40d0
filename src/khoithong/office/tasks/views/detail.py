"""The page of one task, or of a group, and every act that is done on it."""

from __future__ import annotations

import mimetypes
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khoithong.office.accounts.models import Person
from khoithong.office.base.actions import Refused
from khoithong.office.base.clock import local_date, now
from khoithong.office.documents import storage
from khoithong.office.tasks.forms import ACT_FORMS, ActForm, form_prefix
from khoithong.office.tasks.models import Extension, Participant, Proof, Task, TaskFile
from khoithong.office.tasks.parties import acts_open_to, may_remind
from khoithong.office.tasks.queries import TO_DO, children_of, quote_of, task_story, visible_tasks
from khoithong.office.tasks.states import Act
from khoithong.office.tasks.views.common import forbids, hang_due, person_of, show_at_field, task_or_404, today
from khoithong.office.tasks.views.doing import do_act

ASKED_APART = (Act.CONFIRM, Act.RETURN, Act.GRANT_EXTENSION, Act.DENY_EXTENSION)
"""Acts that answer a question: they stand in the panel of that question, not among the others."""


@require_GET
def task_detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One task: who must do what by when, because of which sentence; below, what has been done about it."""
    person = person_of(request)
    return _page(request, person, task_or_404(person, pk))


@require_POST
@forbids
def task_act(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    """Does one act. Refused, the page comes back with what was typed and why nothing was written."""
    person = person_of(request)
    task = task_or_404(person, pk)
    try:
        deed = Act(act)
    except ValueError:
        raise Http404 from None
    at = now()
    form = _form(deed, task, person, data=request.POST, files=request.FILES, at=at)
    if form.is_valid():
        try:
            do_act(deed, form, task=task, by=person, at=at)
        except Refused as refusal:
            show_at_field(refusal, form)
            if refusal.code == "conflict":
                _ask_for_files_again(request, form)
                return _page(request, person, _again(person, pk, form), refused=(deed, form), status=409)
        else:
            messages.success(request, _("Đã ghi: %(act)s.") % {"act": deed.label})
            return redirect("tasks:detail", pk)
    _ask_for_files_again(request, form)
    return _page(request, person, task_or_404(person, pk), refused=(deed, form), status=422)


def _ask_for_files_again(request: HttpRequest, form: ActForm) -> None:
    """Everything typed comes back but chosen files, which no page can choose for a person."""
    if request.FILES and "files" in form.fields:
        form.add_error("files", _("Hãy chọn lại tệp kèm theo: trình duyệt không giữ tệp đã chọn."))


def _again(person: Person, pk: int, form: ActForm) -> Task:
    """The task as it is now; what was typed will be sent against that."""
    task = task_or_404(person, pk)
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = str(task.version)
    return task


@require_GET
def task_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of a progress report, as it came, to be saved and not shown."""
    person = person_of(request)
    file = get_object_or_404(TaskFile.objects.filter(task__in=visible_tasks(person)).select_related("stored"), pk=pk)
    try:
        data = storage.load(file.stored.sha256)
    except storage.Damaged:
        raise Http404(_("Tệp này không còn nguyên vẹn trên máy chủ. Hãy báo quản trị hệ thống.")) from None
    response = HttpResponse(data, content_type=mimetypes.guess_type(file.name)[0] or "application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _form(act: Act, task: Task, person: Person, *, at: datetime, data: Any = None, files: Any = None) -> ActForm:
    return ACT_FORMS[act](data, files, task=task, person=person, at=at, today=local_date(at), prefix=form_prefix(act))


def _page(
    request: HttpRequest,
    person: Person,
    task: Task,
    *,
    refused: tuple[Act, ActForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    on, at = today(), now()
    children = list(children_of(task, person=person, on=on)) if task.is_group else []
    hang_due([task, *children], on=on)
    open_acts = acts_open_to(person, task)
    shown = [act for act in open_acts if act not in ASKED_APART]
    if refused is not None and refused[0] not in (*shown, *ASKED_APART):
        # What was typed for an act that is no longer open stays on the page, to be taken elsewhere.
        shown.append(refused[0])
    forms = {act: _form(act, task, person, at=at) for act in (*shown, *(a for a in open_acts if a in ASKED_APART))}
    if refused is not None:
        forms[refused[0]] = refused[1]
    participants = list(task.participants.select_related("agency").order_by("pk"))
    context = {
        "task": task,
        "quote": quote_of(task),
        "place_url": _place_url(task),
        "children": children,
        "counts": _counts(children),
        "coordinators": [part for part in participants if part.part != Participant.Part.FOLLOW],
        "followers": [part for part in participants if part.part == Participant.Part.FOLLOW],
        "acts": [(act, forms[act], refused is not None and act is refused[0]) for act in shown],
        "proof": task.proofs.filter(state=Proof.State.OFFERED).select_related("paper", "offered_by").first(),
        "proof_form": _answering(forms, Act.CONFIRM, Act.RETURN, refused),
        "asked": task.extensions.filter(state=Extension.State.ASKED).select_related("asked_by").first(),
        "asked_form": _answering(forms, Act.GRANT_EXTENSION, Act.DENY_EXTENSION, refused),
        "progress": task.progress.select_related("by").prefetch_related("files"),
        "extensions": task.extensions.exclude(state=Extension.State.ASKED).select_related("asked_by", "decided_by"),
        "proofs": task.proofs.exclude(state=Proof.State.OFFERED).select_related("paper", "offered_by", "decided_by"),
        "may_remind": not task.is_group and task.work_state in TO_DO and may_remind(person, task),
        "story": task_story(task),
    }
    return render(request, "tasks/detail.html", context, status=status)


def _place_url(task: Task) -> str:
    """The place of the quoted sentence in the text of its paper."""
    if task.paper_id is None or task.finding_id is None:
        return ""
    return f"{reverse('documents:review', args=[task.paper_id])}#at-{task.finding_id}"


def _answering(forms: dict[Act, ActForm], yes: Act, no: Act, refused: tuple[Act, ActForm] | None) -> ActForm | None:
    """The one form under a question with two answers, filled as it was sent where it came back."""
    if refused is not None and refused[0] in (yes, no):
        return refused[1]
    return forms.get(yes) or forms.get(no)


def _counts(children: list[Any]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for child in children:
        counts[child.time_state] = counts.get(child.time_state, 0) + 1
    return counts
