"""What the lead and the assigning side do with a task on its way: progress, more time, proof, pauses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from khoithong.office.accounts.models import Person
from khoithong.office.base.actions import Refused
from khoithong.office.base.clock import local_date
from khoithong.office.documents.actions import keep_file, share_with
from khoithong.office.documents.actions.registering import Upload
from khoithong.office.documents.models import Paper
from khoithong.office.documents.queries import visible_papers
from khoithong.office.tasks.actions.frame import moving, required
from khoithong.office.tasks.models import Extension, Progress, Proof, Task, TaskFile
from khoithong.office.tasks.states import Act


def report_progress(
    *,
    by: Person,
    task: Task,
    version: int,
    percent: int,
    text: str,
    files: Sequence[Upload] = (),
    at: datetime,
) -> Progress:
    """Tells how far the work has come; a task not yet begun, or sent back, is then under way."""
    with moving(Act.REPORT, by=by, task=task, version=version, at=at) as act:
        words = required(text, field="text", message=_("Hãy ghi kết quả, khó khăn hoặc kiến nghị."))
        if not 0 <= percent <= 100:
            raise Refused(_("Tiến độ là số từ 0 đến 100."), field="percent")
        progress = Progress.objects.create(task=act.task, by=by, at=at, percent=percent, text=words)
        kept = [
            TaskFile(
                task=act.task,
                progress=progress,
                stored=keep_file(file.data, media_type=file.media_type, at=at),
                name=file.name[:255],
            )
            for file in files
        ]
        TaskFile.objects.bulk_create(kept)
        sums = [file.stored_id for file in kept]
        act.says(f"{percent}%: {words}", percent=[act.task.percent, percent], files=sums)
        act.task.percent = percent
        act.task.reminded_on = None
    return progress


def ask_extension(*, by: Person, task: Task, version: int, new_deadline: date, reason: str, at: datetime) -> Extension:
    """Asks the assigning body for more time; at most one request is open."""
    with moving(Act.ASK_EXTENSION, by=by, task=task, version=version, at=at) as act:
        old = act.task.deadline_on
        if old is None:
            raise Refused(_("Nhiệm vụ không có thời hạn một lần nên không có gì để gia hạn."))
        if new_deadline <= old:
            raise Refused(
                _("Thời hạn xin phải sau thời hạn hiện nay (%(old)s).") % {"old": f"{old:%d/%m/%Y}"},
                field="new_deadline",
            )
        if new_deadline < local_date(at):
            raise Refused(_("Thời hạn xin không thể là ngày đã qua."), field="new_deadline")
        words = required(reason, field="reason", message=_("Hãy nêu lý do xin gia hạn."))
        if act.task.extensions.filter(state=Extension.State.ASKED).exists():
            raise Refused(_("Đã có một đề nghị gia hạn đang chờ cơ quan giao trả lời."))
        extension = Extension.objects.create(
            task=act.task, asked_by=by, asked_at=at, old_deadline=old, new_deadline=new_deadline, reason=words
        )
        act.says(f"Từ {old:%d/%m/%Y} đến {new_deadline:%d/%m/%Y}: {words}", extension=extension.pk)
    return extension


def grant_extension(*, by: Person, extension: Extension, version: int, answer: str = "", at: datetime) -> Extension:
    """Gives the time that was asked for; `version` is that of the task."""
    return _decide_extension(Act.GRANT_EXTENSION, by=by, extension=extension, version=version, answer=answer, at=at)


def deny_extension(*, by: Person, extension: Extension, version: int, answer: str, at: datetime) -> Extension:
    """Denies the time that was asked for, saying why; `version` is that of the task."""
    return _decide_extension(Act.DENY_EXTENSION, by=by, extension=extension, version=version, answer=answer, at=at)


def _decide_extension(
    deed: Act, *, by: Person, extension: Extension, version: int, answer: str, at: datetime
) -> Extension:
    with moving(deed, by=by, task=extension.task, version=version, at=at) as act:
        extension = Extension.objects.select_for_update().get(pk=extension.pk)
        if extension.state != Extension.State.ASKED:
            raise Refused(_("Đề nghị gia hạn này đã được trả lời."))
        if extension.asked_by_id == by.pk:
            raise Refused(_("Người xin gia hạn không tự quyết định: cần một người khác của cơ quan giao."))
        granted = deed is Act.GRANT_EXTENSION
        if not granted:
            answer = required(answer, field="answer", message=_("Hãy nêu lý do không đồng ý."))
        extension.state = Extension.State.GRANTED if granted else Extension.State.DENIED
        extension.decided_by, extension.decided_at, extension.answer = by, at, answer.strip()
        extension.save()
        if granted:
            act.task.deadline_on = extension.new_deadline
        old, new = f"{extension.old_deadline:%d/%m/%Y}", f"{extension.new_deadline:%d/%m/%Y}"
        act.says(f"Từ {old} đến {new}. {extension.answer}".strip(), extension=extension.pk)
    return extension


def offer_proof(
    *,
    by: Person,
    task: Task,
    version: int,
    paper: Paper | None = None,
    reason: str = "",
    done_on: date,
    at: datetime,
) -> Proof:
    """Says that the task is done and shows by what: a registered paper, or a stated reason where there is none."""
    with moving(Act.OFFER, by=by, task=task, version=version, at=at) as act:
        words = reason.strip()
        if paper is None and not words:
            raise Refused(
                _("Hãy chọn văn bản chứng minh đã hoàn thành, hoặc nêu lý do vì sao không có văn bản."), field="paper"
            )
        if paper is not None:
            _refuse_unregistered(paper, by=by)
        today = local_date(at)
        if not act.task.assigned_on <= done_on <= today:
            raise Refused(
                _("Ngày hoàn thành phải từ ngày giao (%(from)s) đến hôm nay (%(to)s).")
                % {"from": f"{act.task.assigned_on:%d/%m/%Y}", "to": f"{today:%d/%m/%Y}"},
                field="done_on",
            )
        if paper is not None:
            # Who judges the proof must be able to read it.
            share_with(paper, [act.task.assigner])
        proof = Proof.objects.create(
            task=act.task, paper=paper, reason=words, done_on=done_on, offered_by=by, offered_at=at
        )
        act.task.offered_on, act.task.reminded_on = today, None
        act.says(f"{paper or words} ({done_on:%d/%m/%Y})", proof=proof.pk)
    return proof


def _refuse_unregistered(paper: Paper, *, by: Person) -> None:
    if not visible_papers(by).filter(pk=paper.pk).exists():
        raise Refused(_("Không tìm thấy văn bản này trong các văn bản bạn được xem."), field="paper")
    if not paper.entries.exists():
        raise Refused(_("Văn bản này chưa vào sổ. Hãy đăng ký vào sổ văn bản trước, rồi chọn lại."), field="paper")


def withdraw_proof(*, by: Person, proof: Proof, version: int, at: datetime) -> Proof:
    """Takes an offered proof back: the work goes on."""
    with moving(Act.WITHDRAW, by=by, task=proof.task, version=version, at=at) as act:
        proof = _open_proof(proof)
        proof.state, proof.decided_at = Proof.State.WITHDRAWN, at
        proof.save()
        act.task.offered_on = None
        act.says("", proof=proof.pk)
    return proof


def confirm_completion(*, by: Person, proof: Proof, version: int, answer: str = "", at: datetime) -> Proof:
    """Accepts the proof: the task is done on the day that the proof names. Never by the one who offered it.

    A request for more time that is still open lapses where the work was done in time; where it was not, it has to be
    answered first, since the answer decides between done on time and done late.
    """
    with moving(Act.CONFIRM, by=by, task=proof.task, version=version, at=at) as act:
        proof = _open_proof(proof)
        _refuse_own(proof, by=by)
        task, asked = act.task, act.task.extensions.filter(state=Extension.State.ASKED)
        if task.deadline_on and proof.done_on > task.deadline_on and asked.exists():
            raise Refused(
                _("Cơ quan giao cần trả lời đề nghị gia hạn trước: câu trả lời quyết định đúng hạn hay quá hạn.")
            )
        asked.update(state=Extension.State.LAPSED, decided_by=by, decided_at=at)
        proof.state, proof.decided_by, proof.decided_at, proof.answer = Proof.State.CONFIRMED, by, at, answer.strip()
        proof.save()
        task.offered_on, task.done_on, task.percent = None, proof.done_on, 100
        act.says(f"{proof.done_on:%d/%m/%Y}. {proof.answer}".strip(), proof=proof.pk)
    return proof


def return_proof(*, by: Person, proof: Proof, version: int, answer: str, at: datetime) -> Proof:
    """Sends the proof back, saying what is missing: the work is to be done again."""
    with moving(Act.RETURN, by=by, task=proof.task, version=version, at=at) as act:
        proof = _open_proof(proof)
        _refuse_own(proof, by=by)
        words = required(answer, field="answer", message=_("Hãy nêu điều còn thiếu để đơn vị làm lại."))
        proof.state, proof.decided_by, proof.decided_at, proof.answer = Proof.State.RETURNED, by, at, words
        proof.save()
        act.task.offered_on = None
        act.says(words, proof=proof.pk)
    return proof


def _open_proof(proof: Proof) -> Proof:
    fresh = Proof.objects.select_for_update().get(pk=proof.pk)
    if fresh.state != Proof.State.OFFERED:
        raise Refused(_("Minh chứng này đã được trả lời."))
    return fresh


def _refuse_own(proof: Proof, *, by: Person) -> None:
    if proof.offered_by_id == by.pk:
        raise Refused(_("Người trình minh chứng không tự xác nhận: cần một người khác."))
