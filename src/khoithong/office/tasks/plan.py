"""Before a paper's duties become tasks: whom each is for, as far as the names tell, and what a person must still say.

Nothing here is guessed. A name that one agency bears on the paper's day stands for it; words for a group stand for its
members; what is left over, or could be several agencies, waits for a person, who names an agency or leaves a note.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from khoithong.office.agencies.models import Agency, Kind
from khoithong.office.agencies.queries import Match, lookup_many, read_group
from khoithong.office.documents.models import Finding, Paper

KEPT = (Finding.State.ACCEPTED, Finding.State.CORRECTED, Finding.State.ADDED)


@dataclass(frozen=True)
class PlannedName:
    """Words that name who is charged. `agencies` is whom they mean; empty where a person must say so.

    `candidates` are those between which to choose; `gone` says that the agency named no longer exists, and who took
    over. `key` is unique in the plan and names the fields of the page.
    """

    key: str
    words: str
    agencies: tuple[Agency, ...] = ()
    candidates: tuple[Agency, ...] = ()
    gone: Agency | None = None
    is_group: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a person has to say whom the words mean."""
        return not self.agencies


@dataclass(frozen=True)
class PlannedDuty:
    """One accepted duty with its names, as the review left it."""

    finding: Finding
    action: str
    quote: str
    conditional: bool
    deadline_on: date | None
    deadline_words: str
    recurrence: str
    leads: tuple[PlannedName, ...]
    coordinators: tuple[PlannedName, ...]

    @property
    def names(self) -> tuple[PlannedName, ...]:
        return (*self.leads, *self.coordinators)


@dataclass(frozen=True)
class Plan:
    """All that confirming a paper would do. `fingerprint` changes with whatever the review changes."""

    paper: Paper
    on: date
    duties: tuple[PlannedDuty, ...]
    fingerprint: str

    @property
    def open_count(self) -> int:
        """How many leads a person still has to name: without them nothing can be confirmed."""
        return sum(name.is_open for duty in self.duties for name in duty.leads)


@dataclass(frozen=True)
class Choice:
    """What a person said of one name: the agencies it stands for, or the note that is kept in their stead."""

    agencies: tuple[Agency, ...] = ()
    note: str = ""


def plan_for(paper: Paper, *, on: date) -> Plan:
    """What the accepted duties of `paper` would lay on whom, with names as of `on` (the paper's day)."""
    findings = list(
        Finding.objects.filter(reading__paper=paper, kind=Finding.Kind.DUTY, state__in=KEPT).select_related("reading")
    )
    words = [
        name for finding in findings for part in ("lead", "coordinators") for name in finding.value.get(part) or ()
    ]
    matches = lookup_many(words, on=on)
    under = paper.issuer if paper.issuer is not None and paper.issuer.kind == Kind.PROVINCE else None
    reader = _Names(matches, on=on, under=under)
    duties = tuple(_duty(finding, reader) for finding in findings)
    return Plan(paper=paper, on=on, duties=duties, fingerprint=_fingerprint(findings))


def assigning_day(paper: Paper, *, today: date) -> date:
    """The day on which the names of `paper` are read: its own where it bears one, else today."""
    return paper.issued_on or today


def machine_choices(plan: Plan) -> Mapping[str, Choice]:
    """The choices that follow from the names alone; open names have none."""
    return {name.key: Choice(agencies=name.agencies) for duty in plan.duties for name in duty.names if not name.is_open}


def _duty(finding: Finding, reader: _Names) -> PlannedDuty:
    value = finding.value
    deadline = value.get("deadline") or {}
    recurrence = deadline.get("recurrence") or ""
    due_on = deadline.get("due_on")
    return PlannedDuty(
        finding=finding,
        action=value.get("action") or "",
        quote=finding.reading.text[finding.start or 0 : finding.end or 0],
        conditional=bool(value.get("conditional")),
        deadline_on=date.fromisoformat(due_on) if due_on and not recurrence else None,
        deadline_words=deadline.get("text") or "",
        recurrence=recurrence,
        leads=tuple(reader.read(value.get("lead") or (), prefix=f"{finding.pk}-chu-tri")),
        coordinators=tuple(reader.read(value.get("coordinators") or (), prefix=f"{finding.pk}-phoi-hop")),
    )


class _Names:
    """Turns names into agencies as of one day."""

    def __init__(self, matches: Mapping[str, Match], *, on: date, under: Agency | None) -> None:
        self.matches, self.on, self.under = matches, on, under
        self._groups: dict[str, list[PlannedName]] = {}

    def read(self, names: Iterable[str], *, prefix: str) -> Iterable[PlannedName]:
        number = 0
        for words in names:
            for name in self._one(words):
                number += 1
                yield PlannedName(
                    key=f"{prefix}-{number}",
                    words=name.words,
                    agencies=name.agencies,
                    candidates=name.candidates,
                    gone=name.gone,
                    is_group=name.is_group,
                )

    def _one(self, words: str) -> list[PlannedName]:
        match = self.matches[words]
        if match.agency is not None:
            return [PlannedName("", words, agencies=(match.agency,))]
        if match.candidates:
            return [PlannedName("", words, candidates=match.candidates)]
        if match.gone is not None:
            return [PlannedName("", words, candidates=match.successors, gone=match.gone)]
        if words not in self._groups:
            self._groups[words] = self._group(words)
        return self._groups[words]

    def _group(self, words: str) -> list[PlannedName]:
        group = read_group(words, on=self.on, under=self.under)
        if not group.agencies:
            return [PlannedName("", words)]
        found = [PlannedName("", words, agencies=group.agencies, is_group=True)]
        found += [PlannedName("", match.text, candidates=match.candidates) for match in group.ambiguous]
        found += [PlannedName("", rest) for rest in group.left_over]
        return found


def _fingerprint(findings: Iterable[Finding]) -> str:
    said = "\n".join(f"{finding.pk} {finding.state} {finding.value!r}" for finding in findings)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
