"""Packages of the state's document exchange (edXML, QCVN 102:2016/BTTTT) -> the papers in them and their envelope."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

from lxml import etree

from khoithong.reading.sources.kinds import Kind
from khoithong.reading.sources.parts import Gathering, Unpacked, too_large
from khoithong.reading.sources.refusal import Refused
from khoithong.reading.sources.text import tidy
from khoithong.reading.sources.values import Limits
from khoithong.reading.sources.xml import HOSTILE, declares_type

_DEPTH = 64
_ELEMENTS = 200_000
_CHUNK = 1 << 16
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,100}\bencoding\s*=\s*["']([^"']{1,40})["']""")
_SAFE = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_BROKEN = "là gói edXML hỏng; hãy xin gửi lại, hoặc đưa thẳng tệp văn bản vào"
_TOO_DEEP = "lồng thẻ quá sâu, không phải gói edXML bình thường; hãy xin bản gốc từ nơi gửi"
_EMPTY = "là gói edXML không có văn bản và không có thông tin; hãy xin gửi lại"
_BAD_BASE64 = "mã hóa trong gói edXML bị hỏng; hãy xin gửi lại"
_DATE = re.compile(r"\s*(\d{4})[/-](\d{1,2})[/-](\d{1,2})")
_LETTER = "công văn"


def edxml_parts(data: bytes, limits: Limits) -> Unpacked:
    """The papers in a package, and as `envelope` what it says of them, laid out as the head of a paper is.

    A package without papers (a status, a recall) gives the envelope as its text. Raises Refused: broken, hostile,
    empty.
    """
    root = _tree(data)
    envelope = _envelope(root)
    gathering = Gathering(limits)
    names = _names(root)
    for number, attachment in enumerate(_all(root, "Attachment"), start=1):
        content_id = _text(attachment, "ContentId")
        name = _text(attachment, "AttachmentName") or names.get(_bare(content_id)) or f"van-ban-{number}"
        encoded = "".join(_first(attachment, "ContentTransferEncoded", "").split())
        if not encoded:
            continue
        if len(encoded) > 4 * limits.max_bytes // 3 + 4:
            gathering.add(name, refused=too_large(limits))
            continue
        try:
            gathering.add(name, base64.b64decode(encoded, validate=True))
        except (binascii.Error, ValueError):
            gathering.add(name, refused=_BAD_BASE64)
    if not gathering.parts and not envelope:
        raise Refused(_EMPTY)
    text = None if gathering.parts else envelope
    return Unpacked(media_type=Kind.EDXML.value, text=text, parts=gathering.parts, envelope=envelope or None)


def _tree(data: bytes) -> Any:
    """The root element; attachments are long, so the parser's own limits are off and these stand in their place."""
    said = _ENCODING.match(data[:300].removeprefix(b"\xef\xbb\xbf"))
    if declares_type(data) or (said is not None and said[1].lower() not in _SAFE):
        raise Refused(HOSTILE)
    parser = etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    depth = count = 0
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
            for event, _ in parser.read_events():
                depth += 1 if event == "start" else -1
                count += 1
                if depth > _DEPTH or count > 2 * _ELEMENTS:
                    raise Refused(_TOO_DEEP)
        root = parser.close()
    except (etree.LxmlError, ValueError):
        raise Refused(_BROKEN) from None
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise Refused(_BROKEN)
    return root


def _envelope(root: Any) -> str:
    header = next(_all(root, "MessageHeader"), None)
    if header is None:
        return ""
    sender = next(_all(header, "From"), None)
    organ = _text(sender, "OrganName") if sender is not None else ""
    number, notation = _text(header, "CodeNumber"), _text(header, "CodeNotation")
    symbol = "/".join(filter(None, (number, notation)))
    kind = _text(header, "TypeName") or _text(header, "TypeDetail")
    subject = _text(header, "Subject")
    lines = [organ.upper(), f"Số: {symbol}" if symbol else "", _place_and_day(header)]
    if kind.lower() == _LETTER:
        lines.append(f"V/v {subject}" if subject else "")
    else:
        lines += [kind.upper(), subject]
    is_status = next(_all(root, "StatusCode"), None) is not None
    lines += [_text(header, "Content"), _text(root, "Description") if is_status else ""]
    return tidy("\n".join(line for line in lines if line))


def _place_and_day(header: Any) -> str:
    promulgation = next(_all(header, "PromulgationInfo"), None)
    if promulgation is None:
        return ""
    found = _DATE.match(_text(promulgation, "PromulgationDate"))
    if found is None:
        return ""
    day = f"ngày {int(found[3]):02} tháng {int(found[2]):02} năm {found[1]}"
    place = _text(promulgation, "Place")
    return f"{place}, {day}" if place else day


def _names(root: Any) -> dict[str, str]:
    """The names of the attachments by their id, as the manifest of the envelope gives them."""
    return {
        _bare(_text(reference, "ContentId")): name
        for reference in _all(root, "Reference")
        if (name := _text(reference, "AttachmentName"))
    }


def _bare(content_id: str) -> str:
    return content_id.removeprefix("cid:").strip("<> ")


def _all(parent: Any, name: str) -> Any:
    """Elements of a local name: packages of older systems have another namespace."""
    return parent.iter(f"{{*}}{name}")


def _first(parent: Any, name: str, default: str) -> str:
    element = next(_all(parent, name), None)
    return default if element is None else element.text or default


def _text(parent: Any, name: str) -> str:
    return " ".join(_first(parent, name, "").split())[:2000]
