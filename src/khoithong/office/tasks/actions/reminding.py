"""Reminding the lead of a task: it stands in the task's story and among what waits for the lead until it reports."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khoithong.office.accounts.models import Person
from khoithong.office.base.actions import Forbidden, Refused, recorded, register_verbs
from khoithong.office.base.clock import local_date
from khoithong.office.tasks.models import Task
from khoithong.office.tasks.parties import may_remind
from khoithong.office.tasks.queries import TO_DO, visible_tasks

register_verbs({"tasks.reminded": gettext_lazy("Nhắc việc")})


def remind_task(*, by: Person, task: Task, at: datetime) -> Task:
    """Reminds the lead of an open task, once a day. Raises Forbidden, Refused.

    Takes no version and gives none: a reminder changes nothing that somebody could be writing at the same time.
    """
    with recorded(verb="tasks.reminded", by=by, at=at) as record:
        found = visible_tasks(by).select_for_update().filter(pk=task.pk, is_group=False).first()
        if found is None or not may_remind(by, found):
            raise Forbidden(_("Chỉ cơ quan giao hoặc đầu mối Đề án 06 nhắc việc."))
        if found.work_state not in TO_DO:
            raise Refused(_("Nhiệm vụ không ở trạng thái đang phải làm nên không nhắc."))
        today = local_date(at)
        if found.reminded_on == today:
            raise Refused(_("Hôm nay đã nhắc nhiệm vụ này."))
        found.reminded_on = today
        found.save(update_fields=["reminded_on"])
        record.about(found, summary=str(found.lead))
    return found
