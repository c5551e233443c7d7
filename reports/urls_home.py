"""Addresses of the first page, and of the pages about plan and body that tell what was reported."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from reports import views_bodies, views_home, views_plan


def pending(_request: HttpRequest, pk: int = 0) -> HttpResponse:
    """Stand for a page that is still being built, so that links to it can be written."""
    raise Http404(str(pk))


# Goes as soon as the page of the summary is there.
PENDING = [path("tong-hop/<int:pk>/", pending, name="summary_detail")]
urlpatterns = [
    path("", views_home.home, name="home"),
    path("ke-hoach/", views_plan.plan_detail, name="plan_detail"),
    path("co-quan/<slug:code>/", views_bodies.body_detail, name="body_detail"),
    *PENDING,
]
