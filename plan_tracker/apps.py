"""App configuration of the composition root: its templatetags, static files and system checks."""

from django.apps import AppConfig


class PlanTrackerConfig(AppConfig):
    """Makes the kit's template tags, static files, catalogue and checks known to Django."""

    name = "plan_tracker"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks."""
        from plan_tracker import checks  # noqa: F401, PLC0415
