"""Makes what tests need, plainly: each function makes one thing, with values that can be read here or given.

Nothing is random, nothing is looked up, and only what a thing cannot be without is made along with it (`make_person`
makes an agency where none is given, `make_paper` a holder, `make_task` an assigner, a lead and a paper).
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from khoithong.office.accounts.models import Person, Role, RoleGrant
from khoithong.office.agencies.models import Affiliation, Agency, AgencyName, Kind
from khoithong.office.agencies.spelling import spelling_key
from khoithong.office.documents.models import Paper
from khoithong.office.tasks.models import Task

AT = datetime(2023, 11, 22, 3, tzinfo=UTC)
"""Ten in the morning in Viet Nam on Wednesday 22 November 2023: the moment of tests that need one."""
ON = date(2023, 11, 22)
PASSWORD = "Thu-nghiem-2023!"
"""A password that satisfies the rules."""

_numbers = count(1)


def make_agency(
    name: str | None = None,
    *,
    kind: Kind = Kind.DEPARTMENT,
    code: str | None = None,
    short_name: str = "",
    parent: Agency | None = None,
    **fields: Any,
) -> Agency:
    """An agency, to be looked up by its name and its short name. Further `fields` as in the model."""
    number = next(_numbers)
    agency = Agency.objects.create(
        code=code or f"co-quan-{number}", kind=kind, name=name or f"Sở Số {number}", short_name=short_name, **fields
    )
    AgencyName.objects.create(agency=agency, text=agency.name, use=AgencyName.Use.OFFICIAL)
    if short_name and spelling_key(short_name) != spelling_key(agency.name):
        AgencyName.objects.create(agency=agency, text=short_name, use=AgencyName.Use.SHORT)
    if parent is not None:
        Affiliation.objects.create(child=agency, parent=parent)
    return agency


def make_person(
    role: Role | None = Role.OFFICER,
    *,
    agency: Agency | None = None,
    username: str | None = None,
    full_name: str | None = None,
    password: str | None = None,
    also: tuple[Role, ...] = (),
    **fields: Any,
) -> Person:
    """A person with one role (None: without any) and those in `also`. No password unless given: use `force_login`."""
    number = next(_numbers)
    person = Person.objects.create_user(
        username or f"nguoi-{number}",
        password,
        full_name=full_name or f"Nguyễn Văn Số {number}",
        agency=agency or make_agency(),
        **fields,
    )
    for held in (*((role,) if role else ()), *also):
        RoleGrant.objects.create(person=person, role=held)
    return person


def make_paper(
    symbol: str | None = None,
    *,
    holder: Agency | None = None,
    issuer: Agency | None = None,
    issued_on: date | None = ON,
    subject: str = "Về việc thử nghiệm",
    type: str = "công văn",
    **fields: Any,
) -> Paper:
    """A paper held by `holder`, issued by `issuer` or by nobody known; not registered, without file or reading."""
    fields.setdefault("created_at", AT)
    return Paper.objects.create(
        symbol=f"{next(_numbers)}/UBND-TN" if symbol is None else symbol,
        holder=holder or make_agency(),
        issuer=issuer,
        issuer_name=fields.pop("issuer_name", issuer.name if issuer else ""),
        issued_on=issued_on,
        subject=subject,
        type=type,
        **fields,
    )


def make_task(
    action: str = "Rà soát dữ liệu thử nghiệm",
    *,
    lead: Agency | None = None,
    assigner: Agency | None = None,
    paper: Paper | None = None,
    deadline_on: date | None = None,
    **fields: Any,
) -> Task:
    """A task not started, assigned on `ON` by `assigner` to `lead`. With `is_group=True` it has no lead."""
    assigner = assigner or (paper.issuer if paper and paper.issuer else make_agency(kind=Kind.PROVINCE))
    fields.setdefault("assigned_on", ON)
    fields.setdefault("created_at", AT)
    if not fields.get("is_group"):
        lead = lead or make_agency()
    return Task.objects.create(
        action=action,
        lead=lead,
        assigner=assigner,
        paper=paper or make_paper(holder=assigner, issuer=assigner),
        deadline_on=deadline_on,
        **fields,
    )
