"""The states of a task as a table: from where, by which act, to where, and by whom. Nothing else moves a task.

The last state, done, is left only by reopening; from every other one a task can still be done. A group has no state of
its own. Acts that leave the state as it is (asking for more time, correcting) are in the table too: it also says in
which states they may be done and by whom.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from khoithong.office.tasks.models import WorkState


class Party(Enum):
    """On which side of a task a person stands; `tasks.parties.parties_of` finds it."""

    LEAD = "lead"
    ASSIGNER = "assigner"
    COORDINATOR = "coordinator"


BY_LEAD = frozenset({Party.LEAD})
BY_ASSIGNER = frozenset({Party.ASSIGNER})
BY_EITHER = frozenset({Party.ASSIGNER, Party.COORDINATOR})
"""The assigning body, or the co-ordinator of Đề án 06 who keeps the tasks for it. More time is the assigner's alone."""


class Act(TextChoices):
    """What can be done with a task, in the words of its button."""

    REPORT = "report", _("Báo cáo tiến độ")
    OFFER = "offer", _("Trình minh chứng hoàn thành")
    WITHDRAW = "withdraw", _("Rút minh chứng")
    CONFIRM = "confirm", _("Xác nhận hoàn thành")
    RETURN = "return", _("Trả lại, yêu cầu làm lại")
    ASK_EXTENSION = "ask_extension", _("Xin gia hạn")
    GRANT_EXTENSION = "grant_extension", _("Đồng ý gia hạn")
    DENY_EXTENSION = "deny_extension", _("Không đồng ý gia hạn")
    REFUSE = "refuse", _("Từ chối nhận nhiệm vụ")
    INSIST = "insist", _("Giữ nguyên việc giao")
    SUSPEND = "suspend", _("Tạm dừng")
    RESUME = "resume", _("Cho làm tiếp")
    REASSIGN = "reassign", _("Giao cơ quan khác chủ trì")
    CORRECT = "correct", _("Đính chính")
    REOPEN = "reopen", _("Mở lại nhiệm vụ")


# Without stubs of Django a type checker takes the members of its choices for tuples.
_W: Any = WorkState
_A: Any = Act


@dataclass(frozen=True)
class Move:
    """One line of the table."""

    source: WorkState
    act: Act
    target: WorkState
    parties: frozenset[Party]


def _moves() -> Iterable[Move]:
    waiting, working, redo = _W.NOT_STARTED, _W.IN_PROGRESS, _W.REDO
    for state in (waiting, working, redo):
        yield Move(state, _A.REPORT, working, BY_LEAD)
        yield Move(state, _A.OFFER, _W.AWAITING, BY_LEAD)
        yield Move(state, _A.SUSPEND, _W.SUSPENDED, BY_EITHER)
        yield Move(state, _A.REASSIGN, waiting, BY_EITHER)
    for state in (waiting, working):
        yield Move(state, _A.REFUSE, _W.REFUSED, BY_LEAD)
    yield Move(_W.AWAITING, _A.WITHDRAW, working, BY_LEAD)
    yield Move(_W.AWAITING, _A.CONFIRM, _W.DONE, BY_EITHER)
    yield Move(_W.AWAITING, _A.RETURN, redo, BY_EITHER)
    yield Move(_W.SUSPENDED, _A.RESUME, working, BY_EITHER)
    yield Move(_W.SUSPENDED, _A.REASSIGN, waiting, BY_EITHER)
    yield Move(_W.REFUSED, _A.INSIST, waiting, BY_EITHER)
    yield Move(_W.REFUSED, _A.REASSIGN, waiting, BY_EITHER)
    yield Move(_W.DONE, _A.REOPEN, redo, BY_EITHER)
    for state in (waiting, working, redo, _W.SUSPENDED):
        yield Move(state, _A.ASK_EXTENSION, state, BY_LEAD)
    for state in _W:
        if state is not _W.DONE:
            yield Move(state, _A.GRANT_EXTENSION, state, BY_ASSIGNER)
            yield Move(state, _A.DENY_EXTENSION, state, BY_ASSIGNER)
            yield Move(state, _A.CORRECT, state, BY_EITHER)


TABLE: dict[tuple[WorkState, Act], Move] = {(move.source, move.act): move for move in _moves()}
"""Every lawful move by the state it starts from and the act."""
