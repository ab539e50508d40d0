"""From a citation to the paper it means: at once where the register knows it, else when that paper arrives.

Not actions of their own but steps inside them: they run in the caller's transaction and leave no audit entry.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from khoithong.office.agencies.models import Agency
from khoithong.office.base.text import fold, symbol_key
from khoithong.office.documents.models import Citation, Finding, Paper, PaperRecipient, Reading
from khoithong.office.documents.queries import agency_named
from khoithong.office.documents.values import day

KEPT = (Finding.State.ACCEPTED, Finding.State.CORRECTED, Finding.State.ADDED)
"""States in which a finding stands as a person wants it."""


def link_finding(finding: Finding) -> Citation | None:
    """The citation of one citation finding as it now stands: made, changed, or taken away with the finding."""
    if finding.state not in KEPT:
        Citation.objects.filter(finding=finding).delete()
        return None
    value = finding.value
    citation = Citation.objects.filter(finding=finding).first() or Citation(
        finding=finding, citing_id=finding.reading.paper_id
    )
    citation.symbol = value.get("symbol") or ""
    citation.type = value.get("type") or ""
    citation.issuer_name = value.get("issuer") or ""
    citation.issued_on = day(value.get("issued_on"))
    citation.title = value.get("title") or ""
    citation.cited = paper_meant(citation)
    citation.save()
    return citation


def link_citations(reading: Reading) -> None:
    """Makes a citation of every kept citation finding of `reading`, and links those not linked yet where it can."""
    kept = reading.findings.filter(kind=Finding.Kind.CITATION, state__in=KEPT)
    kept = kept.filter(Q(citation__isnull=True) | Q(citation__cited__isnull=True))
    for finding in kept.select_related("reading"):
        link_finding(finding)


def link_waiting(paper: Paper) -> int:
    """Links what waited for `paper`, and lets go what no longer means it; how many citations changed.

    Called whenever a paper is made or its identity is corrected.
    """
    waiting = Citation.objects.filter(cited__isnull=True).exclude(citing=paper)
    by_symbol = waiting.filter(symbol_key=paper.symbol_key) if paper.symbol_key else waiting.none()
    by_title = waiting.filter(symbol_key="", issued_on=paper.issued_on) if paper.subject else waiting.none()
    # A second paper that fits as well makes the ones that are linked doubtful, so they are asked again, too.
    rivals = Citation.objects.exclude(symbol_key="").filter(symbol_key=paper.symbol_key, cited__isnull=False)
    linked = Citation.objects.filter(cited=paper)
    changed = 0
    for citation in {c.pk: c for group in (linked, by_symbol, by_title, rivals) for c in group}.values():
        meant = paper_meant(citation)
        if (meant.pk if meant else None) != citation.cited_id:
            citation.cited = meant
            citation.save(update_fields=["cited"])
            changed += 1
    return changed


def paper_meant(citation: Citation) -> Paper | None:
    """The one paper that `citation` can mean, or None where there is none or where several fit equally.

    By symbol: the same key; the day must agree where both give one; the issuer must not contradict, and decides between
    several. By title, where no symbol is given: type and subject as cited, and the same day.
    """
    found = _by_symbol(citation) if citation.symbol else _by_title(citation)
    if citation.issued_on:
        found = [p for p in found if p.issued_on == citation.issued_on] or [p for p in found if p.issued_on is None]
    if citation.issuer_name:
        agreeing = [p for p in found if _same_body(citation.issuer_name, p)]
        found = agreeing or [p for p in found if not p.issuer_name]
    return found[0] if len(found) == 1 else None


def share_with(paper: Paper, agencies: Iterable[Agency]) -> None:
    """Lets `agencies` see `paper`: it was sent to them or lays a duty on them. May be called again."""
    PaperRecipient.objects.bulk_create(
        [PaperRecipient(paper=paper, agency=agency) for agency in dict.fromkeys(agencies)], ignore_conflicts=True
    )


def _by_symbol(citation: Citation) -> list[Paper]:
    papers = Paper.objects.filter(symbol_key=symbol_key(citation.symbol)).exclude(pk=citation.citing_id)
    return list(papers)


def _by_title(citation: Citation) -> list[Paper]:
    title = fold(citation.title)
    if citation.issued_on is None or not title:
        return []
    papers = Paper.objects.filter(issued_on=citation.issued_on).exclude(pk=citation.citing_id)
    return [p for p in papers if title in (fold(p.subject), fold(f"{p.type} {p.subject}"))]


def _same_body(name: str, paper: Paper) -> bool:
    if fold(name) == fold(paper.issuer_name):
        return True
    named = agency_named(name, on=paper.issued_on)
    return named is not None and named.pk == paper.issuer_id
