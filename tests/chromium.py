"""Where the Chromium is that drives the browser tests."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOADS = ("chromium-*/chrome-linux*/chrome", "chromium_headless_shell-*/chrome-*/*headless?shell")
INSTALL_SECONDS = 600


class NoChromiumError(Exception):
    """No browser could be had; the message says why."""


def runs(program: str | Path) -> bool:
    """Say whether this really is a browser that starts: Ubuntu's `chromium-browser` may only advise to install one."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, check=False, timeout=60)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and b"Chrom" in answer.stdout


def on_the_path() -> str | None:
    """Return a browser that the PATH leads to."""
    found = (shutil.which(name) for name in NAMES)
    return next((program for program in found if program and runs(program)), None)


def downloaded() -> str | None:
    """Return a browser that Playwright has downloaded for this user."""
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    found = (program for pattern in DOWNLOADS for program in sorted(folder.glob(pattern), reverse=True))
    return next((str(program) for program in found if runs(program)), None)


def install() -> None:
    """Install Debian's package when that is possible without asking anybody."""
    apt_get = shutil.which("apt-get")
    if os.geteuid() != 0 or apt_get is None:
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        subprocess.run(  # noqa: S603
            [apt_get, *command],
            env=quiet,
            capture_output=True,
            check=False,
            timeout=INSTALL_SECONDS,
            stdin=subprocess.DEVNULL,
        )


def find() -> str:
    """Return the path of a Chromium: CHROMIUM, the PATH, a Playwright download, or installed now."""
    named = os.environ.get("CHROMIUM", "")
    if named and runs(named):
        return named
    if named:
        msg = f"CHROMIUM names {named}, which does not start"
        raise NoChromiumError(msg)
    program = on_the_path() or downloaded()
    # Only one process of a parallel run may install; it does so before the others begin.
    if program is None and "PYTEST_XDIST_WORKER" not in os.environ:
        install()
        program = on_the_path()
    if program is None:
        msg = "no Chromium on the PATH, none downloaded by Playwright, and none could be installed"
        raise NoChromiumError(msg)
    return program
