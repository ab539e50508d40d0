"""Names the app for Django and lays the sections of the frame."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "khoithong.office.ui"
    label = "ui"
    verbose_name = _("Giao diện")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from khoithong.office.ui.sections import lay_sections  # noqa: PLC0415 - apps must be there first

        lay_sections()
