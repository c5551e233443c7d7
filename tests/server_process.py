"""The portal served by a process of its own on the tests' database, so that a test may kill it and start it again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import get_internal_wsgi_application, run

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "SERVED_DATABASE"
START_SECONDS = 60


class ServerProcess:
    """One server on one port; what it keeps in memory dies with it, as on a machine that loses its power."""

    def __init__(self, database: str) -> None:
        self.database = database
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return the address without a path."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        env = {**os.environ, DATABASE: self.database, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "tests.server_process", str(self.port)]
        self.process = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + START_SECONDS
        while not self.answers():
            assert time.monotonic() < until and self.process.poll() is None, "the server did not start"
            time.sleep(0.1)

    def answers(self) -> bool:
        """Say whether the sign-in page comes."""
        try:
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as line:
                line.request("GET", "/tai-khoan/dang-nhap/")
                with line.getresponse() as response:
                    response.read()
                    return response.status == HTTPStatus.OK
        except OSError:
            return False

    def kill(self) -> None:
        """End it at once, in the middle of whatever it does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def serve(port: int) -> None:
    """Serve until killed."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    settings.DATABASES["default"]["NAME"] = os.environ[DATABASE]
    django.setup()
    run("127.0.0.1", port, StaticFilesHandler(get_internal_wsgi_application()), threading=True)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
