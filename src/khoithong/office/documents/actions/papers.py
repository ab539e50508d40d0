"""What a paper is: its bytes are kept, its identity is a record that people can correct."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from khoithong.office.accounts.models import Person
from khoithong.office.base.actions import Refused, recorded
from khoithong.office.documents import rights, storage
from khoithong.office.documents.actions.deciding import set_state
from khoithong.office.documents.actions.linking import link_waiting
from khoithong.office.documents.models import Finding, Paper, PaperFile, Reading, StoredFile
from khoithong.office.documents.queries import agency_named
from khoithong.office.documents.values import Facts, changed_fields


class Double(Refused):
    """The paper seems to be here already; `paper` is the one that is. May be done all the same, with a reason."""

    def __init__(self, message: str, paper: Paper) -> None:
        super().__init__(message, field="duplicate_reason", code="double")
        self.paper = paper


def keep_file(data: bytes, *, media_type: str, at: datetime) -> StoredFile:
    """Keeps the bytes of an uploaded file, the same bytes once. A step inside an action; raises Refused on size."""
    stored = claim_file(data, media_type=media_type, at=at)
    storage.keep(data)
    return stored


def claim_file(data: bytes, *, media_type: str, at: datetime) -> StoredFile:
    """The row of these bytes, before they are on the disk. Who claims the same bytes meanwhile waits until this action
    is done, and then sees what it made. A step inside an action; raises Refused on size.
    """
    refuse_size(len(data))
    stored, _made = StoredFile.objects.get_or_create(
        sha256=storage.digest(data), defaults={"size": len(data), "media_type": media_type[:100], "stored_at": at}
    )
    return stored


def refuse_size(size: int) -> None:
    """Raises Refused for an empty file or one over the limit of an upload."""
    if size == 0:
        raise Refused(_("Tệp rỗng; hãy kiểm tra lại tệp rồi tải lên lần nữa."), field="file")
    if size > settings.MAX_UPLOAD_BYTES:
        raise Refused(
            _("Tệp lớn quá %(limit)d MB; hãy tách phụ lục, ảnh ra tệp riêng rồi tải lên từng phần.")
            % {"limit": settings.MAX_UPLOAD_BYTES // (1024 * 1024)},
            field="file",
        )


def attach_file(
    *, by: Person, paper: Paper, data: bytes, name: str, media_type: str, part: Any, at: datetime
) -> PaperFile:
    """Adds a file to a paper, without reading it: an annex, or a scan that has no text. Raises Refused."""
    rights.require_change(by, paper)
    with recorded(verb="documents.file_attached", by=by, at=at) as record:
        attached = attach_within(paper, data=data, name=name, media_type=media_type, part=part, at=at)
        record.about(paper, summary=attached.name, sha256=attached.stored_id, part=part)
    return attached


def attach_within(paper: Paper, *, data: bytes, name: str, media_type: str, part: Any, at: datetime) -> PaperFile:
    """The step of attaching inside another action. Raises Refused where the paper has this very file."""
    stored = keep_file(data, media_type=media_type, at=at)
    if paper.files.filter(stored=stored).exists():
        raise Refused(_("Văn bản đã có đúng tệp này; không cần tải lên lần nữa."), field="file")
    return PaperFile.objects.create(paper=paper, stored=stored, name=file_name(name), part=part)


def correct_identity(*, by: Person, paper: Paper, facts: Facts, version: int, at: datetime) -> Paper:
    """Sets who `paper` is and links anew what cites it. `version`: that of the paper the person saw. Raises Refused."""
    rights.require_change(by, paper)
    with recorded(verb="documents.identity_corrected", by=by, at=at) as record:
        # The reading first, then the paper: the order in which the review takes them.
        Reading.objects.select_for_update().filter(paper=paper).values_list("pk").first()
        if not Paper.objects.filter(pk=paper.pk, version=version).update(version=F("version") + 1):
            raise Refused(
                _("Người khác vừa sửa thông tin văn bản này. Điều bạn nhập vẫn còn; hãy đối chiếu rồi lưu lại."),
                code="conflict",
            )
        paper = Paper.objects.get(pk=paper.pk)
        before = facts_of(paper)
        fill_paper(paper, facts)
        paper.save()
        _decide_identity(paper, facts, by=by, at=at)
        link_waiting(paper)
        changed = [name for name in Facts.__slots__ if getattr(before, name) != getattr(facts, name)]
        record.about(
            paper,
            before={name: _plain(getattr(before, name)) for name in changed},
            after={name: _plain(getattr(facts, name)) for name in changed},
        )
    return paper


def make_paper(*, by: Person, facts: Facts, at: datetime) -> Paper:
    """The step of making a paper inside another action: held by the person's agency, linked to what waited for it."""
    paper = Paper(holder=by.agency, created_at=at)
    fill_paper(paper, facts)
    paper.save()
    link_waiting(paper)
    return paper


def facts_of(paper: Paper) -> Facts:
    """Who `paper` is at present."""
    return Facts(
        symbol=paper.symbol,
        type=paper.type,
        issuer_name=paper.issuer_name,
        issued_on=paper.issued_on,
        subject=paper.subject,
        signer=paper.signer,
    )


def fill_paper(paper: Paper, facts: Facts) -> None:
    """Writes who `paper` is, its issuer known by name where it is; the caller saves."""
    paper.symbol = " ".join(facts.symbol.split())
    paper.type = facts.type.strip()
    paper.issuer_name = " ".join(facts.issuer_name.split())
    paper.issued_on = facts.issued_on
    paper.subject = facts.subject.strip()
    paper.signer = facts.signer.strip()
    paper.issuer = agency_named(paper.issuer_name, on=facts.issued_on)


def _decide_identity(paper: Paper, facts: Facts, *, by: Person, at: datetime) -> None:
    finding = Finding.objects.filter(reading__paper=paper, kind=Finding.Kind.IDENTITY).first()
    if finding is None:
        return
    decision = facts.to_json()
    unchanged = finding.proposal is not None and not changed_fields("identity", finding.proposal, decision)
    set_state(finding, Finding.State.ACCEPTED if unchanged else Finding.State.CORRECTED, decision, by=by, at=at)


def file_name(name: str) -> str:
    """The last part of a path, at most 255 characters, its ending kept."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1].strip() or "van-ban"
    if len(plain) <= 255:
        return plain
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[: 254 - len(ending)]}{dot}{ending}" if dot and len(ending) < 20 else plain[:255]


def _plain(value: object) -> str | None:
    return value.isoformat() if isinstance(value, date) else str(value) if value else None
