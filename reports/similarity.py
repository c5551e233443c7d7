"""Which texts say nearly the same: groups of five words in common, of all that either has; pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TypeAlias

from plan_tracker.lib.text import vn_key

WORDS_IN_A_SHINGLE = 5
NEAR = 0.6
Shingles: TypeAlias = frozenset[tuple[str, ...]]
_WORD = re.compile(r"\w+")


def shingles(text: str, size: int = WORDS_IN_A_SHINGLE) -> Shingles:
    """Return every run of so many words, without case, accents and marks; a shorter text is one run."""
    words = _WORD.findall(vn_key(text))
    if not words:
        return frozenset()
    return frozenset(tuple(words[place : place + size]) for place in range(max(1, len(words) - size + 1)))


def jaccard(one: Shingles, other: Shingles) -> float:
    """Return the share of runs that both have, of all that either has; nothing and nothing share nothing."""
    either = len(one | other)
    return len(one & other) / either if either else 0.0


def near_groups(texts: Sequence[str], near: float = NEAR) -> list[list[int]]:
    """Return the places of the texts in groups: each text goes with the first text that it nearly equals.

    Only the first text of a group is compared with, so that a chain of small changes never joins two far ends.
    """
    groups: list[list[int]] = []
    heads: list[Shingles] = []
    holding: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        own = shingles(text)
        shared = Counter(group for run in own for group in holding.get(run, ()))
        group = next((found for found in sorted(shared) if jaccard(own, heads[found]) >= near), None)
        if group is not None:
            groups[group].append(place)
            continue
        for run in own:
            holding[run].append(len(groups))
        groups.append([place])
        heads.append(own)
    return groups
