"""Addresses of editions: those of a period, opening one, and one of them over its sections."""

from __future__ import annotations

from django.urls import path

from reports import views_composer, views_editions

urlpatterns = [
    path("tong-hop/<int:pk>/bao-cao/", views_editions.edition_list, name="edition_list"),
    path("tong-hop/<int:pk>/bao-cao/mo/", views_editions.edition_open, name="edition_open"),
    path("tong-hop/bao-cao/<int:pk>/", views_editions.edition_detail, name="edition_detail"),
    path("tong-hop/bao-cao/<int:pk>/soan/<str:key>/", views_composer.edition_section, name="edition_section"),
]
