"""What the frame of every page shows as waiting for a person, of tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khoithong.office.base.clock import local_date
from khoithong.office.base.waiting import Waiting
from khoithong.office.tasks.queries import (
    extensions_to_decide,
    proofs_to_confirm,
    refusals_to_answer,
    reminded,
    to_redo,
)


def waiting_tasks(person: Any, at: datetime) -> Iterator[Waiting]:
    """One query for each kind, whatever the number of tasks."""
    page = reverse("tasks:mine")
    yield Waiting(_("Nhiệm vụ đến hạn, quá hạn"), reminded(person, on=local_date(at)).count(), f"{page}#den-han")
    yield Waiting(_("Nhiệm vụ phải làm lại"), to_redo(person).count(), f"{page}#lam-lai")
    yield Waiting(_("Minh chứng chờ xác nhận"), proofs_to_confirm(person).count(), f"{page}#minh-chung")
    yield Waiting(_("Đề nghị gia hạn chờ trả lời"), extensions_to_decide(person).count(), f"{page}#gia-han")
    yield Waiting(_("Nhiệm vụ bị từ chối nhận"), refusals_to_answer(person).count(), f"{page}#tu-choi")
