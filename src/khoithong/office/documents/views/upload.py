"""Files come in: by drag and drop, each in a request of its own, or by a plain form; what waits for review below."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from khoithong.office.accounts.models import Role
from khoithong.office.accounts.permissions import roles_of
from khoithong.office.base.actions import Refused
from khoithong.office.base.clock import now
from khoithong.office.documents import rights
from khoithong.office.documents.actions import receive_files
from khoithong.office.documents.actions.papers import Double
from khoithong.office.documents.actions.registering import entry_words, why_not_entered
from khoithong.office.documents.forms import UploadAgainForm
from khoithong.office.documents.models import Paper
from khoithong.office.documents.queries import readings_to_review
from khoithong.office.documents.views.common import forbids, person_of, tabs

ACCEPTED = ".pdf,.docx,.doc,.rtf,.odt,.xlsx,.xls,.ods,.txt,.html,.htm,.png,.jpg,.jpeg,.tif,.tiff,.eml,.zip,.xml,.edxml"
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
        "enters": Role.CLERK in roles_of(person),
        "again": UploadAgainForm(auto_id="again_%s"),
        "readings": readings_to_review(person)[:WAITING_SHOWN],
    }
    return render(request, "documents/upload.html", context)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """The part of the page that lists what waits for review."""
    readings = readings_to_review(person_of(request))[:WAITING_SHOWN]
    return render(request, "documents/waiting.html", {"readings": readings})


def _receive(request: HttpRequest, file: UploadedFile, reason: str) -> list[tuple[str, Paper | Refused]]:
    """The papers in a file and what was refused; a file that is refused as a whole is one refusal."""
    name = file.name or ""
    try:
        return receive_files(
            by=person_of(request),
            data=file.read(),
            name=name,
            at=now(),
            duplicate_reason=reason,
            enter=_enters(request),
        )
    except Refused as refusal:
        return [(name, refusal)]


def _enters(request: HttpRequest) -> bool:
    return request.POST.get("enter") == "1"


def _said(request: HttpRequest, paper: Paper) -> tuple[str, bool]:
    """What became of a paper that was received, and whether that is all that was asked for."""
    if not _enters(request):
        return _("đã nhận và đọc xong"), True
    entry = paper.entries.select_related("register").first()
    if entry is None:
        return why_not_entered(person_of(request), paper), False
    return _("đã nhận, %(entry)s") % {"entry": entry_words(entry)}, True


def _slips(papers: list[Paper]) -> str:
    """How many likely slips the papers have, in words; empty where they have none."""
    count = sum(len(paper.reading.warnings) for paper in papers)
    words = ngettext(
        "có %(count)d cảnh báo; hãy đối chiếu khi soát.", "có %(count)d cảnh báo; hãy đối chiếu khi soát.", count
    )
    return words % {"count": count} if count else ""


def _answer_script(request: HttpRequest, files: list[UploadedFile], reason: str) -> JsonResponse:
    if len(files) != 1:
        return JsonResponse({"name": "", "ok": False, "error": _("Hãy gửi mỗi lần một tệp.")}, status=400)
    name = files[0].name
    received = _receive(request, files[0], reason)
    papers = [found for _name, found in received if isinstance(found, Paper)]
    refusals = [found for _name, found in received if isinstance(found, Refused)]
    if not refusals:
        place = reverse("documents:review", args=[papers[0].pk]) if len(papers) == 1 else reverse("documents:upload")
        answer = {"name": name, "ok": True, "url": place}
        if _enters(request):
            answer["said"] = capfirst("; ".join(dict.fromkeys(_said(request, paper)[0] for paper in papers)))
        if slips := _slips(papers):
            answer["said"] = ". ".join(filter(None, (answer.get("said", "").rstrip("."), capfirst(slips))))
        return JsonResponse(answer)
    words = [refusal.message for refusal in refusals]
    if papers:
        words.insert(0, _("Đã nhận %(count)d văn bản trong tệp, còn lại không nhận được.") % {"count": len(papers)})
    told = {"name": name, "ok": False, "error": " ".join(words)}
    if len(received) == 1 and isinstance(refusals[0], Double):
        return JsonResponse({**told, "url": _paper_url(refusals[0].paper)}, status=409)
    return JsonResponse(told, status=200 if papers else 422)


def _answer_page(request: HttpRequest, files: list[UploadedFile], reason: str) -> HttpResponse:
    if not files:
        messages.error(request, _("Hãy chọn ít nhất một tệp."))
    received = [found for file in files for found in _receive(request, file, reason)]
    for name, found in received:
        if isinstance(found, Paper):
            said, whole = _said(request, found)
            link = format_html(
                '{}: {}. <a href="{}">{}</a>', name, said.rstrip("."), _paper_url(found), _("Mở văn bản")
            )
            messages.add_message(request, messages.SUCCESS if whole else messages.WARNING, link)
            if slips := _slips([found]):
                messages.warning(request, f"{name}: {slips}")
        elif isinstance(found, Double):
            link = format_html('{} <a href="{}">{}</a>', found.message, _paper_url(found.paper), _("Mở văn bản đã có"))
            messages.warning(request, link)
        else:
            messages.error(request, found.message)
    if len(received) == 1 and isinstance(received[0][1], Paper):
        return redirect("documents:review", received[0][1].pk)
    return redirect("documents:upload")


def _paper_url(paper: Paper) -> str:
    return reverse("documents:detail", args=[paper.pk])
