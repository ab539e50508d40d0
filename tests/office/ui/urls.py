"""Addresses of the office and, beside them, pages that only the tests of the face need."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template import Template
from django.template.context import make_context
from django.urls import include, path

from khoithong.office.agencies.models import Agency, Kind
from khoithong.office.base.filters import ChoiceFilter, TextFilter
from khoithong.office.base.lists import BulkAction, Column, ListSpec, render_list

DONE: list[tuple[str, list[str]]] = []
"""What was sent to the pages below, for the tests to look at."""

SPEC = ListSpec(
    key="thu",
    title="Cơ quan thử",
    noun="cơ quan",
    columns=(
        Column(key="name", label="Tên", sort="sort_key", lead=True, fixed=True),
        Column(key="kind", label="Loại", value="get_kind_display"),
        Column(key="code", label="Mã", chosen=False),
    ),
    filters=(TextFilter(field="names__folded"), ChoiceFilter(key="kind", label="Loại", choices=Kind.choices)),
    sort="name",
    bulk=(BulkAction(label="Gộp", url="/thu/gop/", ask="Gộp các cơ quan này?", ask_text="Không tách lại được."),),
)

COMPONENTS = """{% extends "ui/base.html" %}{% load ui %}
{% block title %}Các bộ phận{% endblock %}
{% block heading %}Các bộ phận{% endblock %}
{% block content %}
{% drop_zone "/thu/tai-len/" help="Mọi loại tệp" %}
{% confirm "drop" title="Xóa?" text="Không lấy lại được." button="Xóa hẳn" url="/thu/gop/" opener="Xóa" %}
<button type="button" class="button" data-key="n" data-key-label="Thêm dòng" data-dialog-open="drop">Thêm</button>
<label for="words">Ghi chú</label><input id="words">
<template data-keys><dt><kbd>j</kbd></dt><dd>Dòng sau</dd></template>
{% endblock %}"""


def plain(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/base.html")


def components(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Template(COMPONENTS).render(make_context({"user": request.user}, request)))


def agencies(request: HttpRequest) -> HttpResponseBase:
    return render_list(request, SPEC, Agency.objects.all())


def join(request: HttpRequest) -> HttpResponse:
    DONE.append(("join", request.POST.getlist("selected")))
    return HttpResponse("<!doctype html><title>Xong</title><p>Đã làm</p>")


def upload(request: HttpRequest) -> JsonResponse:
    names = [file.name or "" for file in request.FILES.getlist("file")]
    DONE.append(("upload", names))
    (name,) = names
    if name.endswith(".exe"):
        return JsonResponse({"name": name, "ok": False, "error": "Không nhận loại tệp này."}, status=422)
    return JsonResponse({"name": name, "ok": True, "url": "/thu/trang/"})


def refuse(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [
    path("thu/trang/", plain, name="test-plain"),
    path("thu/bo-phan/", components),
    path("thu/danh-sach/", agencies),
    path("thu/gop/", join),
    path("thu/tai-len/", upload),
    path("thu/cam/", refuse),
    path("", include("khoithong.office.urls")),
]
