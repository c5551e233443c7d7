"""App configuration of `targets`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TargetsConfig(AppConfig):
    """Names the app for Django."""

    name = "targets"
    verbose_name = _("Indicators")
    default_auto_field = "django.db.models.BigAutoField"
