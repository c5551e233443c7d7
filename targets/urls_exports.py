"""Addresses of the files and of what other systems read."""

from __future__ import annotations

from django.urls import path

from targets import views_api, views_exports

urlpatterns = [
    path("chi-tieu/bang.xlsx", views_exports.board_file, {"kind": "xlsx"}, name="board_xlsx"),
    path("chi-tieu/bang.csv", views_exports.board_file, {"kind": "csv"}, name="board_csv"),
    path("chi-tieu/<str:code>/so-lieu.xlsx", views_exports.series_file, {"kind": "xlsx"}, name="series_xlsx"),
    path("chi-tieu/<str:code>/so-lieu.csv", views_exports.series_file, {"kind": "csv"}, name="series_csv"),
    path("chi-tieu/api/", views_api.api_guide, name="api_guide"),
    path("chi-tieu/api/v1/bang/", views_api.api_board, name="api_board"),
    path("chi-tieu/api/v1/so-lieu/<str:code>/", views_api.api_series, name="api_series"),
]
