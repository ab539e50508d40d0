"""Addresses of the agencies pages."""

from django.urls import URLPattern

app_name = "agencies"
urlpatterns: list[URLPattern] = []
