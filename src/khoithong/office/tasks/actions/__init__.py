"""What may be done to tasks. Each is one transaction, checks permission and state, and leaves one audit entry."""

from khoithong.office.tasks.actions.assigning import Choices, add_task, assign_tasks
from khoithong.office.tasks.actions.calendar import clear_calendar_day, set_calendar_day
from khoithong.office.tasks.actions.following import (
    ask_extension,
    confirm_completion,
    deny_extension,
    grant_extension,
    offer_proof,
    report_progress,
    return_proof,
    withdraw_proof,
)
from khoithong.office.tasks.actions.frame import Stale
from khoithong.office.tasks.actions.joining import change_participants
from khoithong.office.tasks.actions.passing import pass_tasks_on
from khoithong.office.tasks.actions.reminding import remind_task
from khoithong.office.tasks.actions.steering import (
    correct_task,
    insist_on_task,
    reassign_task,
    refuse_task,
    reopen_task,
    resume_task,
    suspend_task,
)

__all__ = [
    "Choices",
    "Stale",
    "add_task",
    "ask_extension",
    "assign_tasks",
    "change_participants",
    "clear_calendar_day",
    "confirm_completion",
    "correct_task",
    "deny_extension",
    "grant_extension",
    "insist_on_task",
    "offer_proof",
    "pass_tasks_on",
    "reassign_task",
    "refuse_task",
    "remind_task",
    "reopen_task",
    "report_progress",
    "resume_task",
    "return_proof",
    "set_calendar_day",
    "suspend_task",
    "withdraw_proof",
]
