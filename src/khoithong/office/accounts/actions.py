"""Writing the people: adding and moving them, their roles, passwords and preferences. Nobody is ever deleted."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

from axes.utils import reset as lift_lock
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khoithong.office.accounts.models import Person, Role, RoleGrant, username_is_plain
from khoithong.office.accounts.permissions import Actor, Capability, forget_roles, require
from khoithong.office.agencies.actions import add_agency
from khoithong.office.agencies.models import Agency
from khoithong.office.agencies.queries import lookup
from khoithong.office.base.actions import Refused, recorded, register_verbs
from khoithong.office.base.clock import local_date

ADDED, CORRECTED, ROLES = "accounts.person_added", "accounts.person_corrected", "accounts.roles_changed"
MOVED, STOPPED, RESUMED = "accounts.person_moved", "accounts.person_deactivated", "accounts.person_reactivated"
RESET, UNLOCKED = "accounts.password_reset", "accounts.person_unlocked"
PASSWORD, PREFERENCES = "accounts.password_changed", "accounts.preferences_changed"

register_verbs(
    {
        ADDED: gettext_lazy("Thêm người dùng"),
        CORRECTED: gettext_lazy("Sửa thông tin người dùng"),
        ROLES: gettext_lazy("Thay đổi vai trò"),
        MOVED: gettext_lazy("Chuyển cơ quan"),
        STOPPED: gettext_lazy("Ngừng hoạt động tài khoản"),
        RESUMED: gettext_lazy("Mở lại tài khoản"),
        RESET: gettext_lazy("Đặt lại mật khẩu"),
        UNLOCKED: gettext_lazy("Mở khóa đăng nhập"),
        PASSWORD: gettext_lazy("Đổi mật khẩu"),
        PREFERENCES: gettext_lazy("Đổi tùy chọn hiển thị"),
    }
)

# Without letters and digits that look alike on paper: a temporary password is often read out or copied by hand.
_UPPER, _LOWER, _DIGITS = "ABCDEFGHJKMNPQRSTUVWXYZ", "abcdefghjkmnpqrstuvwxyz", "23456789"


def temporary_password() -> str:
    """A password for the first sign-in that satisfies the rules: "Kmwt-xhpr-4926-qdan"."""
    groups = ((_UPPER, 1), (_LOWER, 3)), ((_LOWER, 4),), ((_DIGITS, 4),), ((_LOWER, 4),)
    return "-".join("".join(secrets.choice(letters) for letters, n in group for _i in range(n)) for group in groups)


def add_person(
    *,
    by: Actor,
    at: datetime,
    username: str,
    full_name: str,
    agency: Agency,
    roles: Collection[str],
    position: str = "",
    email: str = "",
    password_hash: str | None = None,
) -> tuple[Person, str]:
    """Adds a person; returns also the temporary password to hand over, which must be changed at the first sign-in.

    With `password_hash` (already encoded, for the demo office) that password stands, and "" is returned for it.
    """
    with recorded(verb=ADDED, by=by, at=at) as record:
        require(by, Capability.MANAGE_PEOPLE)
        username = username.strip().lower()
        try:
            username_is_plain(username)
        except ValidationError as error:
            raise Refused(error.messages[0], field="username") from None
        held = _checked(roles)
        person = Person(
            username=username,
            full_name=_named(full_name),
            agency=agency,
            position=position.strip(),
            email=email.strip(),
        )
        password = "" if password_hash else temporary_password()
        if password_hash:
            person.password = password_hash
        else:
            person.set_password(password)
            person.must_change_password = True
        try:
            with transaction.atomic():
                person.save()
        except IntegrityError:
            raise Refused(
                _("Tên đăng nhập “%(username)s” đã có người dùng. Hãy chọn tên khác.") % {"username": username},
                field="username",
            ) from None
        RoleGrant.objects.bulk_create(RoleGrant(person=person, role=role) for role in held)
        record.about(person, username=username, agency=agency.name, roles=[str(role) for role in held])
    return person, password


def add_first_administrator(
    *, at: datetime, username: str, full_name: str, agency_name: str, agency_code: str, agency_kind: str
) -> tuple[Person, str]:
    """Opens an office in which there is no active administrator yet: the system itself adds the first.

    The agency is the one that the name means today, or a new one. Returns the temporary password too.
    """
    with transaction.atomic():
        if _lock_administrators():
            raise Refused(_("Văn phòng này đã có quản trị hệ thống. Hãy nhờ người đó thêm người dùng."))
        match = lookup(agency_name, on=local_date(at))
        if match.candidates:
            names = ", ".join(agency.name for agency in match.candidates)
            raise Refused(_("“%(name)s” là tên của nhiều cơ quan: %(names)s.") % {"name": agency_name, "names": names})
        agency = match.agency or add_agency(by=None, at=at, code=agency_code, kind=agency_kind, name=agency_name)
        return add_person(
            by=None, at=at, username=username, full_name=full_name, agency=agency, roles=[str(Role.ADMINISTRATOR)]
        )


def correct_person(
    *, by: Actor, at: datetime, person: Person, full_name: str, position: str = "", email: str = ""
) -> Person:
    """Sets right a person's name, position and address. Nothing is written where nothing changes."""
    with transaction.atomic():
        require(by, Capability.MANAGE_PEOPLE)
        stored = _locked(person)
        wanted = {"full_name": _named(full_name), "position": position.strip(), "email": email.strip()}
        changed = {
            name: [getattr(stored, name), value] for name, value in wanted.items() if getattr(stored, name) != value
        }
        if changed:
            with recorded(verb=CORRECTED, by=by, at=at) as record:
                for name, value in wanted.items():
                    setattr(stored, name, value)
                stored.save()
                record.about(stored, changed=changed)
    return stored


