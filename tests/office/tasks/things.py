"""Agencies, people and tasks for the tests of this room. Nothing is random; nothing comes into being unasked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from khoithong.office.accounts.models import Person, Role, RoleGrant
from khoithong.office.agencies.models import Agency, AgencyName, Kind
from khoithong.office.documents.models import Direction, Entry, Finding, Paper, Reading, Register
from khoithong.office.tasks.models import Task, WorkState

AT = datetime(2023, 11, 28, 2, tzinfo=UTC)
"""Tuesday 28/11/2023, 09:00 in Viet Nam."""
TODAY = date(2023, 11, 28)


PROVINCE = "UBND tỉnh Thử"


def agency(name: str = PROVINCE, kind: Any = None) -> Agency:
    kind = kind or (Kind.PROVINCE if name == PROVINCE else Kind.DEPARTMENT)
    found, made = Agency.objects.get_or_create(
        name=name, defaults={"code": f"c{Agency.objects.count() + 1}", "kind": kind, "mark": "M"}
    )
    if made:
        AgencyName.objects.create(agency=found, text=name, use=AgencyName.Use.OFFICIAL)
    return found


def person(agency_name: str, *roles: Role, name: str = "") -> Person:
    number = Person.objects.count() + 1
    made = Person.objects.create(
        username=f"p{number}", full_name=name or f"Người thứ {number}", agency=agency(agency_name)
    )
    RoleGrant.objects.bulk_create(RoleGrant(person=made, role=role) for role in roles)
    return made


def task(**given: Any) -> Task:
    """A task laid by UBND tỉnh Thử on Sở A by telephone, without a deadline, unless told otherwise."""
    state = given.get("work_state", WorkState.NOT_STARTED)
    values: dict[str, Any] = {
        "action": "lập danh mục thử",
        "lead": None if given.get("is_group") else agency("Sở A"),
        "assigner": agency(),
        "assigned_on": date(2023, 11, 20),
        "origin_note": "" if given.get("paper") else "giao qua điện thoại",
        "offered_on": TODAY if state == WorkState.AWAITING else None,
        "done_on": TODAY if state == WorkState.DONE else None,
        "created_at": AT,
    }
    return Task.objects.create(**{**values, **given})


def paper(symbol: str = "01/UBND-TH", *, holder: Agency | None = None, registered: bool = False, **given: Any) -> Paper:
    made = Paper.objects.create(
        symbol=symbol,
        type=given.pop("type", "công văn"),
        holder=holder or agency(),
        issued_on=given.pop("issued_on", date(2023, 11, 27)),
        created_at=AT,
        **given,
    )
    if registered:
        register, _made = Register.objects.get_or_create(agency=made.holder, direction=Direction.INCOMING, year=AT.year)
        register.last_number += 1
        register.save()
        Entry.objects.create(register=register, number=register.last_number, paper=made, entered_on=TODAY)
    return made


def duty(
    lead: list[str],
    *,
    of: Paper,
    coordinators: tuple[str, ...] = (),
    action: str = "lập danh mục phần mềm dùng chung",
    deadline: dict[str, Any] | None = None,
    state: Finding.State = Finding.State.ACCEPTED,
) -> Finding:
    """A duty of `of`, as a person has accepted it; its own words are put at the end of the paper's text."""
    reading, _made = Reading.objects.get_or_create(
        paper=of, defaults={"text": "UBND tỉnh Thử yêu cầu:\n", "reader_version": "thử", "read_at": AT}
    )
    words = f"{', '.join(lead)} {action}"
    start = len(reading.text)
    reading.text += words + ".\n"
    reading.save()
    value = {
        "lead": lead,
        "coordinators": list(coordinators),
        "action": action,
        "conditional": False,
        "deadline": deadline,
        "start": start,
        "end": start + len(words),
    }
    return Finding.objects.create(
        reading=reading,
        kind=Finding.Kind.DUTY,
        start=start,
        end=start + len(words),
        proposal=value,
        decision=value if state not in (Finding.State.PROPOSED, Finding.State.DISCARDED) else None,
        state=state,
    )
