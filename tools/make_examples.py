"""Make examples/chi-dao-de-an-06.docx, .html and .pdf out of the .txt beside them: `python tools/make_examples.py`.

The .docx and .html come out the same on every run. The .pdf needs Chromium and carries the time it was printed, so it
is made only with `--pdf`.
"""

from __future__ import annotations

import argparse
import html
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

SOURCE = Path(__file__).resolve().parents[1] / "examples" / "chi-dao-de-an-06.txt"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_BORN = (2023, 11, 27, 8, 0, 0)

#: opening of a line -> (list, level) of the Word numbering that draws it
_LISTS = ((re.compile(r"\d+\. "), (1, 0)), (re.compile(r"[a-z]\) "), (1, 1)), (re.compile(r"- "), (2, 0)))


@dataclass(frozen=True)
class Paper:
    """The blocks of the text: two rows of head (left, right), the body, and the foot (recipients, signature)."""

    head: tuple[tuple[list[str], list[str]], ...]
    body: list[list[str]]
    foot: tuple[list[str], list[str]]


def paper(text: str) -> Paper:
    """Split the text of the example at its empty lines."""
    blocks = [block.splitlines() for block in text.strip().split("\n\n")]
    first, second, third, fourth, *body, recipients, signature = blocks
    return Paper(head=((first, second), (third, fourth)), body=body, foot=(recipients, signature))


def docx(given: Paper) -> dict[str, bytes]:
    """The parts of the .docx by name; the numbers of the items are automatic numbers, as officials write them."""
    document = _element("document")
    body = _under(document, "body")
    _table(body, given.head)
    for line in _lines(given.body):
        _paragraph(body, line)
    _table(body, (given.foot,))
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relationships({"numbering": "numbering.xml", "styles": "styles.xml"}),
        "word/document.xml": _bytes(document),
        "word/numbering.xml": _bytes(_numbering()),
        "word/styles.xml": _bytes(_styles()),
    }


def _lines(blocks: list[list[str]]) -> Iterator[str]:
    for block in blocks:
        yield from block


def _paragraph(parent: etree._Element, line: str, *, align: str = "both") -> None:
    paragraph = _under(parent, "p")
    properties = _under(paragraph, "pPr")
    for opening, (list_id, level) in _LISTS:
        found = opening.match(line)
        if found:
            line = line[found.end() :]
            listed = _under(properties, "numPr")
            _under(listed, "ilvl", val=str(level))
            _under(listed, "numId", val=str(list_id))
            break
    _under(properties, "jc", val=align)
    text = _under(_under(paragraph, "r"), "t")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = line


def _table(parent: etree._Element, rows: tuple[tuple[list[str], list[str]], ...]) -> None:
    table = _under(parent, "tbl")
    _under(_under(table, "tblPr"), "tblW", w="5000", type="pct")
    grid = _under(table, "tblGrid")
    for _ in range(2):
        _under(grid, "gridCol", w="4677")
    for row in rows:
        line = _under(table, "tr")
        for cell in row:
            place = _under(line, "tc")
            _under(_under(place, "tcPr"), "tcW", w="2500", type="pct")
            for text in cell:
                _paragraph(place, text, align="left" if cell[0].startswith("Nơi nhận") else "center")
    _under(parent, "p")


def _numbering() -> etree._Element:
    root = _element("numbering")
    forms = ((("decimal", "%1."), ("lowerLetter", "%2)")), (("bullet", "-"),))
    for list_id, levels in enumerate(forms, start=1):
        abstract = _under(root, "abstractNum", abstractNumId=str(list_id))
        for depth, (form, text) in enumerate(levels):
            level = _under(abstract, "lvl", ilvl=str(depth))
            _under(level, "start", val="1")
            _under(level, "numFmt", val=form)
            _under(level, "lvlText", val=text)
            _under(_under(level, "pPr"), "ind", left=str(567 * (depth + 1)), hanging="567")
    for list_id in range(1, len(forms) + 1):
        _under(_under(root, "num", numId=str(list_id)), "abstractNumId", val=str(list_id))
    return root


