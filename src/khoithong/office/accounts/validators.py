"""The rule for passwords: at least 14 characters of four classes, where no second factor is asked (level 3, mark S)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MIN_LENGTH = 14


class FourClassesValidator:
    """Refuses a password that is too short or lacks one of small letters, capitals, digits and other signs."""

    def validate(self, password: str, user: Any = None) -> None:
        lacking = []
        if len(password) < MIN_LENGTH:
            lacking.append(_("đủ %(count)d ký tự (đang có %(has)d)") % {"count": MIN_LENGTH, "has": len(password)})
        if not any(c.islower() for c in password):
            lacking.append(_("chữ thường"))
        if not any(c.isupper() for c in password):
            lacking.append(_("chữ hoa"))
        if not any(c.isdigit() for c in password):
            lacking.append(_("chữ số"))
        if not any(not c.isalnum() and not c.isspace() for c in password):
            lacking.append(_("dấu hoặc ký hiệu (ví dụ - ! @ #)"))
        if lacking:
            raise ValidationError(_("Mật khẩu còn thiếu: %(lacking)s.") % {"lacking": ", ".join(lacking)}, code="weak")

    def get_help_text(self) -> str:
        return _("Ít nhất %(count)d ký tự, gồm chữ thường, chữ hoa, chữ số và một dấu hoặc ký hiệu.") % {
            "count": MIN_LENGTH
        }
