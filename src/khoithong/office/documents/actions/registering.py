"""A paper goes into a register: one line, one number, once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from khoithong.office.accounts.models import Person
from khoithong.office.base.actions import Record, Refused, in_vietnamese, recorded
from khoithong.office.base.clock import local_date
from khoithong.office.documents import rights
from khoithong.office.documents.actions.linking import share_with
from khoithong.office.documents.actions.numbering import open_register, take_number
from khoithong.office.documents.actions.papers import Double, attach_within, make_paper
from khoithong.office.documents.models import Direction, Entry, Paper, PaperFile
from khoithong.office.documents.queries import agencies_named, doubles_of
from khoithong.office.documents.values import Facts


@dataclass(frozen=True, slots=True)
class Line:
    """What a register keeps beside the paper itself; which columns apply depends on the direction."""

    receiver: str = ""
    destination: str = ""
    copy_keeper: str = ""
    copies: int | None = None
    forwarded_on: date | None = None
    signed_for: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that comes with a form."""

    data: bytes
    name: str
    media_type: str


def register_paper(
    *,
    by: Person,
    paper: Paper,
    direction: Any,
    line: Line,
    at: datetime,
    entered_on: date | None = None,
    duplicate_reason: str = "",
) -> Entry:
    """Enters `paper` in the register of the person's agency under the next number. Raises Refused, Double."""
    rights.require_see(by, paper)
    rights.require_register(by)
    with recorded(verb="documents.paper_registered", by=by, at=at) as record:
        entry = _enter(by, paper, direction, line, entered_on or local_date(at), duplicate_reason, at)
        _tell(record, entry)
    return entry


def register_new_paper(
    *,
    by: Person,
    facts: Facts,
    direction: Any,
    line: Line,
    at: datetime,
    entered_on: date | None = None,
    duplicate_reason: str = "",
    upload: Upload | None = None,
) -> Entry:
    """Enters a paper that was not uploaded and read; a scan may come with it. Raises Refused, Double."""
    rights.require_register(by)
    if not (facts.symbol.strip() or facts.subject.strip()):
        raise Refused(_("Hãy ghi số, ký hiệu hoặc trích yếu để nhận ra văn bản."), field="symbol")
    with recorded(verb="documents.paper_registered", by=by, at=at) as record:
        paper = make_paper(by=by, facts=facts, at=at)
        if upload is not None:
            attach_within(
                paper,
                data=upload.data,
                name=upload.name,
                media_type=upload.media_type,
                part=PaperFile.Part.ORIGINAL,
                at=at,
            )
        entry = _enter(by, paper, direction, line, entered_on or local_date(at), duplicate_reason, at)
        _tell(record, entry)
    return entry


def why_not_entered(by: Person, paper: Paper) -> str:
    """Why `paper`, as it was read, gets no number among the incoming ones unseen; empty where nothing is in the way."""
    if not (paper.symbol or paper.subject):
        return _("Chưa vào sổ: máy chưa đọc được số, ký hiệu và trích yếu. Hãy sửa thông tin rồi vào sổ.")
    if paper.issuer_id == by.agency_id:
        return _("Chưa vào sổ văn bản đến: văn bản do chính cơ quan bạn ban hành. Hãy vào sổ văn bản đi.")
    return ""


def enter_received(by: Person, paper: Paper, duplicate_reason: str, at: datetime) -> Entry | None:
    """The step of entering a paper that just came in, inside the action that keeps it. Raises Refused, Double."""
    rights.require_register(by)
    if why_not_entered(by, paper):
        return None
    return _enter(by, paper, Direction.INCOMING, Line(), local_date(at), duplicate_reason, at)


def _enter(
    by: Person, paper: Paper, direction: Any, line: Line, on: date, duplicate_reason: str, at: datetime
) -> Entry:
    if direction not in Direction.values:
        raise Refused(_("Hãy chọn sổ văn bản đến hoặc sổ văn bản đi."), field="direction")
    if on > local_date(at):
        raise Refused(_("Ngày đăng ký không thể sau hôm nay."), field="entered_on")
    # The register's row is taken first: whoever enters the same paper at the same time waits here.
    register = open_register(by.agency, direction, on)
    number = take_number(register)
    there = Entry.objects.filter(register__agency=by.agency, register__direction=direction, paper=paper).first()
    if there is not None:
        raise Refused(_("Văn bản đã vào sổ này: %(entry)s.") % {"entry": entry_words(there)}, code="registered")
    if not duplicate_reason.strip():
        _refuse_double(by, paper, direction)
    entry = Entry.objects.create(
        register=register,
        number=number,
        paper=paper,
        entered_on=on,
        entered_by=by,
        duplicate_reason=duplicate_reason.strip()[:300],
        **asdict(line),
    )
    if direction == Direction.OUTGOING:
        share_with(paper, agencies_named(line.destination, on=on))
    return entry


def _refuse_double(by: Person, paper: Paper, direction: str) -> None:
    doubles = doubles_of(
        by, symbol=paper.symbol, issuer_name=paper.issuer_name, issued_on=paper.issued_on, besides=paper
    )
    entered = Entry.objects.filter(register__agency=by.agency, register__direction=direction, paper__in=doubles)
    other = entered.select_related("register__agency", "paper").first()
    if other is not None:
        raise Double(
            _("Sổ đã có văn bản cùng số, ký hiệu và cơ quan ban hành: %(entry)s. Nếu vẫn đăng ký, hãy ghi lý do.")
            % {"entry": entry_words(other)},
            other.paper,
        )
    unregistered = next((p for p in doubles if p.holder_id == by.agency_id and not p.entries.exists()), None)
    if unregistered is not None:
        raise Double(
            _("%(paper)s đã được nhập mà chưa vào sổ. Hãy vào sổ từ trang của nó, hoặc ghi lý do đăng ký riêng.")
            % {"paper": unregistered},
            unregistered,
        )


def _tell(record: Record, entry: Entry) -> None:
    with in_vietnamese():
        words = entry_words(entry)
    record.about(entry.paper, summary=words, entry=entry.pk, number=entry.number, reason=entry.duplicate_reason)


def entry_words(entry: Entry) -> str:
    """A line of a register in words: "số 03, sổ văn bản đến năm 2023"."""
    register = entry.register
    return _("số %(number)02d, sổ %(direction)s năm %(year)d") % {
        "number": entry.number,
        "direction": register.get_direction_display().lower(),
        "year": register.year,
    }
