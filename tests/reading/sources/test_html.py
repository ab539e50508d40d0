"""Web pages: blocks, tables, lists, what is no text, encodings."""

import pytest

from khoithong.reading.sources import Unreadable, open_source
from khoithong.reading.sources.html import html_text
from khoithong.reading.sources.text import LEGACY_NOTE
from khoithong.reading.sources.values import Limits

from .papers import EXAMPLES


def text(page: str) -> str:
    return html_text(page.encode(), Limits())[0]


def test_blocks_stand_on_lines_and_white_space_shrinks() -> None:
    page = (
        "<html><body><h1>Tiêu  đề</h1><div>một\n<b>hai</b>\u00a0ba<p>bốn<br>năm</div>sáu <span>bảy</span></body></html>"
    )
    assert text(page) == "Tiêu đề\nmột hai ba\nbốn\nnăm\nsáu bảy"


def test_what_is_not_shown_is_no_text() -> None:
    page = (
        "<html><head><title>t</title><style>p{}</style></head><body><nav>Trang chủ</nav><script>x()</script><!-- c -->"
        "<p hidden>ẩn</p><p style='display: none'>ẩn</p><noscript>bật</noscript><p>hiện<script>y</script> ra</p></body>"
    )
    assert text(page) == "hiện ra"


def test_preformatted_text_keeps_its_lines() -> None:
    assert text("<body>a<pre>một\n  hai\n\nba</pre>b</body>") == "a\nmột\nhai\nba\nb"


def test_tables_are_as_in_word_papers() -> None:
    page = """<body><table><tr><td><p>UBND</p><p>Số: 1</p></td><td>CỘNG HÒA<br>Độc lập</td></tr></table>
    <table><thead><tr><th>TT</th><th>Việc</th><th>Hạn</th></tr></thead>
    <tbody><tr><td>1</td><td><p>a</p><p>b</p></td><td>x</td></tr></tbody></table>
    <table><tr><td>một ô<table><tr><td>i</td><td>j</td><td>k</td></tr></table></td></tr></table></body>"""
    assert text(page) == "UBND\nSố: 1\nCỘNG HÒA\nĐộc lập\nTT\tViệc\tHạn\n1\ta b\tx\nmột ô\ni\tj\tk"


def test_torn_tables_lose_no_words() -> None:
    page = "<body><table>ngoài<td>a<td>b<td>c</table><tr><td>lạc</td></tr><table><tr><td>d</body>"
    assert text(page).replace("\t", "\n").split("\n") == ["ngoài", "a", "b", "c", "lạc", "d"]


def test_lists_have_their_marks() -> None:
    page = (
        "<body><ol start=3><li>ba<ol type=a><li>x<li>y</ol><li value=7>bảy<li>tám</ol>"
        "<ul><li>gạch<li>- đã có gạch<li>1. đã có số</ul></body>"
    )
    assert text(page) == "3. ba\na) x\nb) y\n7. bảy\n8. tám\n- gạch\n- đã có gạch\n1. đã có số"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("<meta charset=utf-8>", "utf-8"),
        ("", "utf-8"),
        ("<meta charset='windows-1258'>", "utf-8-sig"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=windows-1252'>", "cp1252"),
        ("<meta charset='no-such'>", "utf-8"),
        ("<meta charset='idna'>", "utf-8"),
        ("<?xml version='1.0' encoding='utf-16'?>", "utf-8"),
    ],
)
def test_the_encoding_that_fits_is_taken(declared: str, encoding: str) -> None:
    page = f"{declared}<html><body>Công văn số 12 đã ký" if "1252" not in encoding else f"{declared}<html>à la carte"
    source = open_source(page.encode(encoding), name="a.html")
    assert source.text == ("à la carte" if encoding == "cp1252" else "Công văn số 12 đã ký")


def test_windows_1258_without_a_word_is_noted() -> None:
    source = open_source("<html><body>Sơ\u0309 đăng ky\u0301".encode("cp1258"), name="a.html")
    assert (source.text, source.notes) == ("Sở đăng ký", (LEGACY_NOTE,))


def test_the_example_is_the_text_it_was_made_of() -> None:
    source = open_source(EXAMPLES / "chi-dao-de-an-06.html")
    plain = open_source(EXAMPLES / "chi-dao-de-an-06.txt")
    assert source.text.splitlines() == [line for line in plain.text.splitlines() if line]


def test_deep_nesting_neither_hangs_nor_falls() -> None:
    assert text("<html><body>nông" + "<div>" * 1_000 + "sâu") == "nông\nsâu"
    with pytest.raises(Unreadable, match="lồng thẻ quá sâu"):
        open_source(("<html><body>nông" + "<div>" * 200_000 + "sâu").encode(), name="a.html")


def test_a_page_without_words() -> None:
    with pytest.raises(Unreadable, match="không có chữ nào"):
        open_source(b"<html><body><img src=a.png></body></html>", name="a.html")
