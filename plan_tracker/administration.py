"""Makes the administration of `accounts` the one that every app registers its screens with."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's administration under our own doors."""

    default_site = "plan_tracker.accounts.administration.Administration"
