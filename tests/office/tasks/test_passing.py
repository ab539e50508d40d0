"""After a succession: what may be passed on, by whom, what stays with it; counts on the page of an agency."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from khoithong.office.accounts.models import Person, Role
from khoithong.office.agencies.models import Agency, Kind, Succession
from khoithong.office.base import clock
from khoithong.office.base.actions import Forbidden, Refused, story_of
from khoithong.office.base.models import AuditEntry
from khoithong.office.documents.queries import visible_papers
from khoithong.office.tasks import actions
from khoithong.office.tasks.models import Extension, Participant, Task, WorkState
from khoithong.office.tasks.queries import visible_tasks
from khoithong.office.tasks.succession import heritage
from tests.office.pages import assert_accessible
from tests.office.tasks import things
from tests.office.tasks.things import AT, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief() -> Person:
    return things.person("UBND tỉnh Thử", Role.HEAD)


@pytest.fixture
def old() -> Agency:
    return things.agency("Sở A")


@pytest.fixture
def new(old: Agency) -> Agency:
    successor = things.agency("Sở Mới")
    Succession.objects.create(predecessor=old, successor=successor, on=TODAY, source="NQ 1")
    return successor


def passed(by: Person, old: Agency, new: Agency, **more: Any) -> list[Task]:
    return actions.pass_tasks_on(by=by, predecessor=old, successor=new, at=AT, **more)


def leads() -> dict[str, str]:
    return {task.action: str(task.lead) for task in Task.objects.filter(is_group=False)}


def test_open_tasks_go_over_as_they_stand(chief: Person, old: Agency, new: Agency) -> None:
    task = things.task(
        action="dở", paper=things.paper(), work_state=WorkState.IN_PROGRESS, percent=60, deadline_on=TODAY
    )
    Participant.objects.create(task=task, agency=new)
    officer, heir = things.person("Sở A", Role.OFFICER), things.person("Sở Mới", Role.OFFICER)
    asked = actions.ask_extension(
        by=officer, task=task, version=1, new_deadline=TODAY + timedelta(days=9), reason="x", at=AT
    )
    things.task(action="xong", work_state=WorkState.DONE)
    things.task(action="của Sở B", lead=things.agency("Sở B"))
    assert passed(chief, old, new) == [task]
    assert leads() == {"dở": "Sở Mới", "xong": "Sở A", "của Sở B": "Sở B"}
    task.refresh_from_db()
    assert (task.work_state, task.percent, task.deadline_on, task.version) == ("in_progress", 60, TODAY, 3)
    asked.refresh_from_db()
    assert asked.state == Extension.State.ASKED
    assert not task.participants.exists()
    assert list(visible_tasks(heir)) == [task]
    assert list(visible_papers(heir)) == [task.paper]
    told, before = story_of(task)
    assert told.summary == "Sở A → Sở Mới (kế thừa từ 28/11/2023, NQ 1)"
    assert (told.verb, told.data, before.verb) == (
        "tasks.passed_on",
        {"lead": ["Sở A", "Sở Mới"]},
        "tasks.extension_asked",
    )


def test_each_task_gets_one_entry(chief: Person, old: Agency, new: Agency) -> None:
    tasks = [things.task(action=f"việc {number}") for number in range(3)]
    passed(chief, old, new)
    assert AuditEntry.objects.filter(verb="tasks.passed_on").count() == 3
    assert [story_of(task).count() for task in tasks] == [1, 1, 1]


def test_a_twin_in_the_same_group_stays_with_its_reason(chief: Person, old: Agency, new: Agency) -> None:
    paper = things.paper()
    duty = things.duty(["Sở A", "Sở Mới"], of=paper)
    twin = things.task(action="chung", paper=paper, finding=duty)
    things.task(action="chung của Sở Mới", paper=paper, finding=duty, lead=new)
    single = things.task(action="riêng")
    found = heritage(chief, old, new, on=TODAY)
    assert (found.passing, found.left) == (
        (single,),
        ((twin, "Cơ quan kế thừa đã có nhiệm vụ này trong cùng nhóm."),),
    )
    assert passed(chief, old, new) == [single]
    assert leads()["chung"] == "Sở A"


def test_what_others_assigned_is_left_to_them(chief: Person, old: Agency, new: Agency) -> None:
    things.task(action="của tỉnh")
    things.task(action="của Sở C", assigner=things.agency("Sở C"))
    passed(chief, old, new)
    assert leads() == {"của tỉnh": "Sở Mới", "của Sở C": "Sở A"}
    with pytest.raises(Refused, match="Không có nhiệm vụ nào"):
        passed(chief, old, new)
    everything = things.person("Văn phòng", Role.COORDINATOR)
    passed(everything, old, new)
    assert set(leads().values()) == {"Sở Mới"}


@pytest.mark.parametrize(
    ("agency", "role"),
    [
        ("Sở A", Role.OFFICER),
        ("Sở Mới", Role.OFFICER),
        ("UBND tỉnh Thử", Role.OFFICER),
        ("UBND tỉnh Thử", Role.CLERK),
        ("UBND tỉnh Thử", Role.AUDITOR),
        ("UBND tỉnh Thử", Role.ADMINISTRATOR),
    ],
)
def test_who_decides_nothing_passes_nothing_on(agency: str, role: Role, old: Agency, new: Agency) -> None:
    things.task(action="việc")
    with pytest.raises(Forbidden):
        passed(things.person(agency, role), old, new)
    assert leads() == {"việc": "Sở A"}


@pytest.mark.parametrize("agency", ["Sở A", "Sở Mới", "Sở Ngoài"])
def test_a_head_passes_on_only_what_the_own_agency_assigned(agency: str, old: Agency, new: Agency) -> None:
    things.task(action="việc")
    with pytest.raises(Refused, match="Không có nhiệm vụ nào"):
        passed(things.person(agency, Role.HEAD), old, new)
    assert leads() == {"việc": "Sở A"}


def test_not_before_the_day_and_to_no_other(chief: Person, old: Agency) -> None:
    things.task(action="việc")
    later, other = things.agency("Sở Sau"), things.agency("Sở Khác")
    Succession.objects.create(predecessor=old, successor=later, on=TODAY + timedelta(days=1))
    for successor in (later, other):
        with pytest.raises(Refused, match="chưa được ghi là cơ quan kế thừa"):
            passed(chief, old, successor)
    assert leads() == {"việc": "Sở A"}


def test_what_changed_since_the_preview_is_shown_again(chief: Person, old: Agency, new: Agency) -> None:
    task = things.task(action="việc")
    seen = heritage(chief, old, new, on=TODAY).fingerprint
    Task.objects.filter(pk=task.pk).update(version=2)
    with pytest.raises(Refused) as refusal:
        passed(chief, old, new, fingerprint=seen)
    assert refusal.value.code == "conflict"
    assert leads() == {"việc": "Sở A"}


def test_the_page_shows_what_will_go_and_does_it(
    chief: Person, old: Agency, new: Agency, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    things.task(action="việc cần chuyển", deadline_on=TODAY)
    client.force_login(chief)
    address = reverse("tasks:pass-on", args=[old.pk, new.pk])
    agency = client.get(reverse("agencies:detail", args=[old.pk])).content.decode()
    assert_accessible(agency)
    assert f'href="{address}"' in agency
    page = client.get(address).content.decode()
    assert_accessible(page)
    assert "Việc cần chuyển" in page
    assert client.post(address, {"fingerprint": "cũ"}).status_code == 409
    assert leads() == {"việc cần chuyển": "Sở A"}
    seen = html.document_fromstring(page).xpath("//input[@name='fingerprint']/@value")[0]
    assert client.post(address, {"fingerprint": seen}).status_code == 302
    assert leads() == {"việc cần chuyển": "Sở Mới"}
    assert_accessible(client.get(address).content.decode())
    assert address not in client.get(reverse("agencies:detail", args=[old.pk])).content.decode()
    assert client.get(reverse("tasks:pass-on", args=[new.pk, old.pk])).status_code == 404


def test_the_page_is_closed_to_who_decides_nothing(old: Agency, new: Agency, client: Client) -> None:
    things.task(action="việc")
    client.force_login(things.person("Sở A", Role.OFFICER))
    assert client.get(reverse("tasks:pass-on", args=[old.pk, new.pk])).status_code == 403
    page = client.get(reverse("agencies:detail", args=[old.pk])).content.decode()
    assert reverse("tasks:pass-on", args=[old.pk, new.pk]) not in page


def test_an_agency_shows_counts_of_what_the_person_sees_as_links_that_keep_their_word(client: Client) -> None:
    a, province = things.agency("Sở A"), things.agency("UBND tỉnh Thử", Kind.PROVINCE)
    things.task(action="quá hạn", deadline_on=date(2023, 11, 1))
    things.task(action="không hạn", paper=things.paper(issuer=province, holder=a))
    things.task(action="của Sở B", lead=things.agency("Sở B"), paper=things.paper("02/UBND", issuer=province))

    def links(person: Person, agency: Agency) -> dict[str, str]:
        client.force_login(person)
        page = client.get(reverse("agencies:detail", args=[agency.pk])).content.decode()
        assert_accessible(page)
        found = html.document_fromstring(page).xpath("//section[@class='panel']//a[contains(@href, '?')]")
        return {" ".join(link.text_content().split()): link.get("href") for link in found}

    assert set(links(things.person("Sở A", Role.OFFICER), a)) == {
        "Chủ trì 2 nhiệm vụ",
        "Quá hạn 1",
        "Không thời hạn 1",
    }
    assert set(links(things.person("Sở A", Role.OFFICER), province)) == {
        "1 văn bản do cơ quan này ban hành",
        "Giao 2 nhiệm vụ",
    }
    assert links(things.person("Sở Ngoài", Role.HEAD), province) == {}
    every = links(things.person("Văn phòng", Role.COORDINATOR), province)
    assert set(every) == {"2 văn bản do cơ quan này ban hành", "Giao 3 nhiệm vụ"}
    for words, href in every.items():
        total = html.document_fromstring(client.get(href).content.decode()).xpath("string(//p[@class='total']/strong)")
        assert total in words
