"""A person goes through what the reader proposed: accepts, corrects, adds, discards, takes back.

Every action names the `version` of the finding that the person saw. Where somebody else was faster it is refused with
code "conflict", and nothing is written over. The reading's row is held meanwhile, so that nobody confirms it halfway.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khoithong.office.accounts.models import Person
from khoithong.office.base.actions import Refused, recorded
from khoithong.office.documents.actions.deciding import (
    State,
    describe,
    held,
    held_reading,
    make_finding,
    set_state,
    step_back,
)
from khoithong.office.documents.actions.linking import link_citations, link_waiting
from khoithong.office.documents.actions.papers import fill_paper
from khoithong.office.documents.models import Finding, Paper, Reading
from khoithong.office.documents.values import Facts, changed_fields, clean

SURE = 900
"""Certainty in thousandths from which a finding may be accepted with others at one stroke."""


def accept_finding(*, by: Person, finding: Finding, version: int, at: datetime) -> Finding:
    """Takes the proposal as it stands. Raises Refused."""
    with recorded(verb="documents.finding_accepted", by=by, at=at) as record:
        finding = held(by, finding, version)
        if finding.proposal is None:
            raise Refused(_("Mục này do người soát ghi, không có đề xuất của máy để chấp nhận."))
        set_state(finding, State.ACCEPTED, finding.proposal, by=by, at=at)
        record.about(finding.reading.paper, summary=describe(finding), finding=finding.pk)
    return finding


def accept_sure_findings(*, by: Person, reading: Reading, at: datetime) -> int:
    """Takes every undecided proposal of which the reader is sure (SURE); how many there were. Raises Refused."""
    with recorded(verb="documents.findings_accepted", by=by, at=at) as record:
        reading = held_reading(by, reading)
        found = list(reading.findings.filter(state=State.PROPOSED, certainty__gte=SURE, proposal__isnull=False))
        if not found:
            raise Refused(_("Không còn mục nào chắc chắn mà chưa soát."))
        for finding in found:
            finding.reading = reading
            set_state(finding, State.ACCEPTED, finding.proposal, by=by, at=at)
        record.about(reading.paper, summary=f"{len(found)} mục", findings=[f.pk for f in found])
    return len(found)


def correct_finding(*, by: Person, finding: Finding, value: Mapping[str, Any], version: int, at: datetime) -> Finding:
    """Sets what a duty or a citation says; the proposal stays beside it. Raises Refused at the field that is wrong."""
    with recorded(verb="documents.finding_corrected", by=by, at=at) as record:
        finding = held(by, finding, version)
        if finding.kind == Finding.Kind.IDENTITY:
            raise Refused(_("Thông tin của chính văn bản được sửa ở mục thông tin văn bản."))
        before = finding.value
        decision = clean(finding.kind, value, text=finding.reading.text)
        set_state(finding, _corrected(finding, decision), decision, by=by, at=at)
        record.about(
            finding.reading.paper,
            summary=describe(finding),
            finding=finding.pk,
            fields=list(changed_fields(finding.kind, before, decision)),
            before=before,
            after=decision,
        )
    return finding


def add_finding(*, by: Person, reading: Reading, kind: str, value: Mapping[str, Any], at: datetime) -> Finding:
    """Adds a duty or a citation that the reader missed, at its place in the text. Raises Refused."""
    with recorded(verb="documents.finding_added", by=by, at=at) as record:
        reading = held_reading(by, reading)
        if kind not in (Finding.Kind.CITATION, Finding.Kind.DUTY):
            raise Refused(_("Chỉ thêm được nhiệm vụ hoặc viện dẫn."), field="kind")
        finding = make_finding(reading, kind, clean(kind, value, text=reading.text), by=by, at=at)
        record.about(reading.paper, summary=describe(finding), finding=finding.pk, after=finding.decision)
    return finding


def discard_finding(*, by: Person, finding: Finding, version: int, at: datetime) -> Finding:
    """Sets a finding aside; it stays on the page and can be taken back. Raises Refused."""
    with recorded(verb="documents.finding_discarded", by=by, at=at) as record:
        finding = held(by, finding, version)
        if finding.kind == Finding.Kind.IDENTITY:
            raise Refused(_("Thông tin của văn bản không loại bỏ được; hãy sửa lại cho đúng."))
        if finding.state == State.DISCARDED:
            raise Refused(_("Mục này đã được loại bỏ."))
        set_state(finding, State.DISCARDED, finding.decision, by=by, at=at)
        record.about(finding.reading.paper, summary=describe(finding), finding=finding.pk)
    return finding


def restore_finding(*, by: Person, finding: Finding, version: int, at: datetime) -> Finding | None:
    """Takes back the last decision on a finding: it is again what it was before.

    Of pieces that were split or merged the originals come back and the pieces go. A finding that a person added goes;
    then the answer is None. Raises Refused where there is nothing to take back.
    """
    with recorded(verb="documents.finding_restored", by=by, at=at) as record:
        finding = held(by, finding, version)
        paper = finding.reading.paper
        record.about(paper, summary=describe(finding), finding=finding.pk, undone=finding.state, value=finding.value)
        if finding.previous is not None:
            step_back(finding)
            if finding.kind == Finding.Kind.IDENTITY:
                _restore_identity(finding, paper)
            return finding
        if finding.state != State.ADDED:
            raise Refused(_("Mục này chưa có gì để hoàn tác."))
        origins = list(finding.origins.all())
        pieces = (
            Finding.objects.filter(origins__in=origins).distinct() if origins else Finding.objects.filter(pk=finding.pk)
        )
        if pieces.filter(state=State.REPLACED).exists():
            raise Refused(_("Một phần của mục này đã được tách hoặc gộp tiếp; hãy hoàn tác việc đó trước."))
        for piece in list(pieces):
            piece.delete()
        for origin in origins:
            origin.reading = finding.reading
            step_back(origin)
    return origins[0] if origins else None


def mark_reading_confirmed(*, reading: Reading, by: Person, at: datetime) -> Reading:
    """Closes the review. A step inside the action that makes tasks: no audit entry of its own. Raises Refused.

    The caller has asked for the permission to assign. What was accepted is linked here as well.
    """
    reading = Reading.objects.select_for_update(of=("self",)).select_related("paper").get(pk=reading.pk)
    if reading.state == Reading.State.CONFIRMED:
        raise Refused(_("Văn bản này đã được xác nhận; các nhiệm vụ đã được giao."), code="confirmed")
    left = reading.findings.filter(state=State.PROPOSED).count()
    if left:
        raise Refused(
            ngettext(
                "Còn %(count)d mục chưa soát; hãy soát hết rồi xác nhận.",
                "Còn %(count)d mục chưa soát; hãy soát hết rồi xác nhận.",
                left,
            )
            % {"count": left},
            code="undecided",
        )
    reading.state = Reading.State.CONFIRMED
    reading.confirmed_by, reading.confirmed_at = by, at
    reading.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    link_citations(reading)
    return reading


def _corrected(finding: Finding, decision: Mapping[str, Any]) -> Any:
    if finding.proposal is None:
        return State.ADDED
    return State.CORRECTED if changed_fields(finding.kind, finding.proposal, decision) else State.ACCEPTED


def _restore_identity(finding: Finding, paper: Paper) -> None:
    fill_paper(paper, Facts.from_json(finding.value, signer=paper.signer))
    paper.version += 1
    paper.save()
    link_waiting(paper)
