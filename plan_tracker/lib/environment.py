"""How settings are read from the environment and from .env; a wrong value stops the start with a sentence."""

from __future__ import annotations

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
environ.Env.read_env(Path(__file__).resolve().parents[2] / ".env")


def text(name: str, *, default: str = "") -> str:
    """Return a setting as written; blank counts as not set."""
    return str(env.str(name, default="")).strip() or default


def names(name: str, *, default: tuple[str, ...] = ()) -> list[str]:
    """Return a setting that is a list with commas between."""
    return [part.strip() for part in text(name).split(",") if part.strip()] or list(default)


def truth(name: str, *, default: bool) -> bool:
    """Return a yes-or-no setting; anything but 1/0, true/false, yes/no, on/off stops the start."""
    raw = text(name).lower()
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    if not raw:
        return default
    msg = f"{name} is “{raw}”: write 1 or 0."
    raise ImproperlyConfigured(msg)


def whole_number(name: str, *, default: int, least: int = 0) -> int:
    """Return a setting that is a whole number, `least` or more."""
    raw = text(name)
    if not raw:
        return default
    if not raw.isdecimal() or int(raw) < least:
        msg = f"{name} is “{raw}”: write a whole number such as {default}."
        raise ImproperlyConfigured(msg)
    return int(raw)
