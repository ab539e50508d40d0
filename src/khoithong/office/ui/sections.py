"""The sections that the office has now; a section whose page does not exist yet is not shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khoithong.office.accounts.queries import may_read_people
from khoithong.office.base.navigation import Section, register_section

SECTIONS = (
    Section(label=_("Bảng điều hành"), icon="board", url_name="reports:dashboard", order=10),
    Section(label=_("Văn bản"), icon="paper", url_name="documents:list", order=20, covers=("documents:",)),
    Section(label=_("Nhiệm vụ"), icon="task", url_name="tasks:list", order=30, covers=("tasks:",)),
    Section(label=_("Sổ theo dõi"), icon="register", url_name="reports:follow-up", order=40),
    Section(label=_("Cơ quan"), icon="agency", url_name="agencies:list", order=80, covers=("agencies:",)),
    Section(
        label=_("Quản trị"),
        icon="admin",
        url_name="accounts:list",
        order=90,
        covers=(
            "accounts:person",
            "accounts:add",
            "accounts:change",
            "accounts:reset",
            "accounts:audit",
            "tasks:calendar",
        ),
        visible=may_read_people,
    ),
)


def lay_sections() -> None:
    """Gives the frame its sections."""
    for section in SECTIONS:
        register_section(section)
