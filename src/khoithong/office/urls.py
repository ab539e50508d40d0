"""Addresses of the office: each app under its own word; the dashboard is the front page."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from khoithong.office.accounts.views import own

urlpatterns = [
    path("i18n/setlang/", login_not_required(own.language), name="set_language"),
    path("danh-sach/", include("khoithong.office.base.urls")),
    path("tai-khoan/", include("khoithong.office.accounts.urls")),
    path("co-quan/", include("khoithong.office.agencies.urls")),
    path("van-ban/", include("khoithong.office.documents.urls")),
    path("nhiem-vu/", include("khoithong.office.tasks.urls")),
    path("", include("khoithong.office.reports.urls")),
]
