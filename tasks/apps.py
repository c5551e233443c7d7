"""App configuration of `tasks`."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Names the app for Django."""

    name = "tasks"
    default_auto_field = "django.db.models.BigAutoField"
