"""How a text differs from an earlier one, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

WORDS = re.compile(r"\s+|[^\s]+")
# Above this the comparison would cost more than it tells.
MOST_WORDS = 6000
# Below this share of common words two texts are told apart whole.
LEAST_IN_COMMON = 0.4


def marked_changes(before: str, after: str, *, beside: bool = False) -> SafeString:
    """Return the later text with what was added in <ins> and what is gone in <del>.

    Texts with little in common are not woven into each other word by word: the old one stands whole before the new
    one, or is left out where it stands `beside` on the page.
    """
    old, new = WORDS.findall(before), WORDS.findall(after)
    if before == after or not before or len(old) + len(new) > MOST_WORDS:
        return conditional_escape(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if after and _share(matcher, old, new) < LEAST_IN_COMMON:
        return _marked([*(() if beside else (("del", before), ("", "\n"))), ("ins", after)])
    return _marked(_runs(matcher, old, new))


def _share(matcher: SequenceMatcher[str], old: Sequence[str], new: Sequence[str]) -> float:
    """Return which share of the words of both texts they have in common, in the same order; blanks do not count."""
    common = sum(
        not word.isspace() for place, _new, size in matcher.get_matching_blocks() for word in old[place : place + size]
    )
    either = sum(not word.isspace() for word in (*old, *new))
    return 2 * common / either if either else 1.0


def _runs(matcher: SequenceMatcher[str], old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Return runs of text with their mark; a blank between two changes belongs to both, so that phrases stay whole."""
    runs: list[tuple[str, str]] = []
    gone = come = ""
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        words = "".join(new[new_start:new_end])
        if kind == "equal" and not (words.isspace() and (gone or come)):
            runs += [("del", gone), ("ins", come), ("", words)]
            gone = come = ""
            continue
        gone += "".join(old[start:end])
        come += words
    return [*runs, ("del", gone), ("ins", come)]


def _marked(runs: Sequence[tuple[str, str]]) -> SafeString:
    """Return the runs as HTML; every text is escaped here."""
    parts = [
        f"<{tag}>{conditional_escape(text)}</{tag}>" if tag and not text.isspace() else conditional_escape(text)
        for tag, text in runs
        if text and not (tag == "del" and text.isspace())
    ]
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped


def marked_items(before: Sequence[str], after: Sequence[str]) -> tuple[SafeString, ...]:
    """Return the later items, word by word against the item in the same place of a changed run; gone ones in <del>."""
    found: list[SafeString] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old, new = before[start:end], after[new_start:new_end]
        if kind == "equal":
            found += [conditional_escape(item) for item in new]
            continue
        for place in range(max(len(old), len(new))):
            if place >= len(new):
                found.append(_whole("del", old[place]))
            else:
                found.append(marked_changes(old[place], new[place]) if place < len(old) else _whole("ins", new[place]))
    return tuple(found)


def _whole(tag: str, text: str) -> SafeString:
    return _marked([(tag, text)])
