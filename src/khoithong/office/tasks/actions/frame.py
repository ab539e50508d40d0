"""The frame of every act on one task: the task locked and fresh, the act lawful, one version up, one audit entry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from khoithong.office.accounts.models import Person
from khoithong.office.base.actions import Forbidden, Record, Refused, recorded, register_verbs, story_of
from khoithong.office.tasks.models import Task, WorkState
from khoithong.office.tasks.parties import parties_of
from khoithong.office.tasks.queries import visible_tasks
from khoithong.office.tasks.states import TABLE, Act

VERBS = {
    Act.REPORT: ("tasks.progress_reported", gettext_lazy("Báo cáo tiến độ")),
    Act.OFFER: ("tasks.proof_offered", gettext_lazy("Trình minh chứng hoàn thành")),
    Act.WITHDRAW: ("tasks.proof_withdrawn", gettext_lazy("Rút minh chứng")),
    Act.CONFIRM: ("tasks.completion_confirmed", gettext_lazy("Xác nhận hoàn thành")),
    Act.RETURN: ("tasks.proof_returned", gettext_lazy("Trả lại minh chứng, yêu cầu làm lại")),
    Act.ASK_EXTENSION: ("tasks.extension_asked", gettext_lazy("Xin gia hạn")),
    Act.GRANT_EXTENSION: ("tasks.extension_granted", gettext_lazy("Đồng ý gia hạn")),
    Act.DENY_EXTENSION: ("tasks.extension_denied", gettext_lazy("Không đồng ý gia hạn")),
    Act.REFUSE: ("tasks.refused", gettext_lazy("Từ chối nhận nhiệm vụ")),
    Act.INSIST: ("tasks.insisted", gettext_lazy("Giữ nguyên việc giao")),
    Act.SUSPEND: ("tasks.suspended", pgettext_lazy("việc làm", "Tạm dừng")),
    Act.RESUME: ("tasks.resumed", gettext_lazy("Cho làm tiếp")),
    Act.REASSIGN: ("tasks.reassigned", gettext_lazy("Giao cơ quan khác chủ trì")),
    Act.PARTICIPATE: ("tasks.participants_changed", gettext_lazy("Đổi cơ quan phối hợp, theo dõi")),
    Act.CORRECT: ("tasks.corrected", gettext_lazy("Đính chính nhiệm vụ")),
    Act.REOPEN: ("tasks.reopened", gettext_lazy("Mở lại nhiệm vụ")),
}
register_verbs(dict(VERBS.values()))


class Stale(Refused):
    """Somebody else changed the task since its page was shown; nothing was written."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="conflict")


@dataclass
class Moving:
    """One act under way: the locked task, what the audit entry will say of it, and the moment."""

    task: Task
    record: Record
    by: Person
    at: datetime

    def says(self, summary: str, **data: Any) -> None:
        """The words and figures of the audit entry."""
        self.record.summary = summary
        self.record.data.update(data)


@contextmanager
def moving(act: Act, *, by: Person, task: Task, version: int, at: datetime) -> Iterator[Moving]:
    """Runs one act on `task` as the table of states has it; `version` is that of the task which the person saw.

    Raises Forbidden where the act is not open to the person, Refused where the state does not allow it, Stale where the
    task has been changed since. The row is locked (SQLite locks every write), so that two never both succeed.
    """
    verb, words = VERBS[act]
    with recorded(verb=verb, by=by, at=at) as record:
        fresh = visible_tasks(by).select_for_update().filter(pk=task.pk).first()
        if fresh is None:
            raise Forbidden
        before = WorkState(fresh.work_state)
        move = TABLE.get((before, act))
        if not any(line.act is act and line.parties & parties_of(by, fresh) for line in TABLE.values()):
            raise Forbidden(_("Việc “%(act)s” không thuộc quyền của bạn đối với nhiệm vụ này.") % {"act": words})
        if fresh.version != version:
            raise Stale(_stale_words(fresh))
        if fresh.is_group:
            raise Refused(_("Đây là nhóm nhiệm vụ: hãy làm việc với từng nhiệm vụ của nhóm."))
        if move is None:
            raise Refused(
                _("Nhiệm vụ đang ở trạng thái “%(state)s” nên không thể thực hiện “%(act)s”.")
                % {"state": before.label, "act": words}
            )
        under_way = Moving(task=fresh, record=record, by=by, at=at)
        yield under_way
        fresh.work_state = move.target
        fresh.version += 1
        fresh.save()
        record.about(fresh, summary=record.summary, state=[before.value, move.target.value])


def required(text: str, *, field: str, message: str) -> str:
    """`text` stripped; refused at its field where nothing is left."""
    if stripped := text.strip():
        return stripped
    raise Refused(message, field=field)


def _stale_words(task: Task) -> str:
    last = story_of(task).first()
    if last is None:
        who = _("người khác")
        when = ""
    else:
        who, when = last.actor_name, f"{timezone.localtime(last.at):%H:%M %d/%m/%Y}"
    return _(
        "Nhiệm vụ vừa được thay đổi (%(who)s, %(when)s) sau khi bạn mở trang. Chưa ghi gì; nội dung bạn nhập vẫn còn "
        "trong ô. Hãy xem lại bản mới rồi gửi lại."
    ) % {"who": who, "when": when}