def _styles() -> etree._Element:
    root = _element("styles")
    normal = _under(_under(_under(root, "docDefaults"), "rPrDefault"), "rPr")
    _under(normal, "rFonts", ascii="Times New Roman", hAnsi="Times New Roman", cs="Times New Roman")
    _under(normal, "sz", val="28")
    return root


def _content_types() -> bytes:
    root = etree.Element(f"{{{TYPES}}}Types", nsmap={None: TYPES})
    etree.SubElement(
        root,
        f"{{{TYPES}}}Default",
        Extension="rels",
        ContentType="application/vnd.openxmlformats-package.relationships+xml",
    )
    etree.SubElement(root, f"{{{TYPES}}}Default", Extension="xml", ContentType="application/xml")
    for name, kind in (("document", "document.main"), ("numbering", "numbering"), ("styles", "styles")):
        etree.SubElement(root, f"{{{TYPES}}}Override", PartName=f"/word/{name}.xml", ContentType=f"{_WORD}.{kind}+xml")
    return _bytes(root)


def _relationships(targets: dict[str, str]) -> bytes:
    root = etree.Element(f"{{{R}}}Relationships", nsmap={None: R})
    for number, (kind, target) in enumerate(targets.items(), start=1):
        etree.SubElement(root, f"{{{R}}}Relationship", Id=f"rId{number}", Type=f"{OFFICE}/{kind}", Target=target)
    return _bytes(root)


def _element(name: str) -> etree._Element:
    return etree.Element(f"{{{W}}}{name}", nsmap={"w": W})


def _under(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{W}}}{name}", {f"{{{W}}}{key}": value for key, value in attributes.items()})


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def page(given: Paper) -> str:
    """The .html: the same paper as a portal shows it."""

    def rows(pairs: tuple[tuple[list[str], list[str]], ...]) -> str:
        cell = "<td>{}</td>".format
        return "\n".join(
            "<tr>" + "".join(cell("<br>".join(map(html.escape, lines))) for lines in pair) + "</tr>" for pair in pairs
        )

    body = "\n".join(f"<p>{html.escape(line)}</p>" for line in _lines(given.body))
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>{html.escape(given.head[1][0][-1])}</title>
<style>
@page {{ size: A4; margin: 20mm 15mm 20mm 30mm }}
body {{ font: 13pt/1.3 Tinos, "Noto Serif", serif; max-width: 165mm; margin: auto }}
table {{ width: 100% }}
td {{ text-align: center; vertical-align: top; font-size: 12pt }}
td:last-child {{ width: 57% }}
p {{ margin: 0 0 6pt; text-align: justify }}
@media print {{ nav {{ display: none }} }}
</style>
</head>
<body>
<nav><a href="/">Trang chủ</a> <a href="/van-ban">Văn bản</a></nav>
<table>
{rows(given.head)}
</table>
{body}
<table>
{rows((given.foot,))}
</table>
</body>
</html>
"""


def write(*, pdf: bool) -> None:
    """Write the files beside SOURCE."""
    given = paper(SOURCE.read_text(encoding="utf-8"))
    with zipfile.ZipFile(SOURCE.with_suffix(".docx"), "w") as package:
        for name, part in docx(given).items():
            info = zipfile.ZipInfo(name, date_time=_BORN)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, part)
    web = SOURCE.with_suffix(".html")
    web.write_text(page(given), encoding="utf-8")
    if pdf:
        subprocess.run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-pdf-header-footer",
                f"--print-to-pdf={SOURCE.with_suffix('.pdf')}",
                web.as_uri(),
            ],
            check=True,
            capture_output=True,
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the example files out of the example text.")
    parser.add_argument("--pdf", action="store_true", help="print the .pdf, too (needs Chromium)")
    write(pdf=parser.parse_args().pdf)
