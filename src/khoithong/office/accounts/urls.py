"""Addresses of the accounts pages."""

from django.urls import URLPattern, path

from khoithong.office.accounts.views import audit, own, people

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("dang-nhap/", own.SignIn.as_view(), name="sign-in"),
    path("dang-xuat/", own.SignOut.as_view(), name="sign-out"),
    path("doi-mat-khau/", own.password, name="password"),
    path("cua-toi/", own.profile, name="profile"),
    path("nguoi-dung/", people.people, name="list"),
    path("nguoi-dung/them/", people.add, name="add"),
    path("nguoi-dung/<int:pk>/", people.person, name="person"),
    path("nguoi-dung/<int:pk>/dat-lai-mat-khau/", people.reset, name="reset"),
    path("nguoi-dung/<int:pk>/<slug:what>/", people.change, name="change"),
    path("nhat-ky/", audit.audit, name="audit"),
]
