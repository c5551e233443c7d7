"""Addresses of recommendations."""

from __future__ import annotations

from django.urls import path, register_converter

from reports import views_recommendations
from reports.recommendations import STEPS


class StepConverter:
    """The name of a step of a recommendation."""

    regex = "|".join(STEPS)

    def to_python(self, value: str) -> str:
        """Return the name."""
        return value

    def to_url(self, value: str) -> str:
        """Return the name."""
        return value


register_converter(StepConverter, "recommendation_step")

urlpatterns = [
    path("kien-nghi/", views_recommendations.recommendation_list, name="recommendation_list"),
    path("kien-nghi/<int:pk>/", views_recommendations.recommendation_detail, name="recommendation_detail"),
    path(
        "kien-nghi/<int:pk>/<recommendation_step:step>/",
        views_recommendations.recommendation_step,
        name="recommendation_step",
    ),
    path("kien-nghi/lap/<int:pk>/", views_recommendations.recommendation_create, name="recommendation_create"),
]
