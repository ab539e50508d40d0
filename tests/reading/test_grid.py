"""Tables of tasks as rows with tabs: several layouts, merged cells, groups, several bodies in a cell."""

from __future__ import annotations

from datetime import date

import pytest

from khoithong.reading import read
from khoithong.reading.duties.columns import Column, column_of, columns_of
from khoithong.reading.model import Assignment, Recurrence


def table(*rows: str, head: str = "") -> tuple[Assignment, ...]:
    """The duties of a table whose cells are parted by "|"."""
    text = head + "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in rows) + "\n"
    found = read(text)
    for duty in found.assignments:
        assert duty.rule.startswith("grid")
        assert found.text[duty.start : duty.end].strip()
    return found.assignments


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("TT", Column.NUMBER),
        ("STT", Column.NUMBER),
        ("Số TT", Column.NUMBER),
        ("Nội dung nhiệm vụ", Column.TASK),
        ("Tên công việc", Column.TASK),
        ("Danh mục nhiệm vụ", Column.TASK),
        ("Cơ quan chủ trì", Column.LEAD),
        ("ĐƠN VỊ CHỦ TRÌ THỰC HIỆN", Column.LEAD),
        ("Đơn vị phối hợp", Column.PARTNER),
        ("Cơ quan chủ trì, phối hợp", Column.BODIES),
        ("Cơ quan thực hiện", Column.BODIES),
        ("Phân công", Column.BODIES),
        ("Thời gian hoàn thành", Column.DEADLINE),
        ("Thời hạn", Column.DEADLINE),
        ("Tiến độ", Column.DEADLINE),
        ("Thời gian bắt đầu", Column.OTHER),
        ("Sản phẩm dự kiến", Column.PRODUCT),
        ("Ghi chú", Column.OTHER),
        ("Sở Tài chính", None),
        ("", None),
    ],
)
def test_columns(heading: str, column: Column | None) -> None:
    assert column_of(heading) is column


def test_a_row_of_data_is_no_heading() -> None:
    assert columns_of(["1", "Nội dung chi", "Số lượng", "Đơn giá"]) is None
    assert columns_of(["TT", "Nội dung", "Đơn vị tính", "Số lượng"]) is None


def test_cell_by_cell() -> None:
    found = table(
        "TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn | Sản phẩm",
        "1 | Rà soát các bến đò ngang | Sở Xây dựng | Công an tỉnh; UBND các huyện | Quý II/2024 | Báo cáo",
        "2 | Lập danh mục cầu yếu | Sở Xây dựng, Sở Tài chính | | Thường xuyên | Danh mục",
        "3 | Mở lớp dạy bơi | Sở GD&ĐT | Tỉnh đoàn | | Lớp học",
    )
    assert [(a.lead, a.coordinators) for a in found] == [
        (("Sở Xây dựng",), ("Công an tỉnh", "UBND các huyện")),
        (("Sở Xây dựng", "Sở Tài chính"), ()),
        (("Sở Giáo dục và Đào tạo",), ("Tỉnh đoàn",)),
    ]
    assert [a.action for a in found] == ["Rà soát các bến đò ngang", "Lập danh mục cầu yếu", "Mở lớp dạy bơi"]
    assert found[0].deadline is not None
    assert (found[0].deadline.text, found[0].deadline.due_on) == ("Quý II/2024", date(2024, 6, 30))
    assert found[1].deadline is not None
    assert found[1].deadline.recurrence is Recurrence.CONTINUOUS
    assert found[2].deadline is None


def test_places_are_those_of_the_rows() -> None:
    text = "TT\tCông việc\tĐơn vị thực hiện\tHoàn thành\n1\tSơn lại lan can cầu\tSở Xây dựng\t15/6/2024\n"
    found = read(text)
    (duty,) = found.assignments
    assert text[duty.start : duty.end] == "Sơn lại lan can cầu\tSở Xây dựng\t15/6/2024"
    assert duty.deadline is not None
    assert duty.deadline.due_on == date(2024, 6, 15)
    assert text[duty.deadline.start : duty.deadline.end] == duty.deadline.text


