"""One duty becomes two, or several become one; the originals stay behind what stands for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from khoithong.office.accounts.models import Person
from khoithong.office.base.actions import Refused, recorded
from khoithong.office.documents.actions.deciding import State, describe, held, make_finding, set_state
from khoithong.office.documents.models import Finding

_EDGES = " \t\r\n;,.:-–•+"
_ITEM = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]|[a-zđ]{1,2}\))\s+")


def split_finding(*, by: Person, finding: Finding, place: int, version: int, at: datetime) -> tuple[Finding, Finding]:
    """Cuts a duty in two at `place`, an offset into the text inside its span. Both inherit lead and co-ordinators; the
    deadline goes to the part in whose words it stands. Raises Refused."""
    with recorded(verb="documents.finding_split", by=by, at=at) as record:
        finding = held(by, finding, version)
        _refuse_others([finding])
        text = finding.reading.text
        spans = _halves(text, finding.start or 0, finding.end or 0, place)
        if spans is None:
            raise Refused(
                _("Chỗ tách phải nằm giữa lời của nhiệm vụ; hãy đặt con trỏ vào chỗ bắt đầu phần sau."), field="place"
            )
        values = _divided(finding.value, text, spans)
        set_state(finding, State.REPLACED, finding.decision, by=by, at=at)
        first, second = (make_finding(finding.reading, finding.kind, value, by=by, at=at) for value in values)
        first.origins.set([finding])
        second.origins.set([finding])
        record.about(
            finding.reading.paper,
            summary=describe(finding),
            finding=finding.pk,
            into=[first.pk, second.pk],
            place=place,
        )
    return first, second


def merge_findings(
    *, by: Person, findings: Mapping[Finding, int] | Sequence[tuple[Finding, int]], at: datetime
) -> Finding:
    """Makes one duty of several of one reading; `findings` come with the versions that the person saw. The words are
    joined in the order of the text, the bodies united, the first deadline kept. Raises Refused."""
    pairs = list(findings.items()) if isinstance(findings, Mapping) else list(findings)
    if len({finding.pk for finding, _version in pairs}) < 2:
        raise Refused(_("Hãy chọn ít nhất hai nhiệm vụ để gộp."), field="findings")
    with recorded(verb="documents.findings_merged", by=by, at=at) as record:
        parts = sorted((held(by, finding, version) for finding, version in pairs), key=lambda f: (f.start or 0, f.pk))
        if len({part.reading_id for part in parts}) != 1:
            raise Refused(_("Chỉ gộp được nhiệm vụ của cùng một văn bản."), field="findings")
        _refuse_others(parts)
        value = _united([part.value for part in parts])
        for part in parts:
            set_state(part, State.REPLACED, part.decision, by=by, at=at)
        merged = make_finding(parts[0].reading, parts[0].kind, value, by=by, at=at)
        merged.origins.set(parts)
        record.about(
            merged.reading.paper, summary=describe(merged), findings=[part.pk for part in parts], into=merged.pk
        )
    return merged


def _refuse_others(findings: Sequence[Finding]) -> None:
    if any(finding.kind != Finding.Kind.DUTY for finding in findings):
        raise Refused(_("Chỉ tách hoặc gộp được nhiệm vụ."), field="findings")
    if any(finding.state == State.DISCARDED for finding in findings):
        raise Refused(_("Mục đã loại bỏ không tách, gộp được; hãy hoàn tác trước."), field="findings")


def _halves(text: str, start: int, end: int, place: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The spans before and after `place` without the marks between them; None where one would be empty."""
    if not start < place < end:
        return None
    # A cursor inside a word means the beginning of that word.
    while place > start and not text[place - 1].isspace() and not text[place].isspace():
        place -= 1
    left, right = place, place
    while left > start and text[left - 1] in _EDGES:
        left -= 1
    while right < end and text[right] in _EDGES:
        right += 1
    if item := _ITEM.match(text, right, end):
        right = item.end()
    return ((start, left), (right, end)) if start < left and right < end else None


def _divided(
    value: Mapping[str, Any], text: str, spans: tuple[tuple[int, int], tuple[int, int]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    words = [" ".join(text[start:end].split()) for start, end in spans]
    action, deadline = value["action"], value.get("deadline")
    # The first action loses what now belongs to the second; where the words cannot be found again, all of them stay.
    cut = action.find(words[1][:40]) if words[1] else -1
    actions = (action[:cut].strip(_EDGES) if cut > 0 else words[0], words[1])
    holders = [deadline is not None and deadline.get("text", "") in part for part in words]
    first, second = (
        {
            **value,
            "action": part,
            "start": span[0],
            "end": span[1],
            "deadline": deadline if holds or not any(holders) else None,
        }
        for part, span, holds in zip(actions, spans, holders, strict=True)
    )
    return first, second


def _united(values: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    leads = list(dict.fromkeys(name for value in values for name in value["lead"]))
    coordinators = dict.fromkeys(name for value in values for name in value["coordinators"])
    return {
        "lead": leads,
        "coordinators": [name for name in coordinators if name not in leads],
        "action": "; ".join(dict.fromkeys(value["action"].strip(" ;.") for value in values)),
        "conditional": all(value["conditional"] for value in values),
        "deadline": next((value["deadline"] for value in values if value["deadline"]), None),
        "start": min(value["start"] for value in values),
        "end": max(value["end"] for value in values),
    }
