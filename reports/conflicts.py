"""Two people at one line: whether a save changes nothing, may be written, or meets what somebody else saved meanwhile.

A page carries, beside each line, the digest of what was stored when the page was made (`seen`).
"""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import Any

MINE = "mine"
THEIRS = "theirs"


class Verdict(StrEnum):
    """What to do with what was typed at one line."""

    UNTOUCHED = "untouched"
    WRITE = "write"
    CONFLICT = "conflict"


def digest(*values: Any) -> str:
    """Return a short digest of what a line says; equal texts have equal digests."""
    said = json.dumps(values, ensure_ascii=False, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:20]


def judge(*, typed: str, seen: str, stored: str) -> Verdict:
    """Compare three digests: what was typed, what the page showed, and what is stored now."""
    if typed in {seen, stored}:
        return Verdict.UNTOUCHED
    return Verdict.WRITE if seen == stored else Verdict.CONFLICT
