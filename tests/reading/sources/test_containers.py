"""Archives, letters and packages of the document exchange: each inner paper on its own, within limits."""

from __future__ import annotations

import base64
import zipfile
from email.message import EmailMessage

import pytest

from khoithong.reading.sources import Limits, Source, Unreadable, open_all, open_source, read_each

from .papers import docx, p, pdf, zipped

MEBIBYTE = 1024 * 1024


def told(data: bytes, name: str = "goi.zip", limits: Limits | None = None) -> dict[str, str]:
    """What a container holds: name -> text, or the reason in brackets."""
    found = open_all(data, name=name, limits=limits or Limits())
    return {each.name: each.text if isinstance(each, Source) else f"[{each.reason}]" for each in found}


def test_a_zip_gives_each_of_its_papers() -> None:
    archive = zipped(
        {
            "a/mot.txt": "một".encode(),
            "hai.docx": docx(p("hai")),
            "__MACOSX/a/._mot.txt": b"\x00\x05",
            "a/Thumbs.db": b"x",
            "ba.pdf": pdf("ba"),
        }
    )
    assert told(archive) == {"goi.zip/a/mot.txt": "một", "goi.zip/hai.docx": "hai", "goi.zip/ba.pdf": "ba"}


def test_bytes_of_an_inner_paper_are_kept_with_it() -> None:
    inner = docx(p("hai"))
    (source,) = open_all(zipped({"hai.docx": inner}), name="goi.zip")
    assert isinstance(source, Source)
    assert source.data == inner
    (plain,) = open_all(inner, name="hai.docx")
    assert isinstance(plain, Source)
    assert plain.data is None


def test_a_bad_file_takes_no_good_one_along() -> None:
    found = told(zipped({"hong.pdf": b"%PDF-1.4 x", "rong.txt": b"", "tot.txt": b"tot"}))
    assert found["goi.zip/tot.txt"] == "tot"
    assert found["goi.zip/hong.pdf"].startswith("[hỏng")
    assert found["goi.zip/rong.txt"].startswith("[tệp rỗng")


def test_names_in_a_zip_lead_nowhere() -> None:
    archive = zipped(
        {"../../etc/passwd": b"a", "C:\\Windows\\x.txt": b"b", "/goc.txt": b"c", "..": b"d", "n\x1b[2J": b"e"}
    )
    assert list(told(archive)) == [
        "goi.zip/etc/passwd",
        "goi.zip/Windows/x.txt",
        "goi.zip/goc.txt",
        "goi.zip/tep",
        "goi.zip/n?[2J",
    ]


def test_two_files_of_one_name_are_told_apart() -> None:
    data = zipped({"a.txt": "một", "b.txt": "hai"}).replace(b"b.txt", b"a.txt")
    assert told(data) == {"goi.zip/a.txt": "một", "goi.zip/a.txt (2)": "hai"}


def test_an_archive_in_an_archive_down_to_the_limit() -> None:
    data = b"tot"
    for _ in range(3):
        data = zipped({"x": data})
    assert told(data, limits=Limits(max_depth=3)) == {"goi.zip/x/x/x": "tot"}
    deeper = told(data, limits=Limits(max_depth=2))
    assert list(deeper) == ["goi.zip/x/x"]
    assert "lồng quá 2 lớp" in deeper["goi.zip/x/x"]


def test_files_are_counted_over_all_layers() -> None:
    inner = zipped({"1": b"a", "2": b"b"})
    assert len(told(zipped({"x": inner, "y": b"c"}), limits=Limits(max_files=4))) == 3
    found = told(zipped({"x": inner, "y": b"c"}), limits=Limits(max_files=3))
    assert "quá nhiều tệp" in found["goi.zip/x"]
    assert found["goi.zip/y"] == "c"
    assert "quá nhiều tệp" in told(zipped({"x": b"a", "y": b"c"}), limits=Limits(max_files=1))["goi.zip"]


def test_what_comes_out_is_limited() -> None:
    archive = zipped({"a": b"a" * 700, "b": b"b" * 700})
    assert "bung ra quá lớn" in told(archive, limits=Limits(max_total=1_000))["goi.zip"]
    found = told(archive, limits=Limits(max_bytes=699))
    assert all("lớn quá" in reason for reason in found.values())
    assert "nén quá mức" in told(zipped({"a": b"\x00" * 9 * MEBIBYTE}))["goi.zip"]


