"""The papers of the demo office: there, linked, open for review; a second run changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from khoithong.office.accounts.models import Role
from khoithong.office.agencies.models import Kind
from khoithong.office.base.models import AuditEntry
from khoithong.office.documents.actions import accept_sure_findings
from khoithong.office.documents.models import Entry, Finding, Paper, Reading
from khoithong.office.documents.queries import readings_to_review, unmatched_citations
from khoithong.office.documents.seed import CLERK, seed_demo
from tests.factories import make_agency, make_person

pytestmark = pytest.mark.django_db
AT = datetime(2024, 1, 3, 2, tzinfo=UTC)


def test_the_demo_has_papers_registered_read_and_open() -> None:
    clerk = make_person(Role.CLERK, username=CLERK)
    assert seed_demo(at=AT) == 4
    numbers = list(Entry.objects.order_by("pk").values_list("register__direction", "register__year", "number"))
    assert numbers == [("out", 2023, 1), ("in", 2023, 1), ("out", 2023, 2), ("out", 2023, 3)]
    assert [r.paper.symbol for r in readings_to_review(clerk)] == ["9001/UBND-KGVX", "9057/TB-UBND"]
    assert Finding.objects.filter(kind="duty").count() > 8


def test_what_the_examples_cite_is_linked_when_it_is_accepted() -> None:
    clerk = make_person(Role.CLERK, username=CLERK)
    make_agency("Ủy ban nhân dân tỉnh Quảng Nam", short_name="UBND tỉnh", kind=Kind.PROVINCE)
    seed_demo(at=AT)
    officer = make_person(Role.COORDINATOR, agency=clerk.agency)
    for reading in Reading.objects.order_by("pk"):
        accept_sure_findings(by=officer, reading=reading, at=AT)
    first, second = Paper.objects.filter(reading__isnull=False).order_by("pk")
    linked = {c.cited.symbol for c in first.citations.all() if c.cited}
    assert linked == {"1520/KH-UBND", "214/TTr-STTTT"}
    assert {c.cited.symbol for c in second.citations.all() if c.cited} == {"9001/UBND-KGVX", "1520/KH-UBND"}
    assert unmatched_citations(officer)


def test_a_second_run_adds_nothing() -> None:
    make_person(Role.CLERK, username=CLERK)
    seed_demo(at=AT)
    entries = AuditEntry.objects.count()
    assert seed_demo(at=AT) == 0
    assert AuditEntry.objects.count() == entries
