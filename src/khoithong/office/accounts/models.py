"""People and the roles they hold; each person works in one agency."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from khoithong.office.agencies.models import Agency


class Role(models.TextChoices):
    """What a person does in the office; `accounts.permissions` says what each role may do."""

    CLERK = "clerk", _("Văn thư")
    OFFICER = "officer", _("Chuyên viên")
    HEAD = "head", _("Thủ trưởng đơn vị")
    APPRAISER = "appraiser", _("Thẩm định")
    FINANCE = "finance", _("Tài chính")
    COORDINATOR = "coordinator", _("Đầu mối Đề án 06")
    AUDITOR = "auditor", _("Kiểm toán (chỉ xem)")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")


class Person(AbstractUser):
    """A person who signs in. `username` is what is typed; `full_name` what is shown."""

    first_name = None
    last_name = None
    full_name = models.CharField(_("họ và tên"), max_length=150)
    position = models.CharField(_("chức vụ"), max_length=150, blank=True)
    agency = models.ForeignKey(Agency, verbose_name=_("cơ quan"), on_delete=models.PROTECT, related_name="people")

    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name", "agency"]
    objects = UserManager()

    class Meta:
        verbose_name = _("người dùng")
        ordering = ("full_name",)

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.rsplit(" ", 1)[-1]


class RoleGrant(models.Model):
    """One role held by one person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(_("vai trò"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("vai trò")
        constraints = (models.UniqueConstraint(fields=("person", "role"), name="role_granted_once"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"
