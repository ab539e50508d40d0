"""Search over everything: without marks, symbols first, only what the person may see."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from lxml import html

from khoithong.office.accounts.models import Person, Role
from khoithong.office.agencies.models import Agency
from khoithong.office.documents.models import PaperRecipient, Reading
from khoithong.office.reports import search
from khoithong.office.reports.marking import excerpt, highlighted
from khoithong.office.reports.search import MOST_WORDS, Among, asked, groups_of
from tests.factories import AT, make_agency, make_paper, make_person, make_task
from tests.office.pages import assert_accessible

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Person:
    return make_person(Role.COORDINATOR, agency=make_agency("Văn phòng Đề án"))


def titles(client: Client, person: Person, query: str) -> list[str]:
    client.force_login(person)
    text = client.get(f"/tim-kiem/?{query}").content.decode()
    assert_accessible(text)
    return [hit.text_content().strip() for hit in html.document_fromstring(text).xpath("//ul[@class='hits']/li/p[1]")]


def found(person: Person, text: str, among: Among = Among.ALL) -> list[str]:
    return [str(hit.title) for group in groups_of(person, asked(text), among, page="1") for hit in group.hits]


@pytest.mark.parametrize("text", ["de an 06", "Đề án 06", "ĐỀ  ÁN", "06 an de", "đe an"])
def test_words_are_found_without_marks_in_any_order(coordinator: Person, client: Client, text: str) -> None:
    make_paper("1/UBND-TN", subject="Về triển khai Đề án 06")
    make_paper("2/UBND-TN", subject="Về phòng cháy")
    make_task("Báo cáo kết quả Đề án 06")
    make_task("Trồng cây")
    agencies = [] if "06" in text else ["Văn phòng Đề án"]
    assert titles(client, coordinator, f"q={text}") == ["Công văn số 1/UBND-TN", "Báo cáo kết quả Đề án 06", *agencies]


def test_a_paper_asked_for_by_its_symbol_stands_first(coordinator: Person, client: Client) -> None:
    make_paper("99/UBND-TN", subject="Thay văn bản 8/UBND-TN", issued_on=date(2023, 12, 31))
    make_paper("8/UBND-TN", subject="Cũ hơn", issued_on=date(2023, 1, 1))
    assert titles(client, coordinator, "q=8 / ubnd-TN")[:1] == ["Công văn số 8/UBND-TN"]
    assert titles(client, coordinator, "q=8/ubnd-tn")[:2] == ["Công văn số 8/UBND-TN", "Công văn số 99/UBND-TN"]


def test_words_side_by_side_stand_before_words_apart(coordinator: Person) -> None:
    make_task("Văn bản số 06 về đề tài", assigned_on=date(2023, 12, 1))
    make_task("Kết quả Đề án 06", assigned_on=date(2023, 1, 1))
    make_paper("1/A", subject="Án văn 06, đề tài", issued_on=date(2023, 12, 1))
    make_paper("2/A", subject="Đề án 06", issued_on=date(2023, 1, 1))
    assert [text.rpartition("số ")[2] for text in found(coordinator, "de an 06", Among.PAPERS)] == ["2/A", "1/A"]
    assert found(coordinator, "đề án 06", Among.TASKS)[0].startswith("Kết quả")


def test_only_what_the_person_may_see_is_found(client: Client) -> None:
    own, other = make_agency("Sở Riêng"), make_agency("Sở Kín")
    officer = make_person(agency=own)
    make_paper("1/BM", holder=other, subject="Bí mật dữ liệu")
    Reading.objects.create(
        paper=make_paper("2/BM", holder=other), text="toàn văn dữ liệu", reader_version="1", read_at=AT
    )
    make_task("Dữ liệu của người khác", lead=other)
    received = make_paper("3/BM", holder=other, subject="Gửi cho ta: dữ liệu")
    PaperRecipient.objects.create(paper=received, agency=own)
    make_task("Dữ liệu của ta", lead=own)

    assert titles(client, officer, "q=du lieu") == ["Công văn số 3/BM", "Dữ liệu của ta"]
    assert titles(client, officer, "q=du lieu&in=texts") == []


def test_full_texts_are_found_with_the_place(coordinator: Person, client: Client) -> None:
    paper = make_paper("5/UBND-TN", subject="Không nói gì")
    text = "Mở đầu. " * 60 + "Giao Sở Thử rà soát dữ liệu đất đai. " + "Kết thúc. " * 60
    Reading.objects.create(paper=paper, text=text, reader_version="1", read_at=AT)
    client.force_login(coordinator)
    page = client.get("/tim-kiem/?q=dat+dai&in=texts").content.decode()
    assert_accessible(page)
    assert "<mark>đất</mark> <mark>đai</mark>" in page
    assert "… " in page
    assert titles(client, coordinator, "q=dat dai") == []


def test_agencies_are_found_by_any_name_once(coordinator: Person) -> None:
    agency: Agency = make_agency("Sở Khoa học Thử", short_name="KHT")
    agency.names.create(text="Ban Khoa học Thử", use="variant")
    assert found(coordinator, "kht", Among.AGENCIES) == ["Sở Khoa học Thử"]
    assert len(found(coordinator, "khoa hoc", Among.AGENCIES)) == 1


@pytest.mark.parametrize("text", ["", " ", "\u0301"])
def test_nothing_asked_finds_nothing(client: Client, coordinator: Person, text: str) -> None:
    make_paper()
    client.force_login(coordinator)
    page = client.get("/tim-kiem/", {"q": text}).content.decode()
    assert "Gõ điều cần tìm" in page
    assert_accessible(page)


@pytest.mark.parametrize("text", ["%", "_", "100%", "'; DROP TABLE", "\\", "(", "a" * 500])
def test_odd_letters_are_letters(client: Client, coordinator: Person, text: str) -> None:
    make_paper("1/UBND", subject="Giảm 100% hồ sơ")
    assert titles(client, coordinator, f"q={text.replace('%', '%25')}") == (
        ["Công văn số 1/UBND"] if text in ("%", "100%") else []
    )


def test_results_come_in_pages_and_no_more_than_the_most(
    client: Client, coordinator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST", 30)
    for number in range(31):
        make_task(f"Việc chung {number:02d}")
    assert len(titles(client, coordinator, "q=viec chung")) == 5
    assert len(titles(client, coordinator, "q=viec chung&in=tasks")) == 25
    assert len(titles(client, coordinator, "q=viec chung&in=tasks&page=2")) == 5
    assert len(titles(client, coordinator, "q=viec chung&in=tasks&page=x")) == 25
    assert "hơn 30 kết quả" in client.get("/tim-kiem/?q=viec chung").content.decode()


def test_an_unknown_kind_is_everything(client: Client, coordinator: Person) -> None:
    make_task("Việc chung")
    assert titles(client, coordinator, "q=viec chung&in=nonsense") == ["Việc chung"]


@pytest.mark.parametrize("count", [1, 3])
def test_search_asks_as_often_for_three_as_for_one(
    coordinator: Person, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_paper(f"{number}/UBND-CHUNG", subject="Việc chung")
        make_task("Việc chung")
        make_agency(f"Sở Việc chung {number}")
    person = Person.objects.get(pk=coordinator.pk)
    with django_assert_num_queries(7):  # roles; for each of three kinds the keys and the rows
        groups_of(person, asked("viec chung"), Among.ALL, page="1")


def test_a_long_question_is_cut() -> None:
    assert len(asked(" ".join(f"từ{number}" for number in range(50))).words) == MOST_WORDS


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Đề án 06", ["de", "06"], "<mark>Đề</mark> án <mark>06</mark>"),
        ("Đề án", ["de an"], "<mark>Đề án</mark>"),
        ("a<b>&", ["b"], "a&lt;<mark>b</mark>&gt;&amp;"),
        ("De\u0302\u0300 án", ["de"], "<mark>Đề</mark> án".replace("Đ", "D")),
        ("không", ["x"], "không"),
        ("văn bản của Đề án", ["an"], "văn bản của Đề <mark>án</mark>"),
        ("cán bộ ở Anh", ["an"], "cán bộ ở <mark>An</mark>h"),
        ("văn bản", ["an"], "văn bản"),
        ("9102/UBND", ["102"], "9<mark>102</mark>/UBND"),
        ("8/UBND-NC", ["ubnd"], "8/<mark>UBND</mark>-NC"),
        ("không", [], "không"),
        ("a.b", ["."], "a<mark>.</mark>b"),
    ],
)
def test_what_was_found_is_marked_and_all_is_escaped(text: str, words: list[str], expected: str) -> None:
    assert highlighted(text, words) == expected


def test_an_excerpt_without_a_hit_is_the_beginning() -> None:
    assert str(excerpt("một hai " * 100, ["xyz"])).startswith("một hai")
    assert excerpt("", ["x"]) == ""
