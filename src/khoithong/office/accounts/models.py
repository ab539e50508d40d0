"""People and the roles they hold; each person works in one agency."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from khoithong.office.agencies.models import Agency
from khoithong.office.base.text import fold, sort_key

username_is_plain = RegexValidator(
    r"^[a-z0-9][a-z0-9._@+-]*\Z",
    _("Tên đăng nhập chỉ gồm chữ thường không dấu, chữ số và các dấu . _ @ + -, bắt đầu bằng chữ hoặc số."),
)


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


class TextSize(models.TextChoices):
    """How large a person wants the letters of the pages."""

    NORMAL = "normal", _("Vừa")
    LARGE = "large", _("Lớn")
    LARGER = "larger", _("Rất lớn")


class PersonManager(BaseUserManager["Person"]):
    """Makes people without going through an action: for tests and for the very first administrator."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Person:
        person: Person = self.model(username=username.lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> Person:
        """What `createsuperuser` calls: a person who is administrator. `agency` may be a primary key."""
        agency = fields.pop("agency")
        person = self.create_user(username, password, agency_id=getattr(agency, "pk", agency), **fields)
        RoleGrant.objects.create(person=person, role=Role.ADMINISTRATOR)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username=(username or "").lower())


class Person(AbstractBaseUser):
    """A person who signs in. `username` is what is typed (in small letters); `full_name` what is shown.

    What a person may do follows from the roles alone: Django's own groups, permissions and superusers are not used.
    """

    username = models.CharField(
        _("tên đăng nhập"),
        max_length=150,
        unique=True,
        validators=[username_is_plain],
        error_messages={"unique": _("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.")},
    )
    full_name = models.CharField(_("họ và tên"), max_length=150)
    position = models.CharField(_("chức vụ"), max_length=150, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    agency = models.ForeignKey(Agency, verbose_name=_("cơ quan"), on_delete=models.PROTECT, related_name="people")
    is_active = models.BooleanField(_("đang hoạt động"), default=True)
    must_change_password = models.BooleanField(_("phải đổi mật khẩu"), default=False)
    language = models.CharField(
        _("ngôn ngữ"), max_length=2, choices=(("vi", "Tiếng Việt"), ("en", "English")), default="vi"
    )
    text_size = models.CharField(_("cỡ chữ"), max_length=6, choices=TextSize.choices, default=TextSize.NORMAL)
    sort_key = models.CharField(max_length=400, editable=False, db_index=True)
    search = models.CharField(max_length=600, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name", "agency"]
    objects = PersonManager()

    class Meta:
        verbose_name = _("người dùng")
        ordering = ("sort_key", "id")
        constraints = (
            models.CheckConstraint(condition=Q(username=Lower("username")), name="person_username_in_small_letters"),
            models.CheckConstraint(condition=~Q(full_name=""), name="person_has_name"),
        )

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        # A Vietnamese list of people goes by the given name, which comes last.
        self.sort_key = sort_key(" ".join(reversed(self.full_name.split())))
        self.search = fold(f"{self.full_name} {self.username} {self.position}")
        super().save(*args, **kwargs)

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
        constraints = (
            models.UniqueConstraint(fields=("person", "role"), name="role_granted_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"
