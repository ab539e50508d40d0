"""Addresses of the tasks pages."""

from django.urls import path

from khoithong.office.tasks.views import assigning, calendar, detail, entering, listing, mine, passing, reminding

app_name = "tasks"
urlpatterns = [
    path("", listing.task_list, name="list"),
    path("cua-toi/", mine.mine, name="mine"),
    path("nhac/", reminding.remind, name="remind"),
    path("nhap/", entering.task_add, name="add"),
    path("lich/", calendar.calendar, name="calendar"),
    path("lich/<int:pk>/bo/", calendar.calendar_clear, name="calendar-clear"),
    path("giao/<int:paper>/", assigning.assign, name="assign"),
    path("chuyen/<int:predecessor>/<int:successor>/", passing.pass_on, name="pass-on"),
    path("tep/<int:pk>/", detail.task_file, name="file"),
    path("<int:pk>/", detail.task_detail, name="detail"),
    path("<int:pk>/<str:act>/", detail.task_act, name="act"),
]
