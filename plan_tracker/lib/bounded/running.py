"""Asks a child process about a file: the child may fail, run out of memory or of time; whoever asks goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

ROOT = str(Path(__file__).resolve().parents[3])
BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from plan_tracker.lib.bounded.child import run; run(sys.argv[2])"
# The child's own bounds (child.py) bite first; this one holds where it hangs without using the processor.
MOST_SECONDS = 20
OUT_OF_BOUNDS = 3


class BoundedError(Exception):
    """The child gave no answer; nothing of the file was read."""


class TooHeavyError(BoundedError):
    """The file needs more memory, time or room than any honest one."""


class UnreadableError(BoundedError):
    """The file is not what it says it is, or it is damaged."""


@dataclass(frozen=True)
class Answer:
    """What the child says of a file, and the bytes that it made."""

    told: dict[str, Any]
    payload: bytes


def ask(task: str, content: bytes, **options: Any) -> Answer:
    """Run one task of `child.TASKS` over a file; raise TooHeavyError or UnreadableError."""
    head = json.dumps(options).encode() + b"\n"
    with TemporaryFile() as out:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and our own code; the file comes in as bytes
                [sys.executable, "-I", "-c", BOOT, ROOT, task],
                input=head + content,
                stdout=out,
                stderr=subprocess.DEVNULL,
                env={"LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"},
                timeout=MOST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise TooHeavyError from error
        if done.returncode < 0 or done.returncode == OUT_OF_BOUNDS:
            raise TooHeavyError
        if done.returncode:
            raise UnreadableError
        out.seek(0)
        line = out.readline()
        return Answer(json.loads(line), out.read())
