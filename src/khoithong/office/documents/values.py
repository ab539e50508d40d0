"""What a finding says, as JSON: cleaned before it is kept, compared field by field afterwards.

The shapes are those of docs/reference/reading-json.md; `start` and `end` count characters of the reading's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khoithong.office.base.actions import Refused
from khoithong.reading import Recurrence

FIELDS: dict[str, tuple[str, ...]] = {
    "identity": ("symbol", "type", "issuer", "issued_on", "subject"),
    "citation": ("symbol", "type", "issuer", "issued_on", "title", "span"),
    "duty": ("lead", "coordinators", "action", "conditional", "deadline", "span"),
}
FIELD_WORDS = {
    "symbol": gettext_lazy("số, ký hiệu"),
    "type": gettext_lazy("tên loại"),
    "issuer": gettext_lazy("cơ quan ban hành"),
    "issued_on": gettext_lazy("ngày văn bản"),
    "subject": gettext_lazy("trích yếu"),
    "title": gettext_lazy("tên văn bản"),
    "lead": gettext_lazy("chủ trì"),
    "coordinators": gettext_lazy("phối hợp"),
    "action": gettext_lazy("nội dung"),
    "conditional": gettext_lazy("điều kiện"),
    "deadline": gettext_lazy("thời hạn"),
    "span": gettext_lazy("vị trí trong văn bản"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """Who a paper is. An empty field is what the paper does not give."""

    symbol: str = ""
    type: str = ""
    issuer_name: str = ""
    issued_on: date | None = None
    subject: str = ""
    signer: str = ""

    def to_json(self) -> dict[str, Any]:
        """The identity as a reading forms it (the signer is not part of it)."""
        return {
            "symbol": self.symbol or None,
            "type": self.type or None,
            "issuer": self.issuer_name or None,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "subject": self.subject or None,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any], *, signer: str = "") -> Facts:
        return cls(
            symbol=value.get("symbol") or "",
            type=value.get("type") or "",
            issuer_name=value.get("issuer") or "",
            issued_on=day(value.get("issued_on")),
            subject=value.get("subject") or "",
            signer=signer,
        )


def day(value: object, *, field: str = "issued_on") -> date | None:
    """A day from its ISO form; None from nothing. Raises Refused at `field` for what is no day."""
    if not value:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Refused(_("Ngày không hợp lệ; hãy ghi theo dạng ngày/tháng/năm."), field=field) from None


def clean_duty(value: Mapping[str, Any], *, text: str) -> dict[str, Any]:
    """A duty fit to be kept. Raises Refused at the field that is wrong."""
    lead = _names(value.get("lead"))
    if not lead:
        raise Refused(_("Nhiệm vụ cần có cơ quan chủ trì; hãy ghi tên ít nhất một cơ quan."), field="lead")
    action = _line(value.get("action"))
    if not action:
        raise Refused(_("Nhiệm vụ cần có nội dung phải làm."), field="action")
    start, end = _span(value, text)
    coordinators = [name for name in _names(value.get("coordinators")) if name not in lead]
    return {
        "lead": lead,
        "coordinators": coordinators,
        "action": action,
        "conditional": bool(value.get("conditional")),
        "deadline": _deadline(value.get("deadline")),
        "start": start,
        "end": end,
    }


def clean_citation(value: Mapping[str, Any], *, text: str) -> dict[str, Any]:
    """A citation fit to be kept. Raises Refused at the field that is wrong."""
    symbol, title = _line(value.get("symbol")), _line(value.get("title"))
    if not symbol and not title:
        raise Refused(_("Hãy ghi số, ký hiệu hoặc tên của văn bản được viện dẫn."), field="symbol")
    if len(symbol) > 120:
        raise Refused(_("Số, ký hiệu dài quá 120 ký tự; hãy kiểm tra lại."), field="symbol")
    issued_on = day(value.get("issued_on"))
    start, end = _span(value, text)
    return {
        "symbol": symbol or None,
        "type": _line(value.get("type"))[:80] or None,
        "issuer": _line(value.get("issuer"))[:255] or None,
        "issued_on": issued_on.isoformat() if issued_on else None,
        "title": title or None,
        "start": start,
        "end": end,
    }


def clean(kind: str, value: Mapping[str, Any], *, text: str) -> dict[str, Any]:
    """`value` of a duty or a citation fit to be kept. Raises Refused."""
    return clean_duty(value, text=text) if kind == "duty" else clean_citation(value, text=text)


def changed_fields(kind: str, proposal: Mapping[str, Any], decision: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields of FIELDS[kind] in which a decision differs from the proposal."""
    return tuple(name for name in FIELDS[kind] if _field(proposal, name) != _field(decision, name))


def year_slip(value: Mapping[str, Any]) -> bool:
    """Whether the year in a symbol ("12/2022/NĐ-CP") differs from the year of the day: a slip worth showing."""
    found = re.search(r"/(\d{4})/", value.get("symbol") or "")
    issued_on = value.get("issued_on") or ""
    return found is not None and bool(issued_on) and not issued_on.startswith(found[1])


def _field(value: Mapping[str, Any], name: str) -> object:
    if name == "span":
        return value.get("start"), value.get("end")
    found = value.get(name)
    return found if found not in ("", []) else None


def _deadline(value: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not value:
        return None
    words = _line(value.get("text"))
    due_on = day(value.get("due_on"), field="due_on")
    recurrence = value.get("recurrence") or None
    if recurrence is not None and recurrence not in {r.value for r in Recurrence}:
        raise Refused(_("Định kỳ không có trong danh sách."), field="recurrence")
    if recurrence and due_on:
        raise Refused(
            _("Nhiệm vụ định kỳ không có một ngày hết hạn duy nhất; hãy bỏ ngày hoặc định kỳ."), field="due_on"
        )
    if not (words or due_on or recurrence):
        return None
    return {
        "text": words[:300],
        "due_on": due_on.isoformat() if due_on else None,
        "recurrence": recurrence,
    }


def _span(value: Mapping[str, Any], text: str) -> tuple[int, int]:
    try:
        start, end = int(value["start"]), int(value["end"])
    except (KeyError, TypeError, ValueError):
        raise Refused(_("Hãy chọn đoạn tương ứng trong văn bản."), field="span") from None
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise Refused(_("Đoạn được chọn không nằm trong văn bản; hãy chọn lại."), field="span")
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return start, end


def _names(value: object) -> list[str]:
    """Names one to a line or already apart; doubles and blanks left out, order kept."""
    parts: Iterable[object] = (
        value.splitlines() if isinstance(value, str) else value if isinstance(value, list | tuple) else ()
    )
    names = (_line(part).strip(" ;,.") for part in parts)
    return list(dict.fromkeys(name for name in names if name))


def _line(value: object) -> str:
    return " ".join(str(value).split()) if value else ""
