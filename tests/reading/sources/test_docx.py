"""Word papers: order, tables, list numbers, tracked changes, notes."""

import io
import zipfile

import pytest

from khoithong.reading.sources import Source, Unreadable, open_source
from khoithong.reading.sources.kinds import Kind

from .papers import EXAMPLES, W, docx, item, lvl, numbering, p, tbl, zipped


def text(body: str, **parts: str) -> str:
    return open_source(docx(body, **parts), name="vb.docx").text


def test_paragraphs_in_order_with_tabs_and_breaks() -> None:
    body = (
        p("Số: 12/", "UBND")
        + "<w:p><w:r><w:t>một</w:t><w:tab/><w:t>hai</w:t><w:br/><w:t>ba</w:t></w:r></w:p>"
        + "<w:p><w:r><w:t>12</w:t><w:noBreakHyphen/><w:t>KL</w:t><w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p>"
    )
    assert text(body) == "Số: 12/UBND\nmột\thai\nba\n12-KL"


def test_what_wraps_text_is_seen_through() -> None:
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('trong khung')}</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>liên</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t> kết</w:t></w:r></w:smartTag>"
        "<w:fldSimple w:instr='PAGE'><w:r><w:t> 7</w:t></w:r></w:fldSimple>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert text(body) == "trong khung\nliên kết 7"


def test_tracked_changes_are_taken_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>hạn </w:t></w:r><w:del><w:r><w:delText>10/12</w:delText><w:tab/></w:r></w:del>"
        "<w:ins><w:r><w:t>15/12</w:t></w:r></w:ins></w:p>"
        "<w:p><w:moveFrom><w:r><w:t>cũ</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>mới</w:t></w:r></w:moveTo></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>nối </w:t></w:r></w:p>" + p("liền")
    )
    assert text(body) == "hạn 15/12\nmới\nnối liền"


def test_a_deleted_row_and_hidden_words_are_gone() -> None:
    row = "<w:tr>{}<w:tc>{}</w:tc><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>".format
    table = (
        f"<w:tbl>{row('', p('1'), p('a'), p('x'))}{row('<w:trPr><w:del/></w:trPr>', p('2'), p('b'), p('y'))}</w:tbl>"
    )
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr>"
    assert text(table + hidden + "<w:t>hiện</w:t></w:r></w:p>") == "1\ta\tx\nhiện"


def test_a_table_of_data_is_one_line_a_row() -> None:
    table = tbl(
        (p("TT"), p("Nhiệm vụ"), p("Thời hạn")),
        (p("1"), p("Lập danh mục") + p("phần mềm"), p("15/12")),
        (p("2"), p("Nâng cấp"), p("")),
    )
    assert text(p("trước") + table + p("sau")) == (
        "trước\nTT\tNhiệm vụ\tThời hạn\n1\tLập danh mục phần mềm\t15/12\n2\tNâng cấp\nsau"
    )


def test_a_table_that_places_things_keeps_their_lines() -> None:
    head = tbl(
        (p("UBND TỈNH") + p("_____"), p("CỘNG HÒA") + p("Độc lập")),
        (p("Số: 1/UBND"), p("ngày 01 tháng 12 năm 2023")),
    )
    assert text(head) == "UBND TỈNH\n_____\nCỘNG HÒA\nĐộc lập\nSố: 1/UBND\nngày 01 tháng 12 năm 2023"


def test_a_table_in_a_table() -> None:
    inner = tbl((p("a"), p("b"), p("c")))
    assert text(tbl((p("1"), inner + p(""), p("3")))) == "1\ta b c\t3"


