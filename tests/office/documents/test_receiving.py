"""A paper comes in: kept with its bytes, its reading and its findings, or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from khoithong.office.accounts.models import Role
from khoithong.office.agencies.models import Kind
from khoithong.office.base.actions import Forbidden, Refused, story_of
from khoithong.office.base.models import AuditEntry
from khoithong.office.documents import storage
from khoithong.office.documents.actions import attach_file, correct_identity, receive_file
from khoithong.office.documents.actions.papers import Double, facts_of
from khoithong.office.documents.models import Finding, Paper, PaperFile, Reading, StoredFile
from khoithong.office.documents.queries import visible_files, visible_papers
from khoithong.office.documents.values import Facts
from tests.factories import AT, make_agency, make_paper, make_person
from tests.office.documents.making import TEXT, make_directive, receive

pytestmark = pytest.mark.django_db


def nothing_is_kept(settings: Any) -> bool:
    kept = Paper.objects.exists() or StoredFile.objects.exists() or Reading.objects.exists()
    return not kept and not list(Path(settings.FILES_ROOT).rglob("*"))


def test_a_paper_is_kept_with_bytes_reading_and_findings() -> None:
    issuer = make_agency("UBND tỉnh Thử", kind=Kind.PROVINCE)
    officer = make_person()

    paper = receive(officer)

    assert (paper.symbol, paper.type, paper.issuer, paper.issued_on) == (
        "71/UBND-TH",
        "công văn",
        issuer,
        date(2023, 11, 22),
    )
    assert paper.holder == officer.agency
    attached = paper.files.get()
    assert storage.load(attached.stored_id) == TEXT.encode()
    found = list(paper.reading.findings.values_list("kind", "state", "certainty", "rule"))
    assert found == [
        ("identity", "proposed", 1000, "identity.header"),
        ("citation", "proposed", 970, "citation.symbol"),
        ("duty", "proposed", 950, "duty.item"),
        ("duty", "proposed", 500, "duty.item"),
    ]
    assert paper.reading.findings.get(kind="citation").proposal["issued_on"] == "2023-10-03"
    entry = story_of(paper).get()
    assert (entry.verb, entry.actor, entry.summary) == ("documents.paper_received", officer, "cong-van.txt")


def test_the_text_can_be_found_without_marks() -> None:
    paper = receive(make_person())
    assert "ra soat cau yeu" in paper.reading.text_search
    assert "ra soat giao thong" in paper.search


def test_a_file_that_cannot_be_read_leaves_nothing(settings: Any) -> None:
    with pytest.raises(Refused, match="nhập văn bản bằng tay") as refusal:
        receive_file(by=make_person(), data=b"\x00\x01\x02" * 500, name="anh-quet.bin", at=AT)
    assert refusal.value.code == "unreadable"
    assert nothing_is_kept(settings)
    assert not AuditEntry.objects.filter(verb__startswith="documents.").exists()


@pytest.mark.parametrize(("size", "way_out"), [(0, "kiểm tra lại tệp"), (1001, "tách")])
def test_an_empty_or_too_large_file_leaves_nothing(settings: Any, size: int, way_out: str) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    with pytest.raises(Refused, match=way_out):
        receive_file(by=make_person(), data=b"a" * size, name="to.txt", at=AT)
    assert nothing_is_kept(settings)


def test_who_may_not_register_brings_nothing_in(settings: Any) -> None:
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.FINANCE, None):
        with pytest.raises(Forbidden):
            receive(make_person(role))
    assert nothing_is_kept(settings)


def test_the_same_bytes_are_told_and_not_kept_again() -> None:
    officer = make_person()
    paper = receive(officer)
    with pytest.raises(Double, match="Tệp này đã có") as double:
        receive(officer, directive=make_directive(symbol="72/UBND-TH"))
    assert double.value.paper == paper
    assert Paper.objects.count() == 1


def test_the_same_symbol_and_issuer_in_other_bytes_is_told() -> None:
    officer = make_person()
    paper = receive(officer)
    with pytest.raises(Double, match="cùng số, ký hiệu") as double:
        receive(officer, data=b"ban quet khac", directive=make_directive(symbol="71 / ubnd–TH"))
    assert double.value.paper == paper


def test_a_double_is_kept_with_a_reason_and_its_bytes_once() -> None:
    officer = make_person()
    receive(officer)
    again = receive(officer, duplicate_reason="bản có chữ ký sống")
    assert StoredFile.objects.count() == 1
    assert Paper.objects.count() == 2
    assert story_of(again).get().data["duplicate_reason"] == "bản có chữ ký sống"


@pytest.mark.parametrize(
    "other",
    [
        {"symbol": "72/UBND-TH"},
        {"issuer": "UBND tỉnh Khác"},
        {"issued_on": date(2022, 11, 22)},
    ],
)
def test_another_number_issuer_or_year_is_no_double(other: dict[str, Any]) -> None:
    officer = make_person()
    receive(officer)
    receive(officer, data=b"khac", directive=make_directive(**other))
    assert Paper.objects.count() == 2


def test_what_another_agency_has_is_not_told() -> None:
    receive(make_person())
    receive(make_person())
    assert Paper.objects.count() == 2
    assert StoredFile.objects.count() == 1


def test_only_those_concerned_see_a_paper_and_its_file() -> None:
    officer, stranger = make_person(), make_person()
    paper = receive(officer)
    other = receive(stranger, data=b"cua co quan khac", directive=make_directive(symbol="9/UBND"))
    received = make_paper(holder=stranger.agency)
    received.recipients.create(agency=officer.agency)

    assert set(visible_papers(officer)) == {paper, received}
    assert set(visible_papers(stranger)) == {other, received}
    assert [f.paper for f in visible_files(stranger)] == [other]
    for role in (Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR):
        assert visible_papers(make_person(role)).count() == 3


def test_a_scan_is_attached_without_being_read() -> None:
    officer = make_person()
    paper = make_paper(holder=officer.agency)
    scan = b"\x89PNG anh quet"
    attached = attach_file(by=officer, paper=paper, data=scan, name="trang 1.png", media_type="image/png",
                           part=PaperFile.Part.ANNEX, at=AT)  # fmt: skip
    assert storage.load(attached.stored_id) == scan
    with pytest.raises(Refused, match="đã có đúng tệp này"):
        attach_file(by=officer, paper=paper, data=scan, name="b.png", media_type="image/png",
                    part=PaperFile.Part.ANNEX, at=AT)  # fmt: skip


def test_another_agency_attaches_and_corrects_nothing() -> None:
    paper = make_paper(holder=make_agency())
    received = make_paper(holder=make_agency())
    stranger = make_person()
    received.recipients.create(agency=stranger.agency)
    for each in (paper, received):
        with pytest.raises(Forbidden):
            attach_file(by=stranger, paper=each, data=b"x", name="x", media_type="", part="annex", at=AT)
        with pytest.raises(Forbidden):
            correct_identity(by=stranger, paper=each, facts=Facts(symbol="1/X"), version=1, at=AT)


def test_a_corrected_identity_is_kept_beside_the_proposal() -> None:
    officer = make_person()
    paper = receive(officer)
    facts = Facts("71/UBND-TH", "công văn", "UBND tỉnh Thử", date(2023, 11, 23), "rà soát giao thông", "Trần Văn Ký")

    paper = correct_identity(by=officer, paper=paper, facts=facts, version=1, at=AT)

    assert facts_of(paper) == facts
    finding = paper.reading.findings.get(kind=Finding.Kind.IDENTITY)
    assert (finding.state, finding.proposal["issued_on"], finding.decision["issued_on"]) == (
        "corrected",
        "2023-11-22",
        "2023-11-23",
    )
    data = story_of(paper).first().data  # type: ignore[union-attr]
    assert data == {
        "before": {"issued_on": "2023-11-22", "signer": None},
        "after": {"issued_on": "2023-11-23", "signer": "Trần Văn Ký"},
    }


def test_a_second_editor_of_the_identity_is_told_and_nothing_is_written_over() -> None:
    officer = make_person()
    paper = receive(officer)
    correct_identity(by=officer, paper=paper, facts=Facts(symbol="73/UBND-TH"), version=1, at=AT)
    with pytest.raises(Refused) as refusal:
        correct_identity(by=officer, paper=paper, facts=Facts(symbol="74/UBND-TH"), version=1, at=AT)
    assert refusal.value.code == "conflict"
    assert Paper.objects.get().symbol == "73/UBND-TH"
