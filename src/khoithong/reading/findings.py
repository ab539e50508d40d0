"""What a reading says beyond citations and duties: provisions, relations, short forms, warnings.

Values only. Offsets are those of `model`: characters of the NFC text, `start` inclusive, `end` exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any


@dataclass(frozen=True, slots=True)
class Target:
    """The paper that words mean: the text's own, a citation by its index, or none with the reason."""

    own: bool = False
    citation: int | None = None
    reason: str | None = None

    @property
    def known(self) -> bool:
        return self.own or self.citation is not None

    def to_json(self) -> dict[str, Any]:
        return {"own": self.own, "citation": self.citation, "reason": self.reason}


#: the paper that is being read
OWN = Target(own=True)


def cited(index: int) -> Target:
    """The paper of the citation with this index."""
    return Target(citation=index)


def unresolved(reason: str) -> Target:
    """No paper, and why, in Vietnamese."""
    return Target(reason=reason)


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision that the text points at: as much of the way down to it as is printed, and the paper it is in.

    Numbers and letters are as printed ("5", "2a", "đ", "II"); one of a range that is not printed itself is written like
    its neighbours, and the span is that of the range.
    """

    paper: Target
    start: int
    end: int
    point: str | None = None
    clause: str | None = None
    article: str | None = None
    section: str | None = None
    chapter: str | None = None
    part: str | None = None
    annex: str | None = None
    rule: str = ""
    certainty: float = 1.0

    def to_json(self) -> dict[str, Any]:
        levels = ("point", "clause", "article", "section", "chapter", "part", "annex")
        return {
            **{level: getattr(self, level) for level in levels},
            "paper": self.paper.to_json(),
            **_found(self.start, self.end, self.rule, self.certainty),
        }


class RelationKind(Enum):
    """What one paper is to another."""

    BASIS = "legal-basis"
    AMENDS = "amends"
    REPLACES = "replaces"
    REPEALS = "repeals"
    GUIDES = "guides"
    CARRIES_OUT = "carries-out"
    ANSWERS = "answers"
    AT_REQUEST = "at-request"


@dataclass(frozen=True, slots=True)
class Relation:
    """`subject` amends, answers, has as its basis, ... `object`. The span is that of the words that say so."""

    kind: RelationKind
    subject: Target
    object: Target
    start: int
    end: int
    rule: str = ""
    certainty: float = 1.0

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "subject": self.subject.to_json(),
            "object": self.object.to_json(),
            **_found(self.start, self.end, self.rule, self.certainty),
        }


@dataclass(frozen=True, slots=True)
class Reference:
    """A short form that points at a paper ("Nghị quyết này", "Công văn nêu trên", "Đề án 06"): no citation."""

    text: str
    paper: Target
    start: int
    end: int
    rule: str = ""
    certainty: float = 1.0

    def to_json(self) -> dict[str, Any]:
        found = _found(self.start, self.end, self.rule, self.certainty)
        return {"text": self.text, "paper": self.paper.to_json(), **found}


class SlipKind(Enum):
    """What may be a slip of the pen."""

    YEAR_MISMATCH = "year-mismatch"
    DEADLINE_BEFORE_PAPER = "deadline-before-paper"
    AGENCY_IMPOSSIBLE = "agency-impossible"
    NO_SUCH_DATE = "no-such-date"
    TYPE_AGAINST_SYMBOL = "type-against-symbol"
    ISSUER_AGAINST_SYMBOL = "issuer-against-symbol"
    TWO_DATES = "two-dates"


@dataclass(frozen=True, slots=True)
class Slip:
    """A likely slip: a message in Vietnamese that names the place and the way out, and the words it is about."""

    kind: SlipKind
    message: str
    start: int
    end: int
    rule: str = ""
    certainty: float = 1.0

    def to_json(self) -> dict[str, Any]:
        found = _found(self.start, self.end, self.rule, self.certainty)
        return {"kind": self.kind.value, "message": self.message, **found}


def _found(start: int, end: int, rule: str, certainty: float) -> dict[str, Any]:
    return {"start": start, "end": end, "rule": rule, "certainty": certainty}
