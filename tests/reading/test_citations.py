"""Citations: type, date and issuer from the words on either side; each paper once; what is no citation."""

from __future__ import annotations

from datetime import date

import pytest

from khoithong.reading import read
from khoithong.reading.model import Citation


def cited(text: str) -> tuple[Citation, ...]:
    return read(text).citations


def told(text: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(c.symbol or c.title, c.type, c.issued_on.isoformat() if c.issued_on else None) for c in cited(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Làm theo Công văn số 12/UBND-VX ngày 5/6/2023.", [("12/UBND-VX", "công văn", "2023-06-05")]),
        ("Làm theo Chỉ thị số 7/CT-TTg, ngày 05 tháng 6 năm 2023.", [("7/CT-TTg", "chỉ thị", "2023-06-05")]),
        ("Làm theo Chỉ thị số 7/CT-TTg (ngày 05/6/2023).", [("7/CT-TTg", "chỉ thị", "2023-06-05")]),
        ("Theo Công điện số 7/CĐ-TTg hồi 10 giờ 30 ngày 5/6/2023.", [("7/CĐ-TTg", "công điện", "2023-06-05")]),
        ("Làm theo Kế hoạch số 9/KH-UBND ban hành ngày 05/6/2023.", [("9/KH-UBND", "kế hoạch", "2023-06-05")]),
        ("Theo Giấy phép số 9/GPXD do Sở Xây dựng cấp ngày 05/6/2023.", [("9/GPXD", "giấy phép", "2023-06-05")]),
        ("Làm theo Thông tư số 04/2020/TT-BTTTT.", [("04/2020/TT-BTTTT", "thông tư", None)]),
        ("Xem văn bản hướng dẫn số 44/BTC-NS ngày 1/2/2023.", [("44/BTC-NS", "văn bản", "2023-02-01")]),
        ("Theo số 77/BC-SNV ngày 1/2/2023.", [("77/BC-SNV", "báo cáo", "2023-02-01")]),
        ("Theo Quy chế phối hợp số 1/QCPH-SYT-CAT ngày 1/2/2023.", [("1/QCPH-SYT-CAT", "quy chế", "2023-02-01")]),
        ("Theo công văn của Sở Nội vụ (số 12/SNV-TC ngày 3/4/2023).", [("12/SNV-TC", "công văn", "2023-04-03")]),
        ("Theo Công văn ngày 3/4/2023 số 12/SNV-TC.", [("12/SNV-TC", "công văn", "2023-04-03")]),
        ("Thông báo Kết luận số 5/TB-UBND ngày 1/2/2023", [("5/TB-UBND", "thông báo", "2023-02-01")]),
    ],
)
def test_type_and_date_behind_the_symbol(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert told(text) == expected


def test_a_date_that_opens_the_clause_belongs_to_the_paper_issued_in_it() -> None:
    (paper,) = cited("Ngày 20/11/2023, Sở Nội vụ ban hành Thông báo số 478/TB-SNV về một việc.")
    assert (paper.issued_on, paper.issuer) == (date(2023, 11, 20), "Sở Nội vụ")


def test_a_date_before_a_symbol_is_not_the_date_of_the_citation_before() -> None:
    text = "Theo Công văn số 1/UBND-VX; ngày 20/11/2023, Sở Y tế có Tờ trình số 2/TTr-SYT xin ý kiến."
    assert told(text) == [("1/UBND-VX", "công văn", None), ("2/TTr-SYT", "tờ trình", "2023-11-20")]


def test_the_date_of_a_citation_is_not_the_date_of_the_next() -> None:
    text = "Theo Quyết định số 1/QĐ-UBND ngày 3/4/2023 ban hành Quy chế số 2/QC-UBND."
    assert told(text) == [("1/QĐ-UBND", "quyết định", "2023-04-03"), ("2/QC-UBND", "quy chế", None)]


def test_a_date_in_the_midst_of_a_clause_belongs_to_no_paper() -> None:
    text = "Cuộc họp ngày 20/11/2023 đã nghe báo cáo; thực hiện Kế hoạch số 5/KH-UBND."
    assert told(text) == [("5/KH-UBND", "kế hoạch", None)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Sau cuộc họp ngày 20/11/2023, Sở Y tế ban hành Kế hoạch số 5/KH-SYT.", [None]),
        ("Theo Công văn số 1/BYT-X, ngày 5/6/2023, Sở Y tế ban hành Kế hoạch số 2/KH-SYT.", ["2023-06-05", None]),
    ],
)
def test_a_date_is_given_to_one_paper_at_most(text: str, days: list[str | None]) -> None:
    assert [day for _, _, day in told(text)] == days


def test_a_list_under_one_type() -> None:
    text = "Theo các Tờ trình số 1/TTr-SYT ngày 1/2/2023, số 2/TTr-SYT ngày 3/2/2023 và số 7/BC-SYT ngày 4/2/2023."
    assert told(text) == [
        ("1/TTr-SYT", "tờ trình", "2023-02-01"),
        ("2/TTr-SYT", "tờ trình", "2023-02-03"),
        ("7/BC-SYT", "báo cáo", "2023-02-04"),
    ]


