"""Whatever the bytes: a text, or one line of refusal; never another exception."""

from __future__ import annotations

import base64
import io
import unicodedata
import warnings

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from khoithong.reading.sources import Limits, Source, Unreadable, open_source
from khoithong.reading.sources.kinds import OLE, Kind, kind_of, ole_kind
from khoithong.reading.sources.ocr import _page, picture_count
from khoithong.reading.sources.refusal import Refused
from khoithong.reading.sources.worker import extract

from .papers import EXAMPLES, docx, item, lvl, numbering, p, pdf, tbl, zipped

LIMITS = Limits(seconds=20, max_ocr_pages=0, convert_seconds=0)
BOUNDED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

PAPER = docx(
    item("một") + item("a", depth=1) + tbl((p("1"), p("b"), p("x"))) + p("cuối"),
    numbering=numbering(lvl(0, "decimal", "%1.") + lvl(1, "lowerLetter", "%2)")),
)
LETTER = b"""From: a@example.vn
Subject: =?utf-8?B?VsSDbiBi4bqjbg==?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

K=C3=ADnh g=E1=BB=ADi
--x
Content-Type: application/pdf; name*=utf-8''v%C4%83n.pdf
Content-Disposition: attachment; filename*=utf-8''v%C4%83n.pdf
Content-Transfer-Encoding: base64

bW90
--x
Content-Type: message/rfc822

Subject: trong

loi
--x--
"""
MAIL_PIECES = [*LETTER.splitlines(), b"", b"Content-Type: text/html; charset=x", b"Content-Type: multipart/alternative"]
PACKAGE = (
    '<?xml version="1.0" encoding="utf-8"?><edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><MessageHeader><From>'
    "<OrganName>Sở Y tế</OrganName></From><CodeNumber>12</CodeNumber><PromulgationDate>2023/04/03</PromulgationDate>"
    "</MessageHeader><Attachment><AttachmentName>a.txt</AttachmentName><ContentTransferEncoded>"
    f"{base64.b64encode(b'mot').decode()}</ContentTransferEncoded></Attachment></edXML>"
).encode()
TAGS = [
    "w:p",
    "w:r",
    "w:t",
    "w:tbl",
    "w:tr",
    "w:tc",
    "w:ins",
    "w:del",
    "w:sdt",
    "w:pPr",
    "w:numPr",
    "w:br",
    "mc:Choice",
]
HTML_TAGS = [
    "p",
    "table",
    "tr",
    "td",
    "ol",
    "ul",
    "li",
    "pre",
    "br",
    "script",
    "div",
    "b",
    "html",
    "body",
    "nav",
    "head",
]


def _book() -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active.append(["TT", "Nhiệm vụ", 1.5])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


BOOK = _book()


def told(data: bytes, name: str) -> Source | Unreadable:
    try:
        return open_source(data, name=name, limits=LIMITS)
    except Unreadable as refusal:
        return refusal


def unpacked(kind: Kind, data: bytes) -> str:
    try:
        text = extract(kind, data, LIMITS).text
    except (Refused, RecursionError):
        return ""
    assert isinstance(text, str)
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    text.encode()
    return text


def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """`whole` with some bytes changed and perhaps its end torn off."""
    data = bytearray(whole)
    for place, value in draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=12)):
        data[place] = value
    return bytes(data[: draw(st.integers(1, len(whole)))] if draw(st.booleans()) else data)


damage = st.composite(damaged)


@BOUNDED
@given(st.binary(max_size=400), st.sampled_from(["", "a.txt", "a.docx", "a.pdf", "a.html"]))
@example(b"\xff\xfe", "a.txt")
@example(b"\xff\xfe\x00\xd8", "a.txt")
@example(b"\xef\xbb\xbf\xff", "a.txt")
@example("a\ud800".encode("utf-8", "surrogatepass"), "a.txt")
@example(b"<", "a.html")
def test_any_bytes(data: bytes, name: str) -> None:
    found = told(data, name)
    if isinstance(found, Source):
        assert found.text.strip()
        assert unicodedata.is_normalized("NFC", found.text)
        assert "\r" not in found.text
    else:
        assert "\n" not in str(found)
        assert found.reason


@FEW
@given(
    st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"%PDF-1.4\ntrailer<</Root 1 0 R>>"]),
    st.binary(max_size=300),
)
def test_any_bytes_after_a_known_beginning(head: bytes, rest: bytes) -> None:
    assert told(head + rest, "a")


@FEW
@given(damage(pdf("Trang mot", "Trang hai")))
def test_a_damaged_pdf(data: bytes) -> None:
    assert told(data, "a.pdf")


@FEW
@given(damage((EXAMPLES / "chi-dao-de-an-06.pdf").read_bytes()))
def test_a_damaged_real_pdf(data: bytes) -> None:
    assert told(data, "a.pdf")


@BOUNDED
@given(damage(PAPER))
def test_a_damaged_word_paper(data: bytes) -> None:
    unpacked(Kind.DOCX, data)


