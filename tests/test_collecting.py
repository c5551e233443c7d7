"""The search for garbage stays still for as long as anybody is at work on a large file, and goes on afterwards."""

from __future__ import annotations

import gc
from threading import Barrier, Thread

import pytest

from plan_tracker.lib.collecting import collecting_later


def test_it_goes_on_after_an_error_and_only_when_the_last_is_out() -> None:
    with collecting_later():
        with pytest.raises(ValueError, match="a row"), collecting_later():
            raise ValueError("a row")
        assert not gc.isenabled()
    assert gc.isenabled()


def test_one_thread_does_not_turn_it_on_for_another() -> None:
    barrier, seen = Barrier(2), []

    def work() -> None:
        with collecting_later():
            barrier.wait()
            barrier.wait()
            seen.append(gc.isenabled())

    thread = Thread(target=work)
    thread.start()
    barrier.wait()
    with collecting_later():
        pass
    seen.append(gc.isenabled())
    barrier.wait()
    thread.join()
    assert seen == [False, False]
    assert gc.isenabled()
