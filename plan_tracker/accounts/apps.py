"""App configuration of `accounts`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Names the app for Django."""

    name = "plan_tracker.accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"
