"""Letters (.eml, .mht) -> the words of the letter and its attachments."""

from __future__ import annotations

import codecs
import re
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32

from khoithong.reading.sources.html import html_text
from khoithong.reading.sources.kinds import Kind
from khoithong.reading.sources.parts import Gathering, Unpacked, too_large
from khoithong.reading.sources.refusal import Refused
from khoithong.reading.sources.text import decode, tidy
from khoithong.reading.sources.values import Limits

_HEADERS = (("Chủ đề", "Subject"), ("Người gửi", "From"), ("Ngày gửi", "Date"))
_ENCODING = re.compile(
    r"utf[-_]?(?:8|16(?:[-_]?[lb]e)?)|us-ascii|ascii|iso[-_]8859[-_]\d{1,2}|latin-?1|(?:windows-|cp)125\d",
    re.IGNORECASE,
)
#: what goes with a letter and is no paper: signatures, invitations, visiting cards
_NO_PAPERS = frozenset(
    (
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "text/calendar",
        "text/vcard",
        "text/x-vcard",
    )
)
_DEPTH = 20
_EMPTY = "là thư không có nội dung và không có tệp đính kèm; hãy kiểm tra lại thư gốc"
_TOO_DEEP = "lồng quá nhiều lớp, không phải thư bình thường; hãy lưu từng tệp đính kèm ra rồi đưa vào"


def mail_parts(data: bytes, limits: Limits) -> Unpacked:
    """The words of a letter, None where it has none, and its attachments. Raises Refused: empty, or over the limits."""
    message: Message = message_from_bytes(data, policy=compat32)
    letter = _Letter(limits)
    letter.take(message, 0)
    body, notes = letter.body()
    if not body.strip() and not letter.gathering.parts:
        raise Refused(_EMPTY)
    head = [f"{label}: {words}" for label, name in _HEADERS if (words := _header(message, name))]
    text = tidy("\n".join([*head, "", body.strip()])) if body.strip() else None
    return Unpacked(media_type=Kind.EML.value, text=text, notes=notes, parts=letter.gathering.parts)


class _Letter:
    """Sorts the parts of a letter into its words and its attachments."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._plain: list[Message] = []
        self._pages: list[Message] = []
        self.gathering = Gathering(limits)

    def take(self, part: Message, depth: int) -> None:
        """Take in a part and what is in it."""
        if depth > _DEPTH:
            raise Refused(_TOO_DEEP)
        kind = part.get_content_type()
        if kind == "message/rfc822":
            self._attach_letter(part)
        elif part.is_multipart():
            for inner in part.get_payload():
                if isinstance(inner, Message):
                    self.take(inner, depth + 1)
        elif kind in ("text/plain", "text/html") and not _file_name(part) and not _is_attached(part):
            (self._plain if kind == "text/plain" else self._pages).append(part)
        elif kind not in _NO_PAPERS and not _is_decoration(part):
            self._attach(_file_name(part) or f"dinh-kem-{len(self.gathering.parts) + 1}", _payload(part))

    def body(self) -> tuple[str, tuple[str, ...]]:
        """The words of the letter: plain, or where there are none those of its page; and notes on them."""
        texts: list[str] = []
        notes: list[str] = []
        for part in self._plain:
            text, more = decode(_payload(part), declared=_charset(part))
            texts.append(text)
            notes += more
        if not any(text.strip() for text in texts):
            for part in self._pages:
                page, more = decode(_payload(part), declared=_charset(part))
                # The mark makes the encoding plain, whatever the page says of itself.
                text, _ = html_text(codecs.BOM_UTF8 + page.encode(), self._limits)
                texts.append(text)
                notes += more
        return "\n".join(texts), tuple(dict.fromkeys(notes))

    def _attach_letter(self, part: Message) -> None:
        inner = part.get_payload(0) if part.is_multipart() else None
        if not isinstance(inner, Message):
            self._attach(_file_name(part) or "thu.eml", _payload(part))
            return
        name = _file_name(part) or f"{_header(inner, 'Subject').replace('/', '-') or 'thu'}.eml"
        try:
            self._attach(name, inner.as_bytes(policy=compat32))
        except (MessageError, ValueError, LookupError, TypeError, AttributeError):
            self.gathering.add(name, refused="là thư đính kèm bị hỏng; hãy xin bản gốc từ nơi gửi")

    def _attach(self, name: str, data: bytes) -> None:
        if len(data) > self._limits.max_bytes:
            self.gathering.add(name, refused=too_large(self._limits))
        else:
            self.gathering.add(name, data)


def _payload(part: Message) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except (MessageError, ValueError, LookupError, AssertionError):
        return b""
    return found if isinstance(found, bytes) else b""


def _charset(part: Message) -> str | None:
    try:
        given = part.get_content_charset()
    except (MessageError, ValueError, LookupError):
        return None
    return given if given and _ENCODING.fullmatch(given) and _known(given) else None


def _known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _is_decoration(part: Message) -> bool:
    """Whether the part is a picture, style or script of the letter's page rather than a file that was sent with it."""
    kind = part.get_content_maintype()
    shown = kind == "image" and part.get("Content-ID") is not None
    fetched = part.get("Content-Location") is not None and (kind == "image" or part.get_content_type() != "text/html")
    return not _is_attached(part) and (shown or fetched or part.get_content_type() in ("text/css", "text/javascript"))


def _file_name(part: Message) -> str:
    try:
        given = part.get_filename()
    except (MessageError, ValueError, LookupError, TypeError):
        return ""
    return _decoded(given) if given else ""


def _header(message: Message, name: str) -> str:
    given = message.get(name)
    return " ".join(_decoded(str(given)).split())[:1000] if given is not None else ""


def _decoded(given: str) -> str:
    try:
        return str(make_header(decode_header(given)))
    except (MessageError, ValueError, LookupError):
        return given.encode("utf-8", "replace").decode("utf-8")
