"""A list of agencies comes in whole or not at all, and every bad row is named with what to do."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from khoithong.office.accounts.models import Role
from khoithong.office.agencies.importing import import_agencies, plan_import
from khoithong.office.agencies.models import Agency, AgencyName, Kind, Succession
from khoithong.office.agencies.queries import How, expand_group, lookup, lookup_many, parents_on, successors_of
from khoithong.office.agencies.seed import seed_demo
from khoithong.office.agencies.sheet import COLUMNS, MAX_BYTES, TEMPLATE_COLUMNS, read_sheet, template
from khoithong.office.base.actions import Forbidden, Refused
from khoithong.office.base.models import AuditEntry
from tests.factories import AT, make_agency, make_person

HEAD = "mã,tên,viết tắt,loại,cơ quan cấp trên,từ ngày,đến ngày,kế thừa bởi\n"
ON = date(2023, 11, 22)


def rows_of(text: str):
    return read_sheet((HEAD + text).encode(), name="thu.csv")


def xlsx(*rows: tuple[object, ...]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


DAY = datetime(2020, 1, 2)  # noqa: DTZ001  # as openpyxl gives a cell


def test_a_workbook_and_a_csv_read_alike() -> None:
    headings = [COLUMNS[field] for field in TEMPLATE_COLUMNS]
    book = xlsx((), headings, ("so-a", "Sở A", None, "Sở, ban, ngành", None, DAY, None, None, 7.0))
    (row,) = read_sheet(book, name="a.xlsx")
    assert (row.number, row.cells["exists_from"], row.cells["variants"], row.cells["short_name"]) == (
        3,
        "02/01/2020",
        "7",
        "",
    )
    (other,) = read_sheet("\ufeffMã;TÊN;Loại\nso-a;Sở A;Sở\n\n".encode(), name="a.csv")
    assert (other.number, other.cells["name"]) == (2, "Sở A")


def test_utf16_as_excel_writes_it() -> None:
    (row,) = read_sheet("mã\ttên\tloại\nso-a\tSở A\tKhác\n".encode("utf-16"), name="a.txt")
    assert row.cells["name"] == "Sở A"


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (70 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "không có dòng nào"),
        (b"\n\n", "không có dòng nào"),
        ("mã,tên\n".encode(), "thiếu cột: loại"),
        (b"PK\x03\x04 not a zip", "Không đọc được tệp bảng tính"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "không phải UTF-8"),
        (b"a\0b", "không phải bảng tính"),
        (b"x" * (MAX_BYTES + 1), "lớn hơn 5 MB"),
        (bomb(), "quá lớn khi giải nén"),
        ((HEAD + "a,b,c,d\n" * 5001).encode(), "hơn 5000 dòng"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        read_sheet(data, name="x")
    assert refusal.value.field == "file"


@pytest.mark.django_db
def test_the_template_can_be_imported_as_it_is() -> None:
    make_agency("Ủy ban nhân dân tỉnh Quảng Nam", code="ubnd-tinh-quang-nam", kind=Kind.PROVINCE)
    plan = plan_import(read_sheet(template(), name="mau.xlsx"))
    assert (plan.problems, plan.new) == ([], ["Sở Ví dụ"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (",Sở A,,department,,,,", "mã", "còn trống"),
        ("sở a,Sở A,,department,,,,", "mã", "chỉ dùng chữ không dấu"),
        ("so-a,,,department,,,,", "tên", "còn trống"),
        ("so-a,Sở A,,,,,,", "loại", "còn trống"),
        ("so-a,Sở A,,Sở lớn,,,,", "loại", "chọn một trong: Cơ quan trung ương"),
        ("so-a,Sở A,,department,Không Có,,,", "cơ quan cấp trên", "chưa có cơ quan “Không Có”"),
        ("so-a,Sở A,,department,so-a,,,", "cơ quan cấp trên", "chính cơ quan này"),
        ("so-a,Sở A,,department,Sở Trùng,,,", "cơ quan cấp trên", "hãy ghi mã: trung-1, trung-2"),
        ("so-a,Sở A,,department,,31/02/2023,,", "từ ngày", "ghi dạng 31/12/2023"),
        ("so-a,Sở A,,department,,02/01/2023,01/01/2023,", "đến ngày", "trước “từ ngày”"),
        ("so-a,Sở A,,department,,,,trung-1", "đến ngày", "phải ghi ngày cuối cùng"),
        (f"so-a,{'a' * 256},,department,,,,", "tên", "dài quá 255"),
        ("so-b,Sở A,,department,,,,", "mã", "đã có ở dòng 2"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(row: str, column: str, words: str) -> None:
    make_agency("Sở Trùng", code="trung-1")
    make_agency("Sở Trùng", code="trung-2")
    rows = rows_of(f"so-b,Sở B,,department,,,,\n{row}\n")
    (problem,) = plan_import(rows).problems
    assert (problem.row, problem.column) == (3, column)
    assert words in problem.message
    with pytest.raises(Refused, match="dòng 3"):
        import_agencies(by=None, at=AT, rows=rows)
    assert set(Agency.objects.values_list("code", flat=True)) == {"trung-1", "trung-2"}


@pytest.mark.django_db
def test_all_problems_are_listed_at_once() -> None:
    plan = plan_import(rows_of(",,,x,,a,b,c\n" * 3))
    assert [problem.row for problem in plan.problems] == sorted(problem.row for problem in plan.problems)
    assert {problem.row for problem in plan.problems} == {2, 3, 4}


@pytest.mark.django_db
def test_an_empty_list_is_a_problem() -> None:
    assert plan_import(rows_of("")).problems[0].message.startswith("Tệp chỉ có tiêu đề")


@pytest.mark.django_db
def test_rows_may_name_one_another_in_any_order() -> None:
    rows = rows_of(
        "so-cu,Sở Cũ,SC,Sở; ban; ngành,UBND tỉnh,,31/12/2023,Sở Mới\n".replace("Sở; ban; ngành", "department")
        + 'so-moi,Sở Mới,,"Sở, ban, ngành",ubnd,01/01/2024,,\n'
        + "ubnd,Ủy ban nhân dân tỉnh,UBND tỉnh,UBND cấp tỉnh,,,,\n"
    )
    plan = import_agencies(by=make_person(Role.ADMINISTRATOR), at=AT, rows=rows)
    assert (len(plan.new), plan.known) == (3, [])
    old, new, council = (Agency.objects.get(code=code) for code in ("so-cu", "so-moi", "ubnd"))
    assert parents_on(old, on=ON) == [council]
    assert successors_of(old, on=date(2024, 1, 1)) == [new]
    again = import_agencies(by=None, at=AT, rows=rows)
    assert (again.new, len(again.known)) == ([], 3)
    assert (Agency.objects.filter(code__startswith="so-").count(), Succession.objects.count()) == (2, 1)


@pytest.mark.django_db
def test_a_refusal_in_the_last_row_undoes_the_first() -> None:
    before = AuditEntry.objects.count()
    rows = rows_of("a,A,,other,b,,,\nb,B,,other,a,,,\n")
    with pytest.raises(Refused, match="Dòng 3"):
        import_agencies(by=None, at=AT, rows=rows)
    assert not Agency.objects.exists()
    assert AuditEntry.objects.count() == before


@pytest.mark.django_db
def test_only_an_administrator_imports() -> None:
    with pytest.raises(Forbidden):
        import_agencies(by=make_person(Role.COORDINATOR), at=AT, rows=rows_of("a,A,,other,,,,\n"))
    assert not Agency.objects.filter(code="a").exists()


SPELLINGS = {
    "Sở TT&TT": "so-tttt",
    "Sở TTTT tỉnh Quảng Nam": "so-tttt",
    "Giám đốc Sở Tài chính": "so-tai-chinh",
    "CAT": "cong-an-tinh",
    "Công an tỉnh Quảng Nam": "cong-an-tinh",
    "UBND tỉnh": "ubnd-tinh-quang-nam",
    "Văn phòng UBND tỉnh Quảng Nam": "vp-ubnd-tinh",
    "UBND TP Tam Kỳ": "ubnd-tp-tam-ky",
    "huyện Núi Thành": "ubnd-huyen-nui-thanh",
    "TX Điện Bàn": "ubnd-tx-dien-ban",
    "Hội An": "ubnd-tp-hoi-an",
    "Thủ tướng Chính phủ": "thu-tuong",
    "Bộ TT&TT": "bo-tttt",
    "Bộ trưởng Bộ Công an": "bo-cong-an",
    "Bộ CHQS tỉnh": "bo-chqs-tinh",
    "Kho bạc Nhà nước tỉnh": "kbnn-quang-nam",
    "BHXH tỉnh": "bhxh-tinh",
    "Chánh Thanh tra tỉnh": "thanh-tra-tinh",
    "Sở Lao động, Thương binh và Xã hội": "so-ldtbxh",
    "Ngân hàng Nhà nước Việt Nam": "ngan-hang-nha-nuoc",
    "Cục Thuế tỉnh": "cuc-thue-tinh",
    "Trưởng Ban Dân tộc": "ban-dan-toc",
    "VPCP": "van-phong-chinh-phu",
}


@pytest.fixture
def quang_nam(db: None) -> None:
    seed_demo(at=AT)


@pytest.mark.usefixtures("quang_nam")
class TestQuangNam:
    def test_it_may_be_seeded_twice(self) -> None:
        before = [AuditEntry.objects.count(), AgencyName.objects.count(), Agency.objects.count()]
        seed_demo(at=AT)
        assert [AuditEntry.objects.count(), AgencyName.objects.count(), Agency.objects.count()] == before

    def test_it_has_its_eighteen_districts_and_seventeen_departments(self) -> None:
        assert len(expand_group("UBND các huyện, thị xã, thành phố", on=ON)) == 18
        assert len(expand_group("UBND các huyện, thị xã, thành phố", on=date(2025, 7, 1))) == 0
        assert len(expand_group("các Sở", on=ON)) == 16
        assert len(expand_group("các Sở, Ban, ngành", on=ON)) == 26

    def test_it_is_found_by_the_usual_spellings(self) -> None:
        found = lookup_many(SPELLINGS, on=ON)
        assert {text: match.agency and match.agency.code for text, match in found.items()} == SPELLINGS

    def test_from_july_2025_the_gone_name_their_successors(self) -> None:
        for text, codes in {
            "Sở TT&TT": ["so-khcn-da-nang"],
            "Sở Kế hoạch và Đầu tư": ["so-tai-chinh-da-nang"],
            "UBND tỉnh Quảng Nam": ["ubnd-tp-da-nang"],
            "UBND huyện Núi Thành": [],
        }.items():
            assert lookup(text, on=date(2025, 6, 30)).agency is not None
            match = lookup(text, on=date(2025, 7, 1))
            assert (match.agency, match.how, [agency.code for agency in match.successors]) == (None, How.GONE, codes)

    def test_a_name_that_two_provinces_bear_means_the_one_of_its_day(self) -> None:
        codes = {}
        for on in (date(2025, 6, 30), date(2025, 7, 1)):
            agency = lookup("Sở Tài chính", on=on).agency
            assert agency is not None
            codes[on.month] = agency.code
        assert codes == {6: "so-tai-chinh", 7: "so-tai-chinh-da-nang"}
