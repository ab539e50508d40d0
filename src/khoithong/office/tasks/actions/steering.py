"""What changes the course of a task: refusal, pause, another lead, a correction, reopening. Always with a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from khoithong.office.accounts.models import Person
from khoithong.office.agencies.models import Agency
from khoithong.office.base.actions import Refused
from khoithong.office.documents.models import PaperRecipient
from khoithong.office.tasks.actions.frame import Moving, moving, required
from khoithong.office.tasks.models import Extension, Task
from khoithong.office.tasks.states import Act


def refuse_task(*, by: Person, task: Task, version: int, reason: str, at: datetime) -> Task:
    """The lead says that the task is not its own; until the assigning side answers, the deadline runs on."""
    return _with_reason(Act.REFUSE, by=by, task=task, version=version, reason=reason, at=at)


def insist_on_task(*, by: Person, task: Task, version: int, reason: str, at: datetime) -> Task:
    """Answers a refusal: the task stays where it was laid."""
    return _with_reason(Act.INSIST, by=by, task=task, version=version, reason=reason, at=at)


def suspend_task(*, by: Person, task: Task, version: int, reason: str, at: datetime) -> Task:
    """Lets the work rest. The deadline stays as it is: only an extension moves it."""
    return _with_reason(Act.SUSPEND, by=by, task=task, version=version, reason=reason, at=at)


def resume_task(*, by: Person, task: Task, version: int, reason: str, at: datetime) -> Task:
    """Ends the pause."""
    return _with_reason(Act.RESUME, by=by, task=task, version=version, reason=reason, at=at)


def reopen_task(*, by: Person, task: Task, version: int, reason: str, at: datetime) -> Task:
    """Opens a task that was confirmed by mistake; its proof stays in the history."""
    with moving(Act.REOPEN, by=by, task=task, version=version, at=at) as act:
        words = _reason(reason)
        act.says(words, done_on=[act.task.done_on.isoformat() if act.task.done_on else None, None])
        act.task.done_on = None
    return act.task


def _with_reason(deed: Act, *, by: Person, task: Task, version: int, reason: str, at: datetime) -> Task:
    with moving(deed, by=by, task=task, version=version, at=at) as act:
        act.says(_reason(reason))
    return act.task


def _reason(text: str) -> str:
    return required(text, field="reason", message=_("Hãy nêu lý do."))


def reassign_task(*, by: Person, task: Task, version: int, lead: Agency, reason: str, at: datetime) -> Task:
    """Lays the task on another lead, who starts anew; the one before keeps its reports in the history."""
    with moving(Act.REASSIGN, by=by, task=task, version=version, at=at) as act:
        words = _reason(reason)
        if act.task.lead_id == lead.pk:
            raise Refused(_("Cơ quan này đang chủ trì nhiệm vụ. Hãy chọn cơ quan khác."), field="lead")
        old, _new = change_lead(act.task, lead)
        _lapse_extension(act)
        act.task.percent = 0
        act.says(f"{old} → {lead}. {words}", lead=[old, str(lead)])
    return act.task


def correct_task(
    *,
    by: Person,
    task: Task,
    version: int,
    lead: Agency,
    deadline_on: date | None,
    recurrence: str = "",
    reason: str,
    at: datetime,
) -> Task:
    """Mends what was entered wrongly, the lead or the deadline, against the paper; the state of the work stays.

    More time for a deadline that was entered rightly is an extension, and is asked for.
    """
    with moving(Act.CORRECT, by=by, task=task, version=version, at=at) as act:
        words = _reason(reason)
        found = act.task
        if recurrence and deadline_on:
            raise Refused(
                _("Nhiệm vụ định kỳ không có một ngày hạn duy nhất: hãy bỏ một trong hai."), field="deadline_on"
            )
        changes: dict[str, Any] = {}
        if found.lead_id != lead.pk:
            changes["lead"] = list(change_lead(act.task, lead))
        if (found.deadline_on, found.recurrence) != (deadline_on, recurrence):
            changes["deadline_on"] = [_iso(found.deadline_on), _iso(deadline_on)]
            changes["recurrence"] = [found.recurrence, recurrence]
            found.deadline_on, found.recurrence = deadline_on, recurrence
            _lapse_extension(act)
        if not changes:
            raise Refused(_("Chưa có gì khác so với hiện nay."), field="deadline_on")
        act.says(words, **changes)
    return act.task


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def change_lead(task: Task, lead: Agency) -> tuple[str, str]:
    """The step of laying a locked task on another lead, who may see its paper: the names of the old and the new."""
    twin = Task.objects.filter(finding=task.finding_id, lead=lead).exclude(pk=task.pk)
    if task.finding_id and twin.exists():
        raise Refused(_("Cơ quan này đã có nhiệm vụ này trong cùng nhóm."), field="lead")
    old = str(task.lead)
    task.participants.filter(agency=lead).delete()
    task.lead = lead
    if task.paper_id:
        PaperRecipient.objects.get_or_create(paper_id=task.paper_id, agency=lead)
    return old, str(lead)


def _lapse_extension(act: Moving) -> None:
    """An open request for more time speaks of a deadline or a lead that is no more."""
    act.task.extensions.filter(state=Extension.State.ASKED).update(
        state=Extension.State.LAPSED, decided_by=act.by, decided_at=act.at
    )
