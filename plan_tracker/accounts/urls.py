"""Addresses of `accounts`."""

from __future__ import annotations

from django.urls import path

from plan_tracker.accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.sign_in, name="sign_in"),
    path("dang-xuat/", views.sign_out, name="sign_out"),
    path("mat-khau/", views.password_change, name="password_change"),
    path("ngon-ngu/", views.language, name="language"),
]
