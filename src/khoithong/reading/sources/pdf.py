"""PDF -> the text layer, page after page, page numbers left out; or a picture of a page for the recognition of text.

Runs in the worker, as the native library may crash on bad files.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from khoithong.reading.sources.refusal import Refused, too_long
from khoithong.reading.sources.text import tidy
from khoithong.reading.sources.values import Limits

#: pdfium prints U+FFFE for a hyphen at the end of a line and takes the line break away
_HYPHEN = re.compile("\ufffe([^ \r\n]*)( ?)")

_DPI = 300
_POINTS = 72
#: a page of A2 at 300 dots an inch; a larger one is drawn smaller
_MOST_DOTS = 35_000_000
#: a scan has at most so many characters of text, and shows a picture over so much of the page
_LONGEST_STAMP = 400
_PICTURE_SHARE = 0.6

_LOCKED = "đặt mật khẩu; hãy mở bằng trình xem PDF, in ra PDF mới không mật khẩu rồi thử lại"
_BROKEN = "hỏng hoặc tải về chưa đủ; hãy tải lại, hoặc mở bằng trình xem PDF rồi in ra PDF mới"


def pdf_pages(data: bytes, limits: Limits) -> tuple[list[str], list[int]]:
    """The text of each page in NFC, and the numbers of the pages that are pictures: with no text, or a stamp's alone.

    Raises Refused: broken, locked, too long.
    """
    with _opened(data) as document:
        count = len(document)
        if count == 0:
            raise Refused(_BROKEN)
        if count > limits.max_pages:
            raise Refused(f"có {count} trang, quá {limits.max_pages} trang; hãy tách thành nhiều tệp nhỏ")
        pages = list(_pages(document, count, limits))
        scanned = [place + 1 for place, page in enumerate(pages) if _is_picture(document, place, page)]
    pages = [_without_number(page, number, count) for number, page in enumerate(pages, start=1)]
    return [page if page.strip() else "" for page in pages], scanned


def pdf_picture(data: bytes, number: int) -> bytes:
    """Page `number`, the first being 1, drawn in gray at 300 dots an inch, as a PGM file. Raises Refused."""
    with _opened(data) as document:
        try:
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(_DPI / _POINTS, math.sqrt(_MOST_DOTS / max(1.0, width * height)))
            bitmap = page.render(scale=scale, grayscale=True)
        except (pypdfium2.PdfiumError, IndexError):
            raise Refused(_BROKEN) from None
        rows = memoryview(bitmap.buffer).cast("B")
        drawn = bytearray(b"P5 %d %d 255\n" % (bitmap.width, bitmap.height))
        for place in range(bitmap.height):
            drawn += rows[place * bitmap.stride : place * bitmap.stride + bitmap.width]
        return bytes(drawn)


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise Refused(_LOCKED if locked else _BROKEN) from None


def _pages(document: pypdfium2.PdfDocument, count: int, limits: Limits) -> Iterator[str]:
    length = 0
    for place in range(count):
        try:
            text = _page_text(document, place)
        except pypdfium2.PdfiumError:
            raise Refused(_BROKEN) from None
        length += len(text) + 1
        if length > limits.max_chars:
            raise too_long(limits.max_chars)
        yield text


def _is_picture(document: pypdfium2.PdfDocument, place: int, text: str) -> bool:
    """Whether a page shows a scan: it has no text, or so little as an electronic signature leaves on a picture."""
    if len(text.strip()) > _LONGEST_STAMP:
        return False
    if not text.strip():
        return True
    try:
        page = document[place]
        try:
            width, height = page.get_size()
            for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
                left, bottom, right, top = picture.get_bounds()
                if (right - left) * (top - bottom) >= _PICTURE_SHARE * width * height:
                    return True
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        raise Refused(_BROKEN) from None
    return False


def _page_text(document: pypdfium2.PdfDocument, place: int) -> str:
    page = document[place]
    try:
        layer = page.get_textpage()
        try:
            text: str = layer.get_text_range()
        finally:
            layer.close()
    finally:
        page.close()
    return tidy(_HYPHEN.sub(_mended, text).replace("\x00", " ")).rstrip()


def _mended(match: re.Match[str]) -> str:
    # A symbol cut at its hyphen stays whole; the line ends after it, so that lines keep the width of the page.
    return f"-{match[1]}" + ("\n" if match[2] else "")


def _without_number(page: str, number: int, count: int) -> str:
    """The page without the line that only bears its number: it would stand in the middle of a sentence."""
    marks = {mark.format(number, count) for mark in ("{}", "- {} -", "-{}-", "{}/{}", "Trang {}", "Trang {}/{}")}
    lines = page.split("\n")
    for end in (0, -1):
        if len(lines) > 1 and lines[end].strip() in marks:
            del lines[end]
            break
    return "\n".join(lines)
