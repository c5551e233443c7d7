"""The migrations lead from nothing to what the models say, and back."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

OURS = ("accounts", "tasks", "targets", "reports")


@pytest.mark.django_db
def test_the_migrations_are_in_step_with_the_models() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("app", OURS)
def test_the_migrations_of_an_app_follow_one_another_in_one_line(app: str) -> None:
    assert len(MigrationLoader(None).graph.leaf_nodes(app)) == 1


@pytest.mark.django_db(transaction=True)
def test_the_migrations_can_be_undone_and_done_again() -> None:
    try:
        for app in reversed(OURS):
            call_command("migrate", app, "zero", interactive=False, verbosity=0)
        left = [name for name in connection.introspection.table_names() if name.split("_")[0] in OURS]
        assert left == []
    finally:
        call_command("migrate", interactive=False, verbosity=0)
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
