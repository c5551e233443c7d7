"""Address of the search."""

from __future__ import annotations

from django.urls import path

from reports import views_search

urlpatterns = [path("tim-kiem/", views_search.search, name="search")]
