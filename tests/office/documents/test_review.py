"""The review: every decision beside its proposal, undone step by step, never over the head of a second person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from khoithong.office.accounts.models import Person, Role
from khoithong.office.base.actions import Forbidden, Refused, story_of
from khoithong.office.documents.actions import (
    accept_finding,
    accept_sure_findings,
    add_finding,
    correct_finding,
    correct_identity,
    discard_finding,
    mark_reading_confirmed,
    merge_findings,
    restore_finding,
    split_finding,
)
from khoithong.office.documents.models import Citation, Finding, Paper, Reading
from khoithong.office.documents.queries import accuracy_in_use, readings_to_review
from khoithong.office.documents.values import Facts
from tests.factories import AT, make_person
from tests.office.documents.making import DUTIES, TEXT, citation, duties, receive, span

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Person:
    return make_person()


@pytest.fixture
def paper(officer: Person) -> Paper:
    return receive(officer)


def stand(paper: Paper) -> list[tuple[str, str]]:
    return [(f.value["action"], f.state) for f in duties(paper)]


def test_an_accepted_proposal_is_the_decision(officer: Person, paper: Paper) -> None:
    finding = accept_finding(by=officer, finding=duties(paper)[0], version=1, at=AT)
    finding.refresh_from_db()
    assert (finding.state, finding.decision, finding.decided_by, finding.version) == (
        "accepted",
        finding.proposal,
        officer,
        2,
    )
    assert story_of(paper).filter(verb="documents.finding_accepted").count() == 1


def test_a_correction_keeps_the_proposal_beside_it(officer: Person, paper: Paper) -> None:
    first = duties(paper)[0]
    value = {
        **first.proposal,
        "lead": "Sở Giao thông\nSở Xây dựng\n",
        "deadline": {"text": "", "recurrence": "monthly"},
    }
    correct_finding(by=officer, finding=first, value=value, version=1, at=AT)

    kept = duties(paper)[0]
    assert kept.state == "corrected"
    assert kept.proposal["lead"] == ["Sở Giao thông"]
    assert kept.decision["lead"] == ["Sở Giao thông", "Sở Xây dựng"]
    assert kept.decision["deadline"] == {"text": "", "due_on": None, "recurrence": "monthly"}
    entry = story_of(paper).get(verb="documents.finding_corrected")
    assert entry.data["fields"] == ["lead", "deadline"]


def test_a_correction_that_changes_nothing_is_an_acceptance(officer: Person, paper: Paper) -> None:
    first = duties(paper)[0]
    assert correct_finding(by=officer, finding=first, value=first.proposal, version=1, at=AT).state == "accepted"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lead": " \n "}, "lead"),
        ({"action": ""}, "action"),
        ({"start": 5, "end": 5}, "span"),
        ({"end": len(TEXT) + 1}, "span"),
        ({"deadline": {"text": "", "due_on": "2023-12-10", "recurrence": "daily"}}, "due_on"),
        ({"deadline": {"text": "", "due_on": "10/12", "recurrence": None}}, "due_on"),
        ({"deadline": {"text": "", "due_on": None, "recurrence": "hourly"}}, "recurrence"),
    ],
)
def test_a_wrong_correction_is_refused_at_its_field(
    officer: Person, paper: Paper, change: dict[str, Any], field: str
) -> None:
    first = duties(paper)[0]
    with pytest.raises(Refused) as refusal:
        correct_finding(by=officer, finding=first, value={**first.proposal, **change}, version=1, at=AT)
    assert refusal.value.field == field
    assert duties(paper)[0].state == "proposed"


def test_a_second_editor_is_told_who_was_faster_and_nothing_is_written_over(officer: Person, paper: Paper) -> None:
    second = make_person(agency=officer.agency)
    seen_by_both = duties(paper)[0]
    correct_finding(
        by=officer, finding=seen_by_both, value={**seen_by_both.proposal, "action": "rà soát"}, version=1, at=AT
    )
    for act in (
        lambda: accept_finding(by=second, finding=seen_by_both, version=1, at=AT),
        lambda: discard_finding(by=second, finding=seen_by_both, version=1, at=AT),
        lambda: split_finding(by=second, finding=seen_by_both, place=span("lập danh")[0], version=1, at=AT),
        lambda: merge_findings(by=second, findings=[(f, 1) for f in duties(paper)], at=AT),
    ):
        with pytest.raises(Refused, match=str(officer)) as refusal:
            act()
        assert refusal.value.code == "conflict"
    assert stand(paper)[0] == ("rà soát", "corrected")


def test_who_may_not_review_changes_nothing(officer: Person, paper: Paper) -> None:
    recipient = make_person()
    paper.recipients.create(agency=recipient.agency)
    clerk, stranger, auditor = make_person(Role.CLERK, agency=officer.agency), make_person(), make_person(Role.AUDITOR)
    finding = duties(paper)[0]
    for person in (recipient, clerk, stranger, auditor):
        for act in (
            lambda by: accept_finding(by=by, finding=finding, version=1, at=AT),
            lambda by: accept_sure_findings(by=by, reading=paper.reading, at=AT),
            lambda by: correct_finding(by=by, finding=finding, value=finding.proposal, version=1, at=AT),
            lambda by: discard_finding(by=by, finding=finding, version=1, at=AT),
            lambda by: restore_finding(by=by, finding=finding, version=1, at=AT),
            lambda by: split_finding(by=by, finding=finding, place=span("lập danh")[0], version=1, at=AT),
            lambda by: merge_findings(by=by, findings=[(f, 1) for f in duties(paper)], at=AT),
            lambda by: add_finding(by=by, reading=paper.reading, kind="duty", value=finding.proposal, at=AT),
        ):
            with pytest.raises(Forbidden):
                act(person)
    assert not Finding.objects.exclude(state="proposed").exists()


def test_the_coordinator_reviews_for_any_agency(paper: Paper) -> None:
    assert accept_finding(by=make_person(Role.COORDINATOR), finding=duties(paper)[0], version=1, at=AT).version == 2


def test_a_duty_is_split_at_a_place_and_the_deadline_stays_where_its_words_are(officer: Person, paper: Paper) -> None:
    whole = duties(paper)[0]
    first, second = split_finding(by=officer, finding=whole, place=span("lập danh sách")[0], version=1, at=AT)

    assert TEXT[first.start : first.end] == "Sở Giao thông rà soát cầu yếu trước ngày 10/12/2023"
    assert TEXT[second.start : second.end] == "lập danh sách\ngửi Sở Tài chính"
    assert (first.decision["action"], second.decision["action"]) == (
        "rà soát cầu yếu",
        "lập danh sách gửi Sở Tài chính",
    )
    assert first.decision["lead"] == second.decision["lead"] == ["Sở Giao thông"]
    assert first.decision["deadline"]["due_on"] == "2023-12-10"
    assert second.decision["deadline"] is None
    whole.refresh_from_db()
    assert (whole.state, set(whole.replacements.all())) == ("replaced", {first, second})


def test_a_place_inside_a_word_means_the_beginning_of_the_word(officer: Person, paper: Paper) -> None:
    place = span("lập danh sách")[0] + 2
    _first, second = split_finding(by=officer, finding=duties(paper)[0], place=place, version=1, at=AT)
    assert second.start == span("lập danh sách")[0]


@pytest.mark.parametrize("words", ["Sở Giao thông", "Công an tỉnh", "Số: 71"])
def test_a_split_outside_or_at_the_edge_is_refused(officer: Person, paper: Paper, words: str) -> None:
    with pytest.raises(Refused, match="giữa lời"):
        split_finding(by=officer, finding=duties(paper)[0], place=span(words)[0], version=1, at=AT)
    assert len(duties(paper)) == 2


def test_two_duties_merged_unite_words_and_bodies(officer: Person, paper: Paper) -> None:
    parts = duties(paper)
    merged = merge_findings(by=officer, findings=[(parts[1], 1), (parts[0], 1)], at=AT)
    assert merged.decision == {
        "lead": ["Sở Giao thông", "Công an tỉnh"],
        "coordinators": ["Sở Y tế"],
        "action": "rà soát cầu yếu; lập danh sách gửi Sở Tài chính; kiểm tra bến xe",
        "conditional": False,
        "deadline": parts[0].proposal["deadline"],
        "start": parts[0].start,
        "end": parts[1].end,
    }
    assert duties(paper) == [merged]


def test_one_alone_a_citation_or_findings_of_two_papers_do_not_merge(officer: Person, paper: Paper) -> None:
    other = receive(officer, duplicate_reason="để thử")
    for parts in ([duties(paper)[0]] * 2, [duties(paper)[0], citation(paper)], [duties(paper)[0], duties(other)[0]]):
        with pytest.raises(Refused):
            merge_findings(by=officer, findings=[(f, 1) for f in parts], at=AT)
    assert not Finding.objects.exclude(state="proposed").exists()


def test_what_was_missed_is_added_at_its_place(officer: Person, paper: Paper) -> None:
    start, end = span("lập danh sách")
    value = {"lead": ["Sở Giao thông"], "action": "lập danh sách", "start": start - 1, "end": end + 1}
    added = add_finding(by=officer, reading=paper.reading, kind="duty", value=value, at=AT)
    assert (added.state, added.proposal, added.start, added.end) == ("added", None, start, end)


def test_an_added_citation_is_a_citation_of_the_paper(officer: Person, paper: Paper) -> None:
    start, end = span("Kế hoạch số 12/KH-UBND")
    add_finding(by=officer, reading=paper.reading, kind="citation",
                value={"symbol": "12/KH-UBND", "start": start, "end": end}, at=AT)  # fmt: skip
    assert paper.citations.get().symbol == "12/KH-UBND"


def test_undoing_goes_back_step_by_step_to_the_proposal(officer: Person, paper: Paper) -> None:
    finding = duties(paper)[0]
    accept_finding(by=officer, finding=finding, version=1, at=AT)
    correct_finding(by=officer, finding=finding, value={**finding.proposal, "action": "khác"}, version=2, at=AT)
    discard_finding(by=officer, finding=finding, version=3, at=AT)
    seen = []
    for version in (4, 5, 6):
        restore_finding(by=officer, finding=finding, version=version, at=AT)
        seen.append(stand(paper)[0])
    assert seen == [
        ("khác", "corrected"),
        (finding.proposal["action"], "accepted"),
        (finding.proposal["action"], "proposed"),
    ]
    with pytest.raises(Refused, match="chưa có gì"):
        restore_finding(by=officer, finding=finding, version=7, at=AT)
    assert story_of(paper).filter(verb="documents.finding_restored").count() == 3


def test_undoing_a_split_brings_the_whole_back(officer: Person, paper: Paper) -> None:
    before = stand(paper)
    first, _second = split_finding(by=officer, finding=duties(paper)[0], place=span("lập danh")[0], version=1, at=AT)
    whole = restore_finding(by=officer, finding=first, version=1, at=AT)
    assert whole is not None
    assert stand(paper) == before


def test_undoing_a_merge_brings_all_parts_back(officer: Person, paper: Paper) -> None:
    before = stand(paper)
    merged = merge_findings(by=officer, findings=[(f, 1) for f in duties(paper)], at=AT)
    restore_finding(by=officer, finding=merged, version=1, at=AT)
    assert stand(paper) == before


def test_a_split_whose_piece_was_merged_on_is_undone_in_order_only(officer: Person, paper: Paper) -> None:
    first, second = split_finding(by=officer, finding=duties(paper)[0], place=span("lập danh")[0], version=1, at=AT)
    third = duties(paper)[2]
    merge_findings(by=officer, findings=[(second, 1), (third, 1)], at=AT)
    with pytest.raises(Refused, match="hoàn tác việc đó trước"):
        restore_finding(by=officer, finding=first, version=1, at=AT)


def test_undoing_an_addition_takes_it_away(officer: Person, paper: Paper) -> None:
    start, end = span("lập danh sách")
    value = {"lead": ["Sở Giao thông"], "action": "lập danh sách", "start": start, "end": end}
    added = add_finding(by=officer, reading=paper.reading, kind="duty", value=value, at=AT)
    assert restore_finding(by=officer, finding=added, version=1, at=AT) is None
    assert len(duties(paper)) == 2


def test_undoing_a_corrected_identity_restores_the_paper(officer: Person, paper: Paper) -> None:
    correct_identity(by=officer, paper=paper, facts=Facts(symbol="99/X"), version=1, at=AT)
    finding = paper.reading.findings.get(kind="identity")
    restore_finding(by=officer, finding=finding, version=finding.version, at=AT)
    paper.refresh_from_db()
    assert (paper.symbol, paper.symbol_key, paper.subject) == ("71/UBND-TH", "71/UBND-TH", "rà soát giao thông")


def test_the_sure_ones_are_accepted_at_one_stroke_and_the_doubtful_stay(officer: Person, paper: Paper) -> None:
    assert accept_sure_findings(by=officer, reading=paper.reading, at=AT) == 3
    assert [state for _action, state in stand(paper)] == ["accepted", "proposed"]
    with pytest.raises(Refused):
        accept_sure_findings(by=officer, reading=paper.reading, at=AT)


def test_a_reading_is_confirmed_when_nothing_undecided_is_left(officer: Person, paper: Paper) -> None:
    accept_sure_findings(by=officer, reading=paper.reading, at=AT)
    with pytest.raises(Refused, match="Còn 1 mục chưa soát"):
        mark_reading_confirmed(reading=paper.reading, by=officer, at=AT)
    discard_finding(by=officer, finding=duties(paper)[1], version=1, at=AT)

    mark_reading_confirmed(reading=paper.reading, by=officer, at=AT)

    reading = Reading.objects.get()
    assert (reading.state, reading.confirmed_by, reading.confirmed_at) == ("confirmed", officer, AT)
    with pytest.raises(Refused, match="đã được xác nhận"):
        mark_reading_confirmed(reading=paper.reading, by=officer, at=AT)


def test_a_confirmed_reading_is_closed(officer: Person, paper: Paper) -> None:
    accept_sure_findings(by=officer, reading=paper.reading, at=AT)
    accept_finding(by=officer, finding=duties(paper)[1], version=1, at=AT)
    mark_reading_confirmed(reading=paper.reading, by=officer, at=AT)
    finding = duties(paper)[1]
    with pytest.raises(Refused, match="không sửa được nữa"):
        discard_finding(by=officer, finding=finding, version=finding.version, at=AT)


def test_accuracy_sets_decisions_against_proposals(officer: Person, paper: Paper) -> None:
    assert accuracy_in_use() == []
    first, second = duties(paper)
    correct_finding(by=officer, finding=first, value={**first.proposal, "action": "khác"}, version=1, at=AT)
    discard_finding(by=officer, finding=second, version=1, at=AT)
    accept_finding(by=officer, finding=citation(paper), version=1, at=AT)
    value = {"symbol": "1/QĐ", "start": 0, "end": 3}
    add_finding(by=officer, reading=paper.reading, kind="citation", value=value, at=AT)
    receive(officer, duplicate_reason="chưa soát thì không tính")

    rows = {(row.kind, row.rule): row for row in accuracy_in_use()}

    assert list(rows) == [("citation", "citation.symbol"), ("citation", ""), ("duty", "duty.item")]
    duty = rows["duty", "duty.item"]
    assert (duty.unchanged, duty.corrected, duty.discarded, dict(duty.fields)) == (0, 1, 1, {"action": 1})
    assert duty.per_cent == 0
    assert rows["citation", "citation.symbol"].per_cent == 100
    assert (rows["citation", ""].added, rows["citation", ""].per_cent) == (1, None)


def test_what_was_split_counts_as_reshaped_and_its_pieces_not_as_added(officer: Person, paper: Paper) -> None:
    split_finding(by=officer, finding=duties(paper)[0], place=span("lập danh")[0], version=1, at=AT)
    (row,) = accuracy_in_use()
    assert (row.reshaped, row.added, row.proposed) == (1, 0, 1)


def test_the_queue_counts_what_is_decided_and_leaves_out_other_agencies(officer: Person, paper: Paper) -> None:
    receive(make_person())
    later = receive(officer, duplicate_reason="để thử", at=AT + timedelta(minutes=1))
    accept_finding(by=officer, finding=duties(paper)[0], version=1, at=AT)
    split_finding(by=officer, finding=duties(later)[0], place=span("lập danh")[0], version=1, at=AT)
    assert [(r.paper, r.decided, r.total) for r in readings_to_review(officer)] == [(paper, 1, 4), (later, 2, 5)]


def test_a_discarded_citation_is_no_longer_one_of_the_paper(officer: Person, paper: Paper) -> None:
    finding = citation(paper)
    accept_finding(by=officer, finding=finding, version=1, at=AT)
    assert Citation.objects.count() == 1
    discard_finding(by=officer, finding=finding, version=2, at=AT)
    assert Citation.objects.count() == 0
    restore_finding(by=officer, finding=finding, version=3, at=AT)
    assert Citation.objects.count() == 1


def test_the_words_of_the_duties_in_the_fixture_are_where_it_says(paper: Paper) -> None:
    assert [TEXT[f.start : f.end] for f in duties(paper)] == list(DUTIES)
