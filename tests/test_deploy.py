"""The examples of `deploy/` are true: units start what there is, and the proxy keeps slow lines off the portal."""

from __future__ import annotations

import configparser
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests import nginx
from tests.conftest import IN_CI

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))
SLOW_LINES, THREADS = 200, 8
# The first page sends a stranger to sign in without asking the database; the form of that page reads all that comes.
PAGE, FORM, AWAY = "/", "/tai-khoan/dang-nhap/", 302


def unit(path: Path) -> configparser.ConfigParser:
    """Return a unit of systemd; a key that stands twice keeps its last value."""
    found = configparser.ConfigParser(strict=False, interpolation=None)
    found.optionxform = str  # type: ignore[method-assign,assignment]
    found.read(path, encoding="utf-8")
    return found


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_unit_starts_a_command_that_there_is(path: Path) -> None:
    command = unit(path)["Service"]["ExecStart"]
    asked = re.search(r"manage\.py (\w+)", command)
    assert (asked.group(1) in get_commands()) if asked else "gunicorn plan_tracker.wsgi" in command
    assert unit(path)["Service"]["User"] == "plan-tracker"


@pytest.mark.parametrize("path", sorted((DEPLOY / "systemd").glob("*.timer")), ids=lambda path: path.stem)
def test_a_timer_has_its_service_and_a_time_of_the_office(path: Path) -> None:
    assert path.with_suffix(".service").exists()
    assert unit(path)["Timer"]["OnCalendar"].endswith("Asia/Ho_Chi_Minh")


def test_the_pooler_lends_connections_by_transaction() -> None:
    pooler = unit(DEPLOY / "pgbouncer" / "pgbouncer.ini")
    assert pooler["pgbouncer"]["pool_mode"] == "transaction"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def answer(port: int, *, seconds: float) -> int:
    """Return the status of the first page; raises TimeoutError when it does not come."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", PAGE, headers={"Host": "localhost", "X-Forwarded-Proto": "http"})
        return connection.getresponse().status
    finally:
        connection.close()


def wait_for(port: int) -> None:
    """Wait until somebody answers on a port."""
    for _try in range(150):
        with suppress(OSError, http.client.HTTPException):
            if answer(port, seconds=2) == AWAY:
                return
        time.sleep(0.2)
    msg = f"nobody answers on port {port}"
    raise AssertionError(msg)


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    """Let a server run inside."""
    with subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


def unfinished_upload(port: int) -> socket.socket:
    """Begin to send a file and stop in the middle, as a line that broke in the mountains does."""
    line = socket.create_connection(("127.0.0.1", port), timeout=10)
    head = f"POST {FORM} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    line.sendall(f"{head}Content-Length: 1000000\r\n\r\nusername=".encode())
    return line


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[int]:
    """Yield the port of a portal with one process of eight threads, as `make run` serves it."""
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "plan_tracker.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}",
        "SECRET_KEY": "only-for-this-test-" + "0123456789" * 4,
        "DEBUG": "1",
        "HTTPS": "",
        "STATIC_ROOT": str(tmp_path / "static"),
    }
    command = [sys.executable, "-m", "gunicorn", "plan_tracker.wsgi", "--threads", str(THREADS)]
    with running([*command, "--bind", f"127.0.0.1:{port}", "--log-level", "critical"], environment):
        wait_for(port)
        yield port


def proxied(portal: int, folder: Path) -> tuple[list[str], int]:
    """Return the command of nginx with the example of `deploy/`, put on ports of this test, and its port."""
    port = free_port()
    example = (DEPLOY / "nginx" / "plan-tracker.conf").read_text(encoding="utf-8")
    example = example.replace("127.0.0.1:8000", f"127.0.0.1:{portal}")
    example = re.sub(r"server \{\s+listen 80;.*?\n\}\n", "", example, flags=re.DOTALL)
    example = example.replace("listen 443 ssl http2", f"listen 127.0.0.1:{port}")
    example = re.sub(r"^\s*ssl_.*$", "", example, flags=re.MULTILINE)
    temporary = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = (
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/errors;"
        + ("user root;" if os.geteuid() == 0 else "")
        + f"events {{ worker_connections 1024; }} http {{ access_log off; {temporary} {example} }}"
    )
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    return [nginx.find(), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "errors")], port


def test_slow_lines_hold_no_thread_of_a_portal_behind_the_proxy(portal: int, tmp_path: Path) -> None:
    try:
        command, port = proxied(portal, tmp_path)
    except nginx.NoNginxError as error:
        if IN_CI:
            raise
        pytest.skip(str(error))
    with running(command, dict(os.environ)), ExitStack() as lines:
        wait_for(port)
        for _line in range(SLOW_LINES):
            lines.enter_context(unfinished_upload(port))
        for _visit in range(20):
            assert answer(port, seconds=10) == AWAY


def test_without_the_proxy_they_hold_every_thread(portal: int) -> None:
    with ExitStack() as lines:
        for _line in range(THREADS):
            lines.enter_context(unfinished_upload(portal))
        time.sleep(1)
        with pytest.raises(TimeoutError):
            answer(portal, seconds=3)
