"""A worker as `make run` starts one, in a process of its own on the database of the tests."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def worker(**changed: object) -> subprocess.Popen[bytes]:
    """Start a worker that tells often how far it is, with some settings changed."""
    changes = "".join(f"settings.{name} = {value!r};" for name, value in changed.items())
    code = (
        "import django; django.setup(); from django.conf import settings;"
        f"settings.DATABASES['default']['NAME'] = {str(connection.settings_dict['NAME'])!r};"
        f"settings.MEDIA_ROOT = {str(settings.MEDIA_ROOT)!r}; {changes}"
        "from plan_tracker.jobs import working; working.SECONDS_BETWEEN_SIGNS = 0.02;"
        "from django.core.management import call_command; call_command('work')"
    )
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)  # noqa: S603


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
