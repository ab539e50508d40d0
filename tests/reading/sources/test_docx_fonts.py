"""Word papers in fonts of before Unicode, and the header of the first page."""

import pytest

from khoithong.reading.sources import Source, Unreadable, open_source

from ..legacy_texts import LETTERS, SENTENCES, in_tcvn3, in_vni
from .papers import W, docx, item, lvl, numbering, p


def opened(body: str, *, section: str = "", **parts: str) -> Source:
    return open_source(docx(body, section=section, **parts), name="vb.docx")


def run(text: str, font: str, more: str = "") -> str:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    return f'<w:r>{fonts}<w:t xml:space="preserve">{text}</w:t>{more}</w:r>'


def test_each_run_is_decoded_by_its_font() -> None:
    body = (
        f"<w:p>{run(in_tcvn3(SENTENCES[0]), '.VnTime')}</w:p>"
        f"<w:p>{run(in_vni(SENTENCES[1]), 'VNI-Times')}</w:p>"
        f"<w:p>{run('Điện Biên, ', 'Times New Roman')}{run(in_tcvn3('ủy ban'), '.VnTimeH')}</w:p>"
        f"<w:p>{run(in_vni(LETTERS), 'VNI-Helve')}</w:p>"
    )
    source = opened(body)
    assert source.text.splitlines() == [SENTENCES[0], SENTENCES[1], "Điện Biên, ỦY BAN", LETTERS]
    assert source.notes == (
        "có chữ viết bằng phông cũ TCVN3 (ABC) và VNI, đã chuyển sang Unicode; hãy soát lại dấu tiếng Việt",
    )


def test_a_letter_and_its_mark_in_two_runs() -> None:
    assert opened(f"<w:p>{run('Soa', 'VNI-Times')}{run('ùt', 'VNI-Times')}</w:p>").text == "Soát"


def test_letters_that_word_keeps_as_elements() -> None:
    soft = run("th", ".VnTime", "<w:softHyphen/>") + run("¬ng", ".VnTime")
    symbol = run("b", ".VnTime", '<w:sym w:font=".VnTime" w:char="F0B8"/><w:sym w:font="Wingdings" w:char="F0B8"/>')
    assert opened(f"<w:p>{soft}</w:p><w:p>{symbol}</w:p>").text == "thương\nbá"


def test_fonts_come_from_styles_and_defaults_too() -> None:
    font = '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr>'
    styles = (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault>{font}</w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:styleId="A"><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
        f'<w:style w:type="character" w:styleId="C">{font}</w:style>'
        '<w:style w:type="paragraph" w:styleId="V"><w:basedOn w:val="V"/></w:style></w:styles>'
    )
    body = (
        p(in_tcvn3("mặc định"))
        + p("là phông mới", properties='<w:pStyle w:val="B"/>')
        + '<w:p><w:pPr><w:pStyle w:val="B"/></w:pPr><w:r><w:rPr><w:rStyle w:val="C"/></w:rPr>'
        + f"<w:t>{in_tcvn3('kiểu chữ')}</w:t></w:r></w:p>"
        + p(in_tcvn3("vòng tròn"), properties='<w:pStyle w:val="V"/>')
    )
    assert opened(body, styles=styles).text.splitlines() == ["mặc định", "là phông mới", "kiểu chữ", "vòng tròn"]


def test_a_paper_in_unicode_that_kept_its_old_fonts_is_left_alone() -> None:
    source = opened("".join(f"<w:p>{run(sentence, '.VnTime')}</w:p>" for sentence in SENTENCES))
    assert (source.text, source.notes) == ("\n".join(SENTENCES), ())


def test_the_number_of_a_list_is_decoded_with_its_paragraph() -> None:
    lists = numbering(lvl(0, "decimal", in_tcvn3("Điều %1.")))
    paragraph = item("x").replace("<w:r>", '<w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr>')
    assert opened(paragraph, numbering=lists).text == "Điều 1. x"


def header(*lines: str) -> str:
    return f'<w:hdr xmlns:w="{W}">{"".join(map(p, lines))}</w:hdr>'


FIRST = '<w:headerReference w:type="first" r:id="r0"/>'
DEFAULT = '<w:headerReference w:type="default" r:id="r1"/>'
HEADERS = {"header1": header("Số: 12/UBND-KT", "1"), "header2": header("Trang 2/3", "chạy đầu trang")}


def test_the_header_of_the_first_page_goes_before_the_text() -> None:
    assert opened(p("lời"), section=FIRST + DEFAULT + "<w:titlePg/>", **HEADERS).text == "Số: 12/UBND-KT\nlời"
    assert opened(p("lời"), section=FIRST + DEFAULT, **HEADERS).text == "chạy đầu trang\nlời"
    assert opened(p("lời"), section=DEFAULT + "<w:titlePg/>", **HEADERS).text == "lời"
    assert opened(p("lời"), section='<w:headerReference w:type="default" r:id="r9"/>', **HEADERS).text == "lời"


def test_only_the_first_section_counts() -> None:
    first = f"<w:p><w:pPr><w:sectPr>{DEFAULT}</w:sectPr></w:pPr><w:r><w:t>một</w:t></w:r></w:p>"
    assert opened(first + p("hai"), section=FIRST, **HEADERS).text == "chạy đầu trang\nmột\nhai"


def test_a_text_box_in_a_header_is_read_once() -> None:
    box = f"<w:drawing><w:txbxContent>{p('Số: 3/TB-SKHCN')}</w:txbxContent></w:drawing>"
    old = box.replace("drawing", "pict")
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    part = (
        f'<w:hdr xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:p><w:r>{both}</w:r></w:p></w:hdr>"
    )
    assert opened(p("lời"), section=DEFAULT, header0=header(), header1=part).text.split() == [
        "Số:",
        "3/TB-SKHCN",
        "lời",
    ]


def test_a_header_that_is_rubbish_is_a_broken_file() -> None:
    with pytest.raises(Unreadable, match="hỏng"):
        opened(p("lời"), section=DEFAULT, header0=header(), header1="<w:hdr")