def test_a_list_under_a_heading() -> None:
    text = (
        "Căn cứ các nghị định của Chính phủ: Số 9/2006/NĐ-CP ngày 7/9/2006 về việc nọ; số 4/2008/NĐ-CP ngày 1/1/2008;\n"
        "Theo đề nghị của Sở Y tế tại các công văn: Số 5/SYT-KH ngày 8/9/2010; số 8/SYT-KH ngày 2/3/2011."
    )
    assert told(text) == [
        ("9/2006/NĐ-CP", "nghị định", "2006-09-07"),
        ("4/2008/NĐ-CP", "nghị định", "2008-01-01"),
        ("5/SYT-KH", "công văn", "2010-09-08"),
        ("8/SYT-KH", "công văn", "2011-03-02"),
    ]


def test_an_issuer_is_not_shared_with_a_paper_of_another_body() -> None:
    papers = cited(
        "Theo văn bản số 1/TTg-KSTT ngày 2/3/2023 và văn bản số 2/VPCP-KSTT ngày 4/5/2023 của Văn phòng Chính phủ."
    )
    assert [c.issuer for c in papers] == ["Thủ tướng Chính phủ", "Văn phòng Chính phủ"]


def test_the_span_runs_from_the_type_to_the_end_of_the_symbol() -> None:
    text = "Theo Kế hoạch số 1/KH-UBND ngày 2/3/2023, Công văn số 2/\nUBND-VX và các văn bản: số 3/STC-NS."
    assert [text[c.start : c.end] for c in cited(text)] == [
        "Kế hoạch số 1/KH-UBND",
        "Công văn số 2/\nUBND-VX",
        "số 3/STC-NS",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Công văn số 1/UBND-X và số 2/UBND-X cùng ngày 5/6/2023 của UBND tỉnh.",
        "Công văn số 1/UBND-X ngày 5/6/2023, Công văn số 2/UBND-X cùng ngày của UBND tỉnh.",
    ],
)
def test_papers_of_the_same_day(text: str) -> None:
    assert told(text) == [("1/UBND-X", "công văn", "2023-06-05"), ("2/UBND-X", "công văn", "2023-06-05")]


def test_two_dated_clauses_in_one_sentence() -> None:
    text = "Ngày 2/7/2021, HĐND tỉnh ra Nghị quyết số 3/NQ-HĐND và ngày 5/8/2021, UBND tỉnh có Kế hoạch số 4/KH-UBND."
    assert told(text) == [("3/NQ-HĐND", "nghị quyết", "2021-07-02"), ("4/KH-UBND", "kế hoạch", "2021-08-05")]


def test_an_issuer_behind_a_run_of_papers_is_that_of_all() -> None:
    papers = cited("Theo Kết luận số 1-KL/TW, ngày 2/3/2023 và Kết luận số 2-KL/TW, ngày 4/5/2023 của Bộ Chính trị.")
    assert [c.issuer for c in papers] == ["Bộ Chính trị", "Bộ Chính trị"]


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (
            "Theo Công văn số 12/BTTTT-X ngày 1/2/2023 của Bộ Thông tin và Truyền thông về việc",
            "Bộ Thông tin và Truyền thông",
        ),
        ("Theo Công văn số 12/STTTT-X ngày 1/2/2023 của Sở TT&TT về việc", "Sở Thông tin và Truyền thông"),
        (
            "Theo Quyết định số 12/QĐ-UBND ngày 1/2/2023 của Chủ tịch UBND tỉnh Quảng Nam về",
            "Chủ tịch UBND tỉnh Quảng Nam",
        ),
        ("Theo Quyết định số 12/QĐ-UBND của UBND TP Đà Nẵng", "UBND thành phố Đà Nẵng"),
        ("Theo đề nghị của Giám đốc Sở Tài chính tại Tờ trình số 5/TTr-STC", "Sở Tài chính"),
        ("Theo công văn của Sở Nội vụ (số 12/SNV-TC ngày 3/4/2023)", "Sở Nội vụ"),
        ("Theo Công văn số 12/VPCP-X ngày 1/2/2023 của VPCP", "Văn phòng Chính phủ"),
        ("Theo Công văn số 12/X-Y ngày 1/2/2023 của Giám đốc Sở TT&TT", "Giám đốc Sở Thông tin và Truyền thông"),
        ("Thông tư liên tịch số 1/2012/TTLT-X-Y ngày 1/2/2012 của Bộ Y tế, Bộ Tài chính quy", "Bộ Y tế, Bộ Tài chính"),
        ("Theo Công văn số 1/X-Y của Sở Nông nghiệp và PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("Theo Công văn số 1/X-Y của Sở Tài nguyên - môi trường", "Sở Tài nguyên - môi trường"),
        ("Theo Nghị định số 1/2023/NĐ-CP", "Chính phủ"),
        ("Theo Quyết định số 12/QĐ-UBND", None),
    ],
)
def test_issuer(text: str, issuer: str | None) -> None:
    assert [c.issuer for c in cited(text)] == [issuer]


