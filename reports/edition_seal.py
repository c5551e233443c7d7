"""The seal of an issued edition: one SHA-256 over its text, its figures and its files, to be checked at any time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from reports.models import Edition


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


def digest_of_data(data: Any) -> str:
    """Return the SHA-256 of plain data: the same for the same data, in whatever order a database gives its keys."""
    return digest(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def seal(content: Any, facts: Any, files: Iterable[tuple[str, str]]) -> str:
    """Return the seal over text, figures, and the names and digests of the files."""
    return digest_of_data({"content": content, "facts": facts, "files": sorted(files)})


def is_intact(edition: Edition) -> bool:
    """Return whether an issued edition and its files are what was sealed; reads the files."""
    files = list(edition.files.all())
    if any(digest(bytes(file.content)) != file.sha256 for file in files):
        return False
    return seal(edition.content, edition.facts, ((file.name, file.sha256) for file in files)) == edition.sha256
