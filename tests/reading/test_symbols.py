"""Symbols in all forms that occur, mended where print broke them, and things of a like form that are no symbols."""

from __future__ import annotations

import pytest

from khoithong.reading.symbols import symbols
from khoithong.reading.text import flatten, nfc
from tests.patience import patience


def found(text: str) -> list[str]:
    return [symbol.printed for symbol in symbols(flatten(nfc(text)))]


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("Công văn số 8107/UBND-NCKS ngày", "8107/UBND-NCKS"),
        ("Thông báo số 478/TB-VPCP về", "478/TB-VPCP"),
        ("Thông tư số 04/2020/TT-BTTTT", "04/2020/TT-BTTTT"),
        ("Nghị quyết 12-NQ/TU của", "12-NQ/TU"),
        ("Kết luận số 27-KL/TW,", "27-KL/TW"),
        ("Nghị quyết số 66.17/2026/NQ-CP", "66.17/2026/NQ-CP"),
        ("Nghị quyết số 30a/2008/NQ-CP", "30a/2008/NQ-CP"),
        ("Nghị quyết số 202/2025/QH15 về", "202/2025/QH15"),
        ("số 1659/NQ-UBTVQH15", "1659/NQ-UBTVQH15"),
        ("văn bản số 374/ĐK:HT", "374/ĐK:HT"),
        ("Công văn 5104/BTTTT-PTTH&TTĐT", "5104/BTTTT-PTTH&TTĐT"),
        ("Thông tư liên tịch số 01/2012/TTLT/BTC-BCT", "01/2012/TTLT/BTC-BCT"),
        ("Kế hoạch số 3260-KH/ĐĐQH15", "3260-KH/ĐĐQH15"),
        ("công văn số 123/UBND.TH", "123/UBND.TH"),
        ("Số: 9001/UBND-KGVX", "9001/UBND-KGVX"),
        ("Số 12/QĐ-UBND", "12/QĐ-UBND"),
        ("SỐ 66-NQ/TW NGÀY", "66-NQ/TW"),
    ],
)
def test_forms(text: str, symbol: str) -> None:
    assert found(text) == [symbol]


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("Thông tư số 45/2019/TT- BTC", "45/2019/TT-BTC"),
        ("Thông tư số 105 /2021/TT-BQP", "105/2021/TT-BQP"),
        ("Văn bản số 3374/ BKHCN-CNCNTT", "3374/BKHCN-CNCNTT"),
        ("số 12529/\nQĐ-UBND ngày", "12529/QĐ-UBND"),
        ("Nghị quyết \nsố 23/NQ-\nCP ngày", "23/NQ-CP"),
        ("Nghị quyết số 66-\nNQ/TW", "66-NQ/TW"),
        ("Quyết định số 1961/QĐUBND", "1961/QĐUBND"),
        ("Nghị định 12/2020/ND-CP", "12/2020/ND-CP"),
        ("Nghị định 12/2020/N\u00d0-CP", "12/2020/NĐ-CP"),
        ("Quyết định 12/QĐ–UBND", "12/QĐ-UBND"),
        ("Quyết định 12/QĐ\u2011UBND", "12/QĐ-UBND"),
        ("Thông tư 06/2022/TT-B\u0422\u0421 ngày", "06/2022/TT-BTC"),
        ("Nghị quyết số 140/NQ-CP2 và", "140/NQ-CP"),
        ("Chương trình số 12-CTr/BCĐ3", "12-CTr/BCĐ"),
        ("Nghị quyết số 15/NQ-CPngày 02", "15/NQ-CP"),
        ("công văn số 7248/UBND-KT 2, về", "7248/UBND-KT2"),
        ("Công văn số8107/UBND-NCKS", "8107/UBND-NCKS"),
    ],
)
def test_noise_is_mended(text: str, symbol: str) -> None:
    assert found(text) == [symbol]


@pytest.mark.parametrize(
    "text",
    [
        "Điện thoại: 0235.3852739/3810033",
        "Mã số thuế 4000100123-001/CN",
        "xe biển số 92A-012.34/XE",
        "Bản án số 15/2021/HS-ST ngày 3/4/2021",
        "Quyết định số 5/2021/QĐST-DS ngày 3/4/2021",
        "hồ sơ thụ lý số 45/2022/TLST-DS",
        "chiếm 3/4 diện tích",
        "ngày 22/11/2023/Quảng Nam",
        "ngày 22/11/2023",
        "CÔNG BÁO/Số 302/Ngày 02-06-2026",
        "100 km/h và 5 triệu đồng/tháng",
        "đạt QCVN 02:2009/BYT",
        "theo QCVN 01 - 2008/BLĐTBXH",
        "theo Mẫu số 01/CNKD ban hành",
        "Biểu số 103/LĐVL - Sở",
        "trực 24/7",
        "Số:       /QĐ-UBND",
        "và/hoặc",
    ],
)
def test_no_symbols(text: str) -> None:
    assert found(text) == []


def test_two_symbols_keep_their_places() -> None:
    text = "Công văn 12/UBND-KT và 7/TB-VP"
    assert [(s.start, s.end) for s in symbols(text)] == [(9, 19), (23, 30)]
    assert [text[s.start : s.end] for s in symbols(text)] == ["12/UBND-KT", "7/TB-VP"]


def test_dash_between_symbol_and_the_next_body_is_no_joint() -> None:
    assert found("theo Quyết định 12/QĐ-UBND - UBND tỉnh") == ["12/QĐ-UBND"]
    assert found("Thông tư 15/2021/TT-BTC - Bộ Tài chính") == ["15/2021/TT-BTC"]


@pytest.mark.parametrize("seed", ["/", "1/", "1/A-", "12/QĐ-UBND", "9" * 50 + "/", "A-A/", "số " * 3 + "/"])
def test_hostile_text_is_read_to_its_end(seed: str) -> None:
    """Growth in proportion to the length is measured by benchmarks/growth.py."""
    text = seed * 20_000
    with patience():
        assert all(symbol.end <= len(text) for symbol in symbols(text))
