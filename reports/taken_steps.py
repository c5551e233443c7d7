"""What reports and editions share of their steps: who took the last one, and what somebody who is late is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _


def last_of(steps: Any) -> Any:
    """Return the step that was taken last, or None; `steps` are those of one report or edition."""
    return steps.select_related("taken_by").order_by("-taken_at", "-pk").first()


def too_late(moved: Any, last: Any, done: Mapping[str, str | Promise]) -> str:
    """Return the sentence for somebody who comes too late: who did what, and when, or how it stands now.

    `moved` is the report or edition, `done` what each step of its table is called when it is over.
    """
    if last is None or last.step not in done:
        return _("This report is now in the state “%(state)s”.") % {"state": moved.get_state_display()}
    local = timezone.localtime(last.taken_at)
    words = {"who": last.who, "done": done[last.step], "at": f"{local:%H:%M %d/%m/%Y}"}
    return _("This report was already %(done)s by %(who)s at %(at)s.") % words
