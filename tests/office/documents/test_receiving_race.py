"""The same file sent by several people at the same moment becomes one paper; the others are told which."""

from __future__ import annotations

import pytest
from django.conf import settings

from khoithong.office.accounts.models import Person, Role
from khoithong.office.documents.actions import receive_file
from khoithong.office.documents.actions.papers import Double
from khoithong.office.documents.models import Paper, StoredFile
from tests.factories import AT, make_person
from tests.office.documents.test_numbering_race import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]

SENDERS = 5
TEXT = "UBND TỈNH THỬ\n\nGhi chú không số, không ngày.\n\nSở Nội vụ rà soát biên chế.\n"


def test_the_same_bytes_sent_at_once_become_one_paper() -> None:
    sender: Person = make_person(Role.CLERK)

    results = at_once(lambda n: receive_file(by=sender, data=TEXT.encode(), name=f"ban-{n}.txt", at=AT), times=SENDERS)

    assert sorted(type(result).__name__ for result in results) == ["Double"] * (SENDERS - 1) + ["Paper"]
    assert Paper.objects.count() == StoredFile.objects.count() == 1
    assert {result.paper for result in results if isinstance(result, Double)} == {Paper.objects.get()}
    assert sum(path.is_file() for path in settings.FILES_ROOT.rglob("*")) == 1
