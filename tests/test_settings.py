"""Configuration: every setting is written down, and a wrong value stops the start with a sentence that names it."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as portal
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from pytest_django.fixtures import Settings

from plan_tracker import settings

ROOT = Path(__file__).resolve().parent.parent
READERS = {"text", "names", "truth", "whole_number"}
KEY = "a-key-for-one-test-" + "abcdefghij" * 4


def names_read() -> set[str]:
    """Return the name of every setting that settings.py reads from the environment."""
    source = ast.parse((ROOT / "plan_tracker" / "settings.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(source) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    first = [ast.unparse(call.args[0]) for call in calls if ast.unparse(call.func) in READERS and call.args]
    return {ast.literal_eval(argument) for argument in first if argument.startswith("'")}


def lines_of_the_example() -> list[str]:
    """Return the lines of .env.example that are not blank."""
    return [line for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines() if line.strip()]


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """Start the portal as `make run` does, with nothing in the environment but what is given."""
    blank = dict.fromkeys(names_read(), "")
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LD_LIBRARY_PATH"}}
    return subprocess.run(
        [sys.executable, "-c", "import plan_tracker.settings"],
        cwd=ROOT,
        env={**kept, **blank, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_every_setting_that_is_read_stands_in_the_example_and_no_other() -> None:
    listed = [line.lstrip("# ").partition("=")[0] for line in lines_of_the_example() if "=" in line]
    assert sorted(listed) == sorted(names_read())


def test_every_setting_in_the_example_is_explained_in_the_line_above() -> None:
    lines = lines_of_the_example()
    settings_lines = [number for number, line in enumerate(lines) if "=" in line]
    assert [lines[number] for number in settings_lines if "=" in lines[number - 1]] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("HTTPS", "2"),
        ("BEHIND_PROXY", "maybe"),
        ("CONN_MAX_AGE", "ten"),
        ("WEB_PROCESSES", "-1"),
        ("WEB_PROCESSES", "0"),
        ("SESSION_HOURS", "1,5"),
        ("SESSION_HOURS", "0"),
        ("DATABASE_URL", "mysql://localhost/plan"),
        ("DATABASE_URL", "plan.sqlite3"),
        ("CACHE_URL", "nonsense"),
        ("LOG_LEVEL", "loud"),
        ("EMAIL_URL", "pigeon://office"),
        ("PORTAL_URL", "dan-van.example.vn"),
        ("SECRET_KEY_FILE", "/nowhere/at/all"),
    ],
)
def test_a_wrong_value_stops_the_start_with_a_sentence_that_names_the_setting(name: str, value: str) -> None:
    result = start(**({} if name == "SECRET_KEY_FILE" else {"SECRET_KEY": KEY}) | {name: value})
    last_line = result.stderr.strip().splitlines()[-1]
    assert result.returncode != 0
    assert last_line.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert name in last_line
    assert last_line.endswith(".")


def test_right_values_start_the_portal() -> None:
    result = start(SECRET_KEY=KEY, HTTPS="yes", WEB_PROCESSES="4", CACHE_URL="dbcache://portal_cache", LOG_LEVEL="info")
    assert (result.returncode, result.stderr) == (0, "")


def test_with_debug_off_there_is_no_default_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is missing"):
        settings.secret_key(debug=False, kept=tmp_path / "nothing")
    assert settings.secret_key(debug=True, kept=tmp_path / "nothing")


def test_the_key_that_make_run_keeps_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "")
    kept = tmp_path / "key"
    kept.write_text(f"{KEY}\n", encoding="utf-8")
    assert settings.secret_key(debug=False, kept=kept) == KEY


def test_postgresql_keeps_its_connections_and_checks_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody:secret@db.example.vn:5433/plan")
    config = settings.database()
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db.example.vn", 5433, "plan")
    assert (config["CONN_MAX_AGE"], config["CONN_HEALTH_CHECKS"]) == (600, True)


def test_sqlite_is_made_safe_for_several_writers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new/plan.sqlite3")
    options = settings.database()["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700, "nobody else on the machine reads the data"


def test_the_system_checks_pass() -> None:
    call_command("check", fail_level="WARNING")


@pytest.mark.parametrize(
    ("engine", "cache_url", "processes", "found"),
    [
        ("sessions_cached", "", 2, ["plan_tracker.E001"]),
        ("sessions_cached", "dbcache://portal_cache", 2, []),
        ("sessions_cached", "", 1, []),
        ("sessions", "", 2, []),
    ],
)
def test_a_check_refuses_cached_sessions_that_processes_do_not_share(
    settings: Settings, engine: str, cache_url: str, processes: int, found: list[str]
) -> None:
    settings.SESSION_ENGINE = f"plan_tracker.accounts.{engine}"
    settings.CACHE_URL = cache_url
    settings.WEB_PROCESSES = processes
    assert [message.id for message in run_checks() if str(message.id).startswith("plan_tracker.")] == found


def test_one_process_caches_its_sessions_and_several_do_not_by_themselves() -> None:
    assert portal.SESSION_ENGINE == "plan_tracker.accounts.sessions_cached"
    shown = "import plan_tracker.settings as s; print(s.SESSION_ENGINE)"
    environment = {**os.environ, "SECRET_KEY": KEY, "WEB_PROCESSES": "2"}
    result = subprocess.run(  # noqa: S603
        [sys.executable, "-c", shown], cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert result.stdout.strip() == "plan_tracker.accounts.sessions"
