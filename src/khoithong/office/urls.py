"""Addresses of the office: each app under its own word; the dashboard is the front page."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("danh-sach/", include("khoithong.office.base.urls")),
    path("tai-khoan/", include("khoithong.office.accounts.urls")),
    path("co-quan/", include("khoithong.office.agencies.urls")),
    path("van-ban/", include("khoithong.office.documents.urls")),
    path("nhiem-vu/", include("khoithong.office.tasks.urls")),
    path("", include("khoithong.office.reports.urls")),
]
