"""Who co-ordinates in a task and who follows it, changed after the task was laid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from khoithong.office.accounts.models import Person
from khoithong.office.agencies.models import Agency
from khoithong.office.base.actions import Refused
from khoithong.office.documents.actions import share_with
from khoithong.office.tasks.actions.frame import Moving, moving, required
from khoithong.office.tasks.models import Participant, Task
from khoithong.office.tasks.states import Act

COORDINATE = str(Participant.Part.COORDINATE)
FOLLOW = str(Participant.Part.FOLLOW)


def change_participants(
    *,
    by: Person,
    task: Task,
    version: int,
    coordinators: Sequence[Agency],
    followers: Sequence[Agency],
    reason: str,
    at: datetime,
) -> Task:
    """Lets exactly `coordinators` and `followers` take part in the task, with a reason.

    Who is new may see the task and its paper; who is left out no longer sees the task, while a paper once received
    stays received. What the paper names in words that no agency answers to is left as it is. Raises Forbidden, Refused,
    Stale.
    """
    with moving(Act.PARTICIPATE, by=by, task=task, version=version, at=at) as act:
        words = required(reason, field="reason", message=_("Hãy nêu lý do."))
        wanted = _wanted(act.task, coordinators, followers)
        known = act.task.participants.filter(agency__isnull=False).select_related("agency")
        before = {part.agency: part.part for part in known if part.agency is not None}
        if {agency.pk: part for agency, part in before.items()} == {a.pk: part for a, part in wanted.items()}:
            raise Refused(_("Chưa có gì khác so với hiện nay."), field="coordinators")
        _write(act, before, wanted)
        act.says(f"{_difference(before, wanted)}. {words}", before=_named(before), after=_named(wanted))
    return act.task


def _wanted(task: Task, coordinators: Sequence[Agency], followers: Sequence[Agency]) -> dict[Agency, str]:
    for field, agencies in (("coordinators", coordinators), ("followers", followers)):
        if any(agency.pk == task.lead_id for agency in agencies):
            raise Refused(
                _("%(agency)s đang chủ trì nhiệm vụ này nên không thể vừa phối hợp hay theo dõi.")
                % {"agency": task.lead},
                field=field,
            )
    both = [agency for agency in followers if agency in set(coordinators)]
    if both:
        raise Refused(
            _("%(agency)s đã ở phần phối hợp; mỗi cơ quan chỉ chọn ở một phần.") % {"agency": both[0]},
            field="followers",
        )
    return {**dict.fromkeys(coordinators, COORDINATE), **dict.fromkeys(followers, FOLLOW)}


def _write(act: Moving, before: Mapping[Agency, str], wanted: Mapping[Agency, str]) -> None:
    gone = [agency for agency in before if agency not in wanted]
    act.task.participants.filter(agency__in=gone).delete()
    for agency, part in wanted.items():
        if agency not in before:
            Participant.objects.create(task=act.task, agency=agency, part=part)
        elif before[agency] != part:
            act.task.participants.filter(agency=agency).update(part=part)
    if act.task.paper is not None:
        share_with(act.task.paper, wanted)


def _difference(before: Mapping[Agency, str], wanted: Mapping[Agency, str]) -> str:
    """What is new and what is gone, in words for the audit trail."""
    parts = []
    for part, added, taken in (
        (COORDINATE, "Thêm phối hợp: %(agencies)s", "Thôi phối hợp: %(agencies)s"),
        (FOLLOW, "Thêm theo dõi: %(agencies)s", "Thôi theo dõi: %(agencies)s"),
    ):
        old = {agency for agency, one in before.items() if one == part}
        new = {agency for agency, one in wanted.items() if one == part}
        for words, agencies in ((added, new - old), (taken, old - new)):
            if agencies:
                parts.append(words % {"agencies": ", ".join(sorted(str(agency) for agency in agencies))})
    return "; ".join(parts)


def _named(parts: Mapping[Agency, str]) -> dict[str, list[str]]:
    return {
        str(part): sorted(str(agency) for agency, one in parts.items() if one == part) for part in (COORDINATE, FOLLOW)
    }