def test_time_is_limited() -> None:
    found = told(zipped({"a": b"a", "b": b"b"}), limits=Limits(total_seconds=0))
    assert all("hết thời gian" in reason for reason in found.values())


def test_a_locked_file_in_a_zip() -> None:
    flagged = bytearray(zipped({"kin.txt": b"kin"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        flagged[flagged.find(signature) + offset] |= 1
    assert "mật khẩu" in told(bytes(flagged))["goi.zip/kin.txt"]


def test_a_zip_that_holds_itself_many_times_is_stopped() -> None:
    data = b"tot"
    for _ in range(5):
        data = zipped({str(place): data for place in range(4)}, method=zipfile.ZIP_STORED)
    assert len(told(data, limits=Limits(max_files=12))) <= 13


def letter(**headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, words in headers.items():
        message[name] = words
    message["MIME-Version"] = "1.0"
    return message


def test_a_letter_with_attachments() -> None:
    message = letter(Subject="Gửi kèm văn bản", From="Văn thư <vt@example.vn>", Date="Mon, 03 Apr 2023 08:00:00 +0700")
    message.set_content("Kính gửi phòng Tổng hợp.")
    message.add_alternative("<p>Kính gửi phòng</p>", subtype="html")
    message.add_attachment(docx(p("hai")), maintype="application", subtype="octet-stream", filename="Văn bản số 2.docx")
    message.add_attachment(zipped({"ba.txt": b"ba"}), maintype="application", subtype="zip", filename="../ba.zip")
    assert told(message.as_bytes(), "thu.eml") == {
        "thu.eml": "Chủ đề: Gửi kèm văn bản\nNgười gửi: Văn thư <vt@example.vn>\n"
        "Ngày gửi: Mon, 03 Apr 2023 08:00:00 +0700\n\nKính gửi phòng Tổng hợp.",
        "thu.eml/Văn bản số 2.docx": "hai",
        "thu.eml/ba.zip/ba.txt": "ba",
    }


def test_a_letter_without_plain_words_is_read_from_its_page() -> None:
    message = letter(Subject="x", From="a@example.vn")
    message.set_content("<html><body><p>Kính gửi</p></body></html>", subtype="html", charset="utf-8")
    assert told(message.as_bytes(), "thu.eml")["thu.eml"].endswith("\n\nKính gửi")


def test_a_letter_in_a_letter() -> None:
    inner = letter(Subject="Bên trong", From="a@example.vn")
    inner.set_content("lời trong")
    outer = letter(Subject="Chuyển tiếp", From="b@example.vn")
    outer.set_content("lời ngoài")
    outer.add_attachment(inner)
    found = told(outer.as_bytes(), "thu.eml")
    assert list(found) == ["thu.eml", "thu.eml/Bên trong.eml"]
    assert found["thu.eml/Bên trong.eml"].endswith("lời trong")


def test_a_letter_of_attachments_alone_and_one_of_nothing() -> None:
    message = letter(Subject="x", From="a@example.vn")
    message.add_attachment(b"chu", maintype="text", subtype="plain", filename="a.txt")
    message.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    assert told(message.as_bytes(), "thu.eml") == {"thu.eml/a.txt": "chu"}
    empty = letter(Subject="x", From="a@example.vn")
    assert "không có nội dung" in told(empty.as_bytes(), "thu.eml")["thu.eml"]


def test_pictures_of_the_page_of_a_letter_are_no_papers() -> None:
    message = letter(Subject="x", From="a@example.vn")
    message.set_content("<p>a</p>", subtype="html")
    message.add_related(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", cid="<logo>")
    assert list(told(message.as_bytes(), "thu.eml")) == ["thu.eml"]


def test_a_text_that_speaks_of_senders_is_no_letter() -> None:
    assert open_source(b"From: here\nto there", name="a.txt").media_type == "text/plain"
    assert open_source(b"Subject: x\n\na", name="a.eml").media_type == "message/rfc822"


NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"


def package(*attachments: tuple[str, str], header: str = "", head: str = "") -> bytes:
    """An edXML package; attachments are (name, base64)."""
    encoded = "".join(
        f"<edXML:Attachment><edXML:AttachmentName>{name}</edXML:AttachmentName>"
        f"<edXML:ContentTransferEncoded>{content}</edXML:ContentTransferEncoded></edXML:Attachment>"
        for name, content in attachments
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<edXML:edXML xmlns:edXML="{NAMESPACE}"><edXML:edXMLEnvelope>'
        f"<edXML:edXMLHeader><edXML:MessageHeader>{header}</edXML:MessageHeader></edXML:edXMLHeader>"
        f"</edXML:edXMLEnvelope><edXML:AttachmentEncoded>{encoded}</edXML:AttachmentEncoded></edXML:edXML>"
    ).encode()


HEADER = (
    "<edXML:From><edXML:OrganName>Ủy ban nhân dân tỉnh Quảng Nam</edXML:OrganName></edXML:From>"
    "<edXML:To><edXML:OrganName>Sở Y tế</edXML:OrganName></edXML:To>"
    "<edXML:Code><edXML:CodeNumber>12</edXML:CodeNumber><edXML:CodeNotation>UBND-KGVX</edXML:CodeNotation></edXML:Code>"
    "<edXML:PromulgationInfo><edXML:Place>Quảng Nam</edXML:Place>"
    "<edXML:PromulgationDate>2023/04/03</edXML:PromulgationDate></edXML:PromulgationInfo>"
    "<edXML:DocumentType><edXML:TypeName>Công văn</edXML:TypeName></edXML:DocumentType>"
    "<edXML:Subject>rà soát máy chủ</edXML:Subject>"
)


def coded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def test_a_package_of_the_exchange_gives_its_papers() -> None:
    data = package(
        ("vb.txt", coded("Số: 12/UBND-KGVX\nlời".encode())), ("pl/b.docx", coded(docx(p("phụ lục")))), header=HEADER
    )
    assert told(data, "goi.edxml") == {"goi.edxml/vb.txt": "Số: 12/UBND-KGVX\nlời", "goi.edxml/pl/b.docx": "phụ lục"}


def test_the_envelope_stands_in_for_a_head_that_does_not_say_the_number() -> None:
    data = package(("vb.txt", coded("Giao Sở Y tế rà soát máy chủ trước ngày 15/5/2023.".encode())), header=HEADER)
    ((source, directive),) = [found for found in read_each(data, name="g.xml") if not isinstance(found, Unreadable)]
    assert source.notes == ("số, ngày, cơ quan lấy từ phong bì edXML, đặt trước lời văn",)
    identity = directive.identity
    assert (identity.symbol, identity.issuer) == ("12/UBND-KGVX", "Ủy ban nhân dân tỉnh Quảng Nam")
    assert str(identity.issued_on) == "2023-04-03"
    assert identity.subject == "rà soát máy chủ"
    assert len(directive.assignments) == 1


def test_a_package_without_papers_is_its_envelope() -> None:
    (source,) = open_all(package(header=HEADER), name="g.xml")
    assert isinstance(source, Source)
    assert "Số: 12/UBND-KGVX" in source.text
    assert "hãy xin gửi lại" in told(package(), "g.xml")["g.xml"]


def test_bad_base64_is_one_line() -> None:
    found = told(package(("a.txt", "%%%"), ("b.txt", coded(b"b"))), "g.xml")
    assert "bị hỏng" in found["g.xml/a.txt"]
    assert found["g.xml/b.txt"] == "b"


def test_an_attachment_longer_than_the_limits_of_xml_parsers() -> None:
    words = b"chu " * 3 * MEBIBYTE
    found = told(package(("a.txt", coded(words))), "g.xml", Limits(max_chars=20_000_000))
    assert len(found["g.xml/a.txt"]) == 12 * MEBIBYTE


@pytest.mark.parametrize(
    "hostile",
    [
        package(head='<!DOCTYPE x [<!ENTITY a "b">]>', header="&a;"),
        package(head='<!DOCTYPE x SYSTEM "file:///etc/passwd">', header=HEADER),
        package(header="<a>" * 5_000 + "</a>" * 5_000),
        package(header="<a/>" * 300_000),
        package(header=HEADER)[:-30],
        package(header=HEADER).replace(b'"utf-8"', b'"utf-7"'),
    ],
    ids=["entity", "external", "deep", "wide", "cut", "utf-7"],
)
def test_hostile_packages_are_refused(hostile: bytes) -> None:
    (found,) = open_all(hostile, name="g.xml")
    assert isinstance(found, Unreadable)


def test_one_paper_is_asked_for_and_several_are_there() -> None:
    assert open_source(zipped({"a.txt": b"a"}), name="g.zip").text == "a"
    with pytest.raises(Unreadable, match=r"g\.zip: chứa 2 tệp; hãy đưa từng"):
        open_source(zipped({"a.txt": b"a", "b.txt": b"b"}), name="g.zip")
