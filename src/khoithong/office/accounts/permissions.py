"""What each role may do, and for whom: the one table that every action and page of the office asks.

A capability is held either for all agencies or for the person's own only. The auditor reads everything and writes
nothing, even when holding another role as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import Any, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khoithong.office.accounts.models import Person, Role
from khoithong.office.agencies.models import Agency
from khoithong.office.base.actions import Forbidden


class Capability(StrEnum):
    """One thing that a person may or may not do; `label` says it in the words of a message."""

    SEE_ALL = "see_all"
    READ_AUDIT = "read_audit"
    REGISTER_PAPERS = "register_papers"
    REVIEW_READINGS = "review_readings"
    ASSIGN_TASKS = "assign_tasks"
    REPORT_PROGRESS = "report_progress"
    CONFIRM_PROOF = "confirm_proof"
    DECIDE_EXTENSION = "decide_extension"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_AGENCIES = "manage_agencies"
    MANAGE_CALENDAR = "manage_calendar"

    @property
    def label(self) -> str:
        """What may be done: "giao nhiệm vụ"."""
        return str(WORDS[self])


WORDS: Mapping[Capability, Promise] = {
    Capability.SEE_ALL: gettext_lazy("xem văn bản và nhiệm vụ của mọi cơ quan"),
    Capability.READ_AUDIT: gettext_lazy("xem nhật ký hệ thống"),
    Capability.REGISTER_PAPERS: gettext_lazy("đăng ký văn bản vào sổ"),
    Capability.REVIEW_READINGS: gettext_lazy("soát kết quả đọc văn bản"),
    Capability.ASSIGN_TASKS: gettext_lazy("giao nhiệm vụ"),
    Capability.REPORT_PROGRESS: gettext_lazy("báo cáo tiến độ, xin gia hạn, trình minh chứng"),
    Capability.CONFIRM_PROOF: gettext_lazy("xác nhận hoàn thành nhiệm vụ"),
    Capability.DECIDE_EXTENSION: gettext_lazy("quyết định gia hạn"),
    Capability.MANAGE_PEOPLE: gettext_lazy("quản lý người dùng"),
    Capability.MANAGE_AGENCIES: gettext_lazy("quản lý danh mục cơ quan"),
    Capability.MANAGE_CALENDAR: gettext_lazy("điều chỉnh lịch làm việc"),
}


class Scope(Enum):
    """For whom a capability holds."""

    OWN = "own"
    ALL = "all"


OWN, ALL = Scope.OWN, Scope.ALL
C = Capability

TABLE: Mapping[Any, Mapping[Capability, Scope]] = {
    Role.CLERK: {C.REGISTER_PAPERS: OWN},
    Role.OFFICER: {C.REGISTER_PAPERS: OWN, C.REVIEW_READINGS: OWN, C.REPORT_PROGRESS: OWN},
    Role.HEAD: {
        C.REGISTER_PAPERS: OWN,
        C.REVIEW_READINGS: OWN,
        C.REPORT_PROGRESS: OWN,
        C.ASSIGN_TASKS: OWN,
        C.DECIDE_EXTENSION: OWN,
    },
    # Their rooms (estimates, budget) give these two their own capabilities; until then they read what the agency has.
    Role.APPRAISER: {},
    Role.FINANCE: {},
    Role.COORDINATOR: {
        C.SEE_ALL: ALL,
        C.REGISTER_PAPERS: OWN,
        C.REVIEW_READINGS: ALL,
        C.ASSIGN_TASKS: ALL,
        C.REPORT_PROGRESS: OWN,
        C.CONFIRM_PROOF: ALL,
        C.DECIDE_EXTENSION: ALL,
    },
    Role.AUDITOR: {C.SEE_ALL: ALL, C.READ_AUDIT: ALL},
    Role.ADMINISTRATOR: {
        C.SEE_ALL: ALL,
        C.READ_AUDIT: ALL,
        C.MANAGE_PEOPLE: ALL,
        C.MANAGE_AGENCIES: ALL,
        C.MANAGE_CALENDAR: ALL,
    },
}
"""Role -> what it may do -> for whom."""

READ_ONLY: frozenset[Capability] = frozenset({C.SEE_ALL, C.READ_AUDIT})
"""The capabilities that change nothing: all that an auditor can ever hold."""

Actor: TypeAlias = Person | AnonymousUser | None
"""Who acts: a person; somebody not signed in; or None, the system itself (seeding, the clock)."""


def roles_of(person: Person) -> frozenset[Role]:
    """The roles of a person: one query, kept on the instance (`forget_roles` after changing them)."""
    roles: frozenset[Role] | None = person.__dict__.get("_roles")
    if roles is None:
        prefetched = getattr(person, "_prefetched_objects_cache", {}).get("grants")
        held = (
            [grant.role for grant in prefetched]
            if prefetched is not None
            else person.grants.values_list("role", flat=True)
        )
        roles = person.__dict__["_roles"] = frozenset(Role(role) for role in held)
    return roles


def forget_roles(person: Person) -> None:
    """Makes the next question about `person` read the roles again."""
    person.__dict__.pop("_roles", None)
    getattr(person, "_prefetched_objects_cache", {}).pop("grants", None)


def scope_of(person: Actor, capability: Capability) -> Scope | None:
    """For whom `person` may do it: all agencies, the own one, or (None) nobody."""
    if not isinstance(person, Person) or not person.is_active:
        return None
    roles = roles_of(person)
    if Role.AUDITOR in roles and capability not in READ_ONLY:
        return None
    scopes = {TABLE[role].get(capability) for role in roles}
    return ALL if ALL in scopes else OWN if OWN in scopes else None


def can(person: Actor, capability: Capability, *, agency: Agency | None = None) -> bool:
    """Whether `person` may do it, for `agency` where one is given, else for any agency at all.

    Nobody who is not signed in, and nobody deactivated, can do anything. `None` is not the system here: see `require`.
    """
    scope = scope_of(person, capability)
    if scope is None or agency is None or not isinstance(person, Person):
        return scope is not None
    return scope is ALL or person.agency_id == agency.pk


def require(person: Actor, capability: Capability, *, agency: Agency | None = None) -> None:
    """Raises Forbidden, naming the role that is needed, unless `person` may do it. The system (None) always may."""
    if person is None or can(person, capability, agency=agency):
        return
    needed = _(" hoặc ").join(f"“{role.label}”" for role in roles_with(capability))
    if can(person, capability) and agency is not None:
        wide = _(" hoặc ").join(f"“{role.label}”" for role in roles_with(capability, scope=ALL))
        message = _("Bạn chỉ được %(what)s cho cơ quan của mình, không phải cho %(agency)s.")
        if wide:
            message += " " + _("Việc này cần vai trò %(roles)s.")
        raise Forbidden(message % {"what": capability.label, "agency": agency, "roles": wide})
    message = _("Bạn không có quyền %(what)s: việc này cần vai trò %(roles)s. Hãy liên hệ quản trị hệ thống.")
    raise Forbidden(message % {"what": capability.label, "roles": needed})


def roles_with(capability: Capability, *, scope: Scope | None = None) -> list[Role]:
    """The roles that hold a capability (for `scope` only, where given), in the order of the table."""
    return [
        role for role in Role.__members__.values() if TABLE[role].get(capability) in ((scope,) if scope else (OWN, ALL))
    ]


def abilities_of(person: Person) -> list[tuple[Capability, Scope]]:
    """All that `person` may do and for whom, in the order of `Capability`."""
    found = ((capability, scope_of(person, capability)) for capability in Capability)
    return [(capability, scope) for capability, scope in found if scope is not None]