def test_list_numbers_are_written_out() -> None:
    lists = numbering(
        lvl(0, "decimal", "%1.") + lvl(1, "lowerLetter", "%2)") + lvl(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
        lvl(0, "bullet", "\uf0b7") + lvl(1, "bullet", "+"),
        lvl(0, "upperRoman", "%1."),
    )
    body = (
        item("một")
        + item("a", depth=1)
        + item("b", depth=1)
        + item("sâu", depth=2)
        + p("xen giữa")
        + item("hai")
        + item("lại a", depth=1)
        + item("gạch", list_id=2)
        + item("cộng", list_id=2, depth=1)
        + item("phần", list_id=3)
        + item("phần", list_id=3)
        + item("không có danh sách này", list_id=9)
        + item("tắt", list_id=0)
    )
    assert text(body, numbering=lists).splitlines() == [
        "1. một",
        "a) a",
        "b) b",
        "1.2.1 sâu",
        "xen giữa",
        "2. hai",
        "a) lại a",
        "- gạch",
        "+ cộng",
        "I. phần",
        "II. phần",
        "không có danh sách này",
        "tắt",
    ]


def test_two_lists_of_one_kind_count_on_unless_one_begins_anew() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="1"/>'
        f'<w:lvlOverride w:ilvl="0">{lvl(0, "upperLetter", "%1/")}</w:lvlOverride></w:num>'
    )
    lists = numbering(lvl(0, "decimal", "%1."), nums=more)
    body = item("a") + item("b", list_id=2) + item("c", list_id=3) + item("d", list_id=3) + item("e", list_id=4)
    assert text(body, numbering=lists) == "1. a\n2. b\n1. c\n2. d\nA/ e"


def test_numbers_come_from_styles_too() -> None:
    lists = numbering(lvl(0, "decimal", "Điều %1.") + lvl(1, "decimal", "%2.", '<w:pStyle w:val="Khoan"/>'))
    styles = (
        f'<w:styles xmlns:w="{W}">'
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="DieuCon"><w:basedOn w:val="Dieu"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Khoan"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Vong"><w:basedOn w:val="Vong"/></w:style>'
        "</w:styles>"
    )
    body = "".join(
        p(words, properties=f'<w:pStyle w:val="{style}"/>')
        for words, style in (("x", "Dieu"), ("y", "Khoan"), ("z", "DieuCon"), ("t", "Vong"))
    )
    assert text(body, numbering=lists, styles=styles) == "Điều 1. x\n1. y\nĐiều 2. z\nt"


def test_footnotes_stand_after_the_text() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0">{p("---")}</w:footnote>'
        f'<w:footnote w:id="1">{p("chú thích")}</w:footnote></w:footnotes>'
    )
    body = '<w:p><w:r><w:t>lời</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>' + p("hết")
    assert text(body, footnotes=notes) == "lời\nhết\nchú thích"


def test_a_text_box_is_read_once() -> None:
    box = f"<w:drawing><w:txbxContent>{p('trong hộp')}</w:txbxContent></w:drawing>"
    old = f"<w:pict><w:txbxContent>{p('cho Word cũ')}</w:txbxContent></w:pict>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    assert text(f"<w:p><w:r><w:t>neo</w:t>{both}</w:r></w:p>") == "neo\ntrong hộp"


def test_strict_open_xml_is_read_alike() -> None:
    with zipfile.ZipFile(io.BytesIO(docx(p("chặt")))) as package:
        files = {name: package.read(name) for name in package.namelist()}
    files["word/document.xml"] = files["word/document.xml"].replace(
        W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert open_source(zipped(files), name="vb.docx").text == "chặt"


def test_the_example_is_the_text_it_was_made_of() -> None:
    source = open_source(EXAMPLES / "chi-dao-de-an-06.docx")
    plain = open_source(EXAMPLES / "chi-dao-de-an-06.txt")
    assert source == Source(name="chi-dao-de-an-06.docx", text=source.text, media_type=Kind.DOCX.value)
    assert [line for line in source.text.splitlines() if line] == [line for line in plain.text.splitlines() if line]


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"xl/workbook.xml": "<x/>"}, "hỏng"),
        ({"ppt/presentation.xml": "<x/>"}, "trình chiếu"),
        ({"content.xml": "<x/>", "mimetype": "application/vnd.oasis.opendocument.graphics"}, "OpenDocument"),
        ({"a/": ""}, "không có tệp nào"),
        ({"word/styles.xml": "<x/>"}, "hỏng"),
        ({"word/document.xml": ""}, "hỏng"),
        ({"word/document.xml": "<a><b></a>"}, "hỏng"),
        ({"word/document.xml": "<a/>"}, "không có chữ nào"),
    ],
)
def test_another_zip_is_named_for_what_it_is(files: dict[str, str], reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        open_source(zipped(files), name="vb.docx")
