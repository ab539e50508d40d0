"""What is known of papers, each question asked once; a page reaches papers through `visible_papers` only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from khoithong.office.accounts.models import Person
from khoithong.office.accounts.permissions import Capability, can
from khoithong.office.agencies.models import Agency
from khoithong.office.agencies.queries import lookup, lookup_many
from khoithong.office.base.text import fold, symbol_key
from khoithong.office.documents.models import (
    Citation,
    Entry,
    Finding,
    Paper,
    PaperFile,
    PaperRecipient,
    Reading,
)
from khoithong.office.documents.values import changed_fields


def visible_papers(person: Person) -> QuerySet[Paper]:
    """The papers that `person` may see: held, registered or received by the own agency; all, for who may see all."""
    if can(person, Capability.SEE_ALL):
        return Paper.objects.all()
    agency = person.agency_id
    return Paper.objects.filter(
        Q(holder=agency)
        | Exists(Entry.objects.filter(paper=OuterRef("pk"), register__agency=agency))
        | Exists(PaperRecipient.objects.filter(paper=OuterRef("pk"), agency=agency))
    )


def visible_files(person: Person) -> QuerySet[PaperFile]:
    """The files of the papers that `person` may see."""
    return PaperFile.objects.filter(paper__in=visible_papers(person)).select_related("paper", "stored")


def visible_entries(person: Person) -> QuerySet[Entry]:
    """The register lines that `person` may see: of the own agency; all, for who may see all."""
    entries = Entry.objects.select_related("register__agency", "paper")
    return entries if can(person, Capability.SEE_ALL) else entries.filter(register__agency=person.agency_id)


def search_papers(papers: QuerySet[Paper], words: str) -> QuerySet[Paper]:
    """Those of `papers` that hold every one of `words`, marks and case aside, in the register or in the full text."""
    for word in fold(words).split():
        papers = papers.filter(
            Q(search__contains=word) | Exists(Reading.objects.filter(paper=OuterRef("pk"), text_search__contains=word))
        )
    return papers


def papers_with_bytes(person: Person, sha256: str) -> QuerySet[Paper]:
    """The papers that `person` sees and that have exactly this file."""
    return visible_papers(person).filter(Exists(PaperFile.objects.filter(paper=OuterRef("pk"), stored=sha256)))


def doubles_of(
    person: Person, *, symbol: str, issuer_name: str, issued_on: date | None, besides: Paper | None = None
) -> list[Paper]:
    """The papers that `person` sees with the same number, symbol and issuer.

    Numbers start again every year, so two papers dated in different years are no doubles.
    """
    key = symbol_key(symbol)
    if not key:
        return []
    issuer = agency_named(issuer_name, on=issued_on)
    name = fold(issuer_name)
    papers = visible_papers(person).filter(symbol_key=key)
    if besides is not None:
        papers = papers.exclude(pk=besides.pk)
    if issued_on is not None:
        papers = papers.filter(Q(issued_on__isnull=True) | Q(issued_on__year=issued_on.year))
    return [
        p
        for p in papers
        if not name
        or not p.issuer_name
        or fold(p.issuer_name) == name
        or (issuer is not None and p.issuer_id == issuer.pk)
    ]


def agency_named(name: str, *, on: date | None) -> Agency | None:
    """The one agency that `name` means on that day; None where none or several do, or where no day is known."""
    return lookup(name, on=on).agency if name.strip() and on is not None else None


def agencies_named(words: str, *, on: date) -> list[Agency]:
    """The agencies named in a list such as "nơi nhận": one to a line or divided by ";", with or without a dash."""
    parts = [part.strip(" -–.,\t") for part in re.split(r"[;\n]", words)]
    matches = lookup_many([part for part in parts if part], on=on)
    return list(dict.fromkeys(match.agency for match in matches.values() if match.agency is not None))


def register_entries(person: Person, *, direction: str, year: int) -> QuerySet[Entry]:
    """The lines of the registers of one direction and year that `person` may see, newest first."""
    return visible_entries(person).filter(register__direction=direction, register__year=year)


def register_years(person: Person, *, direction: str) -> list[int]:
    """The years for which there is a register, newest first."""
    years = visible_entries(person).filter(register__direction=direction).order_by("-register__year")
    return list(years.values_list("register__year", flat=True).distinct())


def register_agencies(person: Person, *, direction: str) -> list[tuple[int, str]]:
    """Whose registers of one direction `person` may see: key and name."""
    agencies = Agency.objects.filter(registers__direction=direction, registers__entries__in=visible_entries(person))
    return list(agencies.distinct().values_list("pk", "name"))


def readings_to_review(person: Person) -> QuerySet[Reading]:
    """The readings still open that `person` may see, oldest first, with how much is decided and how much there is."""
    found = Reading.objects.filter(state=Reading.State.DRAFT, paper__in=visible_papers(person))
    live = ~Q(findings__state=Finding.State.REPLACED)
    return (
        found.select_related("paper__holder")
        .annotate(
            total=Count("findings", filter=live),
            decided=Count("findings", filter=live & ~Q(findings__state=Finding.State.PROPOSED)),
        )
        .order_by("read_at", "pk")
    )


def findings_of(reading: Reading, *, doubtful_first: bool = False) -> list[Finding]:
    """The findings that stand or were discarded, in the order of the text (the identity first), or doubtful first."""
    found = reading.findings.exclude(state=Finding.State.REPLACED).select_related("decided_by", "citation__cited")
    identity_first = Case(
        When(kind=Finding.Kind.IDENTITY, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    if doubtful_first:
        undecided = Case(
            When(state=Finding.State.PROPOSED, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        return list(found.order_by(undecided, "certainty", identity_first, "start", "pk"))
    return list(found.order_by(identity_first, "start", "pk"))


def last_decided_by(person: Person, reading: Reading) -> Finding | None:
    """The finding of `reading` that `person` decided last and can take back."""
    found = reading.findings.filter(decided_by=person).exclude(state=Finding.State.REPLACED)
    found = found.filter(Q(previous__isnull=False) | Q(state=Finding.State.ADDED))
    return found.order_by("-decided_at", "-pk").first()


def cites(person: Person, paper: Paper) -> list[tuple[Citation, bool]]:
    """What `paper` cites, each with whether `person` may open the paper that it is linked to."""
    citations = list(paper.citations.select_related("cited"))
    seen = _seen(person, (c.cited_id for c in citations))
    return [(c, c.cited_id in seen) for c in citations]


def cited_by(person: Person, paper: Paper) -> list[Paper]:
    """The papers that cite `paper` and that `person` may see."""
    return list(visible_papers(person).filter(citations__cited=paper).distinct())


@dataclass(frozen=True, slots=True)
class Missing:
    """A paper that is cited and in no register: as it is cited, and by how many papers that one sees.

    `near` are papers of the same symbol that are not linked: another day, another issuer, or more than one that fits.
    """

    symbol: str
    title: str
    type: str
    issuer_name: str
    issued_on: date | None
    count: int
    citing: tuple[Paper, ...]
    near: tuple[Paper, ...] = ()


def unmatched_citations(person: Person) -> list[Missing]:
    """The papers cited that no register knows, most cited first, counting what `person` may see."""
    citations = Citation.objects.filter(cited__isnull=True, citing__in=visible_papers(person)).select_related("citing")
    groups: dict[tuple[str, str, date | None], list[Citation]] = {}
    for citation in citations:
        groups.setdefault((citation.symbol_key, fold(citation.title), citation.issued_on), []).append(citation)
    near: dict[str, list[Paper]] = {}
    for paper in visible_papers(person).filter(symbol_key__in={key for key, _title, _day in groups if key}):
        near.setdefault(paper.symbol_key, []).append(paper)
    found = [
        Missing(
            symbol=group[0].symbol,
            title=group[0].title,
            type=next((c.type for c in group if c.type), ""),
            issuer_name=next((c.issuer_name for c in group if c.issuer_name), ""),
            issued_on=group[0].issued_on,
            count=len(citing := tuple(dict.fromkeys(c.citing for c in group))),
            citing=citing,
            near=tuple(paper for paper in near.get(group[0].symbol_key, ()) if paper not in citing),
        )
        for group in groups.values()
    ]
    return sorted(found, key=lambda m: (-m.count, m.symbol or m.title))


@dataclass(slots=True)
class Accuracy:
    """How the proposals of one rule fared: numbers of findings, and which fields were corrected how often."""

    kind: str
    rule: str
    unchanged: int = 0
    corrected: int = 0
    discarded: int = 0
    reshaped: int = 0
    added: int = 0
    fields: Counter[str] = field(default_factory=Counter)

    @property
    def proposed(self) -> int:
        """The proposals that a person has decided."""
        return self.unchanged + self.corrected + self.discarded + self.reshaped

    @property
    def per_cent(self) -> int | None:
        """The share of proposals taken as they were, rounded down; None before the first."""
        return self.unchanged * 100 // self.proposed if self.proposed else None


def accuracy_in_use() -> list[Accuracy]:
    """Proposal against decision for each kind and rule; what people added stands under the empty rule of its kind."""
    found: dict[tuple[str, str], Accuracy] = {}
    machine = Finding.objects.filter(proposal__isnull=False).exclude(state=Finding.State.PROPOSED)
    for kind, rule, state, count in (
        machine.values_list("kind", "rule", "state").order_by("kind", "rule").annotate(count=Count("pk"))
    ):
        row = found.setdefault((kind, rule), Accuracy(kind, rule))
        name = {"accepted": "unchanged", "replaced": "reshaped"}.get(state, state)
        setattr(row, name, getattr(row, name) + count)
    corrected = machine.filter(state=Finding.State.CORRECTED).values_list("kind", "rule", "proposal", "decision")
    for kind, rule, proposal, decision in corrected.iterator():
        found[kind, rule].fields.update(changed_fields(kind, proposal, decision))
    people = Finding.objects.filter(state=Finding.State.ADDED, origins__isnull=True)
    for kind, count in people.values_list("kind").order_by("kind").annotate(count=Count("pk")):
        found.setdefault((kind, ""), Accuracy(kind, "")).added += count
    order = list(Finding.Kind.values)
    return sorted(found.values(), key=lambda row: (order.index(row.kind), row.rule == "", -row.proposed, row.rule))


def _seen(person: Person, papers: Iterable[int | None]) -> set[int]:
    keys = {key for key in papers if key is not None}
    return set(visible_papers(person).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
