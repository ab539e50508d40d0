"""Names the app for Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    name = "khoithong.office.tasks"
    label = "tasks"
    verbose_name = _("Nhiệm vụ")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from khoithong.office.agencies.panels import register_panel as register_agency_panel  # noqa: PLC0415
        from khoithong.office.base.waiting import register  # noqa: PLC0415 - apps must be there first
        from khoithong.office.documents.panels import register_panel  # noqa: PLC0415
        from khoithong.office.tasks.panels import tasks_of_agency, tasks_of_paper  # noqa: PLC0415
        from khoithong.office.tasks.waiting import waiting_tasks  # noqa: PLC0415

        register(waiting_tasks)
        register_panel(tasks_of_paper)
        register_agency_panel(tasks_of_agency)
