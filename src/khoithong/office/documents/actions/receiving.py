"""A paper comes in: its bytes are kept, its text is read and, where asked, it gets its number: all or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from khoithong import __version__
from khoithong.office.accounts.models import Person
from khoithong.office.base.actions import Refused, in_vietnamese, recorded
from khoithong.office.documents import rights, storage
from khoithong.office.documents.actions.papers import Double, claim_file, file_name, make_paper, refuse_size
from khoithong.office.documents.actions.registering import enter_received, entry_words
from khoithong.office.documents.models import Finding, Paper, PaperFile, Reading
from khoithong.office.documents.queries import doubles_of, papers_with_bytes
from khoithong.office.documents.values import Facts
from khoithong.reading import Directive
from khoithong.reading.sources import Limits, Source, Unreadable, read_each, read_file

_LETTER = "message/rfc822"
INCOMPLETE = 500
"""Certainty of an identity that lacks its symbol, its issuer or its day."""


def receive_file(*, by: Person, data: bytes, name: str, at: datetime, duplicate_reason: str = "") -> Paper:
    """Reads an uploaded file, keeps it with its reading for review. Raises Refused, Double: then nothing is kept."""
    rights.require_keep(by)
    refuse_size(len(data))
    source, directive = _read(data, name)
    return receive_reading(
        by=by, data=data, source=source, directive=directive, at=at, duplicate_reason=duplicate_reason
    )


def receive_files(
    *, by: Person, data: bytes, name: str, at: datetime, duplicate_reason: str = "", enter: bool = False
) -> list[tuple[str, Paper | Refused]]:
    """Each paper that an uploaded file holds (a .zip, a letter, an exchange package: several) in one action of its own.

    The name of each inner file with its paper, or with why it was not taken: what is refused costs nothing but itself.
    With `enter` each also gets its number as an incoming paper (`receive_reading`). Raises Refused for a file that is
    empty or over the limit.
    """
    rights.require_keep(by)
    refuse_size(len(data))
    received: list[tuple[str, Paper | Refused]] = []
    covering: list[tuple[Source, Directive]] = []

    def take(source: Source, directive: Directive) -> None:
        try:
            paper: Paper | Refused = receive_reading(
                by=by,
                data=data if source.data is None else source.data,
                source=source,
                directive=directive,
                at=at,
                duplicate_reason=duplicate_reason,
                enter=enter,
            )
        except Refused as refusal:
            paper = refusal
        received.append((source.name, paper))

    for found in read_each(data, name=name, limits=_limits()):
        if isinstance(found, Unreadable):
            received.append((found.name, _unreadable(found)))
        elif found[0].media_type == _LETTER and not found[1].assignments:
            covering.append(found)
        else:
            take(*found)
    # The few words that go with attachments are no paper of their own; a letter without any is.
    if not any(isinstance(paper, Paper) for _name, paper in received):
        for source, directive in covering:
            take(source, directive)
    return received


def receive_reading(
    *,
    by: Person,
    data: bytes,
    source: Source,
    directive: Directive,
    at: datetime,
    duplicate_reason: str = "",
    enter: bool = False,
) -> Paper:
    """Keeps a file that has been read: the bytes, the paper, the reading and its findings. Raises Refused, Double.

    With `enter` it is entered among the incoming papers of the person's agency in the same transaction. One that nobody
    could tell from others yet, or that the own agency issued, is kept without a number (`registering.why_not_entered`).
    """
    rights.require_keep(by)
    facts = Facts.from_json(directive.identity.to_json())
    with recorded(verb="documents.paper_received", by=by, at=at) as record:
        stored = claim_file(data, media_type=source.media_type, at=at)
        if not duplicate_reason.strip():
            _refuse_double(by, data, facts)
        storage.keep(data)
        paper = make_paper(by=by, facts=facts, at=at)
        PaperFile.objects.create(paper=paper, stored=stored, name=file_name(source.name))
        reading = Reading.objects.create(
            paper=paper,
            text=directive.text,
            reader_version=__version__,
            notes=list(source.notes),
            warnings=[slip.to_json() for slip in directive.warnings],
            read_at=at,
        )
        Finding.objects.bulk_create(_findings(reading, directive))
        words, number = file_name(source.name), None
        entry = enter_received(by, paper, duplicate_reason, at) if enter else None
        if entry is not None:
            with in_vietnamese():
                words, number = f"{words}, {entry_words(entry)}", entry.number
        record.about(
            paper,
            summary=words,
            sha256=stored.sha256,
            duplicate_reason=duplicate_reason.strip(),
            **({"number": number} if number else {}),
        )
    return paper


def _read(data: bytes, name: str) -> tuple[Source, Directive]:
    try:
        return read_file(data, name=name, limits=_limits())
    except Unreadable as unreadable:
        raise _unreadable(unreadable) from None


def _unreadable(unreadable: Unreadable) -> Refused:
    return Refused(
        _("%(name)s: %(reason)s. Nếu chỉ có bản này, vẫn có thể nhập văn bản bằng tay và đính kèm tệp.")
        % {"name": unreadable.name, "reason": unreadable.reason.rstrip(".")},
        field="file",
        code="unreadable",
    )


def _limits() -> Limits:
    return replace(settings.READING_LIMITS, max_bytes=settings.MAX_UPLOAD_BYTES)


def _refuse_double(by: Person, data: bytes, facts: Facts) -> None:
    same = papers_with_bytes(by, storage.digest(data)).first()
    if same is not None:
        raise Double(_("Tệp này đã có trong hệ thống: %(paper)s.") % {"paper": same}, same)
    double = next(
        iter(doubles_of(by, symbol=facts.symbol, issuer_name=facts.issuer_name, issued_on=facts.issued_on)), None
    )
    if double is not None:
        raise Double(_("Đã có văn bản cùng số, ký hiệu và cơ quan ban hành: %(paper)s.") % {"paper": double}, double)


def _findings(reading: Reading, directive: Directive) -> list[Finding]:
    identity = directive.identity
    span = identity.span or (None, None)
    found = [
        Finding(
            reading=reading,
            kind=Finding.Kind.IDENTITY,
            start=span[0],
            end=span[1],
            rule=identity.rule,
            certainty=1000 if identity.symbol and identity.issuer and identity.issued_on else INCOMPLETE,
            proposal=identity.to_json(),
        )
    ]
    for kind, group in ((Finding.Kind.CITATION, directive.citations), (Finding.Kind.DUTY, directive.assignments)):
        found += [
            Finding(
                reading=reading,
                kind=kind,
                start=item.start,
                end=item.end,
                rule=item.rule[:120],
                certainty=max(0, min(1000, round(item.certainty * 1000))),
                proposal=item.to_json(),
            )
            for item in group
        ]
    return found
