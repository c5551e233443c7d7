"""Fixtures that every test may use, and the last lines of a run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from plan_tracker.audit.guard import unguard
from tests.people import Cast, make_cast

# No test is timed: on a machine that is busy an example may take as long as it needs.
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")
pytest_plugins = ["tests.browser", "tests.plandata"]
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}


def pytest_configure() -> None:
    """Make the folder for what this process writes."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(settings.SCRATCH, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let the tables of the audit trail be emptied between tests; the tests of its refusals arm them again."""
    with django_db_blocker.unblock():
        unguard(connection)


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast; a file whose people need more around them makes its own."""
    return make_cast()


@pytest.fixture(autouse=True)
def fresh_cache() -> Iterator[None]:
    """Let no test see what another one left in the cache."""
    cache.clear()
    yield
    cache.clear()


def browser_tests_skipped(config: pytest.Config) -> list[pytest.TestReport]:
    """Return the browser tests that did not run for want of a browser."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    return [report for report in skipped if "browser" in report.keywords]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail in CI where the browser tests were skipped."""
    if IN_CI and browser_tests_skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which database was used and what was left out."""
    terminalreporter.write_line(f"Database of this run: {connection.vendor}")
    if connection.vendor == "sqlite":
        terminalreporter.write_line("PostgreSQL was not used in this run; `make test` runs on both.")
    if skipped := browser_tests_skipped(config):
        why = skipped[0].longrepr[-1] if isinstance(skipped[0].longrepr, tuple) else ""
        terminalreporter.write_line(f"BROWSER TESTS SKIPPED: {len(skipped)}. {why}", red=True)
