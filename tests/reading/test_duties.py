"""Duties in whole texts: who leads, with whom, on what condition, by when, and what is no duty."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khoithong.reading.duties import find_assignments
from khoithong.reading.model import Assignment, Identity
from khoithong.reading.text import flatten, nfc
from tests.patience import patience

ISSUED = Identity(symbol="15/UBND-NC", type="công văn", issuer="UBND tỉnh Quảng Nam", issued_on=date(2023, 11, 22))


def read(text: str) -> tuple[Assignment, ...]:
    text = nfc(text)
    return find_assignments(text, flatten(text), ISSUED, ())


def told(text: str) -> list[tuple[str, str]]:
    """Leads and the first words of each duty."""
    return [("; ".join(a.lead), " ".join(a.action.split()[:3])) for a in read(text)]


ITEMS = """I. MỤC TIÊU
1. Nâng cao chất lượng phục vụ người dân.
II. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ
a) Chủ trì, phối hợp với Công an tỉnh, Sở Tài chính và các đơn vị có liên quan lập danh sách trước ngày 15/12/2023.
b) Kiểm tra việc niêm yết hồ sơ (nếu cần thiết).
2. Giao Công an tỉnh chủ trì, phối hợp với UBND các huyện:
a) Cấp căn cước cho học sinh; định kỳ hằng tháng báo cáo kết quả.
b) Sở Y tế cung cấp dữ liệu tiêm chủng.
3. Đề nghị Bảo hiểm xã hội tỉnh rà soát thẻ.
Điều 4. Chánh Văn phòng UBND tỉnh, Giám đốc Sở Nội vụ và các đơn vị liên quan chịu trách nhiệm thi hành Quyết định này.
"""


def test_items_take_their_lead_from_the_heading() -> None:
    assert told(ITEMS) == [
        ("Sở Nội vụ", "lập danh sách"),
        ("Sở Nội vụ", "Kiểm tra việc"),
        ("Công an tỉnh", "Cấp căn cước"),
        ("Công an tỉnh", "báo cáo kết"),
        ("Sở Y tế", "cung cấp dữ"),
        ("Bảo hiểm xã hội tỉnh", "rà soát thẻ"),
        ("Chánh Văn phòng UBND tỉnh; Giám đốc Sở Nội vụ; các đơn vị liên quan", "chịu trách nhiệm"),
    ]


def test_coordinators_are_read_and_handed_down() -> None:
    found = read(ITEMS)
    assert found[0].coordinators == ("Công an tỉnh", "Sở Tài chính", "các đơn vị có liên quan")
    assert found[2].coordinators == ("UBND các huyện",)
    assert found[4].coordinators == ()


def test_condition_and_deadline_stay_with_their_own_duty() -> None:
    found = read(ITEMS)
    assert [a.conditional for a in found] == [False, True, False, False, False, False, False]
    assert [a.deadline.text if a.deadline else None for a in found] == [
        "trước ngày 15/12/2023", None, None, "định kỳ hằng tháng", None, None, None,
    ]  # fmt: skip


NEWS = (
    "Tỉnh siết quản lý bến đò\n"
    "Ngày 3/5, UBND tỉnh đã có văn bản yêu cầu Sở GTVT chủ trì, phối hợp với Công an tỉnh kiểm tra các bến đò ngang. "
    "Kiên quyết đình chỉ các bến không phép trước ngày 20/5. Đồng thời, giao UBND các huyện vận động chủ đò. "
    "Trước đó, UBND tỉnh đã giao Sở Xây dựng khảo sát ba bến. Hiện toàn tỉnh có 40 bến đò.\n"
)


def test_prose_follows_orders_and_leaves_history_alone() -> None:
    assert [("; ".join(a.lead), a.coordinators) for a in read(NEWS)] == [
        ("Sở Giao thông vận tải", ("Công an tỉnh",)),
        ("Sở Giao thông vận tải", ()),
        ("UBND các huyện", ()),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "UBND tỉnh có ý kiến như sau:\n- Thống nhất đề nghị của Sở Y tế.\n- Sở Y tế khẩn trương trình hồ sơ.\n",
            [("Sở Y tế", "khẩn trương trình")],
            id="who gives the orders is no lead",
        ),
        pytest.param(
            "Chủ tịch UBND thành phố chỉ đạo:\n1. Giám đốc Sở Xây dựng\n- Kiểm tra cây xanh.\n",
            [("Giám đốc Sở Xây dựng", "Kiểm tra cây")],
            id="heading that only orders",
        ),
        pytest.param(
            "1. Các sở, ban, ngành; UBND các huyện: Căn cứ chức năng, nhiệm vụ lập kế hoạch, gửi Sở Nội vụ.\n2. Khác\n",
            [("Các sở, ban, ngành; UBND các huyện", "Căn cứ chức")],
            id="list divided by a semicolon",
        ),
        pytest.param(
            "1. Sửa cống qua đường (Sở Xây dựng chủ trì, hoàn thành trong quý II/2024).\n2. Khác\n",
            [("Sở Xây dựng", "Sửa cống qua")],
            id="lead in parentheses behind the task",
        ),
        pytest.param(
            "1. Mở lớp học số. Đơn vị chủ trì: Sở Nội vụ. Thời gian hoàn thành: Tháng 10/2024.\n2. Khác\n",
            [("Sở Nội vụ", "Mở lớp học")],
            id="record in one paragraph",
        ),
        pytest.param(
            "1. Trên cơ sở đề xuất của các sở, UBND các huyện, Sở Tài chính tổng hợp dự toán.\n2. Khác\n",
            [("Sở Tài chính", "tổng hợp dự")],
            id="list of others in the preface",
        ),
        pytest.param(
            "1. Sở Y tế rà soát thẻ.\nSau khi được phê duyệt, tham mưu UBND tỉnh cấp phát.\n2. Khác\n",
            [("Sở Y tế", "rà soát thẻ"), ("Sở Y tế", "Sau khi được")],
            id="paragraph behind an item",
        ),
        pytest.param(
            "1. Sở Y tế đồng chủ trì với Sở Nội vụ lập đề án.\n2. Khác\n",
            [("Sở Y tế; Sở Nội vụ", "đồng chủ trì")],
            id="two lead together",
        ),
        pytest.param(
            "1. Sở Y tế:\na) Trường hợp thiếu thuốc thì báo cáo UBND tỉnh.\nb) Sửa đổi khoản 2 Điều 5 như sau:\n",
            [("Sở Y tế", "Trường hợp thiếu")],
            id="words that change a paper",
        ),
        pytest.param(
            "UBND tỉnh yêu cầu UBND huyện Đông Giang rà soát. UBND huyện chỉ đạo các xã tổ chức trực.\n",
            [("UBND huyện Đông Giang", "rà soát"), ("UBND huyện", "chỉ đạo các")],
            id="one who was ordered directs others",
        ),
        pytest.param(
            "Sở Tài chính đề nghị Thủ tướng Chính phủ cho phép kéo dài thời gian giải ngân.\n",
            [],
            id="a proposal to a superior",
        ),
    ],
)
def test_shapes(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


RECORD = """a) Sửa chữa trụ sở công an xã.
- Đơn vị chủ trì: Công an tỉnh.
- Đơn vị phối hợp: Sở Tài chính, Sở Xây dựng.
- Thời gian hoàn thành: Quý IV năm 2024.
b) Lắp đặt camera.
- Đơn vị chủ trì: UBND thành phố Tam Kỳ.
- Thời gian thực hiện: Thường xuyên.
"""


def test_records() -> None:
    found = read(RECORD)
    assert [(a.lead, a.coordinators) for a in found] == [
        (("Công an tỉnh",), ("Sở Tài chính", "Sở Xây dựng")),
        (("UBND thành phố Tam Kỳ",), ()),
    ]
    assert found[0].deadline is not None
    assert found[0].deadline.due_on == date(2024, 12, 31)
    assert {a.rule for a in found} == {"record"}


TABLE = """PHỤ LỤC
TT
Tên nhiệm vụ
Cơ quan
chủ trì
Cơ quan
phối hợp
Kết quả
Thời gian
hoàn thành
1
Số hóa sổ hộ tịch của các xã
miền núi
Sở Tư pháp
Công an tỉnh,
UBND các huyện
Cơ sở dữ liệu
Tháng
9/2024
2
Trang bị máy quét cho bộ phận một cửa
Sở Tài chính
Sở Nội vụ
Máy quét
Thường
xuyên
"""


def test_tables() -> None:
    found = read(TABLE)
    assert [(a.lead, a.coordinators, a.deadline and a.deadline.due_on) for a in found] == [
        (("Sở Tư pháp",), ("Công an tỉnh", "UBND các huyện"), date(2024, 9, 30)),
        (("Sở Tài chính",), ("Sở Nội vụ",), None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Luật Đầu tư công;\nTheo đề nghị của Giám đốc Sở Tài chính;\n",
        "Điều 3. Quyền hạn của Tổ công tác\n1. Mời chuyên gia dự họp.\n2. Yêu cầu các đơn vị cung cấp hồ sơ.\n",
        "1. Quyết định này có hiệu lực kể từ ngày ký.\n2. Nguồn kinh phí do ngân sách tỉnh bảo đảm.\n",
        "Trân trọng./.\nNơi nhận:\n- Như trên;\n- Sở Nội vụ;\n- Lưu: VT.\n",
        "",
    ],
)
def test_what_is_no_duty(text: str) -> None:
    assert read(text) == ()


def test_spans_lie_in_the_text_and_do_not_overlap() -> None:
    text = nfc(ITEMS)
    found = read(text)
    assert all(0 <= a.start < a.end <= len(text) for a in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert text[found[4].start : found[4].end] == "Sở Y tế cung cấp dữ liệu tiêm chủng"


PIECES = st.sampled_from(
    [
        *("Sở Y tế", "UBND các huyện", "chủ trì", ", phối hợp với", "giao", "yêu cầu", "trước ngày", "31/2", "12/2023"),
        *(
            "\n",
            "1. ",
            "a) ",
            "- ",
            ":",
            ";",
            ". ",
            "các",
            "(",
            ")",
            "và",
            "“",
            "nếu cần thiết",
            "trường hợp",
            "Điều 5.",
        ),
        *(
            "TT\nTên nhiệm vụ\nCơ quan\nchủ trì\n",
            "Đơn vị chủ trì:",
            "định kỳ hằng năm",
            "Phụ lục",
            "rà soát",
            "báo cáo",
        ),
        *("đồng chủ trì với", "trong tháng 13", "Thời gian hoàn thành:", "Ban Chỉ đạo", "(gọi tắt là", "NHIỆM VỤ CỦA"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=40).map(" ".join))
def test_any_text_is_read_without_an_error(text: str) -> None:
    text = nfc(text)
    found = read(text)
    assert all(0 <= a.start < a.end <= len(text) and 0 <= a.certainty <= 1 and a.lead and a.rule for a in found)


@pytest.mark.parametrize(
    "piece",
    [
        *("Sở Y tế, ", "; Sở Y tế ", "giao Sở Y tế, ", "các ", "phối hợp với ", "trước ngày 1/1; "),
        *("Sở Y tế; Sở Nội vụ; ", "TT Tên nhiệm vụ Cơ quan chủ trì ", "1\n", "Đơn vị chủ trì: ", "định kỳ hằng năm, "),
        *("UBND các huyện: A, ", "Trên cơ sở của Sở Y tế, ", "Ban Quản lý "),
        *("(gọi tắt là A) ", "a) ", "thời hạn ", " ", "-"),
        *(
            "trong trường hợp ",
            "chậm nhất ",
            "Sở Y tế rà soát. ",
            "a) Rà soát trước ngày 1/2/2024; ",
            "(nếu có) ",
            "Ban A về kiểm tra ",
        ),
    ],
)
def test_what_repeats_without_end_is_read_to_its_end(piece: str) -> None:
    """Growth in proportion to the length is measured by benchmarks/growth.py."""
    text = nfc("1. Sở Y tế:\n" + piece * 3200)
    with patience():
        found = find_assignments(text, flatten(text), ISSUED, ())
    assert all(0 <= duty.start < duty.end <= len(text) for duty in found)


@pytest.mark.parametrize(
    "opening",
    [
        "Qua nghe các đơn vị trình bày, Tổ trưởng Tổ công tác kết luận:",
        "Sáng qua, Tổ công tác họp. Sau khi trao đổi, Trưởng ban Ban Chỉ đạo chỉ đạo như sau:",
        "Giám đốc Sở Y tế có ý kiến như sau:",
    ],
)
def test_who_only_announces_the_orders_bears_none(opening: str) -> None:
    found = read(f"THÔNG BÁO\n\n{opening}\n\n1. Giao Sở Nội vụ mở lớp tập huấn.\n\n2. Công an tỉnh rà soát số liệu.\n")
    assert [duty.lead for duty in found] == [("Sở Nội vụ",), ("Công an tỉnh",)]
