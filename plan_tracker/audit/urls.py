"""Addresses of `audit`."""

from __future__ import annotations

from django.urls import path

from plan_tracker.audit import views

app_name = "audit"
urlpatterns = [
    path("nhat-ky/", views.trail, name="trail"),
]
