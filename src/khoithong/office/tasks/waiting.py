"""What the frame of every page shows as waiting for a person, of tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khoithong.office.base.clock import local_date
from khoithong.office.base.waiting import Waiting, counted_together
from khoithong.office.tasks.queries import (
    extensions_to_decide,
    proofs_to_confirm,
    refusals_to_answer,
    reminded,
    to_redo,
)


def waiting_tasks(person: Any, at: datetime) -> Iterator[Waiting]:
    """One query, whatever the number of tasks."""
    page = reverse("tasks:mine")
    due, redo, proofs, extensions, refusals = counted_together(
        reminded(person, on=local_date(at)),
        to_redo(person),
        proofs_to_confirm(person),
        extensions_to_decide(person),
        refusals_to_answer(person),
    )
    yield Waiting(_("Nhiệm vụ đến hạn, quá hạn"), due, f"{page}#den-han")
    yield Waiting(_("Nhiệm vụ phải làm lại"), redo, f"{page}#lam-lai")
    yield Waiting(_("Minh chứng chờ xác nhận"), proofs, f"{page}#minh-chung")
    yield Waiting(_("Đề nghị gia hạn chờ trả lời"), extensions, f"{page}#gia-han")
    yield Waiting(_("Nhiệm vụ bị từ chối nhận"), refusals, f"{page}#tu-choi")
