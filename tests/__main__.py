"""Runs the whole suite on SQLite and then on PostgreSQL: `python -m tests [arguments of pytest]`."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress

from tests import chromium, nginx
from tests.databases import NoServerError, postgresql

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
NO_TESTS = 5


def pytest(*arguments: str, database_url: str = "") -> bool:
    """Run pytest in a process of its own and say whether all was well."""
    environment = {**os.environ, "TEST_DATABASE_URL": database_url}
    command = [sys.executable, "-m", "pytest", "-n", str(min(os.cpu_count() or 1, 4)), *arguments]
    return subprocess.run(command, env=environment, check=False).returncode in {0, NO_TESTS}  # noqa: S603


def main(arguments: list[str]) -> int:
    """Run both passes, say in the last lines what ran, and return the exit status."""
    # The tests say it themselves when there is none.
    with suppress(chromium.NoChromiumError):
        os.environ["CHROMIUM"] = chromium.find()
    with suppress(nginx.NoNginxError):
        nginx.find()
    outcome = {"SQLite": pytest(*arguments)}
    lines = [f"SQLite: {'passed' if outcome['SQLite'] else 'FAILED'}"]
    try:
        with postgresql() as server:
            outcome["PostgreSQL"] = pytest(*arguments, "-m", "not browser", database_url=server.url)
        lines.append(f"PostgreSQL ({server.origin}): {'passed' if outcome['PostgreSQL'] else 'FAILED'}")
    except NoServerError as error:
        outcome["PostgreSQL"] = not IN_CI
        lines.append(f"PostgreSQL: SKIPPED, {error}{'; in CI that is a failure' if IN_CI else ''}")
    print("\n".join(lines), flush=True)
    return 0 if all(outcome.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
