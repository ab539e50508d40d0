"""Before the duties of a reviewed paper become tasks: whom each goes to, and who must still be named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from khoithong.office.accounts.models import Person
from khoithong.office.accounts.permissions import Capability, can, require
from khoithong.office.agencies.models import Agency
from khoithong.office.agencies.queries import existing
from khoithong.office.base.actions import Forbidden, Refused
from khoithong.office.base.clock import now
from khoithong.office.documents.models import Finding, Paper, Reading
from khoithong.office.documents.queries import visible_papers
from khoithong.office.tasks.actions import Choices, assign_tasks
from khoithong.office.tasks.models import Task
from khoithong.office.tasks.plan import Choice, Plan, PlannedDuty, PlannedName, assigning_day, plan_for
from khoithong.office.tasks.queries import assigners_for
from khoithong.office.tasks.timing import present_period, with_weekday
from khoithong.office.tasks.views.common import forbids, person_of, today


@dataclass
class NameRow:
    """One name on the page: what it means, what was chosen for it, what is wrong with that."""

    name: PlannedName
    chosen: frozenset[int] = frozenset()
    note: str = ""
    error: str = ""


@dataclass
class DutyCard:
    """One duty on the page."""

    duty: PlannedDuty
    due: str
    leads: list[NameRow] = field(default_factory=list)
    coordinators: list[NameRow] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return any(row.name.is_open or row.error for row in self.leads)

    @property
    def lead_count(self) -> int:
        return len({agency.pk for row in self.leads for agency in row.name.agencies})


@require_http_methods(["GET", "POST"])
@forbids
def assign(request: HttpRequest, paper: int) -> HttpResponseBase:
    """Shows what confirming would do, and does it when it comes back from this very page."""
    person = person_of(request)
    found = get_object_or_404(visible_papers(person).select_related("issuer"), pk=paper)
    require(person, Capability.ASSIGN_TASKS)
    if (stop := _not_now(request, found)) is not None:
        return stop
    plan = plan_for(found, on=assigning_day(found, today=today()))
    if request.method == "GET" or "fingerprint" not in request.POST:
        return _page(request, person, plan)
    names = {name.key: _choice(request, name) for duty in plan.duties for name in duty.names}
    try:
        assigner = _assigner(request, person, found)
        choices = Choices(assigner=assigner, fingerprint=request.POST["fingerprint"], names=names)
        tasks = assign_tasks(by=person, paper=found, choices=choices, at=now())
    except Forbidden:
        raise
    except Refused as refusal:
        return _page(request, person, plan, names=names, refusal=refusal)
    count = sum(not task.is_group for task in tasks)
    messages.success(
        request, ngettext("Đã giao %(count)d nhiệm vụ.", "Đã giao %(count)d nhiệm vụ.", count) % {"count": count}
    )
    return redirect(f"{reverse('tasks:list')}?paper={found.pk}")


def _not_now(request: HttpRequest, paper: Paper) -> HttpResponseBase | None:
    """Where to go instead while there is nothing to confirm: no reading, confirmed already, undecided findings."""
    reading = Reading.objects.filter(paper=paper).only("pk", "state").first()
    if reading is None:
        messages.error(request, _("Văn bản này chưa được đọc; hãy nhập nhiệm vụ bằng tay."))
        return redirect("documents:detail", paper.pk)
    if reading.state == Reading.State.CONFIRMED:
        messages.info(request, _("Văn bản này đã được xác nhận; đây là các nhiệm vụ đã giao."))
        return redirect(f"{reverse('tasks:list')}?paper={paper.pk}")
    left = reading.findings.filter(state=Finding.State.PROPOSED).count()
    if left:
        messages.error(
            request,
            ngettext(
                "Còn %(count)d mục chưa soát; hãy soát hết rồi xác nhận.",
                "Còn %(count)d mục chưa soát; hãy soát hết rồi xác nhận.",
                left,
            )
            % {"count": left},
        )
        return redirect("documents:review", paper.pk)
    return None


def _choice(request: HttpRequest, name: PlannedName) -> Choice:
    keys = [value for value in request.POST.getlist(name.key) if value.isdecimal()]
    agencies = {agency.pk: agency for agency in Agency.objects.filter(pk__in=keys)} if keys else {}
    return Choice(
        agencies=tuple(agencies[int(key)] for key in dict.fromkeys(keys) if int(key) in agencies),
        note=request.POST.get(f"{name.key}-ghi-chu", "").strip(),
    )


def _assigner(request: HttpRequest, person: Person, paper: Paper) -> Agency:
    chosen = request.POST.get("assigner", "")
    for agency in assigners_for(person, paper):
        if str(agency.pk) == chosen:
            return agency
    raise Refused(_("Hãy chọn cơ quan giao trong danh sách."), field="assigner")


def _page(
    request: HttpRequest,
    person: Person,
    plan: Plan,
    *,
    names: Mapping[str, Choice] | None = None,
    refusal: Refused | None = None,
) -> HttpResponseBase:
    errors = {refusal.field: refusal.message} if refusal is not None and refusal.field else {}
    cards = [_card(duty, names, errors) for duty in plan.duties]
    assigners = assigners_for(person, plan.paper)
    chosen = request.POST.get("assigner", "")
    context = {
        "paper": plan.paper,
        "plan": plan,
        "cards": cards,
        "open_count": plan.open_count,
        "task_count": sum(card.lead_count for card in cards),
        "agencies": existing(plan.on),
        "assigners": assigners,
        "assigner": chosen or (str(assigners[0].pk) if assigners else ""),
        "assigner_error": errors.get("assigner", ""),
        "refusal": refusal,
        "may_enter": can(person, Capability.ASSIGN_TASKS),
    }
    return render(request, "tasks/assign.html", context, status=200 if refusal is None else 422)


def _card(duty: PlannedDuty, names: Mapping[str, Choice] | None, errors: Mapping[Any, str]) -> DutyCard:
    def row(name: PlannedName) -> NameRow:
        choice = names.get(name.key, Choice()) if names is not None else Choice(agencies=name.agencies)
        chosen = frozenset(agency.pk for agency in choice.agencies)
        return NameRow(name=name, chosen=chosen, note=choice.note, error=errors.get(name.key, ""))

    return DutyCard(
        duty=duty,
        due=_due(duty),
        leads=[row(name) for name in duty.leads],
        coordinators=[row(name) for name in duty.coordinators],
    )


def _due(duty: PlannedDuty) -> str:
    if duty.deadline_on is not None:
        return with_weekday(duty.deadline_on)
    if duty.recurrence:
        words = str(Task(recurrence=duty.recurrence).get_recurrence_display())
        period = present_period(duty.recurrence, on=today())
        return f"{words} ({period.words}: {period.due_on:%d/%m/%Y})" if period else words
    return _("Không thời hạn")
