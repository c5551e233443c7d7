"""Every address of the portal; each app keeps its own list."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from plan_tracker.accounts.views_entrance import admin_sign_in
from plan_tracker.styleguide import styleguide

urlpatterns = [
    path("quan-tri/login/", admin_sign_in),
    path("quan-tri/", admin.site.urls),
    path("tai-khoan/", include("plan_tracker.accounts.urls")),
    path("", include("plan_tracker.audit.urls")),
    path("", include("plan_tracker.jobs.urls")),
    path("giao-dien/", styleguide, name="styleguide"),
    path("", include("tasks.urls")),
    path("", include("targets.urls")),
    path("", include("reports.urls")),
]
