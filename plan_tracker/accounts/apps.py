"""App configuration of `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Names the app for Django."""

    name = "plan_tracker.accounts"
    default_auto_field = "django.db.models.BigAutoField"
