"""The pages of the agencies: everybody reads, the administrator changes, an import is checked before it is done."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from khoithong.office.accounts.models import Role
from khoithong.office.agencies.models import Affiliation, Agency, AgencyName, Kind, Succession
from khoithong.office.agencies.queries import lookup
from khoithong.office.base.models import AuditEntry
from tests.factories import make_agency, make_person
from tests.office.pages import assert_accessible

pytestmark = pytest.mark.django_db
LIST, IMPORT = "/co-quan/", "/co-quan/nhap/"
HEAD = "mã,tên,viết tắt,loại,cơ quan cấp trên,từ ngày,đến ngày,kế thừa bởi\n"


@pytest.fixture
def as_admin(client: Client) -> Client:
    client.force_login(make_person(Role.ADMINISTRATOR))
    return client


def body(page: str) -> str:
    return page[page.index("<tbody") :] if "<tbody" in page else ""


@pytest.mark.parametrize("role", list(Role))
def test_everybody_reads_and_the_administrator_changes(client: Client, role: Role) -> None:
    person = make_person(role)
    client.force_login(person)
    agency, other = make_agency("Sở Thử"), make_agency()
    name = AgencyName.objects.create(agency=agency, text="Cách gọi", use="variant")
    changes = role == Role.ADMINISTRATOR
    for path in (LIST, f"{LIST}{agency.pk}/"):
        page = client.get(path)
        assert page.status_code == 200
        assert_accessible(page.content.decode())
        assert (f"{LIST}them/" in page.content.decode() or "Thay đổi</h2>" in page.content.decode()) is changes
    for path in (f"{LIST}them/", IMPORT):
        assert client.get(path).status_code == (200 if changes else 403)
    if changes:
        return
    before = AuditEntry.objects.count()
    for path, data in {
        f"{LIST}them/": {"name": "Sở Lạ", "code": "la", "kind": "other", "mark": "M"},
        f"{LIST}{agency.pk}/correct/": {"correct-name": "X", "correct-kind": "other", "correct-mark": "M"},
        f"{LIST}{agency.pk}/rename/": {"rename-name": "X", "rename-on": "2024-01-01"},
        f"{LIST}{agency.pk}/name/": {"name-text": "X", "name-use": "variant"},
        f"{LIST}{agency.pk}/parent/": {"parent-parent": other.pk},
        f"{LIST}{agency.pk}/succession/": {"succession-successor": other.pk, "succession-on": "2024-01-01"},
        f"{LIST}cach-goi/{name.pk}/bo/": {},
        IMPORT: {"file": SimpleUploadedFile("a.csv", (HEAD + "la,Sở Lạ,,other,,,,\n").encode())},
    }.items():
        assert client.post(path, data).status_code == 403, path
    assert AuditEntry.objects.count() == before
    assert not Agency.objects.filter(code="la").exists()


@pytest.mark.parametrize("path", ["list", "detail"])
def test_a_page_asks_the_same_for_one_and_for_three(client: Client, path: str) -> None:
    client.force_login(make_person(Role.OFFICER))
    parent = make_agency(kind=Kind.PROVINCE)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            child = make_agency(parent=parent, exists_to=date(2025, 6, 30))
            Succession.objects.create(predecessor=child, successor=parent, on=date(2025, 7, 1))
            AgencyName.objects.create(agency=parent, text=f"Cách gọi {child.pk}", use="variant")
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST if path == "list" else f"{LIST}{parent.pk}/")
        counts.append(len(queries))
    assert counts[0] == counts[1], counts
    assert counts[0] <= 17


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ("q=tttt", "Sở Thông tin và Truyền thông", "Công an tỉnh"),
        ("q=CAT", "Công an tỉnh", "Sở Thông tin"),
        ("kind=vertical", "Công an tỉnh", "Sở Thông tin"),
        ("on=2025-06-30", "Sở Thông tin và Truyền thông", None),
        ("on=2025-07-01", "Công an tỉnh", "Sở Thông tin"),
        ("on=hom-qua", "Sở Thông tin", None),
        ("q=khong co", None, "Công an tỉnh"),
    ],
)
def test_the_list_narrows(client: Client, query: str, seen: str | None, unseen: str | None) -> None:
    client.force_login(make_person(Role.OFFICER, agency=make_agency("Cơ quan của tôi")))
    make_agency("Sở Thông tin và Truyền thông", short_name="Sở TT&TT", exists_to=date(2025, 6, 30))
    make_agency("Công an tỉnh", kind=Kind.VERTICAL)
    page = client.get(f"{LIST}?{query}").content.decode()
    assert_accessible(page)
    assert seen is None or seen in body(page)
    assert unseen is None or unseen not in body(page)


def test_the_list_is_exported_as_it_reads(client: Client) -> None:
    client.force_login(make_person(Role.OFFICER))
    make_agency("Sở Có Cha", parent=make_agency("Ủy ban Lớn"), exists_to=date(2025, 6, 30))
    answer = client.get(f"{LIST}?export=csv&q=co cha")
    text = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode("utf-8-sig")
    assert "Ủy ban Lớn" in text
    assert "đến hết 30/06/2025" in text


def test_an_agency_is_added_and_changed(as_admin: Client) -> None:
    parent = make_agency("Ủy ban nhân dân tỉnh Quảng Nam", kind=Kind.PROVINCE)
    assert_accessible(as_admin.get(f"{LIST}them/").content.decode())
    data = {"name": "Sở Mới", "code": "so-moi", "kind": "department", "parent": parent.pk, "mark": "M"}
    as_admin.post(f"{LIST}them/", data)
    agency = Agency.objects.get(code="so-moi")
    page = f"{LIST}{agency.pk}/"
    again = as_admin.post(f"{LIST}them/", data)
    assert "đã dùng cho cơ quan khác" in again.content.decode()
    assert_accessible(again.content.decode())
    correct = {"correct-name": "Sở Mới Tinh", "correct-kind": "department", "correct-mark": "S", "correct-source": "x"}
    as_admin.post(f"{page}correct/", correct)
    as_admin.post(f"{page}name/", {"name-text": "Sở SMT", "name-use": "short"})
    as_admin.post(f"{page}rename/", {"rename-name": "Sở Đổi Tên", "rename-on": "2024-01-01"})
    assert lookup("SMT Sở", on=date(2023, 1, 1)).agency is None
    assert lookup("Sở SMT", on=date(2023, 1, 1)).agency == agency
    assert lookup("sở mới tinh", on=date(2023, 1, 1)).agency == agency
    other = make_agency("Sở Kế Thừa")
    as_admin.post(
        f"{page}succession/", {"succession-successor": other.pk, "succession-on": "2025-07-01", "succession-mark": "S"}
    )
    shown = as_admin.get(page).content.decode()
    assert_accessible(shown)
    for words in (
        "Sở Đổi Tên",
        "đến hết 30/06/2025",
        "Sở Kế Thừa",
        "Ủy ban nhân dân tỉnh Quảng Nam",
        "Đổi tên cơ quan",
    ):
        assert words in shown
    assert "Sở Đổi Tên" in as_admin.get(f"{LIST}{other.pk}/").content.decode()
    removed = as_admin.post(f"{LIST}cach-goi/{AgencyName.objects.get(text='Sở SMT').pk}/bo/", follow=True)
    assert "Đã bỏ cách gọi" in removed.content.decode()
    assert Affiliation.objects.filter(child=agency, parent=parent).exists()


def test_a_refusal_stands_in_the_form(as_admin: Client) -> None:
    agency = make_agency("Sở Thử")
    for what, data, words in (
        ("correct", {"correct-name": ""}, "bắt buộc"),
        ("rename", {"rename-name": "SỞ THỬ", "rename-on": "2024-01-01"}, "trùng với tên đang dùng"),
        ("name", {"name-text": "sở thử", "name-use": "variant"}, "không cần thêm"),
        ("parent", {"parent-parent": agency.pk}, "không thể là cấp trên"),
        (
            "succession",
            {"succession-successor": agency.pk, "succession-on": "2024-01-01", "succession-mark": "M"},
            "chính mình",
        ),
    ):
        response = as_admin.post(f"{LIST}{agency.pk}/{what}/", data)
        assert response.status_code == 422, what
        assert words in response.content.decode(), what
        assert_accessible(response.content.decode())
    assert as_admin.post(f"{LIST}{agency.pk}/burn/", {}).status_code == 404
    official = as_admin.post(f"{LIST}cach-goi/{agency.names.get().pk}/bo/", follow=True)
    assert "Không thể bỏ tên chính thức" in official.content.decode()


class TestImport:
    @staticmethod
    def check(client: Client, text: str):
        return client.post(IMPORT, {"file": SimpleUploadedFile("danh-muc.csv", (HEAD + text).encode())})

    def test_checking_writes_nothing_and_importing_all(self, as_admin: Client) -> None:
        assert_accessible(as_admin.get(IMPORT).content.decode())
        before = AuditEntry.objects.count()
        checked = self.check(as_admin, "so-a,Sở A,,other,so-b,,,\nso-b,Sở B,,other,,,,\n")
        page = checked.content.decode()
        assert_accessible(page)
        assert "Sẽ thêm 2 cơ quan" in page
        assert (Agency.objects.filter(code__startswith="so-").count(), AuditEntry.objects.count()) == (0, before)
        payload = re.search(r'name="checked" value="([^"]+)"', page)
        assert payload is not None
        done = as_admin.post(IMPORT, {"checked": payload[1]}, follow=True)
        assert "thêm 2 cơ quan" in done.content.decode()
        assert Agency.objects.filter(code__startswith="so-").count() == 2

    def test_what_is_wrong_is_shown_row_by_row(self, as_admin: Client) -> None:
        page = self.check(as_admin, "so-a,Sở A,,other,,31/02/2023,,\nso-b,,,nhỏ,,,,\n").content.decode()
        assert_accessible(page)
        assert "Còn 3 chỗ phải sửa" in page
        assert 'name="checked"' not in page
        assert re.findall(r'data-label="Dòng">(\d+)<', page) == ["2", "3", "3"]

    @pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
    def test_a_file_that_is_none_is_refused_at_its_field(self, as_admin: Client, name: str) -> None:
        response = as_admin.post(
            IMPORT, {"file": SimpleUploadedFile(name, b"PK\x03\x04x" if "xlsx" in name else b"a,b\n")}
        )
        assert response.status_code == 422
        assert_accessible(response.content.decode())

    def test_a_forged_payload_imports_nothing(self, as_admin: Client) -> None:
        response = as_admin.post(IMPORT, {"checked": "eyJ4IjoxfQ:1:x"})
        assert response.status_code == 422
        assert "kiểm tra lần nữa" in response.content.decode()

    def test_what_changed_between_the_two_steps_is_seen(self, as_admin: Client) -> None:
        make_agency("Sở B", code="so-b")
        page = self.check(as_admin, "so-a,Sở A,,other,Sở B,,,\n").content.decode()
        make_agency("Sở B", code="so-b-2")
        payload = re.search(r'name="checked" value="([^"]+)"', page)
        assert payload is not None
        response = as_admin.post(IMPORT, {"checked": payload[1]})
        assert response.status_code == 422
        assert not Agency.objects.filter(code="so-a").exists()

    def test_the_template_can_be_filled_in(self, as_admin: Client) -> None:
        book = openpyxl.load_workbook(io.BytesIO(as_admin.get("/co-quan/nhap/mau.xlsx").content))
        assert [cell.value for cell in book.worksheets[0][1]][:3] == ["mã", "tên", "viết tắt"]
