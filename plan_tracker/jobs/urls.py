"""Addresses of `jobs`."""

from __future__ import annotations

from django.urls import path

from plan_tracker.jobs import trail, views

app_name = "jobs"
urlpatterns = [
    path("cong-viec/", views.job_list, name="job_list"),
    path("cong-viec/<int:pk>/", views.job_detail, name="job_detail"),
    path("cong-viec/<int:pk>/tinh-hinh/", views.job_state, name="job_state"),
    path("cong-viec/<int:pk>/tep/", views.job_file, name="job_file"),
    path("nhat-ky/nhat-ky.xlsx", trail.trail_file, {"kind": "xlsx"}, name="trail_xlsx"),
    path("nhat-ky/nhat-ky.csv", trail.trail_file, {"kind": "csv"}, name="trail_csv"),
]