def change_roles(*, by: Actor, at: datetime, person: Person, roles: Collection[str]) -> Person:
    """Gives the person these roles and takes away all others. Nothing is written where nothing changes."""
    with transaction.atomic():
        require(by, Capability.MANAGE_PEOPLE)
        held = _checked(roles)
        administrators = _lock_administrators()
        stored = _locked(person)
        before = set(RoleGrant.objects.filter(person=stored).values_list("role", flat=True))
        gone, new = before - {str(role) for role in held}, [role for role in held if role not in before]
        if Role.ADMINISTRATOR in gone:
            _refuse_last_administrator(stored, administrators)
        if gone or new:
            with recorded(verb=ROLES, by=by, at=at) as record:
                RoleGrant.objects.filter(person=stored, role__in=gone).delete()
                RoleGrant.objects.bulk_create(RoleGrant(person=stored, role=role) for role in new)
                record.about(stored, given=sorted(new), taken=sorted(gone))
    forget_roles(person)
    return stored


def move_person(*, by: Actor, at: datetime, person: Person, agency: Agency, position: str | None = None) -> Person:
    """The person works in another agency from now on, with a new position where one is given. The roles stay."""
    with recorded(verb=MOVED, by=by, at=at) as record:
        require(by, Capability.MANAGE_PEOPLE)
        stored = _locked(person)
        if stored.agency_id == agency.pk:
            raise Refused(
                _("%(person)s đang làm việc tại %(agency)s. Hãy chọn cơ quan khác.")
                % {"person": stored, "agency": agency},
                field="agency",
            )
        old, stored.agency = stored.agency, agency
        if position is not None:
            stored.position = position.strip()
        stored.save()
        record.about(stored, old=old.name, new=agency.name)
    return stored


def deactivate_person(*, by: Actor, at: datetime, person: Person, reason: str) -> Person:
    """The person can no longer sign in, and is signed out. What the person did stays."""
    with recorded(verb=STOPPED, by=by, at=at) as record:
        require(by, Capability.MANAGE_PEOPLE)
        if not reason.strip():
            raise Refused(_("Hãy ghi lý do ngừng hoạt động: nghỉ hưu, chuyển công tác…"), field="reason")
        administrators = _lock_administrators()
        stored = _locked(person)
        if not stored.is_active:
            raise Refused(_("Tài khoản này đã ngừng hoạt động từ trước."))
        if stored.pk == getattr(by, "pk", None):
            raise Refused(_("Bạn không thể tự ngừng tài khoản của mình. Hãy nhờ quản trị hệ thống khác."))
        _refuse_last_administrator(stored, administrators)
        stored.is_active = False
        stored.save()
        record.about(stored, summary=reason.strip())
    return stored


