"""Lists: filters, sort, pages, columns and saved views live in the address; the export holds the same rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from lxml import html

from khoithong.office.accounts.models import Person
from khoithong.office.agencies.models import Agency, Kind
from khoithong.office.base.actions import Forbidden, Refused, story_of
from khoithong.office.base.filters import ChoiceFilter, DateRangeFilter, FlagFilter, LookupFilter, TextFilter
from khoithong.office.base.lists import BulkAction, Column, Empty, ListSpec, render_list
from khoithong.office.base.models import AuditEntry, SavedView
from khoithong.office.base.saved_views import drop_view, save_view
from khoithong.office.base.spreadsheets import guarded, row_height
from tests.office.pages import assert_accessible

pytestmark = pytest.mark.django_db
AT = datetime(2023, 11, 22, 3, tzinfo=UTC)

SPEC = ListSpec(
    key="thu",
    title="Cơ quan thử",
    noun="cơ quan",
    columns=(
        Column(key="name", label="Tên", sort="sort_key", lead=True, fixed=True),
        Column(key="kind", label="Loại", value="get_kind_display", sort="kind"),
        Column(key="from", label="Có từ", value="exists_from", sort="exists_from", align="right"),
        Column(key="code", label="Mã", chosen=False),
    ),
    filters=(
        TextFilter(field="names__folded"),
        ChoiceFilter(key="kind", label="Loại", choices=Kind.choices),
        DateRangeFilter(key="from", label="Có từ", field="exists_from"),
        FlagFilter(key="open", label="Còn hoạt động", condition=Q(exists_to__isnull=True)),
    ),
    sort="name",
    empty=Empty(title="Chưa có cơ quan nào", text="Nạp danh mục trước."),
    bulk=(BulkAction(label="Gộp", url="/gop/", ask="Gộp các cơ quan này?"),),
)


@pytest.fixture
def person() -> Person:
    home = make("Văn phòng Ủy ban", kind=Kind.OTHER)
    return Person.objects.create(username="binh", full_name="Trần Thị Bình", agency=home)


def make(name: str, **values: Any) -> Agency:
    values.setdefault("kind", Kind.DEPARTMENT)
    agency = Agency.objects.create(code=f"a{Agency.objects.count()}", name=name, **values)
    agency.names.create(text=name, use="official")
    return agency


def ask(person: Person, query: str = "", spec: ListSpec = SPEC, rows: Any = None) -> HttpResponseBase:
    request: HttpRequest = RequestFactory().get("/thu/?" + query)
    request.user = person
    return render_list(request, spec, Agency.objects.exclude(kind=Kind.OTHER) if rows is None else rows)


def page_of(person: Person, query: str = "", **kwargs: Any) -> str:
    response = ask(person, query, **kwargs)
    text = response.content.decode()  # type: ignore[attr-defined]
    assert_accessible(text)
    return text


def order_of(text: str, names: Iterable[str]) -> list[str]:
    return sorted((name for name in names if f">{name}<" in text), key=lambda name: text.index(f">{name}<"))


NAMES = ("Sở Đất đai", "Sở Dân tộc", "Công an tỉnh", "Sở Ẩm thực")


@pytest.fixture
def agencies(person: Person) -> list[Agency]:
    return [
        make(NAMES[0], exists_from=date(2023, 1, 1)),
        make(NAMES[1], exists_from=date(2023, 6, 30)),
        make(NAMES[2], kind=Kind.VERTICAL, exists_to=date(2024, 1, 1)),
        make(NAMES[3], exists_from=date(2023, 7, 1)),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Công an tỉnh", "Sở Ẩm thực", "Sở Dân tộc", "Sở Đất đai"]),
        ("sort=-name", ["Sở Đất đai", "Sở Dân tộc", "Sở Ẩm thực", "Công an tỉnh"]),
        ("sort=from", ["Sở Đất đai", "Sở Dân tộc", "Sở Ẩm thực", "Công an tỉnh"]),
        ("sort=-from", ["Sở Ẩm thực", "Sở Dân tộc", "Sở Đất đai", "Công an tỉnh"]),
        ("sort=code", ["Công an tỉnh", "Sở Ẩm thực", "Sở Dân tộc", "Sở Đất đai"]),
        ("sort=-password", ["Công an tỉnh", "Sở Ẩm thực", "Sở Dân tộc", "Sở Đất đai"]),
        ("q=dat+DAI", ["Sở Đất đai"]),
        ("q=an+tinh+cong", ["Công an tỉnh"]),
        ("q=+", ["Công an tỉnh", "Sở Ẩm thực", "Sở Dân tộc", "Sở Đất đai"]),
        ("kind=vertical", ["Công an tỉnh"]),
        ("kind=vertical&kind=department&q=so", ["Sở Ẩm thực", "Sở Dân tộc", "Sở Đất đai"]),
        ("kind=nonsense", ["Công an tỉnh", "Sở Ẩm thực", "Sở Dân tộc", "Sở Đất đai"]),
        ("from_from=2023-06-30", ["Sở Ẩm thực", "Sở Dân tộc"]),
        ("from_to=2023-06-30", ["Sở Dân tộc", "Sở Đất đai"]),
        ("from_from=2023-06-30&from_to=2023-06-30", ["Sở Dân tộc"]),
        ("from_from=30/06/2023&from_to=30-6-2023", ["Sở Dân tộc"]),
        ("from_from=2023-02-31", ["Công an tỉnh", "Sở Ẩm thực", "Sở Dân tộc", "Sở Đất đai"]),
        ("open=1", ["Sở Ẩm thực", "Sở Dân tộc", "Sở Đất đai"]),
        ("page=99999999999999999999", ["Công an tỉnh", "Sở Ẩm thực", "Sở Dân tộc", "Sở Đất đai"]),
    ],
)
@pytest.mark.usefixtures("agencies")
def test_the_address_says_which_rows_in_which_order(person: Person, query: str, expected: list[str]) -> None:
    assert order_of(page_of(person, query), NAMES) == expected


@pytest.mark.usefixtures("agencies")
def test_a_day_in_the_address_stands_in_its_field_as_people_here_write_it(person: Person) -> None:
    text = page_of(person, "from_from=2023-06-05&from_to=31/02/2023")
    fields = html.document_fromstring(text)
    assert fields.xpath("//form[@data-list-form]//input[@name='from_from']/@value") == ["05/06/2023"]
    assert fields.xpath("//form[@data-list-form]//input[@name='from_to']/@value") == ["31/02/2023"]
    assert fields.xpath("//form[@data-list-form]//input[@name='from_to']/@aria-invalid") == ["true"]
    assert not fields.xpath("//form[@data-list-form]//input[@name='from_from']/@aria-invalid")
    assert "Có từ: trong lịch không có ngày 31/02/2023." in text


@pytest.mark.parametrize(
    ("query", "is_open"),
    [("", False), ("q=so&sort=-name", False), ("kind=", False), ("kind=vertical", True), ("from_to=31/02/2023", True)],
)
def test_on_a_telephone_filters_are_folded_unless_one_is_set(person: Person, query: str, is_open: bool) -> None:
    (fold,) = html.document_fromstring(page_of(person, query)).xpath("//form[@data-list-form]/details")
    assert ("open" in fold.attrib) is is_open


def test_where_there_is_only_a_search_nothing_folds(person: Person) -> None:
    text = page_of(person, spec=replace(SPEC, filters=SPEC.filters[:1]))
    assert not html.document_fromstring(text).xpath("//form[@data-list-form]/details")


@pytest.mark.usefixtures("agencies")
def test_each_filter_in_force_is_a_chip_that_takes_it_away(person: Person) -> None:
    text = page_of(person, "kind=department&from_from=2023-06-30&from_to=2023-07-01&sort=-name&page=2")
    assert "Loại: Sở, ban, ngành" in text
    assert "Có từ từ 30/06/2023 đến 01/07/2023" in text
    assert 'href="?kind=department&amp;sort=-name"' in text
    assert 'href="?sort=-name"' in text


@pytest.mark.usefixtures("agencies")
def test_a_head_sorts_and_says_how_it_is_sorted(person: Person) -> None:
    text = page_of(person, "kind=department&sort=name&page=2")
    assert 'aria-sort="ascending"' in text
    assert 'href="?kind=department&amp;sort=-name"' in text
    assert 'href="?kind=department&amp;sort=from"' in text


@pytest.mark.usefixtures("agencies")
def test_columns_are_chosen_in_the_address_and_fixed_ones_stay(person: Person) -> None:
    def labels(query: str) -> list[str]:
        text = page_of(person, query)
        return [label for label in ("Tên", "Loại", "Có từ", "Mã") if f'data-label="{label}"' in text]

    assert labels("") == ["Tên", "Loại", "Có từ"]
    assert labels("cols=code") == ["Tên", "Mã"]
    assert labels("cols=kind,code") == ["Tên", "Loại", "Mã"]
    assert labels("cols=kind&cols=code") == ["Tên", "Loại", "Mã"]
    assert labels("cols=password") == ["Tên", "Loại", "Có từ"]


@pytest.mark.parametrize(("size", "rows"), [("", 25), ("50", 30), ("7", 25), ("x", 25)])
def test_a_page_holds_one_of_three_sizes(person: Person, size: str, rows: int) -> None:
    for number in range(30):
        make(f"Sở {number}")
    text = page_of(person, f"size={size}")
    assert text.count('name="selected"') == rows
    assert "<strong>30</strong> cơ quan" in text


def test_no_rows_at_all_and_no_rows_that_fit_are_said_apart(person: Person) -> None:
    assert "Chưa có cơ quan nào" in page_of(person)
    text = page_of(person, "kind=vertical&sort=-name")
    assert "Không có dòng nào khớp bộ lọc" in text
    assert 'href="?sort=-name"' in text


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_as_often_for_three_rows_as_for_one(
    person: Person, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        make(f"Sở {number}")
    request = RequestFactory().get("/thu/?kind=department")
    request.user = Person.objects.select_related("agency").get(pk=person.pk)
    with django_assert_num_queries(4):  # how many, the rows, the saved views, the roles (for the sections)
        render_list(request, SPEC, Agency.objects.exclude(kind=Kind.OTHER))


def test_choices_asked_of_the_database_are_asked_once(person: Person, django_assert_num_queries: Any) -> None:
    asked = []

    def kinds() -> list[tuple[str, str]]:
        asked.append(1)
        return [("department", "Sở")]

    make("Sở Một")
    spec = ListSpec(
        key="k",
        title="T",
        noun="n",
        columns=SPEC.columns,
        filters=(ChoiceFilter(key="kind", label="Loại", choices=kinds),),
    )
    page_of(person, "kind=department", spec=spec)
    page_of(person, "", spec=spec)
    assert len(asked) == 2


def looked_up(person: Person, query: str, asked: list[list[str]]) -> str:
    def names_of(keys: Sequence[str]) -> list[tuple[int, str]]:
        asked.append(list(keys))
        return list(Agency.objects.filter(pk__in=[key for key in keys if key.isdecimal()]).values_list("pk", "name"))

    lookup = LookupFilter(key="agency", label="Cơ quan", names_of=names_of, field="pk")
    return page_of(person, query, spec=replace(SPEC, filters=(lookup,)))


def test_things_too_many_to_list_are_looked_up_by_the_address(person: Person, agencies: list[Agency]) -> None:
    asked: list[list[str]] = []
    first, second = agencies[0], agencies[1]
    assert order_of(looked_up(person, f"agency={first.pk}&agency={second.pk}", asked), NAMES) == [NAMES[1], NAMES[0]]
    assert asked == [[str(first.pk), str(second.pk)]]
    assert f"Cơ quan: {first.name}" in looked_up(person, f"agency={first.pk}", asked)


@pytest.mark.parametrize("query", ["", "agency=", "agency=x", "agency=999999", "agency=" + "9" * 50])
@pytest.mark.usefixtures("agencies")
def test_a_look_up_that_finds_nothing_narrows_nothing(person: Person, query: str) -> None:
    text = looked_up(person, query, [])
    assert len(order_of(text, NAMES)) == 4
    assert "filter-agency" not in text


def test_what_rows_say_is_escaped(person: Person) -> None:
    make("<script>Sở</script>")
    text = page_of(person, "q=<b>x&kind=vertical")
    assert "<b>x" not in text
    assert "<script>Sở" not in page_of(person)


def body_of(response: Any) -> bytes:
    body = b"".join(response.streaming_content)
    for close in response._resource_closers:  # response.close() would end the request, and with it the connection
        close()
    return body


@pytest.mark.usefixtures("agencies")
def test_the_spreadsheet_holds_the_filtered_rows_in_their_order(person: Person) -> None:
    response = ask(person, "kind=department&sort=-name&cols=from&export=xlsx&page=2&size=25")
    sheet = openpyxl.load_workbook(io.BytesIO(body_of(response))).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ["Tên", "Có từ"]
    assert [row[0] for row in rows[1:]] == ["Sở Đất đai", "Sở Dân tộc", "Sở Ẩm thực"]
    assert rows[1][1] == datetime(2023, 1, 1)  # noqa: DTZ001 - a spreadsheet knows no zones
    assert response.headers["Content-Disposition"] == 'attachment; filename="thu.xlsx"'


def test_nothing_in_an_export_is_run_as_a_formula(person: Person) -> None:
    make('=HYPERLINK("http://a","Sở")')
    make("+84 Sở")
    sheet = openpyxl.load_workbook(io.BytesIO(body_of(ask(person, "export=xlsx")))).active
    assert sheet is not None
    assert [cell.data_type for cell in sheet["A"]] == ["s", "s", "s"]
    lines = list(csv.reader(io.StringIO(body_of(ask(person, "export=csv")).decode("utf-8-sig"))))
    assert sorted(line[0] for line in lines[1:]) == ["'+84 Sở", '\'=HYPERLINK("http://a","Sở")']


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\t=1", "'\t=1"),
        (-1, "-1"),
        (None, ""),
        (True, "Có"),
        (date(2023, 11, 24), "24/11/2023"),
        (datetime(2023, 11, 23, 17, 30, tzinfo=UTC), "24/11/2023 00:30"),
        ("Sở", "Sở"),
    ],
)
def test_values_in_csv(value: Any, written: str) -> None:
    assert guarded(value) == written


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        ([("", 10)], 1),
        ([], 1),
        ([(None, 10), (5, 10)], 1),
        ([("một hai", 10)], 1),
        ([("một hai ba bốn", 10)], 2),
        ([("một\nhai", 10), ("ba", 10)], 2),
        ([("\n\n", 10)], 3),
        ([("dài" * 20, 10)], 6),
    ],
)
def test_a_row_is_as_high_as_its_longest_cell(cells: list[tuple[Any, float]], lines: int) -> None:
    assert row_height(cells, points=10) == lines * 10 + 2


def test_a_row_is_not_higher_than_a_sheet_allows() -> None:
    assert row_height([("x\n" * 1000, 10)]) == 409


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_empty_export_has_its_heads(person: Person, kind: str) -> None:
    body = body_of(ask(person, f"export={kind}"))
    if kind == "csv":
        assert body.decode("utf-8-sig").split("\r\n")[0] == "Tên,Loại,Có từ"
    else:
        assert openpyxl.load_workbook(io.BytesIO(body)).active["A1"].value == "Tên"  # type: ignore[index]


def test_an_unknown_export_is_the_page(person: Person) -> None:
    assert "Chưa có cơ quan nào" in page_of(person, "export=exe")


def test_rows_of_the_page_and_of_the_export_are_decorated(person: Person) -> None:
    make("Sở Một")

    def decorate(rows: list[Any]) -> None:
        for row in rows:
            row.code = "trang trí"

    for query in ("cols=code", "cols=code&export=csv"):
        request = RequestFactory().get("/thu/?" + query)
        request.user = person
        response: Any = render_list(request, SPEC, Agency.objects.exclude(kind=Kind.OTHER), decorate=decorate)
        body = body_of(response) if response.streaming else response.content
        assert "trang trí" in body.decode()


def test_a_view_is_saved_with_its_trace_and_shown_in_its_list_only(person: Person) -> None:
    other = Person.objects.create(username="khac", full_name="Lê Khác", agency=person.agency)
    view = save_view(by=person, list_key="thu", name=" Quá  hạn ", query="kind=vertical", at=AT)
    save_view(by=other, list_key="thu", name="Của người khác", query="", at=AT)
    save_view(by=person, list_key="khac", name="Danh sách khác", query="", at=AT)

    text = page_of(person)

    assert 'href="?kind=vertical">Quá hạn<' in text
    assert "Của người khác" not in text
    assert "Danh sách khác" not in text
    assert story_of(view).get().verb == "base.view_saved"


def test_the_same_name_takes_the_new_query(person: Person) -> None:
    save_view(by=person, list_key="thu", name="A", query="a=1", at=AT)
    save_view(by=person, list_key="thu", name="A", query="a=2", at=AT)
    assert SavedView.objects.get().query == "a=2"


@pytest.mark.parametrize("values", [{"name": " "}, {"name": "x" * 81}, {"query": "x" * 4001}, {"list_key": ""}])
def test_a_view_without_sense_is_refused(person: Person, values: dict[str, str]) -> None:
    with pytest.raises(Refused):
        save_view(by=person, at=AT, **{"list_key": "thu", "name": "A", "query": "", **values})
    assert not SavedView.objects.exists()
    assert not AuditEntry.objects.exists()


def test_the_database_refuses_two_views_of_one_name(person: Person) -> None:
    SavedView.objects.create(person=person, list_key="thu", name="A")
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(person=person, list_key="thu", name="A")


def test_only_its_owner_drops_a_view(person: Person, client: Client) -> None:
    other = Person.objects.create(username="khac", full_name="Lê Khác", agency=person.agency)
    view = save_view(by=other, list_key="thu", name="A", query="", at=AT)
    with pytest.raises(Forbidden):
        drop_view(by=person, view=view, at=AT)
    client.force_login(person)
    assert client.post(f"/danh-sach/cach-xem/{view.pk}/xoa/").status_code == 404
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_saving_and_dropping_through_the_pages(person: Person, client: Client) -> None:
    client.force_login(person)
    form = {"list_key": "thu", "name": "A", "query": "kind=vertical", "next": "/thu/?x=1"}
    assert client.post("/danh-sach/cach-xem/", form).headers["Location"] == "/thu/?kind=vertical"
    view = SavedView.objects.get(person=person)
    response = client.post(f"/danh-sach/cach-xem/{view.pk}/xoa/", {"next": "/thu/"})
    assert response.headers["Location"] == "/thu/"
    assert not SavedView.objects.exists()
    written = AuditEntry.objects.filter(verb__startswith="base.").order_by("id")
    assert [entry.verb for entry in written] == ["base.view_saved", "base.view_dropped"]


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(person: Person, client: Client, target: str) -> None:
    client.force_login(person)
    response = client.post("/danh-sach/cach-xem/", {"list_key": "t", "name": "A", "query": "", "next": target})
    assert response.headers["Location"] == "/"


def test_strangers_save_nothing(client: Client, settings: Any) -> None:
    settings.LOGIN_URL = "/dang-nhap/"
    assert client.post("/danh-sach/cach-xem/", {"list_key": "t", "name": "A"}).status_code == 302
    assert not SavedView.objects.exists()
