"""What is typed on the pages of the agencies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from khoithong.office.agencies.models import MARKS, Agency, AgencyName, Kind
from khoithong.office.base.days import DayField


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> DayField:
    """A day that need not be known."""
    return DayField(label=label, required=required, help_text=help_text)


class FactsForm(forms.Form):
    """What may be set right on an agency."""

    name = forms.CharField(label=_("Tên"), max_length=255)
    short_name = forms.CharField(label=_("Viết tắt"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Loại"), choices=Kind.choices)
    exists_from = day_field(_("Có từ ngày"), help_text=_("Để trống nếu không rõ."))
    exists_to = day_field(_("Đến hết ngày"), help_text=_("Để trống nếu đang tồn tại."))
    source = forms.CharField(label=_("Nguồn"), max_length=255, required=False)
    mark = forms.ChoiceField(label=_("Mức chắc chắn"), choices=MARKS, initial="M")


class NewAgencyForm(FactsForm):
    """All that a new agency needs."""

    code = forms.CharField(
        label=_("Mã"),
        max_length=60,
        validators=[validate_slug],
        help_text=_("Chữ không dấu, chữ số và dấu -, ví dụ so-tai-chinh. Mã không đổi được về sau."),
    )
    parent = forms.ModelChoiceField(label=_("Cơ quan cấp trên"), queryset=Agency.objects.all(), required=False)
    field_order = ("name", "code", "short_name", "kind", "parent", "exists_from", "exists_to", "source", "mark")


class RenameForm(forms.Form):
    """A new official name from a day on."""

    name = forms.CharField(label=_("Tên mới"), max_length=255)
    short_name = forms.CharField(label=_("Viết tắt mới"), max_length=60, required=False)
    on = day_field(_("Từ ngày"), required=True)


class NameForm(forms.Form):
    """One more spelling."""

    text = forms.CharField(label=_("Cách gọi"), max_length=255)
    use = forms.ChoiceField(label=_("Loại tên"), choices=AgencyName.Use.choices, initial=AgencyName.Use.VARIANT)
    valid_from = day_field(_("Dùng từ ngày"))
    valid_to = day_field(_("Đến hết ngày"))


class ParentForm(forms.Form):
    """Under whom the agency stands."""

    parent = forms.ModelChoiceField(label=_("Cơ quan cấp trên"), queryset=Agency.objects.all())
    on = day_field(_("Từ ngày"), help_text=_("Để trống nếu từ khi cơ quan có."))


class SuccessionForm(forms.Form):
    """Who takes over."""

    successor = forms.ModelChoiceField(label=_("Cơ quan kế thừa"), queryset=Agency.objects.all())
    on = day_field(_("Từ ngày"), required=True)
    source = forms.CharField(label=_("Căn cứ"), max_length=255, required=False)
    mark = forms.ChoiceField(label=_("Mức chắc chắn"), choices=MARKS, initial="M")


class SheetForm(forms.Form):
    """A spreadsheet of agencies."""

    file = forms.FileField(
        label=_("Tệp bảng tính (.xlsx hoặc .csv)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("Trước hết chỉ kiểm tra; chưa ghi gì cho đến khi bạn bấm “Nhập”."),
    )
