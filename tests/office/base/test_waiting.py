"""What waits for a person is counted in one query, of whatever kinds."""

from __future__ import annotations

from typing import Any

import pytest

from khoithong.office.agencies.models import Agency
from khoithong.office.base.waiting import counted_together
from khoithong.office.documents.models import Paper
from tests.factories import make_agency, make_paper, make_task

pytestmark = pytest.mark.django_db


def test_things_of_several_kinds_are_counted_in_one_query(django_assert_num_queries: Any) -> None:
    one, two = make_agency("Sở Một"), make_agency("Sở Hai")
    for _number in range(3):
        make_paper(holder=one)
    make_task(lead=two, assigner=one)
    with django_assert_num_queries(1):
        counts = counted_together(
            Paper.objects.filter(holder=one).select_related("holder").order_by("symbol"),
            Agency.objects.filter(name="Sở Ba"),
            Agency.objects.none(),
            Agency.objects.filter(led_tasks__isnull=False).distinct(),
        )
    assert counts == [4, 0, 0, 1]


def test_one_kind_alone_and_an_empty_table_are_counted_too() -> None:
    assert counted_together(Agency.objects.all()) == [0]
    assert counted_together(Agency.objects.none()) == [0]
    assert counted_together(Agency.objects.none(), Paper.objects.none()) == [0, 0]
