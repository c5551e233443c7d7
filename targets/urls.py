"""Addresses of `targets`."""

from __future__ import annotations

from django.urls import path

from targets import urls_figures, views

app_name = "targets"
urlpatterns = [
    *urls_figures.urlpatterns,
    path("chi-tieu/", views.indicator_list, name="indicator_list"),
    path("chi-tieu/<str:code>/", views.indicator_detail, name="indicator_detail"),
]
