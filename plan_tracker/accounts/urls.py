"""Addresses of `accounts`."""

from __future__ import annotations

from django.urls import path

from plan_tracker.accounts import views, views_entrance, views_links, views_second_factor

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("dang-nhap/", views_entrance.sign_in, name="sign_in"),
    path("ma-xac-nhan/", views_entrance.code, name="code"),
    path("dang-xuat/", views_entrance.sign_out, name="sign_out"),
    path("mo-khoa/", views_entrance.unlock, name="unlock"),
    path("con-day/", views_entrance.still_here, name="still_here"),
    path("mat-khau/", views.password_change, name="password_change"),
    path("quen-mat-khau/", views_links.forgotten, name="forgotten"),
    path("lien-ket/<str:token>/", views_links.link, name="link"),
    path("xac-thuc/", views_second_factor.second_factor, name="second_factor"),
    path("phien/", views.session_end, name="session_end"),
    path("ngon-ngu/", views.language, name="language"),
]
