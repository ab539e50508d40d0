"""Identity: from a header, from the line of an annex, from the sentence of a report; empty where the text is "
"silent."""

from __future__ import annotations

from datetime import date

import pytest

from khoithong.reading import read
from khoithong.reading.model import Identity

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


def who(text: str) -> tuple[str | None, str | None, str | None, date | None]:
    identity = read(text).identity
    return identity.symbol, identity.type, identity.issuer, identity.issued_on


def test_header_of_a_decision() -> None:
    text = (
        "UBND TỈNH QUẢNG NAM\nSỞ TÀI CHÍNH\n____\nSố: 12/QĐ-STC\n"
        + COUNTRY
        + "____\nQuảng Nam, ngày 05 tháng 6 năm 2023\n\nQUYẾT ĐỊNH\nVề việc giao xe công\n____\n\n"
        "GIÁM ĐỐC SỞ TÀI CHÍNH\nCăn cứ Luật Giá ngày 19 tháng 6 năm 2023;\n"
    )
    assert who(text) == ("12/QĐ-STC", "quyết định", "Sở Tài chính", date(2023, 6, 5))
    identity = read(text).identity
    assert identity.subject == "Về việc giao xe công"
    assert identity.span is not None
    assert text[slice(*identity.span)] == "12/QĐ-STC"


def test_header_of_an_official_letter() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ ĐÀ NẴNG\n" + COUNTRY + "Số: 34/UBND-KT\nV/v thay đèn đường\n"
        "Đà Nẵng, ngày 7 tháng 12 năm 2023\n\nKính gửi: Sở Xây dựng.\nSở Xây dựng báo cáo.\n"
    )
    assert who(text) == ("34/UBND-KT", "công văn", "Ủy ban nhân dân thành phố Đà Nẵng", date(2023, 12, 7))
    assert read(text).identity.subject == "thay đèn đường"


def test_country_and_body_on_one_line() -> None:
    text = "CHÍNH PHỦ   " + COUNTRY + "Số: 3/NQ-CP\nHà Nội, ngày 9 tháng 1 năm 2025\nNGHỊ QUYẾT\nVề việc nọ\n"
    assert who(text) == ("3/NQ-CP", "nghị quyết", "Chính phủ", date(2025, 1, 9))


def test_a_draft_has_no_number_and_no_date() -> None:
    text = (
        "BỘ TÀI CHÍNH\n" + COUNTRY + "Số:      /QĐ-BTC\nHà Nội, ngày      tháng     năm 2026\nQUYẾT ĐỊNH\nVề việc nọ\n"
    )
    assert who(text) == (None, "quyết định", "Bộ Tài chính", None)


def test_annex_says_what_it_goes_with() -> None:
    text = (
        "PHỤ LỤC\nDANH MỤC VIỆC\n(Kèm theo Quyết định số 9/QĐ-UBND ngày 5/6/2023 của UBND tỉnh Quảng Nam)\n1. Việc.\n"
    )
    assert who(text) == ("9/QĐ-UBND", "quyết định", "UBND tỉnh Quảng Nam", date(2023, 6, 5))
    assert read(text).citations == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "UBND tỉnh Quảng Nam vừa ban hành Công văn số 88/UBND-VX ngày 2/3/2023 nhắc các huyện.",
            ("88/UBND-VX", "công văn", "UBND tỉnh Quảng Nam", date(2023, 3, 2)),
        ),
        (
            "Đó là nội dung tại Chỉ thị số 3/CT-UBND ngày 2/3/2023 của UBND tỉnh Quảng Nam về việc tiết kiệm điện.",
            ("3/CT-UBND", "chỉ thị", "UBND tỉnh Quảng Nam", date(2023, 3, 2)),
        ),
        (
            "Theo công văn của ông Trần Văn Nam - chủ tịch UBND tỉnh Kon Tum, các huyện phải dừng việc đào cát.",
            (None, "công văn", "chủ tịch UBND tỉnh Kon Tum", None),
        ),
        (
            "Văn phòng UBND tỉnh Gia Lai cho biết, UBND tỉnh đã có công văn nhắc các sở nộp báo cáo.",
            (None, "công văn", "UBND tỉnh Gia Lai", None),
        ),
        ("Sáng qua, Bộ Y tế vừa có văn bản yêu cầu các tỉnh rà soát.", (None, "văn bản", "Bộ Y tế", None)),
    ],
)
def test_a_report_tells_of_one_paper(text: str, expected: tuple[object, ...]) -> None:
    assert who(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1. Sở Y tế chủ trì, phối hợp với Sở Tài chính.",
        "Điều 3. Bộ Y tế đã ban hành Thông tư số 5/2020/TT-BYT.",
        "Thời tiết hôm nay đẹp.",
    ],
)
def test_a_silent_text_has_no_identity(text: str) -> None:
    assert read(text).identity == Identity()


def test_a_title_above_the_legal_bases_without_a_header() -> None:
    text = "THÔNG TƯ\nVề mẫu sổ xe công\n\nCăn cứ Luật Giá ngày 19 tháng 6 năm 2023;\n"
    identity = read(text).identity
    assert (identity.symbol, identity.type, identity.subject) == (None, "thông tư", "Về mẫu sổ xe công")


