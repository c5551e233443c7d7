"""How a text differs from an earlier one, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

WORDS = re.compile(r"\s+|[^\s]+")
# Above this the comparison would cost more than it tells.
MOST_WORDS = 6000


def marked_changes(before: str, after: str) -> SafeString:
    """Return the later text with what was added in <ins> and what is gone in <del>."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    if before == after or not before or len(old) + len(new) > MOST_WORDS:
        return conditional_escape(after)
    parts: list[str] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[start:end]), "".join(new[new_start:new_end])
        if kind == "equal":
            parts.append(conditional_escape(come))
            continue
        parts += [f"<{tag}>{conditional_escape(text)}</{tag}>" for tag, text in (("del", gone), ("ins", come)) if text]
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped
