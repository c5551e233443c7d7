"""Addresses of the pages where figures are entered, and of their history."""

from __future__ import annotations

from django.urls import path

from targets import views_figures

urlpatterns = [
    path("chi-tieu/nhap/<int:year>/", views_figures.figures_by_year, name="figures_by_year"),
    path("chi-tieu/<str:code>/nhap/", views_figures.figures_by_indicator, name="figures_by_indicator"),
    path("chi-tieu/<str:code>/lich-su/", views_figures.figure_history, name="figure_history"),
]
