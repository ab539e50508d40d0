"""What a reading yields: frozen values, each with its place in the text and the rule that found it.

Offsets count Python characters in the NFC text, `start` inclusive, `end` exclusive. Agencies, titles and actions stay
in the words of the paper (abbreviations of agencies expanded). Nothing is guessed: what the text lacks is None or ().
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from khoithong.reading.findings import Provision, Reference, Relation, Slip


class Recurrence(Enum):
    """How often a duty comes back; such a duty has no single last day."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"
    CONTINUOUS = "continuous"


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a duty must be done: the words, and the last day that keeps them where the words give one."""

    text: str
    start: int
    end: int
    due_on: date | None = None
    recurrence: Recurrence | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "recurrence": self.recurrence.value if self.recurrence else None,
        }


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the paper itself is. `span` is the place of its symbol in the text, None where no symbol stands;
    `subject_span` is the place of its subject."""

    symbol: str | None = None
    type: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    subject: str | None = None
    span: tuple[int, int] | None = None
    rule: str = ""
    subject_span: tuple[int, int] | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "symbol": self.symbol,
            "type": self.type,
            "issuer": self.issuer,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "subject": self.subject,
        }


@dataclass(frozen=True, slots=True)
class Citation:
    """Another paper that the text identifies, at its first mention. One of `symbol` and `title` is given."""

    symbol: str | None
    type: str | None
    issuer: str | None
    issued_on: date | None
    title: str | None
    start: int
    end: int
    rule: str = ""
    certainty: float = 1.0

    def to_json(self) -> dict[str, Any]:
        return {
            "symbol": self.symbol,
            "type": self.type,
            "issuer": self.issuer,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "title": self.title,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class Assignment:
    """A duty that the text lays on named bodies. `certainty` is 0..1 and orders the review, doubtful first."""

    lead: tuple[str, ...]
    coordinators: tuple[str, ...]
    action: str
    conditional: bool
    deadline: Deadline | None
    start: int
    end: int
    rule: str = ""
    certainty: float = 1.0

    def to_json(self) -> dict[str, Any]:
        return {
            "lead": list(self.lead),
            "coordinators": list(self.coordinators),
            "action": self.action,
            "conditional": self.conditional,
            "deadline": self.deadline.to_json() if self.deadline else None,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class Directive:
    """The whole reading of one text. `text` is the NFC text that every offset points into. A target of the last four
    that is no paper of its own is an index into `citations`."""

    text: str
    identity: Identity
    citations: tuple[Citation, ...] = field(default=())
    assignments: tuple[Assignment, ...] = field(default=())
    provisions: tuple[Provision, ...] = field(default=())
    relations: tuple[Relation, ...] = field(default=())
    references: tuple[Reference, ...] = field(default=())
    warnings: tuple[Slip, ...] = field(default=())

    def to_json(self, *, source_id: str, full: bool = False) -> dict[str, Any]:
        """The JSON form of a reading: one object per document, keyed as docs/reference/reading-json.md says. `full`
        adds rule and certainty to each finding, and provisions, relations, references and warnings."""
        if full:
            return self._full(source_id)
        return {
            "id": source_id,
            "document": self.identity.to_json(),
            "citations": [c.to_json() for c in self.citations],
            "assignments": [a.to_json() for a in self.assignments],
        }

    def _full(self, source_id: str) -> dict[str, Any]:
        found = self.to_json(source_id=source_id)
        for shown, citation in zip(found["citations"], self.citations, strict=True):
            shown.update(rule=citation.rule, certainty=citation.certainty)
        for shown, duty in zip(found["assignments"], self.assignments, strict=True):
            shown.update(rule=duty.rule, certainty=duty.certainty)
        for key in ("provisions", "relations", "references", "warnings"):
            found[key] = [finding.to_json() for finding in getattr(self, key)]
        return found
