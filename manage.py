#!/usr/bin/env python
"""Entry point of every Django command of the portal."""

import os
import sys


def main() -> None:
    """Run the command named on the command line with the portal's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plan_tracker.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
