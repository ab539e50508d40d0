"""What is cited and in no register; how well the reader does in use."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khoithong.office.documents.models import Finding
from khoithong.office.documents.queries import accuracy_in_use, unmatched_citations
from khoithong.office.documents.rules import rule_words
from khoithong.office.documents.values import FIELD_WORDS
from khoithong.office.documents.views.common import person_of, tabs

SHOWN = 200
"""Of the papers that are missing, the most cited ones that the page lists."""


@require_GET
def unmatched(request: HttpRequest) -> HttpResponse:
    """The papers cited that no register knows, most cited first."""
    missing = unmatched_citations(person_of(request))
    context = {"tabs": tabs("missing"), "missing": missing[:SHOWN], "total": len(missing), "shown": SHOWN}
    return render(request, "documents/unmatched.html", context)


@require_GET
def accuracy(request: HttpRequest) -> HttpResponse:
    """Proposal against decision, for each kind and rule of the reader."""
    rows = accuracy_in_use()
    kinds = dict(Finding.Kind.choices)
    lines = [
        {
            "row": row,
            "kind": kinds[row.kind],
            "rule": rule_words(row.rule) if row.rule else _("không có đề xuất"),
            "fields": ", ".join(f"{FIELD_WORDS[name]} {count}" for name, count in row.fields.most_common()),
        }
        for row in rows
    ]
    decided = sum(row.proposed for row in rows)
    unchanged = sum(row.unchanged for row in rows)
    context = {
        "tabs": tabs("accuracy"),
        "lines": lines,
        "decided": decided,
        "per_cent": unchanged * 100 // decided if decided else None,
        "added": sum(row.added for row in rows),
    }
    return render(request, "documents/accuracy.html", context)
