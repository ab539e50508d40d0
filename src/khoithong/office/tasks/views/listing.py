"""The list of tasks: filters in the address, sort, columns, export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy
from django.views.decorators.http import require_GET

from khoithong.office.accounts.models import Person
from khoithong.office.accounts.permissions import Capability, can
from khoithong.office.agencies.models import Agency
from khoithong.office.base.filters import ChoiceFilter, DateRangeFilter, FlagFilter, LookupFilter, TextFilter
from khoithong.office.base.lists import BulkAction, Column, Empty, ListSpec, render_list
from khoithong.office.documents.models import Paper
from khoithong.office.tasks.models import Participant, TimeState, WorkState
from khoithong.office.tasks.queries import followed, office_calendar, soon_until, visible_tasks, with_time_state
from khoithong.office.tasks.views.common import hang_due, person_of, today

COLUMNS = (
    Column(
        key="action",
        label=_("Nội dung nhiệm vụ"),
        value="action",
        sort="search",
        fixed=True,
        lead=True,
        width=70,
        template="tasks/cells/action.html",
    ),
    Column(key="lead", label=_("Chủ trì"), value="lead.name", sort="lead__sort_key", width=32),
    Column(
        key="deadline",
        label=_("Thời hạn"),
        value="deadline_on",
        sort="deadline_on",
        width=14,
        template="tasks/cells/deadline.html",
    ),
    Column(
        key="time",
        label=_("Tình trạng hạn"),
        value=lambda row: TimeState(row.time_state).label,
        sort="time_state",
        template="tasks/cells/time_state.html",
    ),
    Column(
        key="state",
        label=_("Thực hiện"),
        value="get_work_state_display",
        sort="work_state",
        template="tasks/cells/work_state.html",
    ),
    Column(key="percent", label=_("Tiến độ (%)"), value="percent", sort="percent", align="right", width=10),
    Column(
        key="paper",
        label=_("Văn bản giao"),
        value=lambda row: str(row.paper) if row.paper else row.origin_note,
        sort="paper__symbol_key",
        width=28,
        chosen=False,
    ),
    Column(
        key="assigner",
        label=_("Cơ quan giao"),
        value="assigner.name",
        sort="assigner__sort_key",
        chosen=False,
        width=28,
    ),
    Column(
        key="coordinators",
        label=_("Phối hợp"),
        value=lambda row: "; ".join(str(part) for part in row.participants.all()),
        chosen=False,
        width=40,
    ),
    Column(key="assigned_on", label=_("Ngày giao"), value="assigned_on", sort="assigned_on", chosen=False, width=12),
    Column(key="words", label=_("Thời hạn theo văn bản"), value="deadline_words", chosen=False, width=28),
    Column(key="done_on", label=_("Ngày hoàn thành"), value="done_on", sort="done_on", chosen=False, width=14),
)


def _by_paper(tasks: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    papers = [value for value in values if value != "none"]
    without = Q(paper__isnull=True) if "none" in values else Q(pk__in=())
    return tasks.filter(Q(paper__in=papers) | without)


def task_spec(person: Person) -> ListSpec:
    """The list as `person` gets it: the choices of its filters are those that the visible tasks have."""
    visible = followed(visible_tasks(person))

    def leads() -> list[tuple[int, str]]:
        return list(Agency.objects.filter(pk__in=visible.order_by().values("lead")).values_list("pk", "name"))

    def assigners() -> list[tuple[int, str]]:
        return list(Agency.objects.filter(pk__in=visible.order_by().values("assigner")).values_list("pk", "name"))

    def papers(keys: Sequence[str]) -> list[tuple[Any, Any]]:
        wanted = Paper.objects.filter(pk__in=[key for key in keys if key.isdecimal()])
        found = wanted.filter(Exists(visible.filter(paper=OuterRef("pk"))))
        without = [("none", _("Không có văn bản"))] if "none" in keys else []
        return [*((paper.pk, str(paper)) for paper in found), *without]

    return ListSpec(
        key="nhiem-vu",
        title=_("Nhiệm vụ"),
        noun=npgettext_lazy("đếm", "nhiệm vụ", "nhiệm vụ"),
        columns=COLUMNS,
        filters=(
            TextFilter(label=_("Tìm trong nội dung")),
            ChoiceFilter(key="time", label=_("Tình trạng hạn"), choices=TimeState.choices, field="time_state"),
            ChoiceFilter(key="state", label=_("Thực hiện"), choices=WorkState.choices, field="work_state"),
            ChoiceFilter(key="lead", label=_("Chủ trì"), choices=leads),
            LookupFilter(key="paper", label=_("Văn bản giao"), names_of=papers, apply=_by_paper),
            ChoiceFilter(key="assigner", label=_("Cơ quan giao"), choices=assigners),
            DateRangeFilter(key="due", label=_("Thời hạn"), field="deadline_on"),
            FlagFilter(key="mine", label=_("Cơ quan tôi chủ trì"), condition=Q(lead=person.agency_id)),
        ),
        sort="deadline",
        bulk=(BulkAction(label=_("Nhắc việc"), url=reverse_lazy("tasks:remind")),)
        if can(person, Capability.DECIDE_EXTENSION)
        else (),
        empty=Empty(
            title=_("Chưa có nhiệm vụ nào"),
            text=_("Nhiệm vụ có khi một văn bản đã soát được xác nhận, hoặc khi nhập bằng tay."),
            url=reverse_lazy("documents:list"),
            button=_("Mở danh sách văn bản"),
        ),
    )


@require_GET
def task_list(request: HttpRequest) -> HttpResponseBase:
    """All tasks that the person may see; groups are reached from their tasks."""
    person, on = person_of(request), today()
    calendar = office_calendar()
    parts = Participant.objects.select_related("agency").order_by("pk")
    tasks = (
        with_time_state(followed(visible_tasks(person)), on=on, soon_until=soon_until(calendar, on=on))
        .select_related("lead", "assigner", "paper", "parent")
        .prefetch_related(Prefetch("participants", parts))
    )
    return render_list(
        request,
        task_spec(person),
        tasks,
        template="tasks/list.html",
        context={"may_enter": can(person, Capability.ASSIGN_TASKS)},
        decorate=lambda rows: hang_due(rows, on=on, calendar=calendar),
    )
