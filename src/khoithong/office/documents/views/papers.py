"""The list of papers, the page of one paper, its correction, its files."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from khoithong.office.agencies.models import Agency
from khoithong.office.base.actions import Refused, story_of
from khoithong.office.base.clock import now
from khoithong.office.base.filters import Chip, ChoiceFilter, DateRangeFilter, LookupFilter, TextFilter
from khoithong.office.base.lists import Column, Empty, ListSpec, render_list
from khoithong.office.base.text import fold
from khoithong.office.documents import rights, storage
from khoithong.office.documents.actions import attach_file, correct_identity
from khoithong.office.documents.forms import AttachForm, IdentityForm
from khoithong.office.documents.models import Reading
from khoithong.office.documents.panels import panels_of
from khoithong.office.documents.queries import (
    cited_by,
    cites,
    search_papers,
    visible_entries,
    visible_files,
    visible_papers,
)
from khoithong.office.documents.views.common import forbids, paper_or_404, person_of, show_refusal, tabs


@dataclass(frozen=True, kw_only=True)
class FullTextFilter(TextFilter):
    """Words in what the register says of a paper, or anywhere in its text."""

    def narrow(self, queryset: QuerySet[Any], params: QueryDict) -> tuple[QuerySet[Any], list[Chip]]:
        text = params.get(self.key, "").strip()[:200]
        if not fold(text):
            return queryset, []
        return search_papers(queryset, text), [Chip(words=f"“{text}”", names=self.names)]


def _by_state(papers: QuerySet[Any], states: Sequence[str]) -> QuerySet[Any]:
    return papers.filter(reading_state__in=states)


def _agency_names(keys: Sequence[str]) -> list[tuple[int, str]]:
    return list(Agency.objects.filter(pk__in=[key for key in keys if key.isdecimal()]).values_list("pk", "name"))


PAPERS = ListSpec(
    key="papers",
    title=gettext_lazy("Văn bản"),
    noun=npgettext_lazy("đếm", "văn bản", "văn bản"),
    columns=(
        Column(
            key="symbol",
            label=gettext_lazy("Số, ký hiệu"),
            sort="symbol_key",
            fixed=True,
            lead=True,
            template="documents/cells/paper.html",
        ),
        Column(key="issued_on", label=gettext_lazy("Ngày văn bản"), sort="issued_on"),
        Column(key="issuer", label=gettext_lazy("Tác giả"), value="issuer_name", sort="issuer_name", width=30),
        Column(key="subject", label=gettext_lazy("Trích yếu"), width=60),
        Column(
            key="state",
            label=gettext_lazy("Bản đọc"),
            value="reading_state",
            sort="reading_state",
            template="documents/cells/reading_state.html",
        ),
        Column(key="holder", label=gettext_lazy("Đơn vị nhập"), value="holder.name", chosen=False, width=30),
        Column(key="signer", label=gettext_lazy("Người ký"), sort="signer", chosen=False),
    ),
    filters=(
        FullTextFilter(label=gettext_lazy("Tìm trong sổ và toàn văn")),
        ChoiceFilter(key="state", label=gettext_lazy("Bản đọc"), choices=Reading.State.choices, apply=_by_state),
        LookupFilter(key="issuer", label=gettext_lazy("Tác giả"), names_of=_agency_names, field="issuer"),
        DateRangeFilter(key="issued", label=gettext_lazy("Ngày văn bản"), field="issued_on"),
    ),
    sort="-issued_on",
    empty=Empty(
        title=gettext_lazy("Chưa có văn bản nào"),
        text=gettext_lazy("Kéo thả tệp công văn vào trang nhập: máy đọc và đề xuất nhiệm vụ, người soát rồi xác nhận."),
        url="/van-ban/nhap/",
        button=gettext_lazy("Nhập văn bản"),
    ),
)


@require_GET
def paper_list(request: HttpRequest) -> HttpResponseBase:
    """All papers that the person may see."""
    person = person_of(request)
    papers = visible_papers(person).select_related("holder").annotate(reading_state=F("reading__state"))
    context = {"tabs": tabs("papers"), "may_register": rights.may_register(person)}
    return render_list(request, PAPERS, papers, template="documents/list.html", context=context)


@require_GET
def paper_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper: who it is, where it is registered, what it cites, what cites it, its files, its story."""
    person, paper = person_of(request), paper_or_404(request, pk)
    entries = list(visible_entries(person).filter(paper=paper))
    story = list(story_of(paper).select_related("actor"))
    reading = Reading.objects.filter(paper=paper).defer("text", "text_search").select_related("confirmed_by").first()
    return render(
        request,
        "documents/detail.html",
        {
            "paper": paper,
            "reading": reading,
            "entries": entries,
            "entered": {e.register.direction for e in entries if e.register.agency_id == person.agency_id},
            "files": visible_files(person).filter(paper=paper),
            "cites": cites(person, paper),
            "cited_by": cited_by(person, paper),
            "panels": panels_of(person, paper, at=now()),
            # The many small decisions of a review would bury what happened to the paper.
            "story": [entry for entry in story if not entry.verb.startswith("documents.finding")],
            "decisions": [entry for entry in story if entry.verb.startswith("documents.finding")],
            "may_review": rights.may_review(person, paper),
            "may_change": rights.may_change(person, paper),
            "may_register": rights.may_register(person),
            "attach_form": AttachForm(),
        },
    )


@forbids
def paper_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrects who a paper is."""
    person, paper = person_of(request), paper_or_404(request, pk)
    rights.require_change(person, paper)
    form = IdentityForm(request.POST or None, initial=IdentityForm.initial_of(paper))
    if request.method == "POST" and form.is_valid():
        try:
            correct_identity(
                by=person, paper=paper, facts=form.facts(), version=form.cleaned_data["version"] or 0, at=now()
            )
        except Refused as refusal:
            show_refusal(request, refusal, form)
            if refusal.code == "conflict":
                # The person has read what stands now; the next attempt is made against that.
                paper.refresh_from_db()
                form.data = form.data.copy()
                form.data["version"] = str(paper.version)
        else:
            messages.success(request, _("Đã lưu thông tin văn bản."))
            return redirect("documents:detail", paper.pk)
    return render(request, "documents/edit.html", {"form": form, "paper": paper}, status=_status(form))


@require_POST
@forbids
def paper_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds a file to a paper."""
    person, paper = person_of(request), paper_or_404(request, pk)
    form = AttachForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            attach_file(
                by=person,
                paper=paper,
                data=upload.read(),
                name=upload.name,
                media_type=media_type_of(upload.name),
                part=form.cleaned_data["part"],
                at=now(),
            )
        except Refused as refusal:
            show_refusal(request, refusal)
        else:
            messages.success(request, _("Đã đính kèm %(name)s.") % {"name": upload.name})
    else:
        messages.error(request, _("Hãy chọn một tệp để đính kèm."))
    return redirect("documents:detail", paper.pk)


@require_GET
def file_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The original bytes, verified, always as a download."""
    file = get_object_or_404(visible_files(person_of(request)), pk=pk)
    try:
        data = storage.load(file.stored_id)
    except storage.Damaged as damaged:
        raise Http404(_("Tệp gốc bị hỏng hoặc thất lạc; hãy báo quản trị khôi phục từ bản sao lưu.")) from damaged
    response = HttpResponse(data, content_type=file.stored.media_type or "application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def media_type_of(name: str) -> str:
    """The type of a file by its name; only said to the browser that downloads it."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _status(form: IdentityForm) -> int:
    return 422 if form.is_bound and form.errors else 200
