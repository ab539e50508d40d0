"""The columns of an archive that was read: one row for each document, typed, as docs/reference/archive.md says."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from khoithong.reading.archives import CannotRead

if TYPE_CHECKING:
    from khoithong.reading.model import Directive

Row = dict[str, Any]

_LEVELS = ("point", "clause", "article", "section", "chapter", "part", "annex")


def arrow() -> Any:
    """The module pyarrow. Raises CannotRead where the extra is not installed."""
    try:
        import pyarrow  # noqa: PLC0415, ICN001 - an extra; the rest of the reading does without
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError:
        raise CannotRead(
            "cần gói pyarrow; hãy cài: pip install 'khoithong[archive]' (hoặc pip install pyarrow)"
        ) from None
    return pyarrow


@cache
def schema() -> Any:
    """The Arrow schema. Offsets count characters of the NFC text, `end` exclusive."""
    pa = arrow()
    text, place = pa.string(), pa.int64()
    deadline = [("text", text), ("start", place), ("end", place), ("due_on", pa.date32()), ("recurrence", text)]
    document = [
        ("symbol", text),
        ("type", text),
        ("issuer", text),
        ("issued_on", pa.date32()),
        ("subject", text),
        ("start", place),
        ("end", place),
        ("rule", text),
    ]
    citation = [
        ("symbol", text),
        ("type", text),
        ("issuer", text),
        ("issued_on", pa.date32()),
        ("title", text),
        ("start", place),
        ("end", place),
        ("rule", text),
        ("certainty", pa.float32()),
    ]
    assignment = [
        ("lead", pa.list_(text)),
        ("coordinators", pa.list_(text)),
        ("action", text),
        ("conditional", pa.bool_()),
        ("deadline", pa.struct(deadline)),
        ("start", place),
        ("end", place),
        ("rule", text),
        ("certainty", pa.float32()),
    ]
    found = [("start", place), ("end", place), ("rule", text), ("certainty", pa.float32())]
    paper = pa.struct([("own", pa.bool_()), ("citation", place), ("reason", text)])
    provision = [(level, text) for level in _LEVELS] + [("paper", paper), *found]
    relation = [("kind", text), ("subject", paper), ("object", paper), *found]
    reference = [("text", text), ("paper", paper), *found]
    warning = [("kind", text), ("message", text), *found]
    return pa.schema(
        [
            pa.field("source", text, nullable=False),
            pa.field("id", text, nullable=False),
            pa.field("error", text),
            pa.field("characters", place),
            pa.field("document", pa.struct(document)),
            pa.field("citations", pa.list_(pa.struct(citation))),
            pa.field("assignments", pa.list_(pa.struct(assignment))),
            pa.field("provisions", pa.list_(pa.struct(provision))),
            pa.field("relations", pa.list_(pa.struct(relation))),
            pa.field("references", pa.list_(pa.struct(reference))),
            pa.field("warnings", pa.list_(pa.struct(warning))),
        ]
    )


def table(rows: list[Row]) -> Any:
    """The Arrow table of some rows."""
    return arrow().Table.from_pylist(rows, schema=schema())


def failed_row(source: str, name: str, reason: str) -> Row:
    """The row of a document that could not be read: the reason, and nothing else."""
    return {"source": source, "id": name, "error": reason}


def row(source: str, name: str, directive: Directive) -> Row:
    """The row of a reading."""
    identity = directive.identity
    start, end = identity.span or (None, None)
    return {
        "source": source,
        "id": name,
        "error": None,
        "characters": len(directive.text),
        "document": {**_values(identity), "start": start, "end": end},
        "citations": [_values(citation) for citation in directive.citations],
        "assignments": [_assignment(assignment) for assignment in directive.assignments],
        **{
            name: [finding.to_json() for finding in getattr(directive, name)]
            for name in ("provisions", "relations", "references", "warnings")
        },
    }


def _values(value: Any) -> Row:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def _assignment(assignment: Any) -> Row:
    deadline = assignment.deadline
    when = None
    if deadline:
        when = _values(deadline) | {"recurrence": deadline.recurrence.value if deadline.recurrence else None}
    return _values(assignment) | {"deadline": when}
