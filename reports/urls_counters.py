"""Addresses of the activity figures."""

from __future__ import annotations

from django.urls import path

from reports import views_counters

urlpatterns = [
    path("so-lieu/", views_counters.counter_list, name="counter_list"),
    path("so-lieu/<str:code>/", views_counters.counter_detail, name="counter_detail"),
]
