"""The review screen as it answers: with htmx and without, its forms, its refusals, its text."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from khoithong.office.accounts.models import Person, Role
from khoithong.office.base.waiting import waiting_for
from khoithong.office.documents.actions import accept_finding, correct_finding
from khoithong.office.documents.marks import Mark, lines
from khoithong.office.documents.models import Finding, Paper
from khoithong.office.documents.rendering import text_html
from khoithong.office.documents.rules import rule_words
from tests.factories import AT, make_person
from tests.office.documents.making import DUTIES, TEXT, citation, duties, receive, span
from tests.office.pages import assert_accessible

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def officer() -> Person:
    return make_person(Role.HEAD)


@pytest.fixture
def paper(officer: Person) -> Paper:
    return receive(officer)


@pytest.fixture
def web(client: Client, officer: Person) -> Client:
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name: str, *args: Any) -> str:
    return reverse(f"documents:{name}", args=args)


def form_of(finding: Finding, **changes: Any) -> dict[str, Any]:
    """What the edit form of a duty posts."""
    value = finding.value
    deadline = value["deadline"] or {}
    return {
        "version": finding.version,
        "lead": "\n".join(value["lead"]),
        "coordinators": "\n".join(value["coordinators"]),
        "action": value["action"],
        "deadline_text": deadline.get("text") or "",
        "due_on": deadline.get("due_on") or "",
        "start": value["start"],
        "end": value["end"],
        "quote": " ".join(TEXT[value["start"] : value["end"]].split()),
        **changes,
    }


def test_the_text_is_shown_whole_escaped_and_marked() -> None:
    text = 'Sở A & "Sở B" <script>x</script>\n\nhết'
    drawn = str(text_html(lines(text, [Mark(1, "duty", 0, 12, open=True, number=1), Mark(2, "citation", 7, 20)])))
    assert "<script>" not in drawn
    root = html.fragment_fromstring(drawn, create_parent=True)
    shown = [
        "".join(piece.text_content() for piece in line.xpath("./span[@data-start]")) for line in root.xpath("./div")
    ]
    assert "\n".join(shown) == text
    marked = {span.text_content(): span.get("data-findings") for span in root.xpath("//span[@data-findings]")}
    assert marked == {"Sở A & ": "1", '"Sở B': "1 2", '" <scrip': "2"}
    names = [set(span.get("class").split()) for span in root.xpath("//span[@data-findings]")]
    assert names == [
        {"marked", "is-duty", "is-open"},
        {"marked", "is-duty", "is-citation", "is-open"},
        {"marked", "is-citation"},
    ]


def test_every_piece_of_the_text_says_where_it_begins(web: Client, paper: Paper) -> None:
    root = html.document_fromstring(web.get(at("review", paper.pk)).content.decode())
    for piece in root.xpath("//*[@data-text]//span[@data-start]"):
        start = int(piece.get("data-start"))
        assert TEXT[start : start + len(piece.text_content())] == piece.text_content()


def test_every_state_of_the_screen_is_accessible(web: Client, paper: Paper, officer: Person) -> None:
    first, second = duties(paper)
    accept_finding(by=officer, finding=first, version=1, at=AT)
    found = [f"?edit={f.pk}" for f in paper.reading.findings.all()]
    for query in ("", "?order=doubt", f"?split={second.pk}", "?new=duty&start=3&end=20", "?new=citation", *found):
        assert_accessible(web.get(at("review", paper.pk) + query).content.decode())
        part = web.get(at("review", paper.pk) + query, **HTMX)  # type: ignore[arg-type]
        assert part.templates[0].name == "documents/review/body.html"
        assert_accessible(part.content.decode(), fragment=True)


def test_the_doubtful_come_first_when_asked(web: Client, paper: Paper) -> None:
    def order(query: str) -> list[int]:
        root = html.document_fromstring(web.get(at("review", paper.pk) + query).content.decode())
        return [int(card.get("data-finding")) for card in root.xpath("//li[@data-finding]")]

    doubtful = duties(paper)[1].pk
    assert order("?order=doubt")[0] == doubtful
    assert order("")[-1] == doubtful


def test_accepting_moves_on_to_the_next_undecided(web: Client, paper: Paper) -> None:
    first, second = duties(paper)
    answer = web.post(at("accept", paper.pk, first.pk), {"version": 1}, **HTMX)  # type: ignore[arg-type]
    root = html.document_fromstring(answer.content.decode())
    assert [card.get("data-finding") for card in root.xpath("//li[@data-current]")] == [str(second.pk)]
    assert "Đã soát 1/4" in root.text_content()


def test_without_htmx_a_decision_leads_back_to_the_screen(web: Client, paper: Paper) -> None:
    first = duties(paper)[0]
    answer = web.post(at("accept", paper.pk, first.pk) + "?order=doubt", {"version": 1})
    assert answer.status_code == 302
    assert answer.headers["Location"] == at("review", paper.pk) + f"?order=doubt#finding-{citation(paper).pk}"


def test_a_correction_is_kept(web: Client, paper: Paper) -> None:
    first = duties(paper)[0]
    web.post(at("correct", paper.pk, first.pk), form_of(first, lead="Sở Xây dựng", due_on="", recurrence="weekly"))
    decision = duties(paper)[0].decision
    assert decision["lead"] == ["Sở Xây dựng"]
    assert decision["deadline"] == {"text": "trước ngày 10/12/2023", "due_on": None, "recurrence": "weekly"}
    assert (decision["start"], decision["end"]) == span(DUTIES[0])


def test_the_place_is_set_by_words_of_the_text(web: Client, paper: Paper) -> None:
    first = duties(paper)[0]
    web.post(at("correct", paper.pk, first.pk), form_of(first, quote="lập danh sách gửi Sở Tài chính"))
    assert TEXT[duties(paper)[0].start : duties(paper)[0].end] == "lập danh sách\ngửi Sở Tài chính"
    second = duties(paper)[1]
    refused = web.post(at("correct", paper.pk, second.pk), form_of(second, quote="không có chữ này"))
    assert "Hãy chọn đoạn tương ứng" in refused.content.decode()


def test_a_second_editor_is_told_and_what_was_typed_stays(web: Client, paper: Paper, officer: Person) -> None:
    second = make_person(agency=officer.agency, full_name="Người Thứ Hai")
    first = duties(paper)[0]
    correct_finding(
        by=second, finding=first, value={**first.proposal, "action": "việc người kia ghi"}, version=1, at=AT
    )
    answer = web.post(at("correct", paper.pk, first.pk), form_of(first, action="việc tôi gõ"), **HTMX)  # type: ignore[arg-type]
    text = answer.content.decode()
    assert "Người Thứ Hai vừa thay đổi mục này" in text
    assert "việc tôi gõ</textarea>" in text
    assert "việc người kia ghi" in text
    assert duties(paper)[0].decision["action"] == "việc người kia ghi"
    assert 'name="version" value="2"' in text


def test_a_conflict_in_accepting_is_told_above_the_screen(web: Client, paper: Paper, officer: Person) -> None:
    first = duties(paper)[0]
    accept_finding(by=officer, finding=first, version=1, at=AT)
    answer = web.post(at("discard", paper.pk, first.pk), {"version": 1}, **HTMX)  # type: ignore[arg-type]
    assert "vừa thay đổi mục này" in answer.content.decode()
    assert "toast" in answer.headers["HX-Trigger"]
    plain = web.post(at("discard", paper.pk, first.pk), {"version": 1}, follow=True)
    assert "vừa thay đổi mục này" in plain.content.decode()


def test_a_duty_is_split_by_a_place_and_by_words(web: Client, paper: Paper) -> None:
    first = duties(paper)[0]
    web.post(at("split", paper.pk, first.pk), {"version": 1, "place": span("lập danh sách")[0]})
    assert len(duties(paper)) == 3
    last = duties(paper)[2]
    web.post(at("split", paper.pk, last.pk), {"version": 1, "words": "phối hợp  với"})
    assert len(duties(paper)) == 4
    refused = web.post(at("split", paper.pk, duties(paper)[0].pk), {"version": 1, "words": "không có"})
    assert "Không thấy chỗ tách" in refused.content.decode()


def test_those_selected_are_merged_and_one_alone_is_refused(web: Client, paper: Paper) -> None:
    chosen = [f"{f.pk}:{f.version}" for f in duties(paper)]
    alone = web.post(at("merge", paper.pk), {"selected": chosen[:1]}, follow=True)
    assert "ít nhất hai nhiệm vụ" in alone.content.decode()
    web.post(at("merge", paper.pk), {"selected": chosen})
    assert len(duties(paper)) == 1


def test_a_selection_fills_the_form_of_a_new_finding_which_is_then_added(web: Client, paper: Paper) -> None:
    start, end = span("lập danh sách")
    opened = web.get(at("review", paper.pk) + f"?new=duty&start={start}&end={end}").content.decode()
    assert "lập danh sách</textarea>" in opened
    refused = web.post(at("add-duty", paper.pk), {"action": "lập danh sách", "start": start, "end": end})
    assert "lập danh sách</textarea>" in refused.content.decode()
    web.post(at("add-duty", paper.pk), {"lead": "Sở X", "action": "lập danh sách", "start": start, "end": end})
    web.post(at("add-citation", paper.pk), {"symbol": "12/KH-UBND", "quote": "Kế hoạch số 12/KH-UBND"})
    added = paper.reading.findings.filter(state="added").order_by("pk")
    assert [(f.kind, TEXT[f.start : f.end]) for f in added] == [
        ("duty", "lập danh sách"),
        ("citation", "Kế hoạch số 12/KH-UBND"),
    ]


def test_undo_takes_back_what_this_person_did_last(web: Client, paper: Paper, officer: Person) -> None:
    first, second = duties(paper)
    web.post(at("accept", paper.pk, first.pk), {"version": 1})
    web.post(at("discard", paper.pk, second.pk), {"version": 1})
    accept_finding(by=make_person(agency=officer.agency), finding=citation(paper), version=1, at=AT)
    for states in (["accepted", "proposed"], ["proposed", "proposed"]):
        web.post(at("undo", paper.pk))
        assert [f.state for f in duties(paper)] == states
    assert "chưa quyết định mục nào" in web.post(at("undo", paper.pk), follow=True).content.decode()
    assert citation(paper).state == "accepted"


def test_the_identity_is_corrected_on_the_screen(web: Client, paper: Paper) -> None:
    finding = paper.reading.findings.get(kind="identity")
    web.post(at("correct", paper.pk, finding.pk), {"version": 1, "symbol": "72/UBND-TH", "signer": "Trần Văn Ký"})
    paper.refresh_from_db()
    assert (paper.symbol, paper.signer) == ("72/UBND-TH", "Trần Văn Ký")
    conflict = web.post(at("correct", paper.pk, finding.pk), {"version": 1, "symbol": "73/UBND-TH"})
    assert 'value="73/UBND-TH"' in conflict.content.decode()
    assert 'name="version" value="2"' in conflict.content.decode()


def test_the_sure_ones_at_one_stroke_then_confirm_is_offered(web: Client, paper: Paper) -> None:
    web.post(at("accept-sure", paper.pk))
    text = web.get(at("review", paper.pk)).content.decode()
    assert "Còn 1 mục chưa soát" in text
    web.post(at("accept", paper.pk, duties(paper)[1].pk), {"version": 1})
    root = html.document_fromstring(web.get(at("review", paper.pk)).content.decode())
    button = root.xpath("//div[contains(@class, 'review-confirm')]//button")[0]
    assert button.get("disabled") is None
    assert "Xác nhận, giao 2 nhiệm vụ" in button.text_content()


def test_a_paper_without_duties_says_how_to_add_one(web: Client, paper: Paper) -> None:
    paper.reading.findings.exclude(kind="identity").delete()
    assert "Máy không thấy nhiệm vụ hay viện dẫn nào" in web.get(at("review", paper.pk)).content.decode()


def test_only_the_decisions_of_the_form_are_possible_by_post(web: Client, paper: Paper) -> None:
    for name in ("accept", "discard", "restore", "correct", "split"):
        assert web.get(at(name, paper.pk, duties(paper)[0].pk)).status_code == 405, name


def test_a_finding_of_another_paper_is_not_reached_through_this_one(web: Client, paper: Paper) -> None:
    other = receive(make_person(), data=b"khac")
    finding = duties(other)[0]
    for name in ("accept", "discard", "correct", "split"):
        assert web.post(at(name, paper.pk, finding.pk), {"version": 1}).status_code == 404
    web.post(at("merge", paper.pk), {"selected": [f"{f.pk}:1" for f in (*duties(other), *duties(paper)[:1])]})
    assert not Finding.objects.exclude(state="proposed").exists()


def test_what_waits_for_review_is_said_to_who_reviews(paper: Paper, officer: Person) -> None:
    receive(make_person(), data=b"khac")
    assert ("Văn bản chờ soát", 1) in [(str(w.label), w.count) for w in waiting_for(officer, at=AT)]
    clerk = make_person(Role.CLERK, agency=officer.agency)
    assert "Văn bản chờ soát" not in [str(w.label) for w in waiting_for(clerk, at=AT)]


@pytest.mark.parametrize(
    ("symbol", "day", "slips"),
    [
        ("12/2022/NĐ-CP", "2023-01-05", True),
        ("12/2022/NĐ-CP", "2022-12-31", False),
        ("12/KH-UBND", "2023-01-05", False),
        ("12/2022/NĐ-CP", None, False),
    ],
)
def test_a_year_that_contradicts_the_symbol_is_shown(
    web: Client, paper: Paper, symbol: str, day: str | None, slips: bool
) -> None:
    finding = citation(paper)
    finding.proposal = {**finding.proposal, "symbol": symbol, "issued_on": day}
    finding.save()
    shown = "Năm trong ký hiệu khác năm" in web.get(at("review", paper.pk)).content.decode()
    assert shown is slips


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("symbol+date:after+issuer:code", "có số, ký hiệu; ngày ghi sau; cơ quan suy từ ký hiệu"),
        ("order-prose", "có lời giao, yêu cầu, đề nghị, giữa đoạn văn"),
        ("report:issued", "bài tin nói về văn bản này"),
        ("mot-quy-tac-moi", "mot quy tac moi"),
        ("", "không thấy dấu hiệu rõ"),
    ],
)
def test_a_rule_is_said_in_words(rule: str, words: str) -> None:
    assert rule_words(rule) == words
