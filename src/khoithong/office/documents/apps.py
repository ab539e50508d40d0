"""Names the app for Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "khoithong.office.documents"
    label = "documents"
    verbose_name = _("Văn bản")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from khoithong.office.agencies.panels import register_panel as register_agency_panel  # noqa: PLC0415
        from khoithong.office.base.waiting import register  # noqa: PLC0415 - apps must be there first
        from khoithong.office.documents.panels import issued_by  # noqa: PLC0415
        from khoithong.office.documents.waiting import papers_to_review  # noqa: PLC0415

        register(papers_to_review)
        register_agency_panel(issued_by)
