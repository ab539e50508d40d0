"""The dashboard: right figures, each a way to its tasks, only what the person may see, few queries for many rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from lxml import html
from pytest_django.asserts import assertContains, assertNotContains

from khoithong.office.accounts.models import Person, Role
from khoithong.office.agencies.models import Agency
from khoithong.office.base import clock
from khoithong.office.documents.models import Paper
from khoithong.office.reports.board import STATES, By, board_of, sorted_lines
from khoithong.office.reports.queries import board, end_of_week, owed_by_week
from khoithong.office.tasks.models import Participant, Task, WorkState
from tests.factories import AT, ON, make_agency, make_paper, make_person, make_task
from tests.office.pages import assert_accessible

pytestmark = pytest.mark.django_db
SOON = ON + timedelta(days=3)
PAST, LATER = ON - timedelta(days=1), ON + timedelta(days=60)
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock.timezone, "now", lambda: AT)


@pytest.fixture
def coordinator() -> Person:
    return make_person(Role.COORDINATOR, agency=make_agency("Văn phòng Đề án"))


@pytest.fixture
def health() -> Agency:
    return make_agency("Sở Y tế Thử")


@pytest.fixture
def schools() -> Agency:
    return make_agency("Sở Giáo dục Thử")


def one_of_each(lead: Agency, paper: Paper | None = None) -> None:
    """One task in each time state."""
    paper = paper or make_paper()
    done = {"work_state": WorkState.DONE, "paper": paper, "lead": lead}
    make_task(lead=lead, paper=paper, deadline_on=PAST)
    make_task(lead=lead, paper=paper, deadline_on=ON)
    make_task(lead=lead, paper=paper, deadline_on=LATER)
    make_task(lead=lead, paper=paper)
    make_task(deadline_on=ON, done_on=LATER, **done)
    make_task(deadline_on=ON, done_on=ON, **done)


def figures(text: str) -> dict[str, list[str]]:
    """Row head -> its figures, in the order of the columns."""
    rows = html.document_fromstring(text).xpath("//table[contains(@class, 'board')]//tr[th[@scope='row']]")
    return {row.xpath("string(th)").strip(): [cell.text_content() for cell in row.xpath("td")][:7] for row in rows}


def page(client: Client, person: Person, query: str = "") -> str:
    client.force_login(person)
    text = client.get(f"/?{query}").content.decode()
    assert_accessible(text)
    return text


def test_each_state_is_counted_by_agency(client: Client, coordinator: Person, health: Agency, schools: Agency) -> None:
    one_of_each(health)
    make_task(lead=schools, deadline_on=PAST)
    make_task(is_group=True)

    assert figures(page(client, coordinator)) == {
        "Sở Giáo dục Thử": ["1", "0", "0", "0", "0", "0", "1"],
        "Sở Y tế Thử": ["1", "1", "1", "1", "1", "1", "6"],
        "Tất cả": ["2", "1", "1", "1", "1", "1", "7"],
    }


def test_each_state_is_counted_by_directive(client: Client, coordinator: Person, health: Agency) -> None:
    paper = make_paper("12/UBND-TN", subject="Về dữ liệu dân cư")
    one_of_each(health, paper)
    make_task(lead=health, deadline_on=PAST)
    orphan = make_task(lead=health, deadline_on=PAST)
    Task.objects.filter(pk=orphan.pk).update(paper=None, origin_note="Giao tại cuộc họp giao ban")

    found = figures(page(client, coordinator, "by=paper"))

    assert found["Công văn số 12/UBND-TN: Về dữ liệu dân cư"] == ["1", "1", "1", "1", "1", "1", "6"]
    assert found["Không có văn bản giao"] == ["1", "0", "0", "0", "0", "0", "1"]
    assert found["Tất cả"][0] == "3"


def test_the_first_line_says_it_in_words(client: Client, coordinator: Person, health: Agency, schools: Agency) -> None:
    for _number in range(3):
        make_task(lead=health, deadline_on=PAST)
    make_task(lead=schools, deadline_on=PAST)
    make_task(lead=schools, deadline_on=ON)
    client.force_login(coordinator)
    response = client.get("/")

    line = html.document_fromstring(response.content.decode()).xpath("string(//p[@class='first-line'])")
    assert " ".join(line.split()) == (
        "4 nhiệm vụ quá hạn, trong đó 3 nhiệm vụ của Sở Y tế Thử. 1 nhiệm vụ sắp đến hạn."
    )
    assertContains(response, f"?lead={health.pk}&amp;time=overdue")


def test_nothing_overdue_is_said(client: Client, coordinator: Person, health: Agency) -> None:
    make_task(lead=health, deadline_on=LATER)
    assert "Không có nhiệm vụ quá hạn." in page(client, coordinator)


def test_an_office_without_tasks_is_shown_the_way_to_the_first(client: Client, coordinator: Person) -> None:
    text = page(client, coordinator)
    assert "Chưa có nhiệm vụ nào được theo dõi." in text
    assert "<table" not in text


def test_every_figure_leads_to_its_tasks(client: Client, coordinator: Person, health: Agency) -> None:
    one_of_each(health)
    paper = Paper.objects.get(tasks__lead=health, tasks__work_state=WorkState.DONE, tasks__done_on=ON)
    for query, filtered in (("", f"lead={health.pk}"), ("by=paper", f"paper={paper.pk}")):
        root = html.document_fromstring(page(client, coordinator, query))
        links = root.xpath("//table[contains(@class, 'board')]/tbody//td/a/@href")
        assert [link.partition("?")[2] for link in links] == [
            *(f"{filtered}&time={state}" for state in STATES),
            filtered,
        ]
        sums = root.xpath("//table[contains(@class, 'board')]/tfoot//td/a/@href")
        assert [link.partition("?")[2] for link in sums] == [*(f"time={state}" for state in STATES), ""]


def tasks_behind(client: Client, address: str) -> int:
    return int(
        html.document_fromstring(client.get(address).content.decode()).xpath("string(//p[@class='total']/strong)")
    )


@pytest.mark.parametrize("query", ["", "by=paper"])
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OFFICER])
def test_behind_a_figure_are_as_many_tasks_as_it_says(
    client: Client, health: Agency, schools: Agency, query: str, role: Role
) -> None:
    one_of_each(health)
    one_of_each(schools)
    make_task(lead=health, deadline_on=PAST, work_state=WorkState.AWAITING, offered_on=PAST)
    orphan = make_task(lead=health, deadline_on=PAST)
    Task.objects.filter(pk=orphan.pk).update(paper=None, origin_note="Giao tại cuộc họp giao ban")
    make_task(is_group=True, assigner=health)
    root = html.document_fromstring(page(client, make_person(role, agency=health), query))
    figures_with_links = root.xpath("//table[contains(@class, 'board')]//td/a")
    assert len(figures_with_links) >= 14
    for figure in figures_with_links:
        assert tasks_behind(client, figure.get("href")) == int(figure.text), figure.get("href")


def test_behind_the_week_is_what_must_be_done_in_it(client: Client, health: Agency) -> None:
    for _number in range(10):
        make_task(lead=health, deadline_on=ON)
    one_of_each(health)
    make_task(lead=health, deadline_on=ON, work_state=WorkState.AWAITING, offered_on=ON)
    root = html.document_fromstring(page(client, make_person(agency=health)))
    (link,) = root.xpath("//a[contains(., 'phải xong trong tuần')]/@href")
    assert tasks_behind(client, link) == 12


def test_an_officer_sees_only_the_tasks_of_the_own_agency(client: Client, health: Agency, schools: Agency) -> None:
    officer = make_person(agency=health)
    make_task(lead=health, deadline_on=PAST)
    shared = make_task(lead=schools, deadline_on=ON)
    Participant.objects.create(task=shared, agency=health)
    for _number in range(5):
        make_task(lead=schools, deadline_on=PAST)

    found = figures(page(client, officer))

    assert found["Sở Y tế Thử"][0] == "1"
    assert found["Sở Giáo dục Thử"] == ["0", "1", "0", "0", "0", "0", "1"]
    assert found["Tất cả"] == ["1", "1", "0", "0", "0", "0", "2"]


@pytest.mark.parametrize(
    ("sort", "first"),
    [("overdue", "Sở Y tế Thử"), ("name", "Sở Giáo dục Thử"), ("total", "Sở Giáo dục Thử"), ("x", "Sở Y tế Thử")],
)
def test_the_rows_are_sorted_by_any_column(
    client: Client, coordinator: Person, health: Agency, schools: Agency, sort: str, first: str
) -> None:
    make_task(lead=health, deadline_on=PAST)
    make_task(lead=schools, deadline_on=LATER)
    make_task(lead=schools, deadline_on=LATER)
    assert next(iter(figures(page(client, coordinator, f"sort={sort}")))) == first


@pytest.mark.parametrize("query", ["", "by=paper"])
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OFFICER])
def test_the_dashboard_asks_as_often_for_three_agencies_as_for_one(
    client: Client, query: str, role: Role, django_assert_max_num_queries: Any
) -> None:
    home = make_agency()
    person = make_person(role, agency=home)
    client.force_login(person)
    asked = []
    for _agency in range(3):
        one_of_each(home)
        one_of_each(make_agency())
        with django_assert_max_num_queries(MOST_QUERIES) as captured:
            client.get(f"/?{query}")
        asked.append(len(captured))
    assert asked[0] == asked[1] == asked[2]


def test_the_week_of_the_person_holds_what_is_late_and_what_is_due(health: Agency, schools: Agency) -> None:
    officer = make_person(agency=health)
    sunday = end_of_week(ON)
    late = make_task("đã trễ", lead=health, deadline_on=PAST)
    due = make_task("trong tuần", lead=health, deadline_on=sunday)
    make_task("tuần sau", lead=health, deadline_on=sunday + timedelta(days=1))
    make_task("cơ quan khác", lead=schools, deadline_on=ON)
    make_task("xong", lead=health, deadline_on=ON, work_state=WorkState.DONE, done_on=ON)
    make_task("chờ xác nhận", lead=health, deadline_on=ON, work_state=WorkState.AWAITING, offered_on=ON)
    make_task("không hạn", lead=health)
    assert list(owed_by_week(officer, on=ON, soon_until=SOON)) == [late, due]


@pytest.mark.parametrize(
    ("on", "sunday"),
    [
        (date(2023, 11, 20), date(2023, 11, 26)),
        (date(2023, 11, 26), date(2023, 11, 26)),
        (date(2023, 11, 27), date(2023, 12, 3)),
    ],
)
def test_a_week_ends_on_its_sunday(on: date, sunday: date) -> None:
    assert end_of_week(on) == sunday


def test_the_week_is_shown_with_what_is_left_of_it(client: Client, health: Agency) -> None:
    officer = make_person(agency=health)
    for number in range(10):
        make_task(f"Việc số {number}", lead=health, deadline_on=ON + timedelta(days=1))
    client.force_login(officer)
    response = client.get("/")
    assertContains(response, "Việc số 7")
    assertNotContains(response, "Việc số 8")
    assertContains(response, "thứ Năm, 23/11/2023")
    assertContains(response, "còn 1 ngày làm việc")
    assertContains(response, "Xem tất cả việc phải xong trong tuần")


@pytest.mark.parametrize(
    ("at", "overdue"),
    [
        (datetime(2023, 11, 22, 16, 59, tzinfo=UTC), 0),
        (datetime(2023, 11, 22, 17, 0, tzinfo=UTC), 1),
    ],
)
def test_a_task_is_overdue_from_midnight_in_viet_nam(
    client: Client, coordinator: Person, monkeypatch: pytest.MonkeyPatch, at: datetime, overdue: int
) -> None:
    monkeypatch.setattr(clock.timezone, "now", lambda: at)
    make_task(deadline_on=date(2023, 11, 22))
    assert figures(page(client, coordinator))["Tất cả"][0] == str(overdue)


def test_on_a_saturday_friday_s_deadline_is_not_said_to_be_today(
    client: Client, health: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock.timezone, "now", lambda: datetime(2023, 11, 25, 3, tzinfo=UTC))
    make_task("Việc hôm qua", lead=health, deadline_on=date(2023, 11, 24))
    client.force_login(make_person(agency=health))
    response = client.get("/")
    assertContains(response, "quá hạn, chưa hết một ngày làm việc")
    assertNotContains(response, "đến hạn hôm nay")


def test_strangers_are_sent_to_sign_in(client: Client, settings: Any) -> None:
    settings.LOGIN_URL = "/dang-nhap/"
    assert client.get("/").status_code == 302


def test_names_are_escaped(client: Client, coordinator: Person) -> None:
    make_task(lead=make_agency("<b>Sở</b>"), deadline_on=PAST)
    make_task(lead=make_agency("Sở & Ban"), deadline_on=LATER)
    text = page(client, coordinator)
    assert "<b>Sở" not in text
    assert "Sở &amp; Ban" in text


def test_a_board_of_nothing_has_no_worst_row() -> None:
    empty = board_of(By.AGENCY, {}, {})
    assert (empty.total, empty.longest, empty.worst, sorted_lines(empty, "overdue")) == (0, 0, None, [])


def test_the_board_asks_twice(
    coordinator: Person, health: Agency, django_assert_num_queries: Callable[[int], Any]
) -> None:
    one_of_each(health)
    one_of_each(make_agency())
    coordinator.grants.all()
    with django_assert_num_queries(3):  # roles, counts, names
        board(coordinator, By.AGENCY, on=ON, soon_until=SOON)
