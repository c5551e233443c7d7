"""Addresses of changes of bodies."""

from __future__ import annotations

from django.urls import path, register_converter

from reports import views_changes


class ChangeStepConverter:
    """What can be done with a change of bodies."""

    regex = "xac-nhan|chuyen|hoan-tac|xoa"

    def to_python(self, value: str) -> str:
        """Return the name."""
        return value

    def to_url(self, value: str) -> str:
        """Return the name."""
        return value


register_converter(ChangeStepConverter, "change_step")

urlpatterns = [
    path("sap-xep-bo-may/", views_changes.change_list, name="change_list"),
    path("sap-xep-bo-may/lap/", views_changes.change_create, name="change_create"),
    path("sap-xep-bo-may/<slug:code>/", views_changes.change_detail, name="change_detail"),
    path("sap-xep-bo-may/<slug:code>/<change_step:step>/", views_changes.change_step, name="change_step"),
]