def held(kind: Kind, data: bytes) -> None:
    """Whatever a container holds comes out within the limits, under names that lead nowhere."""
    limits = Limits(max_files=20, max_total=1_000_000)
    try:
        found = extract(kind, data, limits)
    except (Refused, RecursionError):
        return
    assert len(found.parts) <= limits.max_files
    assert sum(len(part.data) for part in found.parts) <= limits.max_total
    for part in found.parts:
        assert part.name
        assert not part.name.startswith("/")
        assert ".." not in part.name.split("/")
        part.name.encode()
    for text in (found.text, found.envelope):
        assert text is None or unicodedata.is_normalized("NFC", text)


@BOUNDED
@given(damage(zipped({"a.txt": b"mot", "b/c.zip": zipped({"d": b"hai"}), "e.docx": PAPER})))
def test_a_damaged_archive(data: bytes) -> None:
    held(Kind.ZIP, data)


@BOUNDED
@given(damage(LETTER.replace(b"\r\n", b"\n")))
def test_a_damaged_letter(data: bytes) -> None:
    held(Kind.EML, data)


@BOUNDED
@given(st.lists(st.sampled_from(MAIL_PIECES), max_size=30))
def test_any_order_of_pieces_of_letters(pieces: list[bytes]) -> None:
    held(Kind.EML, b"\n".join(pieces))


@BOUNDED
@given(damage(PACKAGE))
def test_a_damaged_package_of_the_exchange(data: bytes) -> None:
    held(Kind.EDXML, data)


@FEW
@given(damage(BOOK))
def test_a_damaged_workbook(data: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl says of it, the worker does not print
        held(Kind.XLSX, data)
    held(Kind.ZIP, data)


@BOUNDED
@given(st.binary(max_size=200), st.sampled_from([b"II*\x00", b"MM\x00*", b""]))
def test_any_picture_has_a_count_of_pages(rest: bytes, head: bytes) -> None:
    assert 1 <= picture_count(Kind.TIFF, head + rest) <= 10_000


@BOUNDED
@given(st.binary(max_size=300), st.sampled_from(["", "a.eml", "a.xml", "a.zip"]))
@example(OLE + b"x", "")
@example(b"<?xml version='1.0'?><edXML/>", "")
def test_any_beginning_has_a_kind_or_a_refusal(head: bytes, name: str) -> None:
    for ask in (lambda: kind_of(head, name), lambda: ole_kind(head)):
        refused = None
        try:
            assert ask() in Kind
        except Refused as refusal:
            refused = refusal.reason
        assert refused is None or "; hãy " in refused


@BOUNDED
@given(st.text(max_size=60), st.integers(0, 3))
def test_any_table_of_words_is_a_page(words: str, level: int) -> None:
    rows = [
        f"{place % 6}\t1\t{level}\t1\t{place}\t1\t9\t9\t9\t9\t{place}\t{word}"
        for place, word in enumerate(words.split())
    ]
    text, page = _page("\n".join(rows), 1)
    assert unicodedata.is_normalized("NFC", text)
    assert page.confidence is None or page.confidence >= 0


@BOUNDED
@given(st.lists(st.one_of(st.sampled_from(TAGS), st.text(alphabet="aă \t\n1%", max_size=5)), max_size=40))
def test_any_order_of_word_elements(pieces: list[str]) -> None:
    opened: list[str] = []
    body = ""
    for piece in pieces:
        if piece in TAGS:
            body += f"<{piece}>"
            opened.append(piece)
        elif opened:
            body += f"{piece}</{opened.pop()}>"
    unpacked(Kind.DOCX, docx(body + "".join(f"</{tag}>" for tag in reversed(opened))))


@BOUNDED
@given(st.lists(st.one_of(st.sampled_from(HTML_TAGS), st.text(max_size=5)), max_size=40))
def test_any_soup_of_tags(pieces: list[str]) -> None:
    page = "".join(
        (f"</{piece}>" if place % 3 == 2 else f"<{piece}>") if piece in HTML_TAGS else piece
        for place, piece in enumerate(pieces)
    )
    unpacked(Kind.HTML, page.encode("utf-8", "surrogatepass"))


@BOUNDED
@given(
    st.text(alphabet="%123456789.)aI \uf0b7", max_size=8),
    st.sampled_from(["decimal", "bullet", "none", "upperRoman", "lowerLetter", "chicago", ""]),
    st.integers(-5, 12),
    st.lists(st.integers(-3, 11), max_size=12),
)
def test_any_list(shape: str, form: str, depth: int, depths: list[int]) -> None:
    lists = numbering(lvl(0, "decimal", "%1.") + lvl(depth, form, shape))
    unpacked(Kind.DOCX, docx("".join(item("x", depth=each) for each in depths), numbering=lists))


@pytest.mark.parametrize("name", ["word/document.xml", "_rels/.rels", "word/numbering.xml"])
@pytest.mark.parametrize("content", [b"", b"<a", b"\xff\xfe", b"<a/>", b"\x00" * 50])
def test_any_part_may_be_rubbish(name: str, content: bytes) -> None:
    good = {"word/document.xml": b"<a/>"}
    assert unpacked(Kind.DOCX, zipped({**good, name: content})) == ""
