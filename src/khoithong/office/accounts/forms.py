"""What is typed on the pages of the accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khoithong.office.accounts.models import Role, TextSize
from khoithong.office.accounts.validators import FourClassesValidator
from khoithong.office.agencies.models import Agency


class SignInForm(AuthenticationForm):
    """Username and password. The name is folded to small letters before anything counts attempts by it."""

    error_messages = {
        "invalid_login": _(
            "Tên đăng nhập hoặc mật khẩu không đúng. Hãy nhập lại; sau 5 lần sai, đăng nhập bị khóa 15 phút."
        ),
        "inactive": _("Tài khoản này đã ngừng hoạt động. Hãy liên hệ quản trị hệ thống."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")
        self.fields["username"].widget.attrs.update(autocapitalize="none", spellcheck="false")

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()


class PasswordForm(forms.Form):
    """A person's own new password, typed twice."""

    old = forms.CharField(
        label=_("Mật khẩu hiện tại"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    new = forms.CharField(
        label=_("Mật khẩu mới"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu mới"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].help_text = FourClassesValidator().get_help_text()

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("new", again):
            raise forms.ValidationError(_("Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại."))
        return again


class PreferencesForm(forms.Form):
    """How the pages look for one person."""

    language = forms.ChoiceField(
        label=_("Ngôn ngữ"), choices=(("vi", "Tiếng Việt"), ("en", "English")), widget=forms.RadioSelect
    )
    text_size = forms.ChoiceField(label=_("Cỡ chữ"), choices=TextSize.choices, widget=forms.RadioSelect)


class PersonForm(forms.Form):
    """A person's name, position and address."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    position = forms.CharField(label=_("Chức vụ"), max_length=150, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)


class RolesForm(forms.Form):
    """The roles of a person, as a whole."""

    roles = forms.MultipleChoiceField(
        label=_("Vai trò"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một vai trò.")},
    )


class AgencyField(forms.ModelChoiceField):
    """An agency; one that is gone says so."""

    def label_from_instance(self, obj: Agency) -> str:
        if obj.exists_to is None:
            return obj.name
        return now_("%(agency)s (đến hết %(day)s)") % {"agency": obj.name, "day": f"{obj.exists_to:%d/%m/%Y}"}


class AgencyForm(forms.Form):
    """Where a person works."""

    agency = AgencyField(label=pgettext_lazy("một", "Cơ quan"), queryset=Agency.objects.all())


class NewPersonForm(PersonForm, AgencyForm, RolesForm):
    """All that a new person needs."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=150,
        help_text=_("Chữ thường không dấu, chữ số và các dấu . _ @ + -, ví dụ nguyen.van.an"),
    )
    field_order = ("full_name", "username", "agency", "position", "email", "roles")


class MoveForm(AgencyForm):
    """Another agency, with the position there."""

    position = forms.CharField(label=_("Chức vụ ở cơ quan mới"), max_length=150, required=False)


class ReasonForm(forms.Form):
    """Why an account is stopped."""

    reason = forms.CharField(label=_("Lý do"), max_length=500, help_text=_("Ví dụ: nghỉ hưu, chuyển công tác."))
