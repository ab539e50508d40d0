"""Duties become tasks: those of a reviewed paper all at once, or one that is entered by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khoithong.office.accounts.models import Person
from khoithong.office.accounts.permissions import Capability, can, require
from khoithong.office.agencies.models import Agency
from khoithong.office.base.actions import Forbidden, Refused, recorded, register_verbs
from khoithong.office.base.clock import local_date
from khoithong.office.documents.actions import mark_reading_confirmed, share_with
from khoithong.office.documents.models import Paper, Reading
from khoithong.office.documents.queries import visible_papers
from khoithong.office.tasks.actions.frame import required
from khoithong.office.tasks.models import DutyNote, Participant, Task
from khoithong.office.tasks.plan import Choice, PlannedDuty, PlannedName, assigning_day, plan_for

register_verbs(
    {
        "tasks.assigned": gettext_lazy("Giao nhiệm vụ theo văn bản"),
        "tasks.entered": gettext_lazy("Nhập nhiệm vụ"),
    }
)


@dataclass(frozen=True)
class Choices:
    """What a person decided on the page before assigning: in whose name, and whom every name of the plan means."""

    assigner: Agency
    fingerprint: str
    names: Mapping[str, Choice]


@dataclass(frozen=True)
class _Charge:
    """One body that a duty is laid on, and the words by which the paper names it."""

    lead: Agency
    words: str


def assign_tasks(*, by: Person, paper: Paper, choices: Choices, at: datetime) -> list[Task]:
    """Makes the tasks of all accepted duties of `paper` and closes its review; how they go is in `tasks.plan`.

    A duty of one body is a task, a duty of several a group with a task for each. The bodies charged may see the paper.
    Refused: a second time, while findings are undecided, when the review changed, at each name still open. Of two who
    confirm at once the second waits for the row of the reading, then finds it confirmed.
    """
    require(by, Capability.ASSIGN_TASKS, agency=choices.assigner)
    if not visible_papers(by).filter(pk=paper.pk).exists():
        raise Forbidden
    with recorded(verb="tasks.assigned", by=by, at=at) as record:
        reading = Reading.objects.filter(paper=paper).first()
        if reading is None:
            raise Refused(_("Văn bản này chưa được đọc; hãy nhập nhiệm vụ bằng tay."))
        mark_reading_confirmed(reading=reading, by=by, at=at)
        plan = plan_for(paper, on=assigning_day(paper, today=local_date(at)))
        if plan.fingerprint != choices.fingerprint:
            raise Refused(
                _("Kết quả soát vừa thay đổi sau khi bạn mở trang này. Chưa ghi gì; hãy xem lại rồi xác nhận."),
                code="conflict",
            )
        tasks: list[Task] = []
        notes = 0
        for duty in plan.duties:
            chosen = {name.key: _chosen(name, choices, is_lead=name in duty.leads) for name in duty.names}
            notes += _keep_notes(paper, duty, chosen, by=by, at=at)
            tasks += _lay(paper, duty, chosen, assigner=choices.assigner, at=at)
        count = sum(not task.is_group for task in tasks)
        record.about(paper, summary=f"{count} nhiệm vụ", tasks=[task.pk for task in tasks], notes=notes)
    return tasks


def _chosen(name: PlannedName, choices: Choices, *, is_lead: bool) -> Choice:
    """What stands for a name. Co-ordinators that nobody named stay in the paper's words; a lead must be answered."""
    choice = choices.names.get(name.key, Choice())
    if choice.agencies or choice.note.strip():
        return choice
    if is_lead or name.candidates:
        raise Refused(
            _("Hãy chọn cơ quan cho “%(words)s”, hoặc ghi chú vì sao chưa giao.") % {"words": name.words},
            field=name.key,
        )
    return choice


def _keep_notes(paper: Paper, duty: PlannedDuty, chosen: Mapping[str, Choice], *, by: Person, at: datetime) -> int:
    notes = {name.words: chosen[name.key].note.strip() for name in duty.names if not chosen[name.key].agencies}
    kept = [
        DutyNote(paper=paper, finding=duty.finding, words=words[:500], text=text, by=by, at=at)
        for words, text in notes.items()
        if text
    ]
    DutyNote.objects.bulk_create(kept)
    return len(kept)


def _lay(
    paper: Paper, duty: PlannedDuty, chosen: Mapping[str, Choice], *, assigner: Agency, at: datetime
) -> list[Task]:
    charges: dict[int, _Charge] = {}
    for name in duty.leads:
        for agency in chosen[name.key].agencies:
            charges.setdefault(agency.pk, _Charge(agency, name.words))
    draft = Task(
        paper=paper,
        finding=duty.finding,
        action=duty.action,
        assigner=assigner,
        assigned_on=paper.issued_on or local_date(at),
        conditional=duty.conditional,
        deadline_on=duty.deadline_on,
        deadline_words=duty.deadline_words[:300],
        recurrence=duty.recurrence,
        created_at=at,
    )
    helpers: list[tuple[Agency | None, str]] = []
    for name in duty.coordinators:
        agencies = chosen[name.key].agencies
        helpers += [(agency, name.words) for agency in agencies] or [(None, name.words)]
    return _create(draft, list(charges.values()), helpers)


