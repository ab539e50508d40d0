"""Papers with a reading made by hand: what the reader would find is written here, so that tests know each place."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from khoithong.office.accounts.models import Person
from khoithong.office.documents.actions import receive_reading
from khoithong.office.documents.models import Finding, Paper
from khoithong.reading import Assignment, Citation, Deadline, Directive, Identity
from khoithong.reading.sources import Source
from tests.factories import AT

TEXT = """ỦY BAN NHÂN DÂN TỈNH THỬ
Số: 71/UBND-TH

Thực hiện Kế hoạch số 12/KH-UBND ngày 03/10/2023, giao các đơn vị:
1. Sở Giao thông rà soát cầu yếu trước ngày 10/12/2023; lập danh sách
gửi Sở Tài chính.
2. Công an tỉnh phối hợp với Sở Y tế kiểm tra bến xe.
"""
DUTIES = (
    "Sở Giao thông rà soát cầu yếu trước ngày 10/12/2023; lập danh sách\ngửi Sở Tài chính",
    "Công an tỉnh phối hợp với Sở Y tế kiểm tra bến xe",
)


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def make_directive(**identity: Any) -> Directive:
    """71/UBND-TH of 22/11/2023 with one citation and two duties, the second of them doubtful."""
    facts: dict[str, Any] = {
        "symbol": "71/UBND-TH",
        "type": "công văn",
        "issuer": "UBND tỉnh Thử",
        "issued_on": date(2023, 11, 22),
        "subject": "rà soát giao thông",
        "span": span("71/UBND-TH"),
        "rule": "identity.header",
    }
    due = span("trước ngày 10/12/2023")
    return Directive(
        text=TEXT,
        identity=Identity(**(facts | identity)),
        citations=(
            Citation(
                symbol="12/KH-UBND",
                type="kế hoạch",
                issuer=None,
                issued_on=date(2023, 10, 3),
                title=None,
                start=span("Kế hoạch số 12/KH-UBND")[0],
                end=span("Kế hoạch số 12/KH-UBND")[1],
                rule="citation.symbol",
                certainty=0.97,
            ),
        ),
        assignments=(
            Assignment(
                lead=("Sở Giao thông",),
                coordinators=(),
                action="rà soát cầu yếu; lập danh sách gửi Sở Tài chính",
                conditional=False,
                deadline=Deadline("trước ngày 10/12/2023", *due, due_on=date(2023, 12, 10)),
                start=span(DUTIES[0])[0],
                end=span(DUTIES[0])[1],
                rule="duty.item",
                certainty=0.95,
            ),
            Assignment(
                lead=("Công an tỉnh",),
                coordinators=("Sở Y tế",),
                action="kiểm tra bến xe",
                conditional=False,
                deadline=None,
                start=span(DUTIES[1])[0],
                end=span(DUTIES[1])[1],
                rule="duty.item",
                certainty=0.5,
            ),
        ),
    )


def receive(
    by: Person, *, directive: Directive | None = None, data: bytes = b"", at: datetime = AT, **more: Any
) -> Paper:
    """A paper that came in by upload, read as `directive` says."""
    directive = directive or make_directive()
    return receive_reading(
        by=by,
        data=data or directive.text.encode(),
        source=Source(name="cong-van.txt", text=directive.text, media_type="text/plain"),
        directive=directive,
        at=at,
        **more,
    )


def duties(paper: Paper) -> list[Finding]:
    """The duty findings of a paper in the order of its text, those that were split or merged left out."""
    found = paper.reading.findings.filter(kind=Finding.Kind.DUTY).exclude(state=Finding.State.REPLACED)
    return list(found.order_by("start", "id"))


def citation(paper: Paper) -> Finding:
    return paper.reading.findings.get(kind=Finding.Kind.CITATION)
