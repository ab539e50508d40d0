"""The office's own days: set by the administrator with a reason, counted at once, given back."""

from __future__ import annotations

from datetime import date

import pytest

from khoithong.office.accounts.models import Role
from khoithong.office.base.actions import Forbidden, Refused
from khoithong.office.base.models import AuditEntry
from khoithong.office.tasks.actions import clear_calendar_day, set_calendar_day
from khoithong.office.tasks.models import CalendarDay
from khoithong.office.tasks.queries import office_calendar
from tests.office.tasks import things
from tests.office.tasks.things import AT

pytestmark = pytest.mark.django_db
STORM = date(2023, 11, 29)


def test_a_day_is_set_said_anew_and_given_back() -> None:
    admin = things.person("Văn phòng Thử", Role.ADMINISTRATOR)
    assert office_calendar().is_working(STORM)
    set_calendar_day(by=admin, day=STORM, is_working=False, note="nghỉ tránh bão", at=AT)
    assert not office_calendar().is_working(STORM)
    day = set_calendar_day(by=admin, day=STORM, is_working=True, note="bão tan", at=AT)
    assert CalendarDay.objects.get().note == "bão tan"
    clear_calendar_day(by=admin, day=day, at=AT)
    assert not CalendarDay.objects.exists()
    assert AuditEntry.objects.count() == 3
    with pytest.raises(Refused):
        clear_calendar_day(by=admin, day=day, at=AT)


def test_a_day_has_a_reason() -> None:
    admin = things.person("Văn phòng Thử", Role.ADMINISTRATOR)
    with pytest.raises(Refused) as refusal:
        set_calendar_day(by=admin, day=STORM, is_working=False, note=" ", at=AT)
    assert refusal.value.field == "note"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.HEAD, Role.AUDITOR])
def test_only_the_administrator_sets_days(role: Role) -> None:
    day = CalendarDay.objects.create(day=STORM, is_working=False, note="x")
    other = things.person("Văn phòng Thử", role)
    with pytest.raises(Forbidden):
        set_calendar_day(by=other, day=STORM, is_working=True, note="x", at=AT)
    with pytest.raises(Forbidden):
        clear_calendar_day(by=other, day=day, at=AT)
    assert not CalendarDay.objects.get().is_working