def test_a_consolidated_text_bears_the_number_under_its_certification() -> None:
    text = (
        "NGHỊ ĐỊNH\nVề xe công\n____\n"
        "Nghị định số 1/2020/NĐ-CP ngày 2/3/2020 của Chính phủ, được sửa đổi, bổ sung bởi:\n"
        "Nghị định số 4/2021/NĐ-CP ngày 5/6/2021 của Chính phủ.\nĐiều 1. Phạm vi.\n\n"
        "BỘ TÀI CHÍNH\nXÁC THỰC VĂN BẢN HỢP NHẤT\nSố: 7/VBHN-BTC\nHà Nội, ngày 8 tháng 9 năm 2022\n"
    )
    assert who(text) == ("7/VBHN-BTC", "văn bản hợp nhất", "Bộ Tài chính", date(2022, 9, 8))
    assert [c.symbol for c in read(text).citations] == ["1/2020/NĐ-CP", "4/2021/NĐ-CP"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # two columns of one head printed on the same lines
            "UBND TỈNH QUẢNG NGÃI      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "VĂN PHÒNG                 Độc lập - Tự do - Hạnh phúc\n\n"
            "Số: 12/VP-VX              Quảng Ngãi, ngày 05 tháng 12 năm 2023\nV/v họp giao ban\n\nKính gửi: Các sở.",
            ("12/VP-VX", "công văn", "Văn phòng UBND tỉnh Quảng Ngãi", date(2023, 12, 5)),
        ),
        (
            "TỈNH ỦY QUẢNG NAM\n*\nSố 12-CT/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nQuảng Nam, ngày 10 tháng 11 năm 2023\n\n"
            "CHỈ THỊ\nvề việc giữ sạch công sở\n-----\n",
            ("12-CT/TU", "chỉ thị", "Tỉnh ủy Quảng Nam", date(2023, 11, 10)),
        ),
        (
            "| UBND TỈNH QUẢNG NAM | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n| SỞ Y TẾ | Độc lập - Tự do - Hạnh phúc |\n"
            "| Số: 77/SYT-NV | Quảng Nam, ngày 08 tháng 3 năm 2024 |\n\nV/v trực Tết\n\nKính gửi: Các trạm.",
            ("77/SYT-NV", "công văn", "Sở Y tế", date(2024, 3, 8)),
        ),
        (
            "UBND HUYỆN NÚI THÀNH\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 12/PGDĐT\nV/v cho học sinh nghỉ\n"
            + COUNTRY
            + "Núi Thành, ngày 01 tháng 10 năm 2023\nKính gửi: Các trường",
            ("12/PGDĐT", "công văn", "Phòng Giáo dục và Đào tạo", date(2023, 10, 1)),
        ),
        (
            "BỘ CÔNG AN\nCÔNG AN TỈNH QUẢNG TRỊ\nSố: 45/KH-CAT-PC06\n"
            + COUNTRY
            + "Quảng Trị, ngày 3 tháng 2 năm 2024\nKẾ HOẠCH\nCấp thẻ lưu động\n",
            ("45/KH-CAT-PC06", "kế hoạch", "Công an tỉnh Quảng Trị", date(2024, 2, 3)),
        ),
        (  # a narrow table whose cells were wrapped
            "UỶ BAN NHÂN\nDÂN\nTỈNH QUẢNG BÌNH\n-----\n|\nCỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM\n"
            "Độc lập - Tự do - Hạnh phúc\n-----\n|\nSố:\n9/QĐ-UBND\n|\nQuảng Bình,\nngày 25 tháng 4 năm 2011\n|\n"
            "QUYẾT ĐỊNH\nVỀ VIỆC TRỒNG CÂY\n",
            ("9/QĐ-UBND", "quyết định", "Ủy ban nhân dân tỉnh Quảng Bình", date(2011, 4, 25)),
        ),
        (
            "ỦY BAN NHÂN DÂN    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHÀNH PHỐ ĐÀ NẴNG    Độc lập - Tự do - Hạnh phúc\n"
            "Số:      /KH-UBND      Đà Nẵng, ngày    tháng  năm 2024\n\nKẾ HOẠCH\nTrồng cây đầu xuân\n",
            (None, "kế hoạch", "Ủy ban nhân dân thành phố Đà Nẵng", None),
        ),
    ],
)
def test_heads_as_they_are_laid_out(text: str, expected: tuple[object, ...]) -> None:
    assert who(text) == expected


def test_a_law_bears_the_day_of_its_adoption() -> None:
    text = (
        "QUỐC HỘI\nLuật số: 9/2030/QH20\n" + COUNTRY + "\nLUẬT\nSAO CHỔI\n\nCăn cứ Hiến pháp;\nĐiều 1. Phạm vi.\n"
        "Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XX, kỳ họp thứ 3 thông qua ngày 4 tháng 5 "
        "năm 2030.\n"
    )
    assert who(text) == ("9/2030/QH20", "luật", "Quốc hội", date(2030, 5, 4))


def test_a_number_cut_by_line_breaks() -> None:
    text = "QUỐC HỘI\n\nNghị quyết số:\n9\n/2030/QH20\n\n" + COUNTRY + "\nNGHỊ QUYẾT\nVề việc nọ\n"
    assert who(text)[:3] == ("9/2030/QH20", "nghị quyết", "Quốc hội")


def test_a_number_in_the_title_is_not_the_papers_own() -> None:
    text = (
        "QUỐC HỘI\n" + COUNTRY + "\nLUẬT\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU\nCỦA LUẬT GIÁ SỐ 3/2023/QH15\n\nĐiều 1. Sửa.\n"
    )
    assert who(text)[0] is None
