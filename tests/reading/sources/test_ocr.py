"""Scans and pictures through the real tesseract: text, confidence, progress, limits; and what is said without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from khoithong.reading.sources import Limits, Page, Progress, Source, Unreadable, open_all, open_source, read_file
from khoithong.reading.sources import ocr as ocr_module
from tests.components import require
from tests.patience import patience

from .papers import EXAMPLES, pdf, picture_of, png, scan, tiff, zipped

PAPER = EXAMPLES / "chi-dao-de-an-06.pdf"


@pytest.fixture(scope="module")
def picture() -> tuple[int, int, bytes]:
    require("tesseract")
    width, height, dots = picture_of(PAPER)
    # The head of the page and the first items are enough, and quicker.
    return width, height * 2 // 5, dots[: width * (height * 2 // 5)]


def test_a_scan_is_read_page_by_page(picture: tuple[int, int, bytes]) -> None:
    heard: list[Progress] = []
    source = open_source(scan(picture, None, picture), name="quet.pdf", progress=heard.append)
    assert source.pages == 3
    first, blank, third = source.recognised
    assert (blank, third.number) == (Page(2, None), 3)
    assert first.confidence is not None
    assert 80 < first.confidence <= 100
    assert source.notes == (
        f"nhận dạng chữ (OCR), hãy soát lại; độ tin cậy trang 1: {first.confidence}%, trang 3: {third.confidence}%",
        "trang 2 không có chữ",
    )
    assert heard == [Progress("quet.pdf", done, 3) for done in range(4)]
    assert source.text.count("9001/UBND-KGVX") == 2
    assert "Đ" in source.text
    assert "Ð" not in source.text


def test_a_picture_is_read_as_the_paper_it_shows(picture: tuple[int, int, bytes]) -> None:
    source, directive = read_file(png(*picture), name="anh.png")
    assert (source.media_type, source.pages) == ("image/png", 1)
    identity = directive.identity
    assert (identity.symbol, identity.issuer) == ("9001/UBND-KGVX", "Ủy ban nhân dân tỉnh Quảng Nam")
    assert str(identity.issued_on) == "2023-11-27"
    assert "CỘNG HÒA" not in "".join(duty.action for duty in directive.assignments)


def test_a_page_that_lies_on_its_side_is_turned(picture: tuple[int, int, bytes]) -> None:
    width, height, dots = picture
    turned = b"".join(dots[place::width][::-1] for place in range(width))
    source = open_source(png(height, width, turned), name="anh.png")
    assert "9001/UBND-KGVX" in source.text


def test_every_page_of_a_tif_is_read(picture: tuple[int, int, bytes]) -> None:
    source = open_source(tiff(picture, picture), name="anh.tif")
    assert [page.number for page in source.recognised] == [1, 2]
    assert source.text.count("9001/UBND-KGVX") == 2


def test_pages_with_a_text_layer_keep_it() -> None:
    require("tesseract")
    source = open_source(pdf("Trang mot", ""), name="vb.pdf")
    assert source.text.strip() == "Trang mot"
    assert source.recognised == (Page(2, None),)


def test_a_scan_with_the_stamp_of_a_signature_is_still_a_scan(picture: tuple[int, int, bytes]) -> None:
    stamped = scan(picture, stamp="Ky boi: Van phong")
    source = open_source(stamped, name="quet.pdf")
    assert "9001/UBND-KGVX" in source.text
    assert len(source.recognised) == 1
    unread = open_source(stamped, name="quet.pdf", limits=Limits(max_ocr_pages=0))
    assert (unread.text, unread.notes) == ("Ky boi: Van phong", ("trang 1 là ảnh quét, chưa đọc được",))


def test_pages_are_limited_over_all_files_of_an_archive(picture: tuple[int, int, bytes]) -> None:
    archive = zipped({"a.pdf": scan(picture, picture), "b.png": png(*picture)})
    first, second = open_all(archive, name="goi.zip", limits=Limits(max_ocr_pages=1))
    assert isinstance(first, Source)
    assert [page.number for page in first.recognised] == [1]
    assert "trang 2 là ảnh quét, chưa đọc được" in first.notes
    assert isinstance(second, Unreadable)
    assert "đã hết" in second.reason


def test_a_page_that_takes_too_long_is_given_up(picture: tuple[int, int, bytes]) -> None:
    with patience(), pytest.raises(Unreadable, match="không ra chữ nào"):
        open_source(png(*picture), name="a.png", limits=Limits(ocr_seconds=0.05))
    with patience(), pytest.raises(Unreadable, match="không ra chữ nào"):
        open_source(png(*picture), name="a.png", limits=Limits(total_seconds=0))


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + b"x" * 99,
        b"\xff\xd8\xff\xe0" + b"x" * 99,
        b"II*\x00\x08\x00\x00\x00" + b"\xff" * 99,
        b"MM\x00*",
        png(60_000, 1, b"\xff" * 60_000).replace(
            (1).to_bytes(4, "big") + b"\x08", (60_000).to_bytes(4, "big") + b"\x08"
        ),
    ],
    ids=["png", "jpg", "tif", "tif of nothing", "a picture larger than its dots"],
)
def test_a_broken_picture_is_one_line(data: bytes) -> None:
    require("tesseract")
    with pytest.raises(Unreadable, match="là ảnh, không có lớp chữ; nhận dạng chữ không ra chữ nào; hãy"):
        open_source(data, name="a")


def test_a_tif_that_leads_back_to_itself_is_counted_once() -> None:
    loop = b"II*\x00\x08\x00\x00\x00" + b"\x00\x00" + b"\x08\x00\x00\x00"
    assert ocr_module.picture_count(ocr_module.Kind.TIFF, loop) == 1


def test_without_tesseract_the_packages_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for data in (scan(None), png(1, 1, b"\xff")):
        with pytest.raises(Unreadable, match=r"không có lớp chữ; hãy .*tesseract-ocr và tesseract-ocr-vie"):
            open_source(data, name="a")
    source = open_source(pdf("Trang mot", ""), name="vb.pdf")
    assert source.notes == ("trang 2 là ảnh quét, chưa đọc được",)
