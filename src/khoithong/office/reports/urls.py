"""Addresses of the reports pages."""

from django.urls import path

from khoithong.office.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("tim-kiem/", views.search, name="search"),
    path("so-theo-doi/", views.follow_up, name="follow-up"),
]
