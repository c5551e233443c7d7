"""App configuration of `reports`."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Names the app for Django."""

    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"
