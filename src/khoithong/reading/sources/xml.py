"""XML from files of unknown origin: no document types, no entities, no network, no bottomless nesting."""

from __future__ import annotations

from typing import Any

from lxml import etree

from khoithong.reading.sources.refusal import Refused

_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
HOSTILE = "chứa khai báo DTD/ENTITY, không phải văn bản bình thường; hãy xin bản gốc từ nơi gửi"
BROKEN = "hỏng hoặc tải về chưa đủ; hãy tải lại, hoặc mở bằng Word rồi lưu lại"


def declares_type(data: bytes) -> bool:
    """Whether the XML in `data` declares a document type, as no paper does."""
    return any(mark in data for mark in _DOCTYPE)


def parsed(data: bytes) -> Any:
    """The root element (lxml) of the XML in `data`. Raises Refused where it is broken or declares a document type."""
    if declares_type(data):
        raise Refused(HOSTILE)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        raise Refused(BROKEN) from None
    # An encoding such as UTF-7 can hide the declaration from the look at the bytes.
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise Refused(HOSTILE)
    return root
