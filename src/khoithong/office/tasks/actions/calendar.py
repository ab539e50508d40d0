"""The office's own days in the calendar of working days: set and cleared by the administrator, with the reason."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khoithong.office.accounts.models import Person
from khoithong.office.accounts.permissions import Capability, require
from khoithong.office.base.actions import Refused, recorded, register_verbs
from khoithong.office.tasks.actions.frame import required
from khoithong.office.tasks.models import CalendarDay

register_verbs(
    {
        "tasks.calendar_day_set": gettext_lazy("Điều chỉnh ngày làm việc"),
        "tasks.calendar_day_cleared": gettext_lazy("Bỏ điều chỉnh ngày làm việc"),
    }
)


def set_calendar_day(*, by: Person, day: date, is_working: bool, note: str, at: datetime) -> CalendarDay:
    """Says that `day` is worked, or is not, whatever the national calendar has; what was said before is replaced."""
    require(by, Capability.MANAGE_CALENDAR)
    with recorded(verb="tasks.calendar_day_set", by=by, at=at) as record:
        words = required(note, field="note", message=_("Hãy ghi lý do hoặc văn bản làm căn cứ."))
        before = CalendarDay.objects.filter(day=day).first()
        made, _made = CalendarDay.objects.update_or_create(
            day=day, defaults={"is_working": is_working, "note": words[:255]}
        )
        record.about(
            made,
            summary=f"{'Ngày làm việc' if is_working else 'Ngày nghỉ'}: {words}",
            is_working=[before.is_working if before else None, is_working],
        )
    return made


def clear_calendar_day(*, by: Person, day: CalendarDay, at: datetime) -> None:
    """Gives a day back to the national calendar."""
    require(by, Capability.MANAGE_CALENDAR)
    with recorded(verb="tasks.calendar_day_cleared", by=by, at=at) as record:
        found = CalendarDay.objects.select_for_update().filter(pk=day.pk).first()
        if found is None:
            raise Refused(_("Ngày này đã được bỏ điều chỉnh."))
        record.about(found, summary=found.note, day=found.day.isoformat(), is_working=found.is_working)
        # The entry is written before the row goes, under the number that it had.
        CalendarDay.objects.filter(pk=found.pk).delete()
