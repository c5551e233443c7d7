"""App configuration of `jobs`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Names the app for Django."""

    name = "plan_tracker.jobs"
    label = "jobs"
    verbose_name = _("Long jobs")
    default_auto_field = "django.db.models.BigAutoField"
