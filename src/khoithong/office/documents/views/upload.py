"""Files come in: by drag and drop, each in a request of its own, or by a plain form; what waits for review below."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khoithong.office.base.actions import Refused
from khoithong.office.base.clock import now
from khoithong.office.documents import rights
from khoithong.office.documents.actions import receive_file
from khoithong.office.documents.actions.papers import Double
from khoithong.office.documents.forms import UploadAgainForm
from khoithong.office.documents.models import Paper
from khoithong.office.documents.queries import readings_to_review
from khoithong.office.documents.views.common import forbids, person_of, tabs

ACCEPTED = ".pdf,.docx,.txt,.html,.htm"
WAITING_SHOWN = 50


@forbids
def upload(request: HttpRequest) -> HttpResponse:
    """The page where papers are dropped."""
    person = person_of(request)
    if request.method == "POST":
        rights.require_keep(person)
        files = request.FILES.getlist("file")
        reason = str(request.POST.get("duplicate_reason", ""))
        if request.accepts("text/html") and "application/json" not in request.headers.get("Accept", ""):
            return _answer_page(request, files, reason)
        return _answer_script(request, files, reason)
    context = {
        "tabs": tabs("upload"),
        "accepted": ACCEPTED,
        "may_register": rights.may_register(person),
        "again": UploadAgainForm(auto_id="again_%s"),
        "readings": readings_to_review(person)[:WAITING_SHOWN],
    }
    return render(request, "documents/upload.html", context)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """The part of the page that lists what waits for review."""
    readings = readings_to_review(person_of(request))[:WAITING_SHOWN]
    return render(request, "documents/waiting.html", {"readings": readings})


def _receive(request: HttpRequest, file: UploadedFile, reason: str) -> Paper:
    return receive_file(
        by=person_of(request), data=file.read(), name=file.name or "", at=now(), duplicate_reason=reason
    )


def _answer_script(request: HttpRequest, files: list[UploadedFile], reason: str) -> JsonResponse:
    if len(files) != 1:
        return JsonResponse({"name": "", "ok": False, "error": _("Hãy gửi mỗi lần một tệp.")}, status=400)
    file = files[0]
    try:
        paper = _receive(request, file, reason)
    except Double as double:
        answer = {"name": file.name, "ok": False, "error": double.message, "url": _paper_url(double.paper)}
        return JsonResponse(answer, status=409)
    except Refused as refusal:
        return JsonResponse({"name": file.name, "ok": False, "error": refusal.message}, status=422)
    return JsonResponse({"name": file.name, "ok": True, "url": reverse("documents:review", args=[paper.pk])})


def _answer_page(request: HttpRequest, files: list[UploadedFile], reason: str) -> HttpResponse:
    if not files:
        messages.error(request, _("Hãy chọn ít nhất một tệp."))
    received: list[Paper] = []
    for file in files:
        try:
            received.append(_receive(request, file, reason))
        except Double as double:
            link = format_html(
                '{} <a href="{}">{}</a>', double.message, _paper_url(double.paper), _("Mở văn bản đã có")
            )
            messages.warning(request, link)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("%(name)s: đã nhận và đọc xong.") % {"name": file.name})
    if len(files) == 1 and received:
        return redirect("documents:review", received[0].pk)
    return redirect("documents:upload")


def _paper_url(paper: Paper) -> str:
    return reverse("documents:detail", args=[paper.pk])
