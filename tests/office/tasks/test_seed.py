"""The demo office: tasks in every state, and nothing new the second time."""

from __future__ import annotations

from pathlib import Path

import pytest

from khoithong.office.accounts.models import Person
from khoithong.office.accounts.seed import seed_demo as seed_people
from khoithong.office.agencies.seed import seed_demo as seed_agencies
from khoithong.office.base.clock import local_date
from khoithong.office.base.models import AuditEntry
from khoithong.office.documents.actions import receive_file
from khoithong.office.documents.models import Paper, Reading
from khoithong.office.tasks.models import Task, TimeState, WorkState
from khoithong.office.tasks.queries import followed, office_calendar, soon_until, with_time_state
from khoithong.office.tasks.seed import EXAMPLE, seed_demo
from tests.office.tasks.things import AT

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.mark.django_db
def test_the_demo_shows_every_state_and_comes_once() -> None:
    seed_agencies(at=AT)
    seed_people(at=AT)
    by = Person.objects.get(username="dau-moi")
    if not Paper.objects.filter(symbol=EXAMPLE).exists():
        data = (EXAMPLES / "chi-dao-de-an-06.txt").read_bytes()
        receive_file(by=by, data=data, name="chi-dao-de-an-06.txt", at=AT)

    assert seed_demo(at=AT) > 0

    assert Reading.objects.get(paper__symbol=EXAMPLE).state == Reading.State.CONFIRMED
    on = local_date(AT)
    tasks = with_time_state(followed(Task.objects.all()), on=on, soon_until=soon_until(office_calendar(), on=on))
    assert set(tasks.values_list("time_state", flat=True)) == set(TimeState.values)
    assert set(tasks.values_list("work_state", flat=True)) == set(WorkState.values)
    assert Task.objects.filter(is_group=True).exists()

    entries = AuditEntry.objects.count()
    assert seed_demo(at=AT) == 0
    assert AuditEntry.objects.count() == entries
