"""Configuration: every setting is written down, a wrong value stops the start with a sentence."""

from __future__ import annotations

from django.core.management import call_command


def test_the_system_checks_pass() -> None:
    call_command("check", fail_level="WARNING")
