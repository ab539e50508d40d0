"""The audit trail: written once per action, undone with it, and closed to any change by the database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from khoithong.office.agencies.models import Agency, Kind
from khoithong.office.base import actions as audit_actions
from khoithong.office.base.actions import Refused, recorded, register_verbs, story_of
from khoithong.office.base.models import AuditEntry

AT = datetime(2023, 11, 22, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _a_verb_of_these_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Known here only: the pages list every verb there is, and other tests read the pages."""
    monkeypatch.setattr(audit_actions, "VERBS", dict(audit_actions.VERBS))
    register_verbs({"test.agency_made": "Lập cơ quan thử"})


def make_agency(name: str = "Sở Thử nghiệm") -> Agency:
    with recorded(verb="test.agency_made", by=None, at=AT) as record:
        agency = Agency.objects.create(code=name.replace(" ", "-"), kind=Kind.DEPARTMENT, name=name)
        record.about(agency, summary="để thử", name=name)
    return agency


@pytest.mark.django_db
def test_an_action_writes_one_entry_about_its_object() -> None:
    agency = make_agency()
    make_agency("Sở Khác")

    entry = story_of(agency).get()

    assert (entry.verb, entry.object_label, entry.data, entry.at) == (
        "test.agency_made",
        "Sở Thử nghiệm",
        {"name": "Sở Thử nghiệm"},
        AT,
    )


@pytest.mark.django_db
def test_a_refusal_leaves_neither_object_nor_entry() -> None:
    def refuse() -> None:
        with recorded(verb="test.agency_made", by=None, at=AT) as record:
            record.about(Agency.objects.create(code="x", kind=Kind.DEPARTMENT, name="Sở X"))
            raise Refused("không được")

    with pytest.raises(Refused):
        refuse()

    assert not Agency.objects.filter(code="x").exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_an_unknown_verb_is_refused_before_anything_is_done() -> None:
    with pytest.raises(KeyError), recorded(verb="test.unheard_of", by=None, at=AT):
        make_agency()
    assert not Agency.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("sql", ["UPDATE base_auditentry SET summary = 'x'", "DELETE FROM base_auditentry"])
def test_the_database_refuses_to_change_an_entry(sql: str) -> None:
    make_agency()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEntry.objects.get().summary == "để thử"


@pytest.mark.django_db(transaction=True)
def test_the_triggers_stand_again_after_a_test_database_was_flushed() -> None:
    make_agency()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM base_auditentry")


@pytest.mark.django_db(transaction=True)
def test_the_triggers_stand_after_the_flush_of_the_test_before() -> None:
    make_agency()
    with pytest.raises(DatabaseError, match="append-only"):
        AuditEntry.objects.all().delete()
