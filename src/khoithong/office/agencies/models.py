"""Who exists, since when, under which names, under whom, and who took over. All of it dated: history stays."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khoithong.office.agencies.spelling import spelling_key
from khoithong.office.base.text import sort_key

MARKS = (
    ("R", _("R - đọc trong văn bản luật")),
    ("S", _("S - nguồn thứ cấp")),
    ("M", _("M - chưa kiểm chứng")),
)


class Kind(models.TextChoices):
    """What manner of body an agency is."""

    CENTRAL = "central", _("Cơ quan trung ương")
    PROVINCE = "province", _("UBND cấp tỉnh")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    VERTICAL = "vertical", _("Cơ quan ngành dọc")
    DISTRICT = "district", _("UBND cấp huyện")
    COMMUNE = "commune", _("UBND cấp xã")
    PARTY = "party", _("Cơ quan Đảng")
    UNIT = "unit", _("Đơn vị sự nghiệp")
    OTHER = "other", _("Khác")


class Agency(models.Model):
    """A body that issues papers or bears duties. `name` is the official name now, or the last one it bore."""

    code = models.SlugField(_("mã"), max_length=60, unique=True)
    kind = models.CharField(_("loại"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("tên"), max_length=255)
    short_name = models.CharField(_("tên viết tắt"), max_length=60, blank=True)
    sort_key = models.CharField(max_length=600, editable=False, db_index=True)
    exists_from = models.DateField(_("có từ ngày"), null=True, blank=True)
    exists_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    source = models.CharField(_("nguồn"), max_length=255, blank=True)
    mark = models.CharField(_("mức chắc chắn"), max_length=1, choices=MARKS, default="M")

    class Meta:
        verbose_name = _("cơ quan")
        ordering = ("sort_key",)
        constraints = (
            models.CheckConstraint(
                condition=Q(exists_from__isnull=True) | Q(exists_to__isnull=True) | Q(exists_from__lte=F("exists_to")),
                name="agency_exists_forwards",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="agency_has_name"),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)


class AgencyName(models.Model):
    """One spelling under which an agency is known in a span of time; `folded` is its `spelling_key`."""

    class Use(models.TextChoices):
        OFFICIAL = "official", _("Tên chính thức")
        SHORT = "short", _("Viết tắt")
        VARIANT = "variant", _("Cách gọi khác")

    agency = models.ForeignKey(Agency, verbose_name=_("cơ quan"), on_delete=models.CASCADE, related_name="names")
    text = models.CharField(_("cách viết"), max_length=255)
    folded = models.CharField(max_length=500, editable=False, db_index=True)
    use = models.CharField(_("loại tên"), max_length=10, choices=Use.choices)
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("tên cơ quan")
        constraints = (
            models.UniqueConstraint(fields=("agency", "folded", "valid_from"), name="agency_name_once"),
            models.UniqueConstraint(
                fields=("agency", "folded"), condition=Q(valid_from__isnull=True), name="agency_name_once_undated"
            ),
        )

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = spelling_key(self.text)
        super().save(*args, **kwargs)


class Affiliation(models.Model):
    """Which agency stood under which, from when to when."""

    child = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="affiliations")
    parent = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="child_affiliations")
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("quan hệ trực thuộc")
        constraints = (
            models.CheckConstraint(condition=~Q(child=F("parent")), name="affiliation_not_to_itself"),
            models.UniqueConstraint(fields=("child", "valid_from"), name="affiliation_once"),
            models.UniqueConstraint(
                fields=("child",), condition=Q(valid_from__isnull=True), name="affiliation_once_undated"
            ),
        )

    def __str__(self) -> str:
        return f"{self.child} < {self.parent}"


class Succession(models.Model):
    """On `on`, what was `predecessor`'s became `successor`'s."""

    predecessor = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="inheritances")
    on = models.DateField(_("từ ngày"))
    source = models.CharField(_("căn cứ"), max_length=255, blank=True)
    mark = models.CharField(_("mức chắc chắn"), max_length=1, choices=MARKS, default="M")

    class Meta:
        verbose_name = _("kế thừa")
        constraints = (
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_not_to_itself"),
            models.UniqueConstraint(fields=("predecessor", "successor", "on"), name="succession_once"),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} -> {self.successor} ({self.on:%d/%m/%Y})"
