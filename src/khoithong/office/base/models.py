"""The audit trail, which nothing in the application can change or delete, and the views of lists that people keep."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """Who did what to which object, when. Made only by `base.actions.recorded`; the database refuses any change."""

    at = models.DateTimeField(_("thời điểm"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người thực hiện"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    actor_name = models.CharField(_("tên người thực hiện"), max_length=200)
    verb = models.CharField(_("việc đã làm"), max_length=80)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=64)
    object_label = models.CharField(_("đối tượng"), max_length=300)
    summary = models.TextField(_("diễn giải"), blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("dòng nhật ký")
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("object_type", "object_id", "at"), name="audit_object"),)

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.actor_name}: {self.verb} {self.object_label}"


class SavedView(models.Model):
    """A way of looking at a list that a person keeps under a name; `query` is what stands in the address after "?"."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người dùng"), on_delete=models.CASCADE, related_name="saved_views"
    )
    list_key = models.CharField(_("danh sách"), max_length=60)
    name = models.CharField(_("tên cách xem"), max_length=80)
    query = models.TextField(_("bộ lọc"), blank=True)

    class Meta:
        verbose_name = _("cách xem đã lưu")
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("person", "list_key", "name"), name="saved_view_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="saved_view_has_name"),
        )

    def __str__(self) -> str:
        return self.name
