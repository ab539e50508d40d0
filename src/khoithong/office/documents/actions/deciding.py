"""The steps inside every action of the review: hold the finding, decide it with its past kept, take a decision back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from khoithong.office.accounts.models import Person
from khoithong.office.base.actions import Refused, in_vietnamese
from khoithong.office.documents import rights
from khoithong.office.documents.actions.linking import link_finding
from khoithong.office.documents.models import Finding, Reading

State = Finding.State


def held_reading(by: Person, reading: Reading) -> Reading:
    """The reading, held for this transaction, open and the person's to review. Raises Refused."""
    reading = Reading.objects.select_for_update(of=("self",)).select_related("paper__holder").get(pk=reading.pk)
    rights.require_review(by, reading.paper)
    if reading.state == Reading.State.CONFIRMED:
        raise Refused(
            _("Bản đọc này đã được xác nhận và không sửa được nữa; nhiệm vụ được sửa ở trang nhiệm vụ."),
            code="confirmed",
        )
    return reading


def held(by: Person, finding: Finding, version: int) -> Finding:
    """The finding as it is now, its reading held. Raises Refused where it is no longer what the person saw."""
    reading = held_reading(by, finding.reading)
    fresh = reading.findings.select_related("decided_by").filter(pk=finding.pk).first()
    if fresh is None or fresh.version != version or fresh.state == State.REPLACED:
        who = fresh.decided_by if fresh is not None and fresh.decided_by else _("Người khác")
        raise Refused(
            _("%(who)s vừa thay đổi mục này (%(state)s). Việc của bạn chưa được ghi; hãy xem lại rồi làm tiếp.")
            % {"who": who, "state": fresh.get_state_display().lower() if fresh else _("đã bỏ")},
            code="conflict",
        )
    fresh.reading = reading
    return fresh


def set_state(finding: Finding, state: Any, decision: Mapping[str, Any] | None, *, by: Person, at: datetime) -> None:
    """Writes a decision, what stood before kept for undoing, and the citation with it."""
    finding.previous = {
        "state": finding.state,
        "decision": finding.decision,
        "start": finding.start,
        "end": finding.end,
        "decided_by": finding.decided_by_id,
        "decided_at": finding.decided_at.isoformat() if finding.decided_at else None,
        "previous": finding.previous,
    }
    finding.state, finding.decision = state, dict(decision) if decision is not None else None
    if decision is not None and "start" in decision:
        finding.start, finding.end = decision["start"], decision["end"]
    finding.decided_by, finding.decided_at = by, at
    finding.version += 1
    finding.save()
    if finding.kind == Finding.Kind.CITATION:
        link_finding(finding)


def make_finding(reading: Reading, kind: str, decision: Mapping[str, Any], *, by: Person, at: datetime) -> Finding:
    """A finding that a person made."""
    finding = Finding.objects.create(
        reading=reading,
        kind=kind,
        start=decision["start"],
        end=decision["end"],
        decision=dict(decision),
        state=State.ADDED,
        decided_by=by,
        decided_at=at,
    )
    if kind == Finding.Kind.CITATION:
        link_finding(finding)
    return finding


def describe(finding: Finding) -> str:
    """A finding in one line for the audit trail."""
    value = finding.value
    words = value.get("action") or value.get("symbol") or value.get("title") or value.get("subject") or ""
    with in_vietnamese():
        return f"{finding.get_kind_display()}: {words[:200]}"


def step_back(finding: Finding) -> None:
    """Makes a finding what it was before its last decision; it must have one."""
    before = finding.previous
    assert before is not None
    finding.state, finding.decision = before["state"], before["decision"]
    finding.start, finding.end = before["start"], before["end"]
    finding.decided_by_id = before["decided_by"]
    finding.decided_at = datetime.fromisoformat(before["decided_at"]) if before["decided_at"] else None
    finding.previous = before["previous"]
    finding.version += 1
    finding.save()
    if finding.kind == Finding.Kind.CITATION:
        link_finding(finding)
