"""Addresses of the office and, beside them, pages that only the tests of the face need."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path


def plain(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/base.html")


def refuse(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [
    path("thu/trang/", plain, name="test-plain"),
    path("thu/cam/", refuse),
    path("", include("khoithong.office.urls")),
]
