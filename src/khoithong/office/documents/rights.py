"""Who may do what with papers, asked in one place. Each raises Forbidden, a refusal that names the way out."""

from __future__ import annotations

from django.utils.translation import gettext as _

from khoithong.office.accounts.models import Person
from khoithong.office.accounts.permissions import Capability, can, require
from khoithong.office.base.actions import Forbidden
from khoithong.office.documents.models import Paper
from khoithong.office.documents.queries import visible_papers


def require_keep(by: Person) -> None:
    """May bring in papers for the own agency."""
    require(by, Capability.REGISTER_PAPERS, agency=by.agency)


def require_register(by: Person) -> None:
    """May enter papers in the registers of the own agency."""
    require(by, Capability.REGISTER_PAPERS, agency=by.agency)


def require_see(by: Person, paper: Paper) -> None:
    """May see `paper`; to others it does not exist."""
    if not visible_papers(by).filter(pk=paper.pk).exists():
        raise Forbidden(_("Không có văn bản này trong phạm vi cơ quan của bạn."))


def require_review(by: Person, paper: Paper) -> None:
    """May decide what the reading of `paper` says: for the agency that brought it in."""
    require_see(by, paper)
    require(by, Capability.REVIEW_READINGS, agency=paper.holder)


def require_change(by: Person, paper: Paper) -> None:
    """May correct who `paper` is and attach files: who registers for its holder, or reviews it."""
    require_see(by, paper)
    if not may_review(by, paper):
        require(by, Capability.REGISTER_PAPERS, agency=paper.holder)


def may_review(person: Person, paper: Paper) -> bool:
    """Whether to offer the review to `person`, who sees `paper`."""
    return can(person, Capability.REVIEW_READINGS, agency=paper.holder)


def may_change(person: Person, paper: Paper) -> bool:
    """Whether to offer corrections to `person`, who sees `paper`."""
    return may_review(person, paper) or can(person, Capability.REGISTER_PAPERS, agency=paper.holder)


def may_register(person: Person) -> bool:
    """Whether to offer uploads and registers to `person`."""
    return can(person, Capability.REGISTER_PAPERS, agency=person.agency)
