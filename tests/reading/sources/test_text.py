"""Plain text: encodings, line ends, what is no text."""

import codecs
import unicodedata
from collections.abc import Callable

import pytest

from khoithong.reading.sources import Limits, Source, Unreadable, open_source
from khoithong.reading.sources.text import LEGACY_NOTE, tidy

from ..legacy_texts import SENTENCES, in_tcvn3, in_vni

WORDS = "Sở Tài chính thẩm tra dự toán trước ngày 15/12/2023; Ủy ban nhân dân tỉnh được báo cáo.\nĐề án 06"


def opened(data: bytes, name: str = "vb.txt") -> Source:
    return open_source(data, name=name)


@pytest.mark.parametrize(
    "data",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        WORDS.replace("\n", "\r\n").encode(),
        WORDS.replace("\n", "\r").encode(),
        unicodedata.normalize("NFD", WORDS).encode(),
    ],
    ids=["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "crlf", "cr", "nfd"],
)
def test_unicode_in_any_dress_gives_the_same_text(data: bytes) -> None:
    assert opened(data) == Source(name="vb.txt", text=WORDS, media_type="text/plain")


def test_windows_1258_is_read_with_a_note() -> None:
    marks = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    pieces = []
    for letter in unicodedata.normalize("NFC", WORDS):
        apart = unicodedata.normalize("NFD", letter)
        tones = [mark for mark in apart if mark in marks]
        rest = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in marks))
        pieces.append(rest + "".join(tones))
    source = opened("".join(pieces).encode("cp1258"))
    assert source.text == WORDS
    assert source.notes == (LEGACY_NOTE,)


@pytest.mark.parametrize("write", [in_tcvn3, in_vni])
def test_old_encodings_are_recognised(write: Callable[[str], str]) -> None:
    text = "\n".join(SENTENCES)
    source = opened(write(text).encode("latin-1"))
    assert source.text == text
    assert "bảng mã cũ" in source.notes[0]
    copied = opened(write(text).encode(), "sao-chep.txt")
    assert (copied.text, copied.notes) == (text, source.notes)
    page = opened(f"<p>{write(SENTENCES[0])}</p>".encode(), "a.html")
    assert (page.text, page.notes) == (SENTENCES[0], source.notes)


def test_another_legacy_encoding_is_not_guessed() -> None:
    rubbish = bytes.fromhex("53e9203a20d2d5b6f0fdc7a1e8cbd1cc") * 4
    with pytest.raises(Unreadable, match=r"không nhận ra bảng mã.*UTF-8"):
        opened(rubbish)


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\u00a0\u2003\n".encode()])
def test_nothing_in_it(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"tệp rỗng|không có chữ nào"):
        opened(data)


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 4, b"\x00" * 100, b"\x7fELF\x02\x01\x01\x00" + b"\x01\x02" * 50, b"\x01\x02\x03\x04" * 9],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="không phải văn bản"):
        opened(data)


def test_utf_16_cut_in_the_middle_of_a_character_is_refused() -> None:
    with pytest.raises(Unreadable):
        opened(codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le")[:-1])


def test_length_is_limited_at_its_border() -> None:
    limits = Limits(max_chars=10)
    assert open_source(b"0123456789", name="a", limits=limits).text == "0123456789"
    with pytest.raises(Unreadable, match="dài quá 10 ký tự"):
        open_source(b"0123456789a", name="a", limits=limits)


def test_tidy_text_can_always_be_written() -> None:
    assert tidy("\ufeffa\ud800\r\nb\rc").encode() == b"a?\nb\nc"


def test_content_decides_before_the_name() -> None:
    assert opened(WORDS.encode(), "vb.pdf").media_type == "text/plain"
    assert opened(WORDS.encode(), "vb.docx").text == WORDS
    assert opened("Tệp mở đầu bằng %PDF-1.7".encode(), "vb.txt").media_type == "text/plain"
    assert opened(b"a < b", "vb.html").media_type == "text/plain"
    assert opened(b"<p>a</p>", "vb.txt").media_type == "text/html"