def test_groups_and_merged_cells() -> None:
    found = table(
        "STT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian hoàn thành",
        "I | Nhóm việc về cầu đường",
        "1 | Đếm xe qua cầu | Sở Xây dựng | Công an tỉnh | Tháng 5/2024",
        "2 | Vẽ lại vạch đường | | | Tháng 6/2024",
        "II. Nhóm việc về trường học",
        "3 | Kiểm tra mái trường | Sở Giáo dục và Đào tạo | UBND các xã | Tháng 7/2024",
        " | | Sở Tài chính | | Tháng 8/2024",
    )
    assert [(a.lead, a.action, a.deadline and a.deadline.due_on) for a in found] == [
        (("Sở Xây dựng",), "Đếm xe qua cầu", date(2024, 5, 31)),
        (("Sở Xây dựng",), "Vẽ lại vạch đường", date(2024, 6, 30)),
        (("Sở Giáo dục và Đào tạo",), "Kiểm tra mái trường", date(2024, 7, 31)),
        (("Sở Tài chính",), "Kiểm tra mái trường", date(2024, 8, 31)),
    ]


def test_a_group_named_after_a_body_leads_its_rows() -> None:
    found = table(
        "TT | Nhiệm vụ | Đơn vị phối hợp | Thời hạn",
        "I | Sở Y tế",
        "1 | Khám mắt cho học sinh | Sở Giáo dục và Đào tạo | Quý III năm 2024",
        "II | Công an tỉnh",
        "1 | Cấp lại biển số xe công | Sở Tài chính | Trước ngày 20/9/2024",
    )
    assert [(a.lead, a.coordinators, a.deadline and a.deadline.due_on) for a in found] == [
        (("Sở Y tế",), ("Sở Giáo dục và Đào tạo",), date(2024, 9, 30)),
        (("Công an tỉnh",), ("Sở Tài chính",), date(2024, 9, 20)),
    ]


def test_lead_and_partners_in_one_cell_under_labels() -> None:
    found = table(
        "TT | Nội dung | Phân công thực hiện | Thời gian",
        "1 | Trồng cây ven sông | Chủ trì: Sở Nông nghiệp và Môi trường; Phối hợp: Tỉnh đoàn, UBND các xã | Năm 2025",
        "2 | Tưới cây ven sông | - Sở Xây dựng - Công an tỉnh | Hằng tuần",
    )
    assert [(a.lead, a.coordinators) for a in found] == [
        (("Sở Nông nghiệp và Môi trường",), ("Tỉnh đoàn", "UBND các xã")),
        (("Sở Xây dựng", "Công an tỉnh"), ()),
    ]
    assert found[1].deadline is not None
    assert found[1].deadline.recurrence is Recurrence.WEEKLY


def test_the_heading_of_the_next_page_and_column_numbers_are_no_rows() -> None:
    heading = "TT | Nhiệm vụ | Chủ trì | Phối hợp | Hoàn thành"
    found = table(
        heading,
        "(1) | (2) | (3) | (4) | (5)",
        "1 | Gắn biển tên đường | Sở Văn hóa và Thể thao | | 30/4/2024",
        heading,
        "2 | Dọn kênh thoát nước | UBND các phường | | 31/5/2024",
    )
    assert [a.lead for a in found] == [("Sở Văn hóa và Thể thao",), ("UBND các phường",)]


def test_a_table_of_figures_lays_nothing_on_anyone() -> None:
    assert table("TT | Nội dung | Đơn vị | Số lượng | Đơn giá", "1 | Bóng đèn cao áp | cái | 12 | 500.000") == ()


def test_words_behind_the_table_are_read_too() -> None:
    found = read(
        "1. Giao Sở Nội vụ theo dõi chung.\n"
        "TT\tNhiệm vụ\tChủ trì\tThời hạn\n1\tGắn biển tên đường\tSở Xây dựng\t30/4/2024\n"
        "2. Giao Sở Tài chính bố trí kinh phí.\n"
    )
    assert [a.lead for a in found.assignments] == [("Sở Nội vụ",), ("Sở Xây dựng",), ("Sở Tài chính",)]


@pytest.mark.parametrize("row", ["1\tViệc gì đó\tSở Y tế\n", "TT\tNhiệm vụ\tChủ trì\n", "\t\t\n", "a\tb\n"])
def test_long_tables_are_read(row: str) -> None:
    read("TT\tNhiệm vụ\tChủ trì\n" + row * 2000)