def test_each_paper_once_with_what_any_mention_says() -> None:
    text = "Theo Kế hoạch số 5/KH-UBND, các sở báo cáo. Kế hoạch số 5/KH-UBND ngày 1/2/2023 nêu rõ."
    (paper,) = cited(text)
    assert (paper.start, paper.end, paper.issued_on) == (5, 26, date(2023, 2, 1))


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Nghị quyết này và Công văn trên; Đề án 06 tiếp tục.",
        "Bản án số 15/2021/HS-ST ngày 3/4/2021.",
        "Theo pháp luật đất đai và pháp luật ngân sách nhà nước, các luật sư nêu.",
        "Các văn bản quy phạm pháp luật này.",
        "Nâng cao kỷ luật đầu tư công, thi luật giao thông.",
        "Luật này có hiệu lực từ ngày 1 tháng 7 năm 2023.",
        "",
        "   \n\n ",
    ],
)
def test_what_points_back_or_is_no_paper_is_not_cited(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Căn cứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2015;",
            [("Luật Ngân sách nhà nước", "luật", "2015-06-25")],
        ),
        ("theo Luật Ngân sách nhà nước.", [("Luật Ngân sách nhà nước", "luật", None)]),
        ("theo Luật An toàn thực phẩm năm 2010 để", [("Luật An toàn thực phẩm", "luật", None)]),
        (
            "theo Bộ luật Lao động và Luật Việc làm",
            [("Bộ luật Lao động", "bộ luật", None), ("Luật Việc làm", "luật", None)],
        ),
        (
            "Căn cứ Luật Sao Chổi và Thiên thạch ngày 1 tháng 2 năm 2030;",
            [("Luật Sao Chổi và Thiên thạch", "luật", "2030-02-01")],
        ),
        ("Căn cứ Luật Đầu tư công số 58/2024/QH15;", [("58/2024/QH15", "luật", None)]),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Nhà ở và Luật Giá ngày 1 tháng 2 năm 2024",
            [("Luật sửa đổi, bổ sung một số điều của Luật Nhà ở và Luật Giá", "luật", "2024-02-01")],
        ),
        ("theo Luật Đất đai 2013", [("Luật Đất đai", "luật", None)]),
        ("Hiến pháp năm 2013", [("Hiến pháp", "hiến pháp", None)]),
        ("Nghị quyết Đại hội Đảng lần thứ XII", [("Nghị quyết Đại hội Đảng lần thứ XII", "nghị quyết", None)]),
    ],
)
def test_papers_by_title(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert told(text) == expected


def test_a_law_named_inside_the_title_of_another_paper_is_not_cited() -> None:
    text = "Căn cứ Nghị định số 1/2023/NĐ-CP ngày 1/2/2023 của Chính phủ hướng dẫn Luật Giá; theo Luật Điện lực."
    assert [name for name, _, _ in told(text)] == ["1/2023/NĐ-CP", "Luật Điện lực"]


def test_the_title_of_a_paper_ends_where_the_issuer_speaks() -> None:
    text = "Thực hiện Công văn số 1/BTC-X về việc triển khai Luật Giá, UBND tỉnh yêu cầu các sở thi hành Luật Điện lực."
    assert [name for name, _, _ in told(text)] == ["1/BTC-X", "Luật Điện lực"]


def test_a_bare_law_points_back_to_the_dated_one() -> None:
    text = "Căn cứ Luật Giá ngày 19 tháng 6 năm 2023. Thực hiện Luật Giá, các sở rà soát."
    assert told(text) == [("Luật Giá", "luật", "2023-06-19")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("thực hiện Chỉ thị 20 của Thủ tướng Chính phủ", [("20", "chỉ thị", None)]),
        ("Chỉ thị số 20/CT-TTg; thực hiện Chỉ thị 20 của Thủ tướng", [("20/CT-TTg", "chỉ thị", None)]),
        ("Quyết định 15 dự án được chọn", []),
        ("theo các Nghị quyết số 57, 59 và 66 của Bộ Chính trị", [(n, "nghị quyết", None) for n in ("57", "59", "66")]),
        ("thực hiện Đề án 06 của Chính phủ", []),
    ],
)
def test_type_and_number(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert told(text) == expected


def test_every_citation_says_which_rule_found_it_and_how_sure_it_is() -> None:
    for paper in cited("Theo Công văn số 12/UBND-VX ngày 5/6/2023, Luật Giá và Chỉ thị 20 của Thủ tướng."):
        assert paper.rule
        assert 0 < paper.certainty <= 1
