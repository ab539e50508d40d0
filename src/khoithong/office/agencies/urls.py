"""Addresses of the agencies pages."""

from django.urls import URLPattern, path

from khoithong.office.agencies.views import imports, pages

app_name = "agencies"
urlpatterns: list[URLPattern] = [
    path("", pages.agencies, name="list"),
    path("them/", pages.add, name="add"),
    path("nhap/", imports.import_sheet, name="import"),
    path("nhap/mau.xlsx", imports.import_template, name="template"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/<slug:what>/", pages.change, name="change"),
    path("cach-goi/<int:pk>/bo/", pages.remove_name, name="remove-name"),
]
