"""The open tasks of an agency that is gone go to the one that succeeded it, with all that was done about them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khoithong.office.accounts.models import Person
from khoithong.office.accounts.permissions import Capability, require
from khoithong.office.agencies.models import Agency, Succession
from khoithong.office.base.actions import Refused, recorded, register_verbs
from khoithong.office.base.clock import local_date
from khoithong.office.tasks.actions.steering import change_lead
from khoithong.office.tasks.models import Task
from khoithong.office.tasks.succession import heritage, succession_of

register_verbs({"tasks.passed_on": gettext_lazy("Chuyển cho cơ quan kế thừa")})


def pass_tasks_on(
    *, by: Person, predecessor: Agency, successor: Agency, at: datetime, fingerprint: str | None = None
) -> list[Task]:
    """Passes on every open task of `predecessor` that `by` may pass on (`succession.heritage`), all or none of them.

    The state, the reports, a proof offered and a request for more time stay: the successor takes the work up where it
    stands. Each task gets an entry of its own, in its own story. `fingerprint`: that of the preview; where a task was
    changed since, nothing is written. Raises Forbidden, Refused.
    """
    require(by, Capability.DECIDE_EXTENSION)
    with transaction.atomic():
        # Locked before they are looked at: who changes one of them meanwhile waits, or is seen.
        list(Task.objects.select_for_update().filter(lead=predecessor).order_by("pk").values_list("pk"))
        link = succession_of(predecessor, successor, on=local_date(at))
        if link is None:
            raise Refused(
                _("%(successor)s chưa được ghi là cơ quan kế thừa của %(predecessor)s vào ngày này.")
                % {"successor": successor, "predecessor": predecessor}
            )
        found = heritage(by, predecessor, successor, on=local_date(at))
        if fingerprint is not None and fingerprint != found.fingerprint:
            raise Refused(
                _("Các nhiệm vụ này vừa thay đổi sau khi bạn mở trang. Chưa chuyển gì; hãy xem lại rồi chuyển."),
                code="conflict",
            )
        if not found.passing:
            raise Refused(_("Không có nhiệm vụ nào để chuyển."))
        for task in found.passing:
            _pass_on(task, link, by=by, at=at)
    return list(found.passing)


def _pass_on(task: Task, link: Succession, *, by: Person, at: datetime) -> None:
    with recorded(verb="tasks.passed_on", by=by, at=at) as record:
        old, new = change_lead(task, link.successor)
        task.version += 1
        task.save()
        since = f"kế thừa từ {link.on:%d/%m/%Y}"
        words = ", ".join(part for part in (since, link.source) if part)
        record.about(task, summary=f"{old} → {new} ({words})", lead=[old, new])
