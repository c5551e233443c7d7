"""Addresses of `targets`."""

from __future__ import annotations

from django.urls import path

from targets import urls_exports, urls_figures, views, views_bodies, views_judgement

app_name = "targets"
urlpatterns = [
    *urls_exports.urlpatterns,
    *urls_figures.urlpatterns,
    path("chi-tieu/", views.indicator_list, name="indicator_list"),
    path("chi-tieu/co-quan/<slug:code>/", views_bodies.body_indicators, name="body_indicators"),
    path("chi-tieu/<str:code>/", views.indicator_detail, name="indicator_detail"),
    path("chi-tieu/<str:code>/danh-gia/", views_judgement.judgement_create, name="judgement_create"),
    path("chi-tieu/<str:code>/danh-gia/<int:pk>/ket-thuc/", views_judgement.judgement_end, name="judgement_end"),
]
