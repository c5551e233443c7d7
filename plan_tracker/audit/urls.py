"""Addresses of `audit`."""

from __future__ import annotations

from django.urls import path

from plan_tracker.audit import views

app_name = "audit"
urlpatterns = [
    path("nhat-ky/", views.trail, name="trail"),
    path("nhat-ky/nhat-ky.xlsx", views.trail_file, {"kind": "xlsx"}, name="trail_xlsx"),
    path("nhat-ky/nhat-ky.csv", views.trail_file, {"kind": "csv"}, name="trail_csv"),
]
