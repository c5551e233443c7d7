"""`manage.py load_plan`: brings the plan and the bodies from fixtures/ into the database, as often as wanted."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Field, ForeignKey, Model

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
FILES = (
    "bodies",
    "plan",
    "passages",
    "corrections",
    "documents",
    "citations",
    "groups",
    "tasks",
    "assignments",
    "scope",
    "targets",
    "denominators",
    "counters",
    "observations",
)
# Tables whose manager does not name the parts of the natural key.
OTHER_KEYS = {
    "tasks.body": ("code",),
    "targets.observation": (
        "indicator__target__plan__code",
        "indicator__code",
        "definition__version",
        "body__code",
        "covers_from",
        "covers_to",
        "measure",
        "status",
    ),
}
# A published figure is never overwritten: a restatement is a new row.
NEVER_UPDATED = {"targets.observation"}

Key = tuple[str | None, ...]
Fields = dict[str, Any]
Table = type[Model]


@dataclass
class Tally:
    """What happened to the rows of one table."""

    created: int = 0
    updated: int = 0
    kept: int = 0
    clashing: list[Key] = field(default_factory=list)


def key_paths(table: Table) -> tuple[str, ...]:
    """Return the fields that make the natural key of a table."""
    paths: tuple[str, ...] = OTHER_KEYS.get(table._meta.label_lower) or table._default_manager.fields  # type: ignore[attr-defined]
    return paths


def as_key(values: Any) -> Key:
    """Return the parts of a key in one form, whether they come from a file or from the database."""
    return tuple(None if value is None else str(value) for value in values)


def key_of(table: Table, row: Fields) -> Key:
    """Return the natural key of a row of a file; parts that lie in another table stand in the reference to it."""
    values: list[Any] = []
    for path in key_paths(table):
        name, _, rest = path.partition("__")
        value = row.get(name)
        if rest and value is not None:
            value = value[key_paths(related(table, name)).index(rest)]
        values.append(value)
    return as_key(values)


def related(table: Table, name: str) -> Table:
    """Return the table that a field points to."""
    model = table._meta.get_field(name).related_model
    if not (isinstance(model, type) and issubclass(model, Model)):
        raise CommandError(f"{table._meta.label}.{name} points to no table.")
    return model


def rows_by_table(path: Path) -> dict[Table, list[Fields]]:
    """Return the rows of a file, each table where its first row stands."""
    tables: dict[Table, list[Fields]] = {}
    for row in json.loads(path.read_text(encoding="utf-8")):
        tables.setdefault(apps.get_model(row["model"]), []).append(row["fields"])
    return tables


class Loader:
    """Loads the rows of one file after another and remembers which keys are in the database."""

    def __init__(self, *, update: bool) -> None:
        self.update = update
        self.tallies: dict[str, Tally] = defaultdict(Tally)
        self._known: dict[Table, dict[Key, int]] = {}

    def known(self, table: Table) -> dict[Key, int]:
        """Return the primary key of every row by its natural key."""
        if table not in self._known:
            found = table._default_manager.order_by("pk").values_list("pk", *key_paths(table))
            self._known[table] = {as_key(key): pk for pk, *key in found}
        return self._known[table]

    def load_file(self, path: Path) -> None:
        """Load one file, table by table."""
        for table, rows in rows_by_table(path).items():
            self.load(table, rows)

    def load(self, table: Table, rows: list[Fields]) -> None:
        """Create the rows that are missing; change the others only where that was asked for."""
        by_key = {key_of(table, row): row for row in rows}
        if len(by_key) < len(rows):
            raise CommandError(f"Two rows of {table._meta.label} have the same key.")
        before = set(self.known(table))
        missing = {key: row for key, row in by_key.items() if key not in before}
        present = {key: row for key, row in by_key.items() if key in before}
        tally = self.tallies[table._meta.label]
        if missing:
            # What an administrator renamed may stand where the missing row would: his row stays.
            table._default_manager.bulk_create(
                [table(**self.values(table, row, own=False)) for row in missing.values()], ignore_conflicts=True
            )
            del self._known[table]
            created = {key: row for key, row in missing.items() if key in self.known(table)}
            tally.created += len(created)
            tally.clashing += [key for key in missing if key not in created]
            self.point_within(table, created)
            self.join(table, created)
        if self.update and table._meta.label_lower not in NEVER_UPDATED:
            tally.updated += self.overwrite(table, present)
            self.join(table, present)
        tally.kept += len(present)

    def values(self, table: Table, row: Fields, *, own: bool) -> Fields:
        """Return the values of a row; references to the table itself only where its rows exist already."""
        values: Fields = {}
        for name, value in row.items():
            column = table._meta.get_field(name)
            if isinstance(column, ForeignKey):
                if value is not None and (own or column.related_model is not table):
                    values[column.attname] = self.pk(related(table, name), value)
            elif isinstance(column, Field) and not column.many_to_many:
                values[name] = column.to_python(value)
        return values

    def pk(self, table: Table, natural_key: list[Any]) -> int:
        """Return the primary key of the row that a file refers to."""
        try:
            return self.known(table)[as_key(natural_key)]
        except KeyError:
            raise CommandError(f"There is no {table._meta.label} {natural_key}.") from None

    def point_within(self, table: Table, rows: dict[Key, Fields]) -> None:
        """Fill the references of new rows to rows of the same table."""
        columns = [
            column for column in table._meta.fields if isinstance(column, ForeignKey) and column.related_model is table
        ]
        pointing = {key: row for key, row in rows.items() if any(row.get(column.name) for column in columns)}
        if pointing:
            self.overwrite(table, pointing, only={column.name for column in columns})

    def overwrite(self, table: Table, rows: dict[Key, Fields], only: set[str] | None = None) -> int:
        """Write the values of the file; a blank of the file never wipes out what somebody entered."""
        objects = table._default_manager.in_bulk([self.known(table)[key] for key in rows])
        changed, names = [], set()
        for key, row in rows.items():
            stored = objects[self.known(table)[key]]
            wanted = {name: value for name, value in row.items() if only is None or name in only}
            differing = {
                name: value
                for name, value in self.values(table, wanted, own=True).items()
                if value not in (None, "", []) and getattr(stored, name) != value
            }
            for name, value in differing.items():
                setattr(stored, name, value)
            if differing:
                changed.append(stored)
                names |= {table._meta.get_field(name).name for name in differing}
        if changed:
            table._default_manager.bulk_update(changed, sorted(names), batch_size=200)
        return len(changed)

    def join(self, table: Table, rows: dict[Key, Fields]) -> None:
        """Fill the many-to-many fields."""
        for column in table._meta.many_to_many:
            wanted = {key: row[column.name] for key, row in rows.items() if row.get(column.name)}
            objects = table._default_manager.in_bulk([self.known(table)[key] for key in wanted])
            for key, natural_keys in wanted.items():
                members = [self.pk(related(table, column.name), natural_key) for natural_key in natural_keys]
                getattr(objects[self.known(table)[key]], column.name).set(members)


class Command(BaseCommand):
    """Create the rows of fixtures/ that are missing; what is in the database stays as it is, unless told otherwise."""

    help = (
        "Loads the plan, its bodies, targets and counters from fixtures/. Creates what is missing and leaves every "
        "row that exists as it is, so that nothing an administrator entered is lost. A row that was deleted comes back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let an administrator take over what changed in the files."""
        parser.add_argument(
            "--update",
            action="store_true",
            help="also overwrite existing rows with the files, except where the files are blank; "
            "published figures are never overwritten",
        )
        parser.add_argument(
            "--from",
            dest="folder",
            type=Path,
            default=FIXTURES,
            help="load another plan, or a part of one, from the files of this folder (named as in fixtures/)",
        )
        parser.add_argument(
            "--later",
            action="append",
            default=[],
            choices=sorted(path.stem for path in (FIXTURES / "later").glob("*.json")),
            help="then take over what changed after the plan was issued, from this file of fixtures/later",
        )

    def handle(self, *_: Any, update: bool, folder: Path, later: list[str], verbosity: int, **__: Any) -> None:
        """Load the files in their order, all or nothing."""
        loader = Loader(update=update)
        paths = [path for name in FILES if (path := folder / f"{name}.json").is_file()]
        if not paths:
            raise CommandError(f"There is no file such as plan.json in {folder}.")
        with transaction.atomic():
            for path in paths:
                loader.load_file(path)
            loader.update = True
            for name in later:
                loader.load_file(FIXTURES / "later" / f"{name}.json")
        for label, tally in loader.tallies.items():
            if verbosity:
                self.stdout.write(
                    f"{label}: {tally.created} created, {tally.updated} updated, {tally.kept} there before"
                )
            for key in tally.clashing:
                self.stderr.write(f"{label} {key} left out: another row stands in its place.")
