"""`manage.py work`: does the long jobs that people ask for on pages, one after the other, until it is stopped."""

from __future__ import annotations

import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from plan_tracker.jobs.working import work

PAUSE = 1.0


class Command(BaseCommand):
    """A worker; several may run beside one another, also on several servers."""

    help = "Do the long jobs (large imports and exports, mails with links); runs until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let a timer or a test ask for what waits now only, and a parent take its worker along."""
        parser.add_argument("--once", action="store_true", help="do what waits, then end")
        parser.add_argument("--with-parent", action="store_true", help="end with the process that started this one")

    def handle(self, *_: Any, once: bool, with_parent: bool, **__: Any) -> None:
        """Work; SIGTERM and Ctrl+C let the job at hand be finished."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        if with_parent:
            threading.Thread(target=_watch, args=(os.getppid(), stop), daemon=True).start()
        while not stop.is_set():
            try:
                finished = work(clock=timezone.now, stop=stop, pause=PAUSE, once=once)
            except DatabaseError as error:
                if once:
                    raise
                self.stderr.write(f"The database did not answer ({error}); trying again.")
                stop.wait(5)
                continue
            if once:
                self.stdout.write(f"Jobs done: {finished}.")
                return


def _watch(parent: int, stop: threading.Event) -> None:
    """Stop when the parent is gone: whoever it was, another process is our parent then."""
    while os.getppid() == parent:
        if stop.wait(1):
            return
    stop.set()