def reactivate_person(*, by: Actor, at: datetime, person: Person) -> Person:
    """The person may sign in again, with the roles held before."""
    with recorded(verb=RESUMED, by=by, at=at) as record:
        require(by, Capability.MANAGE_PEOPLE)
        stored = _locked(person)
        if stored.is_active:
            raise Refused(_("Tài khoản này đang hoạt động."))
        stored.is_active = True
        stored.save()
        record.about(stored)
    return stored


def reset_password(*, by: Actor, at: datetime, person: Person) -> str:
    """Gives a temporary password, returned once and kept nowhere; it must be changed at the next sign-in.

    It also lifts a lock after failed attempts.
    """
    password = temporary_password()
    with recorded(verb=RESET, by=by, at=at) as record:
        require(by, Capability.MANAGE_PEOPLE)
        stored = _locked(person)
        stored.set_password(password)
        stored.must_change_password = True
        stored.save()
        lift_lock(username=stored.username)
        record.about(stored)
    return password


def unlock_person(*, by: Actor, at: datetime, person: Person) -> None:
    """Lifts the lock after failed attempts before its time."""
    with recorded(verb=UNLOCKED, by=by, at=at) as record:
        require(by, Capability.MANAGE_PEOPLE)
        lift_lock(username=person.username)
        record.about(person)


def change_own_password(*, by: Person, at: datetime, old: str, new: str) -> Person:
    """A person's own new password. Refuses a wrong old one, the same again, and one that breaks the rules."""
    with recorded(verb=PASSWORD, by=by, at=at) as record:
        stored = _locked(by)
        if not stored.check_password(old):
            raise Refused(_("Mật khẩu hiện tại không đúng. Hãy nhập lại."), field="old")
        if old == new:
            raise Refused(_("Mật khẩu mới phải khác mật khẩu hiện tại."), field="new")
        try:
            validate_password(new, stored)
        except ValidationError as error:
            raise Refused(" ".join(error.messages), field="new") from None
        stored.set_password(new)
        stored.must_change_password = False
        stored.save()
        record.about(stored)
    return stored


def set_preferences(*, by: Person, at: datetime, language: str, text_size: str) -> Person:
    """A person's own language and size of letters. Nothing is written where nothing changes."""
    with transaction.atomic():
        stored = _locked(by)
        if (stored.language, stored.text_size) != (language, text_size):
            with recorded(verb=PREFERENCES, by=by, at=at) as record:
                stored.language, stored.text_size = language, text_size
                stored.save()
                record.about(stored, language=language, text_size=text_size)
    return stored


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)


def _named(full_name: str) -> str:
    name = " ".join(full_name.split())
    if not name:
        raise Refused(_("Hãy ghi họ và tên."), field="full_name")
    return name


def _checked(roles: Collection[str]) -> list[Any]:
    held = [role for role in Role.values if role in {str(role) for role in roles}]
    if not held:
        raise Refused(_("Hãy chọn ít nhất một vai trò."), field="roles")
    if Role.AUDITOR in held and len(held) > 1:
        raise Refused(
            _("“Kiểm toán (chỉ xem)” không đi cùng vai trò khác: người kiểm toán không được sửa gì."), field="roles"
        )
    return held


def _lock_administrators() -> list[int]:
    """The active administrators; whoever else would make or unmake one waits until this transaction is over.

    The grants are locked, all in one order and before anything else: a grant that another transaction takes away while
    this one waits is then seen to be gone, which a lock on the people alone would not show.
    """
    grants = RoleGrant.objects.select_for_update().filter(role=Role.ADMINISTRATOR).order_by("pk")
    held = list(grants.values_list("person_id", flat=True))
    return list(Person.objects.filter(pk__in=held, is_active=True).values_list("pk", flat=True))


def _refuse_last_administrator(person: Person, administrators: list[int]) -> None:
    if administrators == [person.pk]:
        raise Refused(
            _("%(person)s là quản trị hệ thống duy nhất đang hoạt động. Hãy giao quyền quản trị cho người khác trước.")
            % {"person": person},
            field="roles",
        )
