"""Co-ordinators and followers, changed after a task was laid: who may, who then sees what, what stays in its story."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from khoithong.office.accounts.models import Person, Role
from khoithong.office.base.actions import Forbidden, Refused, story_of
from khoithong.office.documents.models import PaperRecipient
from khoithong.office.documents.queries import visible_papers
from khoithong.office.tasks import actions
from khoithong.office.tasks.models import Participant, Task, WorkState
from khoithong.office.tasks.parties import acts_open_to
from khoithong.office.tasks.queries import visible_tasks
from khoithong.office.tasks.states import Act
from tests.office.pages import assert_accessible
from tests.office.tasks import things
from tests.office.tasks.things import AT

pytestmark = pytest.mark.django_db

Part = Participant.Part


@pytest.fixture
def chief() -> Person:
    return things.person("UBND tỉnh Thử", Role.HEAD)


def change(by: Person, task: Task, **given: Any) -> Task:
    values = {"version": task.version, "coordinators": [], "followers": [], "reason": "theo đề nghị", **given}
    return actions.change_participants(by=by, task=task, at=AT, **values)


def parts(task: Task) -> dict[str, str]:
    return {str(part): part.part for part in Participant.objects.filter(task=task)}


def test_who_is_added_sees_the_task_and_its_paper_and_who_is_left_out_no_longer_the_task(chief: Person) -> None:
    task = things.task(paper=things.paper())
    old, new, watcher = (things.person(name, Role.OFFICER) for name in ("Sở Cũ", "Sở Mới", "Sở Xem"))
    stranger = things.person("Sở Ngoài", Role.OFFICER)
    Participant.objects.create(task=task, agency=old.agency)
    PaperRecipient.objects.create(paper=task.paper, agency=old.agency)
    Participant.objects.create(task=task, words="các đơn vị liên quan")
    assert not visible_tasks(new).exists()
    change(chief, task, coordinators=[new.agency], followers=[watcher.agency])
    assert parts(task) == {"Sở Mới": "coordinate", "Sở Xem": "follow", "các đơn vị liên quan": "coordinate"}
    for person in (new, watcher):
        assert list(visible_tasks(person)) == [task]
        assert list(visible_papers(person)) == [task.paper]
        assert acts_open_to(person, task) == ()
    assert not visible_tasks(old).exists()
    assert list(visible_papers(old)) == [task.paper]
    assert not visible_tasks(stranger).exists()
    assert not visible_papers(stranger).exists()


def test_it_is_one_entry_that_says_who_and_why(chief: Person) -> None:
    task = things.task(work_state=WorkState.IN_PROGRESS)
    a, b = things.agency("Sở Bạn"), things.agency("Sở Cạnh")
    Participant.objects.create(task=task, agency=a)
    change(chief, task, followers=[a, b], reason="  họp ngày 27 ")
    (entry,) = story_of(task)
    assert entry.verb == "tasks.participants_changed"
    assert entry.summary == "Thôi phối hợp: Sở Bạn; Thêm theo dõi: Sở Bạn, Sở Cạnh. họp ngày 27"
    assert entry.data["before"] == {"coordinate": ["Sở Bạn"], "follow": []}
    assert entry.data["after"] == {"coordinate": [], "follow": ["Sở Bạn", "Sở Cạnh"]}
    task.refresh_from_db()
    assert (task.work_state, task.version) == (WorkState.IN_PROGRESS, 2)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"coordinators": ["Sở Bạn"], "reason": " "}, "reason"),
        ({"coordinators": ["Sở A"]}, "coordinators"),
        ({"followers": ["Sở A"]}, "followers"),
        ({"coordinators": ["Sở Bạn"], "followers": ["Sở Bạn"]}, "followers"),
        ({"coordinators": ["Sở Cũ"]}, "coordinators"),
    ],
)
def test_nothing_is_written_where_it_makes_no_sense(chief: Person, given: dict[str, Any], field: str) -> None:
    task = things.task()
    Participant.objects.create(task=task, agency=things.agency("Sở Cũ"))
    given = {k: [things.agency(name) for name in v] if isinstance(v, list) else v for k, v in given.items()}
    with pytest.raises(Refused) as refusal:
        change(chief, task, **given)
    assert refusal.value.field == field
    assert parts(task) == {"Sở Cũ": "coordinate"}
    assert not story_of(task).exists()


def test_who_comes_second_is_told(chief: Person) -> None:
    task = things.task()
    change(chief, task, coordinators=[things.agency("Sở Bạn")])
    with pytest.raises(actions.Stale):
        change(chief, task, version=1, followers=[things.agency("Sở Cạnh")])
    assert parts(task) == {"Sở Bạn": "coordinate"}


@pytest.mark.parametrize(
    ("agency", "role"),
    [
        ("Sở A", Role.HEAD),
        ("Sở Bạn", Role.HEAD),
        ("Sở Ngoài", Role.HEAD),
        ("UBND tỉnh Thử", Role.OFFICER),
        ("UBND tỉnh Thử", Role.CLERK),
        ("UBND tỉnh Thử", Role.AUDITOR),
        ("UBND tỉnh Thử", Role.ADMINISTRATOR),
    ],
)
def test_the_assigning_side_alone_may(agency: str, role: Role) -> None:
    task = things.task()
    Participant.objects.create(task=task, agency=things.agency("Sở Bạn"))
    person = things.person(agency, role)
    assert Act.PARTICIPATE not in acts_open_to(person, task)
    with pytest.raises(Forbidden):
        change(person, task, coordinators=[person.agency])
    assert parts(task) == {"Sở Bạn": "coordinate"}


def test_the_coordinator_of_the_office_may_for_the_province() -> None:
    task = things.task()
    change(things.person("Văn phòng", Role.COORDINATOR), task, followers=[things.agency("Sở Bạn")])
    assert parts(task) == {"Sở Bạn": "follow"}


def test_a_done_task_keeps_who_took_part(chief: Person) -> None:
    task = things.task(work_state=WorkState.DONE)
    with pytest.raises(Refused):
        change(chief, task, followers=[things.agency("Sở Bạn")])


def test_the_page_of_the_task_offers_it_and_shows_who_takes_part(chief: Person, client: Client) -> None:
    task = things.task()
    a, b = things.agency("Sở Bạn"), things.agency("Sở Cạnh")
    Participant.objects.create(task=task, agency=a)
    client.force_login(chief)
    page = client.get(reverse("tasks:detail", args=[task.pk])).content.decode()
    assert_accessible(page)
    assert "Đổi cơ quan phối hợp, theo dõi" in page
    sent = {"participate-version": 1, "participate-coordinators": [a.pk], "participate-followers": [b.pk]}
    address = reverse("tasks:act", args=[task.pk, "participate"])
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert_accessible(refused.content.decode())
    assert client.post(address, {**sent, "participate-reason": "để biết"}).status_code == 302
    page = client.get(reverse("tasks:detail", args=[task.pk])).content.decode()
    assert "<dt>Theo dõi</dt>" in page
    assert parts(task) == {"Sở Bạn": "coordinate", "Sở Cạnh": "follow"}
