"""Names the app for Django, hands the rule of permissions down to the apps below, and listens to sign-ins."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "khoithong.office.accounts"
    label = "accounts"
    verbose_name = _("Tài khoản")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models may only be imported once all apps are there.
        from khoithong.office.accounts import permissions, signals  # noqa: PLC0415
        from khoithong.office.base.guard import set_guard  # noqa: PLC0415

        def guard(person: Any, capability: str, /) -> None:
            permissions.require(person, permissions.Capability(capability))

        set_guard(guard)
        signals.connect()
