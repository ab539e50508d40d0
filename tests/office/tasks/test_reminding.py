"""Reminding: by the assigning side, once a day, of what is still to be done; gone when the lead reports."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from khoithong.office.accounts.models import Role
from khoithong.office.base.actions import Forbidden, Refused, story_of
from khoithong.office.base.models import AuditEntry
from khoithong.office.tasks import actions
from khoithong.office.tasks.models import Task, WorkState
from khoithong.office.tasks.queries import due_reminders
from tests.office.tasks import things
from tests.office.tasks.things import AT, TODAY

pytestmark = pytest.mark.django_db


def test_the_lead_is_reminded_until_it_reports() -> None:
    chief, officer = things.person("UBND tỉnh Thử", Role.HEAD), things.person("Sở A", Role.OFFICER)
    task = things.task()
    assert due_reminders(officer, on=TODAY) == []

    actions.remind_task(by=chief, task=task, at=AT)

    assert [(found.task, found.step) for found in due_reminders(officer, on=TODAY)] == [(task, None)]
    assert story_of(task).get().verb == "tasks.reminded"
    with pytest.raises(Refused, match="Hôm nay đã nhắc"):
        actions.remind_task(by=chief, task=task, at=AT)
    actions.report_progress(by=officer, task=task, version=1, percent=5, text="đang làm", at=AT)
    assert due_reminders(officer, on=TODAY) == []


@pytest.mark.parametrize("state", [WorkState.DONE, WorkState.AWAITING, WorkState.SUSPENDED, WorkState.REFUSED])
def test_only_what_is_to_be_done_is_reminded_of(state: WorkState) -> None:
    with pytest.raises(Refused):
        actions.remind_task(by=things.person("UBND tỉnh Thử", Role.HEAD), task=things.task(work_state=state), at=AT)
    assert not AuditEntry.objects.exists()


def test_others_remind_nobody() -> None:
    task = things.task()
    for agency, roles in (
        ("Sở A", (Role.HEAD, Role.OFFICER)),
        ("Sở B", (Role.HEAD,)),
        ("UBND tỉnh Thử", (Role.OFFICER,)),
        ("UBND tỉnh Thử", (Role.HEAD, Role.AUDITOR)),
    ):
        with pytest.raises(Forbidden):
            actions.remind_task(by=things.person(agency, *roles), task=task, at=AT)
    assert Task.objects.get().reminded_on is None


def test_chosen_rows_are_reminded_of_and_the_others_named(client: Client) -> None:
    open_task, done = things.task(), things.task(work_state=WorkState.DONE)
    foreign = things.task(assigner=things.agency("UBND huyện Thử"))
    client.force_login(things.person("UBND tỉnh Thử", Role.HEAD))
    address = reverse("tasks:remind")
    rows = {"selected": [open_task.pk, done.pk, foreign.pk], "next": "/nhiem-vu/?time=overdue"}

    response = client.post(address, rows, follow=True)

    assert response.redirect_chain[-1][0] == "/nhiem-vu/?time=overdue"
    assert "Đã nhắc 1 nhiệm vụ" in response.content.decode()
    assert list(Task.objects.filter(reminded_on__isnull=False)) == [open_task]
    assert client.post(address, {"next": "https://example.org/"}).url == reverse("tasks:list")
    client.force_login(things.person("Sở A", Role.OFFICER))
    assert client.post(address, rows).status_code == 403
