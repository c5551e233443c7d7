"""Every address of the portal; each app keeps its own list."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("quan-tri/", admin.site.urls),
    path("tai-khoan/", include("plan_tracker.accounts.urls")),
    path("", include("tasks.urls")),
    path("", include("targets.urls")),
    path("", include("reports.urls")),
]
