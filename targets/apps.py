"""App configuration of `targets`."""

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """Names the app for Django."""

    name = "targets"
    default_auto_field = "django.db.models.BigAutoField"
