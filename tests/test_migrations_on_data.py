"""The migrations go back and forth over a portal in use: what both ends know is the same afterwards, row by row."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.access_world import World, make_world
from tests.pages import page

pytestmark = pytest.mark.django_db(transaction=True)
OURS = ("reports", "targets", "tasks")
Rows = dict[str, list[tuple[Any, ...]]]


def columns_of(table: str) -> list[str]:
    """Return the columns of a table as the database has it now."""
    with connection.cursor() as cursor:
        return sorted(column.name for column in connection.introspection.get_table_description(cursor, table))


def shape() -> dict[str, list[str]]:
    """Return our tables with their columns; tables of the search index hold copies only."""
    names = [name for name in connection.introspection.table_names() if name.split("_")[0] in OURS]
    return {name: columns_of(name) for name in names}


def rows(tables: dict[str, list[str]]) -> Rows:
    """Return every row of these columns, in order."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table, columns in tables.items():
            listed = ", ".join(connection.ops.quote_name(column) for column in columns)
            cursor.execute(f"SELECT {listed} FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of ours
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found


def shared(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the tables and columns that both have."""
    return {
        table: [column for column in columns if column in other[table]]
        for table, columns in one.items()
        if table in other
    }


@pytest.fixture
def world() -> World:
    return make_world()


def back_to(number: str) -> None:
    """Undo the migrations of our apps down to the one with this number."""
    for app in OURS:
        call_command("migrate", app, number, interactive=False, verbosity=0)


def test_what_was_entered_survives_the_way_back_and_forth(world: World, client: Client) -> None:
    above = shape()
    before = rows(above)
    try:
        back_to("0001")
        below = shape()
        assert {"reports_submission", "tasks_body", "targets_observation"} <= below.keys() < above.keys()
        both = shared(above, below)
        kept = rows(both)
    finally:
        call_command("migrate", interactive=False, verbosity=0)
    assert shape() == above
    after = rows(both)
    assert sum(map(len, kept.values())) > 50
    for table, columns in both.items():
        places = [above[table].index(column) for column in columns]
        entered = sorted((tuple(row[place] for place in places) for row in before[table]), key=repr)
        assert kept[table] == entered == after[table], table
    page(world.people["reviewer"], "/")
    page(world.people["preparer"], f"/bao-cao/{world.rows['draft'].pk}/")
