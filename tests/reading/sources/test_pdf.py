"""PDF: text layer, pages, hyphens; scanned, locked, broken, too long."""

import pytest

from khoithong.reading.sources import Limits, Unreadable, open_source
from khoithong.reading.sources.pdf import _without_number

from .papers import EXAMPLES, pdf


def test_pages_follow_one_another() -> None:
    source = open_source(pdf("Trang mot", "Trang hai"), name="vb.pdf")
    assert (source.text, source.pages, source.media_type) == ("Trang mot\nTrang hai", 2, "application/pdf")


def test_page_numbers_are_left_out_and_other_numbers_kept() -> None:
    assert open_source(pdf("mot", "2", "3"), name="vb.pdf").text == "mot\n2\n3"
    assert _without_number("2\nhai\n17", 2, 3) == "hai\n17"
    assert _without_number("hai\n- 2 -", 2, 3) == "hai"
    assert _without_number("Trang 2/3\nhai\n2", 2, 3) == "hai\n2"
    assert _without_number("3\nhai", 2, 3) == "3\nhai"


def test_a_page_without_text_layer_is_noted() -> None:
    source = open_source(pdf("Trang mot", "", ""), name="vb.pdf", limits=Limits(max_ocr_pages=0))
    assert source.text.strip() == "Trang mot"
    assert source.notes == ("trang 2, 3 là ảnh quét, chưa đọc được",)


def test_a_scanned_paper_names_the_way_out() -> None:
    with pytest.raises(Unreadable, match="bản quét, không có lớp chữ; hãy nhận dạng chữ"):
        open_source(pdf("", ""), name="vb.pdf", limits=Limits(max_ocr_pages=0))


def test_a_locked_paper() -> None:
    with pytest.raises(Unreadable, match="đặt mật khẩu"):
        open_source(pdf("a", locked=True), name="vb.pdf")


def test_pages_are_limited_at_their_border() -> None:
    limits = Limits(max_pages=3)
    assert open_source(pdf("a", count=3), name="vb.pdf", limits=limits).pages == 3
    with pytest.raises(Unreadable, match="có 4 trang, quá 3 trang"):
        open_source(pdf("a", count=4), name="vb.pdf", limits=limits)


def test_ten_thousand_pages_are_refused_by_default() -> None:
    with pytest.raises(Unreadable, match="có 10000 trang"):
        open_source(pdf("a", count=10_000), name="vb.pdf")


@pytest.mark.parametrize("kept", [9, 200, -200])
def test_a_truncated_paper_is_refused_or_read(kept: int) -> None:
    whole = (EXAMPLES / "chi-dao-de-an-06.pdf").read_bytes()
    with pytest.raises(Unreadable, match="tải lại"):
        open_source(whole[:kept], name="vb.pdf")


def test_characters_are_limited() -> None:
    with pytest.raises(Unreadable, match="dài quá 5 ký tự"):
        open_source(pdf("abc", "def"), name="vb.pdf", limits=Limits(max_chars=5))


def test_the_example_has_the_words_it_was_made_of() -> None:
    source = open_source(EXAMPLES / "chi-dao-de-an-06.pdf")
    plain = open_source(EXAMPLES / "chi-dao-de-an-06.txt")
    assert source.pages == 2
    assert "\ufffe" not in source.text
    assert max(map(len, source.text.splitlines())) < 110
    assert "".join(source.text.split()) == "".join(plain.text.split())
