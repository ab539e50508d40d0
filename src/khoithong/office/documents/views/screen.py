"""What the review screen shows: cards in their order, the marked text, how far one has come."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khoithong.office.accounts.permissions import Capability, can
from khoithong.office.documents import rights
from khoithong.office.documents.actions.review import SURE
from khoithong.office.documents.marks import Mark, lines
from khoithong.office.documents.models import RECURRENCES, Finding, Reading
from khoithong.office.documents.queries import findings_of
from khoithong.office.documents.rendering import text_html
from khoithong.office.documents.rules import rule_words
from khoithong.office.documents.values import FIELD_WORDS, changed_fields, day, year_slip
from khoithong.office.documents.views.common import person_of

State, Kind = Finding.State, Finding.Kind
_RECURRENCE_WORDS = dict(RECURRENCES)


@dataclass(frozen=True, slots=True)
class Opened:
    """The form that is open in the screen: "edit" or "split" of a finding, or "new" of a kind."""

    mode: str
    finding: int | None
    form: Any
    kind: str = ""


@dataclass(slots=True)
class Card:
    """One finding as the list shows it."""

    finding: Finding
    number: int
    mode: str = "read"
    form: Any = None
    current: bool = False
    quote: str = ""
    facts: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return bool(self.finding.state == State.PROPOSED)

    @property
    def doubtful(self) -> bool:
        return self.open and self.finding.certainty < SURE

    @property
    def title(self) -> str:
        """ "Nhiệm vụ 3" """
        if self.finding.kind == Kind.IDENTITY:
            return _("Thông tin văn bản")
        return f"{self.finding.get_kind_display()} {self.number}"

    @property
    def reason(self) -> str:
        """Why the reader found it and how sure it is, or what the person changed, in one line."""
        finding = self.finding
        if finding.proposal is None:
            return _("Tách hoặc gộp từ đề xuất của máy") if finding.rule else _("Người soát thêm")
        words = _("%(rule)s · chắc chắn %(certainty)d%%") % {
            "rule": _capital(rule_words(finding.rule)),
            "certainty": finding.certainty // 10,
        }
        if finding.state == State.CORRECTED and finding.decision:
            changed = changed_fields(finding.kind, finding.proposal, finding.decision)
            words += " · " + _("đã sửa: %(fields)s") % {"fields": ", ".join(str(FIELD_WORDS[name]) for name in changed)}
        return words

    @property
    def slip(self) -> str:
        """What the words themselves contradict."""
        if self.finding.kind != Kind.DUTY and year_slip(self.finding.value):
            return _("Năm trong ký hiệu khác năm của ngày văn bản; hãy đối chiếu.")
        return ""

    @property
    def may_undo(self) -> bool:
        return self.finding.previous is not None or self.finding.state == State.ADDED


class Screen:
    """The screen for one request; `focus` is the finding to stand at, `notice` what went wrong."""

    def __init__(
        self,
        request: HttpRequest,
        reading: Reading,
        *,
        opened: Opened | None = None,
        focus: int | None = None,
        notice: str = "",
    ) -> None:
        self.request, self.reading, self.opened = request, reading, opened
        asked = request.GET.get("at", "")
        self.focus = focus or (opened.finding if opened else None) or (int(asked) if asked.isdecimal() else None)
        self.notice = notice
        self.doubtful_first = request.GET.get("order") == "doubt"

    @cached_property
    def findings(self) -> list[Finding]:
        return findings_of(self.reading, doubtful_first=self.doubtful_first)

    @property
    def first_open(self) -> int | None:
        """The first finding that nobody has decided."""
        return next((f.pk for f in self.findings if f.state == State.PROPOSED), None)

    def next_open(self, after: int) -> int | None:
        """The first undecided finding after one in the order of the list, then from the top; else the one itself."""
        keys = [f.pk for f in self.findings]
        place = keys.index(after) if after in keys else -1
        turned = self.findings[place + 1 :] + self.findings[: max(place, 0)]
        return next((f.pk for f in turned if f.state == State.PROPOSED), after)

    def context(self) -> dict[str, Any]:
        """What the templates need."""
        person, paper = person_of(self.request), self.reading.paper
        closed = self.reading.state == Reading.State.CONFIRMED
        cards = self._cards()
        left = sum(card.open for card in cards)
        return {
            "paper": paper,
            "reading": self.reading,
            "warnings": self._warnings(),
            "cards": cards,
            "text": text_html(lines(self.reading.text, self._marks(cards))),
            "total": len(cards),
            "decided": len(cards) - left,
            "left": left,
            "sure": sum(card.open and not card.doubtful for card in cards),
            "duties": sum(c.finding.kind == Kind.DUTY and c.finding.state != State.DISCARDED for c in cards),
            "closed": closed,
            "may_review": not closed and rights.may_review(person, paper),
            "may_assign": can(person, Capability.ASSIGN_TASKS, agency=paper.holder),
            "assign_url": _assign_url(paper.pk),
            "order": "doubt" if self.doubtful_first else "text",
            "order_query": "?order=doubt" if self.doubtful_first else "?order=text",
            "opened": self.opened,
            "notice": self.notice,
        }

    def _warnings(self) -> list[tuple[str, int]]:
        """What each warning says, and the line of the text that it is about."""
        text = self.reading.text
        return [(slip["message"], text.count("\n", 0, slip["start"]) + 1) for slip in self.reading.warnings]

    def _cards(self) -> list[Card]:
        numbers = self._numbers()
        focus = self.focus or self.first_open
        cards = []
        for finding in self.findings:
            finding.reading = self.reading
            card = Card(finding, numbers.get(finding.pk, 0), current=finding.pk == focus, facts=_facts(finding))
            if self.opened is not None and self.opened.finding == finding.pk:
                card.mode, card.form = self.opened.mode, self.opened.form
                card.quote = self.reading.text[finding.start : finding.end] if finding.start is not None else ""
            cards.append(card)
        return cards

    def _numbers(self) -> dict[int, int]:
        """Finding -> its number among those of its kind, in the order of the text."""
        counts: dict[str, int] = {}
        numbers: dict[int, int] = {}
        for finding in sorted(self.findings, key=lambda f: (f.start or 0, f.pk)):
            counts[finding.kind] = numbers[finding.pk] = counts.get(finding.kind, 0) + 1
        return numbers

    def _marks(self, cards: list[Card]) -> list[Mark]:
        """The marks of the text, the longest first: of several over one place the last is the most particular."""
        marks = [
            Mark(
                key=card.finding.pk,
                kind=card.finding.kind,
                start=card.finding.start,
                end=card.finding.end,
                open=card.open,
                doubtful=card.doubtful,
                number=card.number,
            )
            for card in cards
            if card.finding.start is not None and card.finding.end is not None and card.finding.state != State.DISCARDED
        ]
        return sorted(marks, key=lambda mark: (mark.start - mark.end, mark.key))


def _facts(finding: Finding) -> list[tuple[str, Any]]:
    """What a finding says: label and words, empty ones left out."""
    value = finding.value
    if finding.kind == Kind.DUTY:
        deadline = value.get("deadline") or {}
        pairs: list[tuple[str, Any]] = [
            (_("Chủ trì"), "; ".join(value.get("lead") or ())),
            (_("Phối hợp"), "; ".join(value.get("coordinators") or ())),
            (_("Nội dung"), value.get("action")),
            (_("Thời hạn"), _deadline_words(deadline)),
            (_("Điều kiện"), _("chỉ làm khi có điều kiện nêu trong văn bản") if value.get("conditional") else ""),
        ]
    elif finding.kind == Kind.CITATION:
        pairs = [
            (
                pgettext("một", "Văn bản"),
                " ".join(filter(None, (_capital(value.get("type") or ""), value.get("symbol")))),
            ),
            (_("Tên"), value.get("title") or ""),
            (_("Ngày"), _day_words(value.get("issued_on"))),
            (_("Của"), value.get("issuer")),
        ]
    else:
        paper = finding.reading.paper
        pairs = [
            (_("Số, ký hiệu"), paper.symbol),
            (_("Tên loại"), _capital(paper.type)),
            (_("Tác giả"), paper.issuer_name),
            (_("Ngày"), f"{paper.issued_on:%d/%m/%Y}" if paper.issued_on else ""),
            (_("Trích yếu"), paper.subject),
            (_("Người ký"), paper.signer),
        ]
    return [(label, words) for label, words in pairs if words]


def _deadline_words(deadline: dict[str, Any]) -> str:
    words = deadline.get("text") or ""
    exact = _day_words(deadline.get("due_on")) or str(_RECURRENCE_WORDS.get(deadline.get("recurrence") or "-", ""))
    return f"{exact} (“{words}”)" if exact and words else exact or words


def _day_words(value: object) -> str:
    found = day(value)
    return f"{found:%d/%m/%Y}" if found else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _assign_url(pk: int) -> str:
    try:
        return reverse("tasks:assign", args=[pk])
    except NoReverseMatch:
        return ""
