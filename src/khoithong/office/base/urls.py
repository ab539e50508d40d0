"""Addresses that every list uses."""

from django.urls import path

from khoithong.office.base import saved_views

app_name = "base"
urlpatterns = [
    path("cach-xem/", saved_views.save, name="save-view"),
    path("cach-xem/<int:pk>/xoa/", saved_views.drop, name="drop-view"),
]
