"""Makes small files of every format for the tests of the openers."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

from khoithong.reading.sources.pdf import pdf_picture

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def fresh(*arguments: str) -> str:
    """What a new Python process prints that is given these arguments and finds the same packages as this one."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True, env=env).stdout


def p(*texts: str, properties: str = "") -> str:
    """A paragraph of runs."""
    runs = "".join(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def item(text: str, *, list_id: int = 1, depth: int = 0) -> str:
    """A paragraph of an automatic list."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')


def tbl(*rows: tuple[str, ...]) -> str:
    """A table; each cell is the XML of its blocks."""
    lines = "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f"<w:tbl>{lines}</w:tbl>"


def lvl(depth: int, form: str, text: str, more: str = "") -> str:
    """A level of an automatic list."""
    shape = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{shape}</w:lvl>'


def numbering(*lists: str, nums: str = "") -> str:
    """numbering.xml: one list for each series of levels, numbered from 1, and further w:num as given."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{place}">{levels}</w:abstractNum>' for place, levels in enumerate(lists, 1)
    )
    plain = "".join(
        f'<w:num w:numId="{place}"><w:abstractNumId w:val="{place}"/></w:num>' for place in range(1, len(lists) + 1)
    )
    return f'<w:numbering xmlns:w="{W}">{abstract}{plain}{nums}</w:numbering>'


def docx(body: str, *, method: int = zipfile.ZIP_DEFLATED, section: str = "", **parts: str) -> bytes:
    """A .docx with this body; `parts` are whole XML parts: numbering=..., styles=..., footnotes=...

    `section` is what stands in its w:sectPr. The parts have the ids r0, r1, ... in their order.
    """
    document = (
        f'<w:document xmlns:w="{W}" xmlns:mc="{COMPATIBILITY}" xmlns:r="{OFFICE}">'
        f"<w:body>{body}<w:sectPr>{section}</w:sectPr></w:body></w:document>"
    )
    links = "".join(
        f'<Relationship Id="r{place}" Type="{OFFICE}/{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for place, name in enumerate(parts)
    )
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONSHIPS}">{links}</Relationships>',
    } | {f"word/{name}.xml": xml for name, xml in parts.items()}
    return zipped(files, method=method)


def zipped(files: dict[str, str | bytes] | dict[str, str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()


def pdf(*pages: str, count: int | None = None, locked: bool = False) -> bytes:
    """A PDF with one line of ASCII on each page; `count` repeats the last page without storing it again."""
    objects: dict[int, bytes] = {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    objects[3] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    kids = []
    number = 4
    for text in pages:
        drawn = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode() if text else b"0 0 100 100 re f"
        objects[number] = b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn)
        objects[number + 1] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % number
        )
        kids.append(number + 1)
        number += 2
    for _ in range((count or 0) - len(pages)):
        objects[number] = objects[kids[-1]]
        kids.append(number)
        number += 1
    objects[2] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    trailer = b""
    if locked:
        objects[number] = b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <%b> /U <%b> >>" % (
            b"11" * 32,
            b"22" * 32,
        )
        trailer = b" /Encrypt %d 0 R /ID [<%b> <%b>]" % (number, b"33" * 16, b"33" * 16)
    return pdf_file(objects, trailer)


def pdf_drawing(stream: bytes, *, filters: bytes = b"", forms: dict[int, bytes] | None = None) -> bytes:
    """A PDF of one page that draws `stream`; `forms` are pieces that a stream draws by name: "/X6 Do"."""
    named = b"".join(b"/X%d %d 0 R " % (number, number) for number in forms or {})
    resources = b"/Resources << /Font << /F1 3 0 R >> /XObject << %b>> >>" % named
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 1 /Kids [5 0 R] >>",
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        4: b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(stream), filters, stream),
        5: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %b >>" % resources,
    }
    for number, drawn in (forms or {}).items():
        head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] %b /Length %d >>" % (resources, len(drawn))
        objects[number] = b"%b\nstream\n%b\nendstream" % (head, drawn)
    return pdf_file(objects, b"")


def pdf_file(objects: dict[int, bytes], trailer: bytes) -> bytes:
    """A PDF of these objects."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for number in sorted(objects):
        out += b"%010d 00000 n \n" % places[number]
    out += b"trailer\n<< /Size %d /Root 1 0 R%b >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def picture_of(path: Path, page: int = 1) -> tuple[int, int, bytes]:
    """Width, height and gray dots of a page of a .pdf, as a scanner would see it."""
    head, dots = pdf_picture(path.read_bytes(), page).split(b"\n", 1)
    _, width, height, _ = head.split()
    return int(width), int(height), dots


def png(width: int, height: int, dots: bytes) -> bytes:
    """A picture as .png."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = b"".join(b"\x00" + dots[place * width : (place + 1) * width] for place in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    density = struct.pack(">IIB", 11811, 11811, 1)
    pieces = ((b"IHDR", head), (b"pHYs", density), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, content) for kind, content in pieces)


def tiff(*pages: tuple[int, int, bytes]) -> bytes:
    """Pictures as one .tif, uncompressed, 300 dots an inch."""
    out = bytearray(b"II*\x00\x00\x00\x00\x00")
    link = 4
    for width, height, dots in pages:
        data = len(out)
        out += dots + b"\x00" * (len(dots) % 2)
        density = len(out)
        out += struct.pack("<II", 300, 1)
        out[link : link + 4] = struct.pack("<I", len(out))
        tags = (
            (256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, data), (277, 3, 1),
            (278, 4, height), (279, 4, len(dots)), (282, 5, density), (283, 5, density), (296, 3, 2),
        )  # fmt: skip
        out += struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", tag, form, 1, x) for tag, form, x in tags)
        link = len(out)
        out += b"\x00" * 4
    return bytes(out)


def scan(*pages: tuple[int, int, bytes] | None, stamp: str = "") -> bytes:
    """A .pdf that shows pictures over the whole of its pages and no text but `stamp`; None is an empty page."""
    objects: dict[int, bytes] = {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    kids = []
    number = 3
    for page in pages:
        width, height, dots = page or (1, 1, b"\xff")
        tall = 595 * height // width
        packed = zlib.compress(dots)
        objects[number] = (
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8"
            b" /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (width, height, len(packed), packed)
        )
        drawn = b"q 595 0 0 %d 0 0 cm /I Do Q" % tall
        if stamp:
            drawn += b" BT /F1 8 Tf 20 5 Td (%b) Tj ET" % stamp.encode("ascii")
        objects[number + 1] = b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn)
        objects[number + 2] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 %d] /Contents %d 0 R"
            b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
            b" /XObject << /I %d 0 R >> >> >>" % (tall, number + 1, number)
        )
        kids.append(b"%d 0 R" % (number + 2))
        number += 3
    objects[2] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), b" ".join(kids))
    return pdf_file(objects, b"")
