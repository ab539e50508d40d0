"""From a citation to its paper: at once, on arrival, after a correction; never to a wrong one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from khoithong.office.accounts.models import Person
from khoithong.office.documents.actions import (
    accept_finding,
    correct_identity,
    mark_reading_confirmed,
    register_new_paper,
)
from khoithong.office.documents.actions.registering import Line
from khoithong.office.documents.models import Citation, Paper
from khoithong.office.documents.queries import cited_by, cites, unmatched_citations
from khoithong.office.documents.values import Facts
from tests.factories import AT, make_agency, make_paper, make_person
from tests.office.documents.making import citation, make_directive, receive

pytestmark = pytest.mark.django_db
DAY = date(2023, 10, 3)


@pytest.fixture
def officer() -> Person:
    return make_person()


def cite(citing: Paper, symbol: str = "12/KH-UBND", **fields: Any) -> Citation:
    fields.setdefault("issued_on", DAY)
    return Citation.objects.create(citing=citing, symbol=symbol, **fields)


def arrive(by: Person, symbol: str = "12/KH-UBND", **fields: Any) -> Paper:
    fields.setdefault("issued_on", DAY)
    entry = register_new_paper(
        by=by, facts=Facts(symbol=symbol, **fields), direction="in", line=Line(), at=AT, duplicate_reason="để thử"
    )
    return entry.paper


def linked(citation: Citation) -> Paper | None:
    citation.refresh_from_db()
    return citation.cited


def test_an_accepted_citation_links_to_the_paper_that_is_there(officer: Person) -> None:
    plan = make_paper("12/KH-UBND", issued_on=DAY)
    make_paper("12/KH-UBND", issued_on=date(2022, 10, 3))
    make_paper("120/KH-UBND", issued_on=DAY)
    paper = receive(officer)
    accept_finding(by=officer, finding=citation(paper), version=1, at=AT)
    assert paper.citations.get().cited == plan


def test_a_citation_waits_and_links_itself_when_the_paper_arrives(officer: Person) -> None:
    waiting = cite(make_paper())
    arrive(officer, "13/KH-UBND")
    assert linked(waiting) is None
    plan = arrive(officer, "12 / KH – UBND")
    assert linked(waiting) == plan


def test_it_links_when_a_paper_read_from_a_file_arrives(officer: Person) -> None:
    waiting = cite(make_paper(), "71/UBND-TH", issued_on=date(2023, 11, 22))
    assert linked(waiting) is None
    assert receive(officer) == linked(waiting)


def test_it_links_when_the_identity_of_a_paper_is_corrected_and_lets_go_again(officer: Person) -> None:
    waiting = cite(make_paper())
    plan = arrive(officer, "21/KH-UBND")
    correct_identity(by=officer, paper=plan, facts=Facts(symbol="12/KH-UBND", issued_on=DAY), version=1, at=AT)
    assert linked(waiting) == plan
    correct_identity(
        by=officer, paper=plan, facts=Facts(symbol="12/KH-UBND", issued_on=date(2021, 1, 1)), version=2, at=AT
    )
    assert linked(waiting) is None


def test_another_day_is_another_paper(officer: Person) -> None:
    waiting = cite(make_paper())
    arrive(officer, issued_on=date(2023, 10, 4))
    assert linked(waiting) is None


def test_without_a_day_one_paper_is_meant_and_two_are_not_told_apart(officer: Person) -> None:
    waiting = cite(make_paper(), issued_on=None)
    first = arrive(officer)
    assert linked(waiting) == first
    arrive(officer, issued_on=date(2022, 10, 3))
    assert linked(waiting) is None


def test_the_issuer_decides_between_two_and_excludes_a_third(officer: Person) -> None:
    issuer = make_agency("UBND tỉnh Thử", short_name="UBND tỉnh")
    waiting = cite(make_paper(), issuer_name="UBND tỉnh")
    arrive(officer, issuer_name="Ủy ban nhân dân huyện Khác")
    assert linked(waiting) is None
    meant = arrive(officer, issuer_name="UBND tỉnh Thử")
    assert meant.issuer == issuer
    assert linked(waiting) == meant


def test_a_law_is_found_by_its_title_and_day(officer: Person) -> None:
    waiting = cite(make_paper(), "", title="Luật Ngân sách nhà nước", issued_on=date(2015, 6, 25))
    arrive(officer, "84/2015/QH13", type="luật", subject="An toàn", issued_on=date(2015, 6, 25))
    assert linked(waiting) is None
    law = arrive(officer, "83/2015/QH13", type="luật", subject="Ngân sách nhà nước", issued_on=date(2015, 6, 25))
    assert linked(waiting) == law


def test_a_paper_does_not_cite_itself(officer: Person) -> None:
    paper = arrive(officer)
    assert cite(paper).cited is None
    correct_identity(by=officer, paper=paper, facts=Facts(symbol="12/KH-UBND", issued_on=DAY), version=1, at=AT)
    assert paper.citations.get().cited is None


def test_confirming_links_what_was_accepted(officer: Person) -> None:
    paper = receive(officer, directive=make_directive())
    for finding in paper.reading.findings.all():
        finding.state, finding.decision = "accepted", finding.proposal
        finding.save()
    mark_reading_confirmed(reading=paper.reading, by=officer, at=AT)
    assert [c.symbol for c in Citation.objects.all()] == ["12/KH-UBND"]


def test_confirming_asks_again_for_what_was_not_linked(officer: Person) -> None:
    paper = receive(officer)
    for finding in paper.reading.findings.all():
        accept_finding(by=officer, finding=finding, version=1, at=AT)
    plan = make_paper("12/KH-UBND", issued_on=DAY)  # as if it came at the very moment of the acceptance
    assert paper.citations.get().cited is None
    mark_reading_confirmed(reading=paper.reading, by=officer, at=AT)
    assert paper.citations.get().cited == plan


def test_what_is_cited_and_what_cites_is_shown_to_those_who_may_see_it(officer: Person) -> None:
    own, foreign = make_paper(holder=officer.agency), make_paper()
    hidden = make_paper()
    for cited in (own, hidden):
        cite(own if cited is hidden else foreign, cited.symbol, cited=cited)
    assert [(c.cited, may_open) for c, may_open in cites(officer, own)] == [(hidden, False)]
    assert cited_by(officer, own) == []
    foreign.recipients.create(agency=officer.agency)
    assert cited_by(officer, own) == [foreign]


def test_unmatched_citations_are_counted_for_what_one_may_see(officer: Person) -> None:
    first, second, foreign = make_paper(holder=officer.agency), make_paper(holder=officer.agency), make_paper()
    for citing in (first, second, foreign):
        cite(citing)
    cite(first, "5/QĐ", issued_on=None, type="quyết định")
    cite(foreign, "6/QĐ")
    cite(first, "7/QĐ", cited=second)
    found = unmatched_citations(officer)
    assert [(m.symbol, m.count, m.type) for m in found] == [("12/KH-UBND", 2, ""), ("5/QĐ", 1, "quyết định")]


def test_a_missing_paper_shows_those_of_the_same_symbol_that_one_may_see(officer: Person) -> None:
    cite(make_paper(holder=officer.agency))
    other_day = make_paper("12/KH-UBND", issued_on=date(2022, 1, 1), holder=officer.agency)
    make_paper("12/KH-UBND", issued_on=date(2021, 1, 1))
    assert [m.near for m in unmatched_citations(officer)] == [(other_day,)]
