"""Addresses of `tasks`."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "tasks"
urlpatterns: list[URLPattern] = []
