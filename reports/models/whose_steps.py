"""In whose name a step was taken, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext


class WhoseStep:
    """A row with `taken_by` and `on_behalf_of`."""

    taken_by: Any
    on_behalf_of: Any

    @property
    def who(self) -> str:
        """Return who took the step and, where it was in somebody's place, in whose."""
        if not self.on_behalf_of:
            return str(self.taken_by)
        words = {"name": self.taken_by, "other": self.on_behalf_of}
        return gettext("%(name)s on behalf of %(other)s") % words
