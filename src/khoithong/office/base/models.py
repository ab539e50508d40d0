"""The audit trail: one entry per action, which nothing in the application can change or delete."""

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
