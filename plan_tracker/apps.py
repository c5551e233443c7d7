"""App configuration of the composition root: its templatetags, static files and system checks."""

from django.apps import AppConfig
from django.forms import CharField, Field
from django.utils.translation import gettext_lazy as _

from plan_tracker.lib.secrecy import refuse_marking


class PlanTrackerConfig(AppConfig):
    """Makes the kit's template tags, static files, catalogue and checks known to Django."""

    name = "plan_tracker"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks; let every form ask for what is missing, and refuse markings of secrecy."""
        from plan_tracker import checks  # noqa: F401, PLC0415

        Field.default_error_messages["required"] = _("Please fill this in.")
        # Every text field of every form, the administration's too, goes through the one guard.
        CharField.default_validators = [*CharField.default_validators, refuse_marking]
