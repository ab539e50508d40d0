"""The states of a task as a table: from where, by which act, to where, and by whom. Nothing else moves a task.

The last state, done, is left only by reopening; from every other one a task can still be done. A group has no state of
its own. Acts that leave the state as it is (asking for more time, correcting) are in the table too: it also says in
which states they may be done and by whom.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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


class Act(StrEnum):
    """What can be done with a task."""

    REPORT = "report"
    OFFER = "offer"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    RETURN = "return"
    ASK_EXTENSION = "ask_extension"
    GRANT_EXTENSION = "grant_extension"
    DENY_EXTENSION = "deny_extension"
    REFUSE = "refuse"
    INSIST = "insist"
    SUSPEND = "suspend"
    RESUME = "resume"
    REASSIGN = "reassign"
    PARTICIPATE = "participate"
    CORRECT = "correct"
    REOPEN = "reopen"

    @property
    def label(self) -> str:
        """The words of its button."""
        return str(_WORDS[self])


_WORDS = {
    Act.REPORT: _("Báo cáo tiến độ"),
    Act.OFFER: _("Trình minh chứng hoàn thành"),
    Act.WITHDRAW: _("Rút minh chứng"),
    Act.CONFIRM: _("Xác nhận hoàn thành"),
    Act.RETURN: _("Trả lại, yêu cầu làm lại"),
    Act.ASK_EXTENSION: _("Xin gia hạn"),
    Act.GRANT_EXTENSION: _("Đồng ý gia hạn"),
    Act.DENY_EXTENSION: _("Không đồng ý gia hạn"),
    Act.REFUSE: _("Từ chối nhận nhiệm vụ"),
    Act.INSIST: _("Giữ nguyên việc giao"),
    Act.SUSPEND: pgettext_lazy("việc làm", "Tạm dừng"),
    Act.RESUME: _("Cho làm tiếp"),
    Act.REASSIGN: _("Giao cơ quan khác chủ trì"),
    Act.PARTICIPATE: _("Đổi cơ quan phối hợp, theo dõi"),
    Act.CORRECT: _("Đính chính"),
    Act.REOPEN: _("Mở lại nhiệm vụ"),
}

# Without stubs of Django a type checker takes the members of its choices for tuples.
_W: Any = WorkState


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
        yield Move(state, Act.REPORT, working, BY_LEAD)
        yield Move(state, Act.OFFER, _W.AWAITING, BY_LEAD)
        yield Move(state, Act.SUSPEND, _W.SUSPENDED, BY_EITHER)
        yield Move(state, Act.REASSIGN, waiting, BY_EITHER)
    for state in (waiting, working):
        yield Move(state, Act.REFUSE, _W.REFUSED, BY_LEAD)
    yield Move(_W.AWAITING, Act.WITHDRAW, working, BY_LEAD)
    yield Move(_W.AWAITING, Act.CONFIRM, _W.DONE, BY_EITHER)
    yield Move(_W.AWAITING, Act.RETURN, redo, BY_EITHER)
    yield Move(_W.SUSPENDED, Act.RESUME, working, BY_EITHER)
    yield Move(_W.SUSPENDED, Act.REASSIGN, waiting, BY_EITHER)
    yield Move(_W.REFUSED, Act.INSIST, waiting, BY_EITHER)
    yield Move(_W.REFUSED, Act.REASSIGN, waiting, BY_EITHER)
    yield Move(_W.DONE, Act.REOPEN, redo, BY_EITHER)
    for state in (waiting, working, redo, _W.SUSPENDED):
        yield Move(state, Act.ASK_EXTENSION, state, BY_LEAD)
    for state in _W:
        if state is not _W.DONE:
            yield Move(state, Act.GRANT_EXTENSION, state, BY_ASSIGNER)
            yield Move(state, Act.DENY_EXTENSION, state, BY_ASSIGNER)
            yield Move(state, Act.PARTICIPATE, state, BY_EITHER)
            yield Move(state, Act.CORRECT, state, BY_EITHER)


TABLE: dict[tuple[WorkState, Act], Move] = {(move.source, move.act): move for move in _moves()}
"""Every lawful move by the state it starts from and the act."""
