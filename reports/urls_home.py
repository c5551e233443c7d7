"""Addresses of the first page, and of the pages about plan and body that tell what was reported."""

from __future__ import annotations

from django.urls import path

from reports import views_bodies, views_home, views_plan

urlpatterns = [
    path("", views_home.home, name="home"),
    path("ke-hoach/chon/", views_plan.plan_list, name="plan_list"),
    path("ke-hoach/", views_plan.plan_detail, name="plan_detail"),
    path("co-quan/<slug:code>/", views_bodies.body_detail, name="body_detail"),
]
