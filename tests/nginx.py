"""Where the nginx is that the tests of slow lines put in front of the portal."""

from __future__ import annotations

import os
import shutil
import subprocess

PLACES = ("/usr/sbin/nginx", "/usr/local/sbin/nginx")
INSTALL_SECONDS = 600


class NoNginxError(Exception):
    """No nginx could be had; the message says why."""


def on_this_machine() -> str | None:
    """Return the nginx that is installed."""
    return shutil.which("nginx") or next((place for place in PLACES if os.access(place, os.X_OK)), None)


def install() -> None:
    """Install Debian's package when that is possible without asking anybody; it is not started as a service."""
    apt_get = shutil.which("apt-get")
    if os.geteuid() != 0 or apt_get is None:
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "nginx-light"]):
        subprocess.run(  # noqa: S603
            [apt_get, *command], env=quiet, capture_output=True, check=False, timeout=INSTALL_SECONDS
        )


def find() -> str:
    """Return the path of nginx, installed now where that is possible."""
    program = on_this_machine()
    # Only one process of a parallel run may install; it does so before the others begin.
    if program is None and "PYTEST_XDIST_WORKER" not in os.environ:
        install()
        program = on_this_machine()
    if program is None:
        msg = "no nginx is installed and none could be installed: apt-get install nginx-light"
        raise NoNginxError(msg)
    return program
