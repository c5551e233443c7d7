"""Keeps Python's search for cyclic garbage still while a large file becomes rows: none of them is garbage yet."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_inside = 0


@contextmanager
def collecting_later() -> Iterator[None]:
    """Let no search for garbage run inside; several threads may be inside at once, the last one turns it on again.

    Each search looks through every row that has been made so far, so that twice the rows cost four times the time:
    of a file of 18,000 figures two fifths went there. What goes in cycles inside is found right afterwards.
    """
    global _inside  # noqa: PLW0603 - how many threads are inside is a matter of the process
    with _lock:
        _inside += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if not _inside:
                gc.enable()
