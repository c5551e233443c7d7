"""Which release of the portal runs: a digest of its code, templates and words, the same on every server."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.conf import settings

FOLDERS = ("plan_tracker", "tasks", "targets", "reports", "templates")
ENDINGS = {".py", ".html", ".mo"}


@lru_cache(maxsize=1)
def release() -> str:
    """Return the digest; read once in the life of a process."""
    digest = hashlib.sha256()
    for folder in FOLDERS:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in ENDINGS:
                digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
