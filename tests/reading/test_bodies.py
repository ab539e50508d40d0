"""Names of bodies: how far they reach, how many there are, what they are called in full."""

from __future__ import annotations

import pytest

from khoithong.reading.bodies import bodies_at, body_at
from khoithong.reading.fields import expand
from khoithong.reading.words import Words


def names(text: str, *, after_order: bool = False) -> tuple[tuple[str, ...], str]:
    """The names at the head of a text and what is left of it."""
    words = Words(text)
    found = bodies_at(words, 0, after_order=after_order)
    if found is None:
        return (), text
    rest = text[words.start[found.after] :] if found.after < len(words) else ""
    return found.names, rest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Thông tin và Truyền thông chủ trì", ["Sở Thông tin và Truyền thông"]),
        ("Sở TT&TT lập kế hoạch", ["Sở Thông tin và Truyền thông"]),
        ("Sở TTTT, sở KH-ĐT rà soát", ["Sở Thông tin và Truyền thông", "sở Kế hoạch và Đầu tư"]),
        ("Sở LĐ-TB&XH và Sở GTVT báo cáo", ["Sở Lao động - Thương binh và Xã hội", "Sở Giao thông vận tải"]),
        ("Sở Văn hoá, Thể thao và Du lịch tổ chức", ["Sở Văn hoá, Thể thao và Du lịch"]),
        ("Sở Văn hóa - thể thao và du lịch tổ chức", ["Sở Văn hóa - thể thao và du lịch"]),
        ("các Sở Tài chính, Nội vụ, Y tế khẩn trương", ["Sở Tài chính", "Sở Nội vụ", "Sở Y tế"]),
        (
            "các sở GTVT Kon Tum, Bà Rịa - Vũng Tàu và Gia Lai kiểm tra",
            [
                "sở Giao thông vận tải Kon Tum",
                "sở Giao thông vận tải Bà Rịa - Vũng Tàu",
                "sở Giao thông vận tải Gia Lai",
            ],
        ),
        ("UBND các huyện, thị xã, thành phố chỉ đạo", ["UBND các huyện, thị xã, thành phố"]),
        ("UBND TP Hội An, UBND huyện Đông Giang rà soát", ["UBND thành phố Hội An", "UBND huyện Đông Giang"]),
        (
            "UBND các huyện: Phước Sơn, Hiệp Đức, Nam Trà My tổ chức",
            ["UBND các huyện: Phước Sơn, Hiệp Đức, Nam Trà My"],
        ),
        (
            "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương báo cáo",
            [
                "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",
            ],
        ),
        ("Công an tỉnh, Bộ Chỉ huy quân sự tỉnh phối hợp", ["Công an tỉnh", "Bộ Chỉ huy quân sự tỉnh"]),
        ("Bảo hiểm xã hội tỉnh Kiên Giang chi trả", ["Bảo hiểm xã hội tỉnh Kiên Giang"]),
        ("các bộ, ngành, địa phương tổ chức triển khai", ["các bộ, ngành, địa phương"]),
        ("các cơ quan, tổ chức, cá nhân có liên quan chịu trách nhiệm", ["các cơ quan, tổ chức, cá nhân có liên quan"]),
        ("các sở, ban, ngành, UBND các xã, phường thực hiện", ["các sở, ban, ngành", "UBND các xã, phường"]),
        ("Giám đốc Sở Y tế, Chủ tịch UBND các huyện chịu", ["Giám đốc Sở Y tế", "Chủ tịch UBND các huyện"]),
        ("Giám đốc các Sở: Tài chính, Nội vụ rà soát", ["Giám đốc Sở Tài chính", "Giám đốc Sở Nội vụ"]),
        ("Giám đốc Sở Y tế, Sở Tài chính rà soát", ["Giám đốc Sở Y tế", "Giám đốc Sở Tài chính"]),
        (
            "Thủ trưởng các đơn vị thuộc Sở và các cá nhân liên quan chịu",
            [
                "Thủ trưởng các đơn vị thuộc Sở",
                "các cá nhân liên quan",
            ],
        ),
        ("Trưởng thôn, Tổ trưởng tổ dân phố vận động", ["Trưởng thôn", "Tổ trưởng tổ dân phố"]),
        ("Công ty CP cấp nước Trà Kiệu sửa chữa", ["Công ty cổ phần cấp nước Trà Kiệu"]),
        (
            "Trung tâm Phục vụ hành chính công tỉnh (cơ quan đầu mối) theo dõi",
            ["Trung tâm Phục vụ hành chính công tỉnh"],
        ),
        ("Chi cục Thủy lợi kiểm tra", ["Chi cục Thủy lợi"]),
        ("Cục Quản lý đấu thầu thuộc Bộ Tài chính rà soát", ["Cục Quản lý đấu thầu thuộc Bộ Tài chính"]),
        ("Trung tâm Y tế đào tạo cán bộ", ["Trung tâm Y tế"]),
        ("quận Hải An, quận Lê Chân di dời", ["quận Hải An", "quận Lê Chân"]),
        ("Sở Y tế các tỉnh, thành phố tham mưu", ["Sở Y tế các tỉnh, thành phố"]),
        (
            "các Ban HĐND, Tổ đại biểu HĐND và đại biểu HĐND tỉnh giám sát",
            [
                "các Ban HĐND",
                "Tổ đại biểu HĐND",
                "đại biểu HĐND tỉnh",
            ],
        ),
        ("các chủ bến bãi phải cam kết", ["các chủ bến bãi"]),
        ("Chủ tịch, Tổng Giám đốc các tập đoàn chịu", ["Chủ tịch, Tổng Giám đốc các tập đoàn"]),
        ("Ban Chỉ đạo tỉnh về chuyển đổi số đôn đốc", ["Ban Chỉ đạo tỉnh về chuyển đổi số"]),
        ("Giám đốc Sở Y tế - Phó Trưởng Ban Chỉ đạo phòng dịch khẩn trương rà soát", ["Giám đốc Sở Y tế"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert list(names(text)[0]) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Tổ chức thực hiện Kế hoạch",
        "Ban hành kế hoạch",
        "Báo cáo kết quả",
        "Trường hợp phát sinh",
        "rà soát, báo cáo",
        "",
        "12/3",
        "và",
    ],
)
def test_no_body(text: str) -> None:
    assert body_at(Words(text), 0) is None


def test_a_bare_province_is_a_body_only_after_an_order() -> None:
    assert names("Quảng Trị làm rõ vụ việc")[0] == ()
    assert names("Quảng Trị làm rõ vụ việc", after_order=True) == (("Quảng Trị",), "làm rõ vụ việc")


def test_the_predicate_stays_outside() -> None:
    assert names("Sở Nội vụ, Sở Tư pháp khẩn trương rà soát")[1] == "khẩn trương rà soát"


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("UBND TP. Tam Kỳ", "UBND thành phố Tam Kỳ"),
        ("Công ty CP Sông Thu", "Công ty cổ phần Sông Thu"),
        ("BHXH tỉnh", "Bảo hiểm xã hội tỉnh"),
    ],
)
def test_abbreviated_words_are_written_out(name: str, full: str) -> None:
    assert expand(name) == full
