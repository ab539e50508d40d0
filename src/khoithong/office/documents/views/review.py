"""The review screen: the paper on the left as it was written, on the right what was found in it, to decide."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khoithong.office.accounts.models import Person
from khoithong.office.base.actions import Forbidden, Refused
from khoithong.office.base.clock import now
from khoithong.office.documents.actions import (
    accept_finding,
    accept_sure_findings,
    add_finding,
    correct_finding,
    correct_identity,
    discard_finding,
    merge_findings,
    restore_finding,
    split_finding,
)
from khoithong.office.documents.forms import CitationForm, DutyForm, IdentityForm, SplitForm
from khoithong.office.documents.models import Finding, Reading
from khoithong.office.documents.queries import last_decided_by
from khoithong.office.documents.views.common import forbids, paper_or_404, person_of
from khoithong.office.documents.views.screen import Opened, Screen

Kind = Finding.Kind


@require_GET
@forbids
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole screen; `?edit=`, `?split=`, `?new=` open a form in it, `?order=` turns the list."""
    reading = reading_of(request, pk)
    return _answer(request, reading, opened=_opened(request, reading))


@require_POST
@forbids
def decide(request: HttpRequest, pk: int, finding: int, verb: str) -> HttpResponse:
    """Accepts, discards or restores one finding."""
    reading = reading_of(request, pk)
    target = get_object_or_404(reading.findings, pk=finding)
    act: dict[str, Callable[..., Any]] = {
        "chap-nhan": accept_finding,
        "loai-bo": discard_finding,
        "hoan-tac": restore_finding,
    }
    stay = verb == "hoan-tac"
    after = None if stay else _next_open(request, reading, target.pk)

    def work(by: Person) -> int | None:
        done = act[verb](by=by, finding=target, version=_version(request), at=now())
        return done.pk if stay and done is not None else after

    return _perform(request, reading, work, otherwise=target.pk)


@require_POST
@forbids
def correct(request: HttpRequest, pk: int, finding: int) -> HttpResponse:
    """Sets what a finding says. What was typed stays in the form when it is refused."""
    reading = reading_of(request, pk)
    target = get_object_or_404(reading.findings, pk=finding)
    form = _form(target.kind, data=request.POST)
    if not form.is_valid():
        return _answer(request, reading, opened=Opened("edit", target.pk, form), focus=target.pk)
    after = _next_open(request, reading, target.pk)

    def work(by: Person) -> int | None:
        if isinstance(form, IdentityForm):
            version = form.cleaned_data["version"] or 0
            correct_identity(by=by, paper=reading.paper, facts=form.facts(), version=version, at=now())
        else:
            value = form.value(reading.text)
            correct_finding(by=by, finding=target, value=value, version=_version(request), at=now())
        return after

    return _perform(request, reading, work, otherwise=target.pk, keep=Opened("edit", target.pk, form))


@require_POST
@forbids
def split(request: HttpRequest, pk: int, finding: int) -> HttpResponse:
    """Cuts a duty in two."""
    reading = reading_of(request, pk)
    target = get_object_or_404(reading.findings, pk=finding)
    form = SplitForm(request.POST)
    place = form.where(reading.text, target.start or 0, target.end or 0) if form.is_valid() else None

    def work(by: Person) -> int:
        if place is None:
            raise Refused(_("Không thấy chỗ tách trong lời của nhiệm vụ; hãy chép đúng vài chữ đầu của phần sau."))
        first, _second = split_finding(by=by, finding=target, place=place, version=_version(request), at=now())
        return first.pk

    return _perform(request, reading, work, otherwise=target.pk, keep=Opened("split", target.pk, form))


@require_POST
@forbids
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes one duty of those selected (`selected` is "key:version", several)."""
    reading = reading_of(request, pk)
    chosen = dict(pair.split(":", 1) for pair in request.POST.getlist("selected") if pair.count(":") == 1)
    versions = {int(key): int(version) for key, version in chosen.items() if key.isdecimal() and version.isdecimal()}
    found = reading.findings.filter(pk__in=versions)

    def work(by: Person) -> int:
        return merge_findings(by=by, findings=[(f, versions[f.pk]) for f in found], at=now()).pk

    return _perform(request, reading, work, otherwise=None)


@require_POST
@forbids
def add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Adds a duty or a citation."""
    reading = reading_of(request, pk)
    code: Any = Kind.DUTY if kind == "nhiem-vu" else Kind.CITATION
    form = _form(code, data=request.POST)
    opened = Opened("new", None, form, kind=code)
    if not form.is_valid():
        return _answer(request, reading, opened=opened)

    def work(by: Person) -> int:
        return add_finding(by=by, reading=reading, kind=code, value=form.value(reading.text), at=now()).pk

    return _perform(request, reading, work, otherwise=None, keep=opened)


