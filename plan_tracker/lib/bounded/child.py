"""The child: bounds itself, reads one file from its input, writes one line of JSON and perhaps bytes, and ends."""

from __future__ import annotations

import json
import resource
import sys
import warnings
from collections.abc import Callable
from typing import Any

MOST_MEMORY = 512 * 1024 * 1024
MOST_CPU_SECONDS = 5
MOST_OUTPUT = 64 * 1024 * 1024
OUT_OF_BOUNDS = 3

Told = tuple[dict[str, Any], bytes]


def _cells(content: bytes, options: dict[str, Any]) -> Told:
    from plan_tracker.lib.bounded.workbooks import read_cells  # noqa: PLC0415 - the bounds must stand first

    return read_cells(content), b""


def _coloured(content: bytes, options: dict[str, Any]) -> Told:
    from plan_tracker.lib.bounded.marking import colour  # noqa: PLC0415 - the bounds must stand first

    return {}, colour(content, options["marks"])


def _lines(content: bytes, options: dict[str, Any]) -> Told:
    from plan_tracker.lib.bounded.texts import lines_of  # noqa: PLC0415 - the bounds must stand first

    return lines_of(content, options["kind"]), b""


TASKS: dict[str, Callable[[bytes, dict[str, Any]], Told]] = {"cells": _cells, "coloured": _coloured, "lines": _lines}


def bound() -> None:
    """Bound memory, processor time and what may be written."""
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MOST_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def run(task: str) -> None:
    """Do one task; a file beyond the bounds ends the process with a number of its own, any other fault with 1."""
    bound()
    warnings.simplefilter("ignore")
    head = sys.stdin.buffer.readline()
    try:
        told, payload = TASKS[task](sys.stdin.buffer.read(), json.loads(head))
        answer = json.dumps(told, ensure_ascii=False).encode() + b"\n" + payload
    except (MemoryError, RecursionError):
        sys.exit(OUT_OF_BOUNDS)
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
