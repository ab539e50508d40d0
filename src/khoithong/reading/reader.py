"""From the text of a paper to what it says: the one way in to the grammar."""

from __future__ import annotations

from dataclasses import replace

from khoithong.reading.citations import find_cited
from khoithong.reading.duties import find_assignments
from khoithong.reading.identity import find_identity
from khoithong.reading.mending import mended, moved
from khoithong.reading.model import Directive
from khoithong.reading.provisions import find_provisions
from khoithong.reading.references import Setting, find_references
from khoithong.reading.relations import find_relations
from khoithong.reading.slips import find_slips
from khoithong.reading.text import flatten, nfc


def read(text: str) -> Directive:
    """Who the paper is, which others it names, what it lays on whom. Any text is read; what is not there stays empty.

    Offsets in the result point into `Directive.text`, the NFC form of `text`, as it was given. Where the text is
    damaged (`mending`), the words of a finding are those that were meant.
    """
    given = nfc(text)
    mapped = mended(given)
    if mapped is None:
        return _read(given)
    found: Directive = moved(_read(mapped.text), mapped)
    return replace(found, text=given)


def _read(whole: str) -> Directive:
    flat = flatten(whole)
    identity = find_identity(whole, flat)
    cited = find_cited(flat, identity)
    assignments = find_assignments(whole, flat, identity, cited.citations)
    setting = Setting.of(flat, identity, cited)
    references = find_references(setting)
    return Directive(
        text=whole,
        identity=identity,
        citations=cited.citations,
        assignments=assignments,
        provisions=find_provisions(setting, references),
        relations=find_relations(setting, references),
        references=references,
        warnings=find_slips(whole, setting, assignments),
    )
