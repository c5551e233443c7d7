"""Two server processes on one database: a session ended in one is over on the next page of the other."""

from __future__ import annotations

import http.cookiejar
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.db import connection

from plan_tracker.accounts.models import Session, User
from tests.people import PASSWORD, make_user

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60

pytestmark = pytest.mark.django_db(transaction=True)


def database_url() -> str:
    """Return the address of the database that this run of the tests uses."""
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    who = f"{config['USER']}:{config['PASSWORD']}" if config["PASSWORD"] else config["USER"]
    # A host may be a folder with a socket, which only the part after the question mark can hold.
    host = config["HOST"] or config["OPTIONS"].get("host", "")
    port = config["PORT"] or config["OPTIONS"].get("port", 5432)
    return f"postgres://{who}@/{config['NAME']}?{urllib.parse.urlencode({'host': host, 'port': port})}"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def servers() -> Iterator[list[str]]:
    """The addresses of two processes that share nothing but the database."""
    with ExitStack() as stack:
        found = []
        for _process in range(2):
            port = free_port()
            environment = {**os.environ, "DATABASE_URL": database_url(), "DEBUG": "1", "WEB_PROCESSES": "2"}
            environment["DJANGO_SETTINGS_MODULE"] = "plan_tracker.settings"
            command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload", "--skip-checks"]
            quiet = subprocess.DEVNULL
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)  # noqa: S603
            stack.callback(process.wait)
            stack.callback(process.terminate)
            found.append(f"http://127.0.0.1:{port}")
        for server in found:
            wait_for(server)
        yield found


def wait_for(server: str) -> None:
    """Wait until a server answers."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{server}/tai-khoan/dang-nhap/", timeout=5).close()  # noqa: S310
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"{server} does not answer")


class Browser:
    """Cookies that go to every server of this machine, and pages."""

    def __init__(self) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def get(self, address: str) -> tuple[str, str]:
        """Return where a page led, and its text."""
        with self.opener.open(address, timeout=30) as answer:
            return answer.url, answer.read().decode()

    def post(self, address: str, page: str, **fields: str) -> str:
        """Send a form with the token of a page and return where it led."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        with self.opener.open(address, data, timeout=30) as answer:
            return str(answer.url)

    def sign_in(self, server: str) -> None:
        """Sign in at a server."""
        address = f"{server}/tai-khoan/dang-nhap/"
        led = self.post(address, self.get(address)[1], username="vanthu", password=PASSWORD, next="/tai-khoan/")
        assert led == f"{server}/tai-khoan/"


def test_a_session_ended_in_one_process_is_over_in_the_other(servers: list[str]) -> None:
    one, other = servers
    user = make_user("vanthu")
    # The processes read passwords as a portal in use does, not with the quick hash of the tests.
    User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD, hasher=Argon2PasswordHasher()))
    there, here = Browser(), Browser()
    there.sign_in(one)
    here.sign_in(one)
    assert there.get(f"{other}/tai-khoan/")[0] == f"{other}/tai-khoan/", "both processes know the session"
    page = here.get(f"{other}/tai-khoan/")[1]
    here.post(f"{other}/tai-khoan/phien/", page, session="others")
    assert "/tai-khoan/dang-nhap/" in there.get(f"{one}/tai-khoan/")[0]
    assert here.get(f"{one}/tai-khoan/")[0] == f"{one}/tai-khoan/"
    assert Session.objects.filter(user=user).count() == 1
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert "/tai-khoan/dang-nhap/" in here.get(f"{one}/tai-khoan/")[0], "closing an account counts at once"
