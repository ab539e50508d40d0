"""The whole reading: the seed, the example, any text at all."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khoithong.reading import read
from khoithong.reading.model import Directive
from tests.shared import shared

EXAMPLE = Path(__file__).resolve().parent.parent.parent / "examples" / "chi-dao-de-an-06.txt"


def sound(directive: Directive) -> None:
    """Every place lies in the text, and says what the finding says."""
    text, length = directive.text, len(directive.text)
    identity = directive.identity
    for span in (identity.span, identity.subject_span):
        assert span is None or 0 <= span[0] < span[1] <= length
    starts = [citation.start for citation in directive.citations]
    assert starts == sorted(starts)
    for citation in directive.citations:
        assert 0 <= citation.start < citation.end <= length
        assert citation.symbol or citation.title
        assert citation.rule
        if citation.symbol:
            number = citation.symbol.split("/")[0].split("-")[0]
            assert number in "".join(text[citation.start : citation.end].split())
    for duty in directive.assignments:
        assert 0 <= duty.start < duty.end <= length
        assert duty.rule
    sound_links(directive)


def sound_links(directive: Directive) -> None:
    """Every finding beyond citations and duties has words, a rule, a certainty, and means a paper that is there."""
    for found in (*directive.provisions, *directive.relations, *directive.references, *directive.warnings):
        assert 0 <= found.start < found.end <= len(directive.text)
        assert found.rule
        assert 0 < found.certainty <= 1
    targets = [found.paper for found in (*directive.provisions, *directive.references)]
    for target in (*targets, *(t for each in directive.relations for t in (each.subject, each.object))):
        assert (target.own, target.citation is not None, bool(target.reason)).count(True) == 1
        assert target.citation is None or 0 <= target.citation < len(directive.citations)


@pytest.mark.shared
def test_seed() -> None:
    directive = read(shared("seed", "8107-quang-nam.txt").read_text(encoding="utf-8"))
    assert (directive.identity.symbol, directive.identity.issued_on) == ("8107/UBND-NCKS", date(2023, 11, 22))
    assert (directive.identity.type, directive.identity.issuer) == ("công văn", "UBND tỉnh Quảng Nam")
    assert {citation.symbol: str(citation.issued_on) for citation in directive.citations} == {
        "478/TB-VPCP": "2023-11-20",
        "04/2020/TT-BTTTT": "2020-02-24",
        "5440/BTTTT-CĐSQG": "2023-10-25",
        "144/NQ-CP": "2023-09-10",
        "164/NQ-CP": "2023-10-04",
        "05/CT-TTg": "2023-02-23",
        "452/TTg-KSTT": "2023-05-23",
        "7323/VPCP-KSTT": "2023-09-23",
    }
    sound(directive)


def test_example() -> None:
    directive = read(EXAMPLE.read_text(encoding="utf-8"))
    identity = directive.identity
    assert (identity.symbol, identity.type) == ("9001/UBND-KGVX", "công văn")
    assert (identity.issuer, identity.issued_on) == ("Ủy ban nhân dân tỉnh Quảng Nam", date(2023, 11, 27))
    assert identity.subject == "tăng tốc các việc của Đề án 06 từ nay đến hết quý I năm 2024"
    assert {c.symbol or c.title: str(c.issued_on) for c in directive.citations} == {
        "Luật Ngân sách nhà nước": "2015-06-25",
        "73/2019/NĐ-CP": "2019-09-05",
        "04/2020/TT-BTTTT": "2020-02-24",
        "06/QĐ-TTg": "2022-01-06",
        "05/CT-TTg": "2023-02-23",
        "214/TTr-STTTT": "2023-11-17",
        "1520/KH-UBND": "None",
    }
    sound(directive)


_SCRAP_WORDS = (
    "điểm a |khoản 2 |Điều 5 |từ Điều 3 đến Điều 9|, |Luật này|Công văn nêu trên|"
    "(sau đây gọi tắt là Đề án 06)|Đề án 06|“|”|Căn cứ |thay thế |"
    "Thông tư số 9/2020/NĐ-CP ngày 31/02/2019|được sửa đổi bởi |Theo đề nghị của |hết hiệu lực|"
    "Công văn số |12/UBND-VX|4/2020/TT-BYT|12-NQ/TU| ngày 5/6/2023| của Chính phủ|Luật |Giá |\n| |/|-|"
    "Số: |QUYẾT ĐỊNH|V/v |(Kèm theo |)|Ngày 3/4/2023, Sở Y tế ban hành |Chỉ thị 20|"
    "sửa đổi, bổ sung một số điều của |CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Hà Nội, ngày 1 tháng 2 năm 2023|"
    "UBND tỉnh vừa ban hành |**|CÔNG BÁO/Số 1/Ngày 1-2-2023|Sở Y tế chủ trì, phối hợp với |"
    "trước ngày 5/6/2024|a) |1. |các Sở, ban, ngành"
)
_SCRAPS = st.sampled_from(_SCRAP_WORDS.split("|"))


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(_SCRAPS, max_size=25).map("".join)))
def test_any_text_is_read(text: str) -> None:
    sound(read(text))


@pytest.mark.parametrize(
    "piece",
    ["Luật ", "của Luật ", "số 1/QĐ-UBND ", "Ngày 1/2/2023, ", "vừa ban hành công văn ", "(", "a", "\n", "Số: "]
    + ["khoản 1, ", "Điều 5 ", "điểm a và ", "“Luật này” ", "được sửa đổi bởi ", "Căn cứ Luật Giá; ", "Công văn trên "]
    + ["(sau đây gọi là Luật a) ", "sửa đổi điều khoản của ", "Thông tư số 1/2020/TT-BTC ngày 31/02/2020 "],
)
def test_long_repetition_is_read(piece: str) -> None:
    sound(read(piece * 3_000))


def test_reading_is_light_to_import() -> None:
    heavy = ("django", "lxml", "yaml", "pypdfium2")
    code = f"import sys; import khoithong.reading; print(*[m for m in {heavy} if m in sys.modules])"
    source = Path(__file__).resolve().parent.parent.parent / "src"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(source)}
    )
    assert run.stdout.strip() == ""