def _create(draft: Task, charges: Sequence[_Charge], helpers: Iterable[tuple[Agency | None, str]]) -> list[Task]:
    """A task for each charge, under a group where there are several; their co-ordinators; who may see the paper."""
    if not charges:
        return []
    group = None
    if len(charges) > 1:
        words = "; ".join(dict.fromkeys(charge.words for charge in charges if charge.words))
        group = _copy(draft, is_group=True, lead_words=words[:500])
        group.save()
    tasks = [_copy(draft, parent=group, lead=charge.lead, lead_words=charge.words[:500]) for charge in charges]
    for task in tasks:
        task.fill_search()
    Task.objects.bulk_create(tasks)
    helpers = list(helpers)
    Participant.objects.bulk_create(part for task in tasks for part in _participants(task, helpers))
    if draft.paper is not None:
        helping = [agency for agency, _words in helpers if agency is not None]
        share_with(draft.paper, [draft.assigner, *(charge.lead for charge in charges), *helping])
    return [group, *tasks] if group else tasks


def _copy(draft: Task, **changes: object) -> Task:
    fields = [field for field in Task._meta.concrete_fields if field.name not in {"id", *changes}]
    return Task(**{field.attname: getattr(draft, field.attname) for field in fields}, **changes)


def _participants(task: Task, helpers: Iterable[tuple[Agency | None, str]]) -> list[Participant]:
    parts: dict[object, Participant] = {}
    for agency, words in helpers:
        if agency is None or agency.pk != task.lead_id:
            parts.setdefault(agency.pk if agency else words, Participant(task=task, agency=agency, words=words[:500]))
    return list(parts.values())


def add_task(
    *,
    by: Person,
    action: str,
    leads: Sequence[Agency],
    assigner: Agency,
    assigned_on: date,
    paper: Paper | None = None,
    origin_note: str = "",
    deadline_on: date | None = None,
    recurrence: str = "",
    conditional: bool = False,
    coordinators: Sequence[Agency] = (),
    at: datetime,
) -> Task:
    """Enters one duty by hand, from a paper or as it was given (by telephone, in a meeting): the task, or its group.

    Who may assign may enter what the own agency assigns or leads, the co-ordinator of Đề án 06 anything.
    """
    require(by, Capability.ASSIGN_TASKS)
    own_work = bool(leads) and all(lead.pk == by.agency_id for lead in leads)
    if not own_work and not can(by, Capability.ASSIGN_TASKS, agency=assigner):
        raise Refused(_("Bạn chỉ nhập được nhiệm vụ do cơ quan mình giao hoặc chủ trì."), field="assigner")
    with recorded(verb="tasks.entered", by=by, at=at) as record:
        if not leads:
            raise Refused(_("Nhiệm vụ cần một cơ quan chủ trì."), field="leads")
        if paper is None:
            origin_note = required(
                origin_note,
                field="origin_note",
                message=_("Hãy chọn văn bản giao, hoặc ghi nguồn giao (ví dụ: giao qua điện thoại, ai giao, lúc nào)."),
            )
        elif not visible_papers(by).filter(pk=paper.pk).exists():
            raise Refused(_("Không tìm thấy văn bản này trong các văn bản bạn được xem."), field="paper")
        if recurrence and deadline_on:
            raise Refused(_("Nhiệm vụ định kỳ không có một ngày hạn duy nhất."), field="deadline_on")
        if deadline_on and deadline_on < assigned_on:
            raise Refused(_("Thời hạn không thể trước ngày giao."), field="deadline_on")
        if assigned_on > local_date(at):
            raise Refused(_("Ngày giao không thể ở tương lai."), field="assigned_on")
        draft = Task(
            paper=paper,
            origin_note=origin_note.strip(),
            action=required(action, field="action", message=_("Hãy ghi nội dung nhiệm vụ.")),
            assigner=assigner,
            assigned_on=assigned_on,
            conditional=conditional,
            deadline_on=deadline_on,
            recurrence=recurrence,
            created_at=at,
        )
        charges = [_Charge(lead, "") for lead in dict.fromkeys(leads)]
        tasks = _create(draft, charges, [(agency, "") for agency in coordinators])
        record.about(tasks[0], summary=", ".join(str(lead) for lead in leads), tasks=[task.pk for task in tasks])
    return tasks[0]
