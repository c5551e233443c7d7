"""Runs every measurement on SQLite and on PostgreSQL and fails where a ratio is above its bar: `make bench`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import Any

from tests.databases import NoServerError, postgresql

HERE = "--here"


def measure() -> int:
    """Measure on an empty database of its own, print a line for each measurement, and return the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django  # noqa: PLC0415 - the settings must be named first

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import setup_databases, teardown_databases  # noqa: PLC0415

    from tests.bench import board, documents, files, pages, search, sign_in, summary, workbook  # noqa: PLC0415

    settings.SCRATCH.mkdir(parents=True, exist_ok=True)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        # The search comes last: it fills the tables that the others measure. Once is enough for files, which ask no
        # database, and for passwords, whose time is that of their hash.
        once = (documents, sign_in) if connection.vendor == "sqlite" else ()
        modules = (*once, workbook, pages, summary, files, board, search)
        taken: list[Any] = [measurement() for module in modules for measurement in module.measurements]
        # Some measure many things in one run, one to a page.
        found = [one for got in taken for one in (got if isinstance(got, list) else [got])]
    finally:
        teardown_databases(databases, verbosity=0)
        shutil.rmtree(settings.SCRATCH, ignore_errors=True)
    for one in found:
        print(one, flush=True)
    return 0 if all(one.is_met for one in found) else 1


def in_a_process(database_url: str) -> int:
    """Measure on one database in a process of its own."""
    environment = {**os.environ, "TEST_DATABASE_URL": database_url}
    return subprocess.run([sys.executable, "-m", "tests.bench", HERE], env=environment, check=False).returncode  # noqa: S603


def main() -> int:
    """Measure on both databases."""
    failed = in_a_process("")
    try:
        with postgresql() as server:
            failed |= in_a_process(server.url)
    except NoServerError as error:
        print(f"PostgreSQL: not measured, {error}")
    return failed


if __name__ == "__main__":
    sys.exit(measure() if HERE in sys.argv else main())
