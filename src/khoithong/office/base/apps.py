"""Names the app for Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    name = "khoithong.office.base"
    label = "base"
    verbose_name = _("Nền")
    default_auto_field = "django.db.models.BigAutoField"