@require_POST
@forbids
def accept_sure(request: HttpRequest, pk: int) -> HttpResponse:
    """Accepts at one stroke what the reader is sure of."""
    reading = reading_of(request, pk)

    def work(by: Person) -> int | None:
        accept_sure_findings(by=by, reading=reading, at=now())
        return Screen(request, reading).first_open

    return _perform(request, reading, work, otherwise=None)


@require_POST
@forbids
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back what the person decided last on this paper."""
    reading = reading_of(request, pk)

    def work(by: Person) -> int | None:
        last = last_decided_by(by, reading)
        if last is None:
            raise Refused(_("Bạn chưa quyết định mục nào để hoàn tác."))
        restored = restore_finding(by=by, finding=last, version=last.version, at=now())
        return restored.pk if restored is not None else None

    return _perform(request, reading, work, otherwise=None)


def reading_of(request: HttpRequest, pk: int) -> Reading:
    """The reading of a paper that the person may see; 404 where there is none."""
    paper = paper_or_404(request, pk)
    reading = get_object_or_404(Reading, paper=paper)
    reading.paper = paper
    return reading


def _perform(
    request: HttpRequest,
    reading: Reading,
    work: Callable[[Person], int | None],
    *,
    otherwise: int | None,
    keep: Opened | None = None,
) -> HttpResponse:
    """Does the work and shows the screen, at the finding that `work` names; a refusal is said there, nothing lost."""
    try:
        focus = work(person_of(request))
    except Forbidden:
        raise
    except Refused as refusal:
        if keep is not None and keep.form is not None:
            field = refusal.field if refusal.field in keep.form.fields else None
            keep.form.add_error(field, refusal.message)
            return _answer(request, reading, opened=keep, focus=otherwise)
        return _answer(request, reading, focus=otherwise, notice=refusal.message)
    return _answer(request, reading, focus=focus)


def _answer(
    request: HttpRequest,
    reading: Reading,
    *,
    opened: Opened | None = None,
    focus: int | None = None,
    notice: str = "",
) -> HttpResponse:
    """The screen, or for htmx its body; after a POST from a plain form, the way back to it."""
    htmx = bool(getattr(request, "htmx", False))
    plain_post = request.method == "POST" and not htmx
    if plain_post and opened is None:
        if notice:
            messages.error(request, notice)
        place = f"#finding-{focus}" if focus else ""
        address = redirect("documents:review", reading.paper_id).url
        order = f"?order={request.GET['order']}" if request.GET.get("order") in ("text", "doubt") else ""
        return redirect(f"{address}{order}{place}")
    reading.refresh_from_db(fields=["state", "confirmed_at"])
    reading.paper.refresh_from_db()
    screen = Screen(request, reading, opened=opened, focus=focus, notice=notice)
    template = "documents/review/body.html" if htmx else "documents/review/page.html"
    response = render(request, template, screen.context())
    if htmx and notice:
        response.headers["HX-Trigger"] = json.dumps({"toast": {"text": notice}})
    return response


def _opened(request: HttpRequest, reading: Reading) -> Opened | None:
    """Which form the address opens."""
    for mode in ("edit", "split"):
        asked = request.GET.get(mode, "")
        if asked.isdecimal():
            finding = reading.findings.exclude(state=Finding.State.REPLACED).filter(pk=int(asked)).first()
            if finding is not None:
                form = SplitForm() if mode == "split" else _form(finding.kind, finding=finding)
                return Opened(mode, finding.pk, form)
    if (kind := request.GET.get("new", "")) in (Kind.DUTY, Kind.CITATION):
        return Opened("new", None, _form(kind, initial=_selected(request, reading.text, kind)), kind=kind)
    return None


def _selected(request: HttpRequest, text: str, kind: str) -> dict[str, Any]:
    """What a selection in the text says of a new finding."""
    start, end = request.GET.get("start", ""), request.GET.get("end", "")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(text)):
        return {}
    words = " ".join(text[int(start) : int(end)].split())
    filled: dict[str, Any] = {"start": int(start), "end": int(end), "quote": words}
    if kind == Kind.DUTY:
        return {**filled, "action": words}
    return {**filled, ("symbol" if "/" in words and len(words) <= 120 else "title"): words}


def _form(kind: str, *, data: Any = None, finding: Finding | None = None, initial: dict[str, Any] | None = None) -> Any:
    """The form of a kind: bound to `data`, or filled with what `finding` says now."""
    if kind == Kind.IDENTITY:
        start = IdentityForm.initial_of(finding.reading.paper) if finding is not None else None
        return IdentityForm(data, initial=start, auto_id="edit_%s")
    form = DutyForm if kind == Kind.DUTY else CitationForm
    if finding is not None:
        quote = " ".join(finding.reading.text[finding.start : finding.end].split())
        initial = {**form.initial_of(finding.value), "start": finding.start, "end": finding.end, "quote": quote}
    return form(data, initial=initial, auto_id="edit_%s")


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() else 0


def _next_open(request: HttpRequest, reading: Reading, after: int) -> int | None:
    return Screen(request, reading).next_open(after)
