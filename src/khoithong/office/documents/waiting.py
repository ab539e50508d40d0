"""What waits for a person in the papers: readings of the own agency that nobody has finished reviewing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khoithong.office.accounts.models import Person
from khoithong.office.accounts.permissions import Capability, can
from khoithong.office.base.waiting import Waiting
from khoithong.office.documents.models import Reading


def papers_to_review(person: Any, at: datetime) -> Iterator[Waiting]:
    """The open readings of papers that the person's agency brought in, for those who review."""
    if isinstance(person, Person) and can(person, Capability.REVIEW_READINGS, agency=person.agency):
        count = Reading.objects.filter(state=Reading.State.DRAFT, paper__holder=person.agency_id).count()
        yield Waiting(_("Văn bản chờ soát"), count, reverse("documents:upload"))
