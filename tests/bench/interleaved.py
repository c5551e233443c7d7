"""Two ways to one answer, run in turns: the machine's speed wanders, a ratio within one run does not."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

ROUNDS, WARM_UP = 21, 3


@dataclass(frozen=True)
class Measurement:
    """How often a floor goes into what we do, and the bar that it must stay under."""

    name: str
    database: str
    floor: float
    ours: float
    ratio: float
    spread: tuple[float, float]
    bar: float

    @property
    def is_met(self) -> bool:
        """Say whether the ratio is under the bar."""
        return self.ratio < self.bar

    def __str__(self) -> str:
        low, high = self.spread
        return (
            f"{self.name} ({self.database}): {self.ratio:.3g} × the floor ({low:.3g}–{high:.3g}), bar {self.bar:g}: "
            f"{'met' if self.is_met else 'MISSED'}; {self.ours * 1000:.1f} ms, floor {self.floor * 1000:.1f} ms"
        )


def seconds(work: Callable[[], Any], clock: Callable[[], float] = perf_counter) -> float:
    """Return how long one call takes, without what the calls before left to clear away."""
    gc.collect()
    start = clock()
    work()
    return clock() - start


def in_turns(
    name: str,
    database: str,
    floor: Callable[[], Any],
    ours: Callable[[], Any],
    bar: float,
    *,
    rounds: int = ROUNDS,
    warm_up: int = WARM_UP,
    before: Callable[[], Any] = lambda: None,
    clock: Callable[[], float] = perf_counter,
) -> Measurement:
    """Run both in turns and compare the medians; the spread is that of the middle half of the single ratios.

    `before` comes in front of every round and is not measured. `clock` may count the processor's time instead: where a
    difference of a few hundredths is looked for, what else the machine does would hide it.
    """
    pairs: list[tuple[float, float]] = []
    for place in range(warm_up + rounds):
        before()
        pair = seconds(floor, clock), seconds(ours, clock)
        pairs += [pair] if place >= warm_up else []
    floors, times = zip(*pairs, strict=True)
    ratios = sorted(mine / least for least, mine in pairs)
    middle = (ratios[rounds // 4], ratios[-(rounds // 4) - 1])
    return Measurement(name, database, median(floors), median(times), median(times) / median(floors), middle, bar)
