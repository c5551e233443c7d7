"""How long a password must be: 14 characters, or 8 where a second factor stands beside it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plan_tracker.accounts.second_factor import has_second_factor

ALONE, WITH_SECOND_FACTOR = 14, 8


class LengthValidator:
    """Refuses what is too short for this account, in a sentence that says both ways out."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise where the password is too short."""
        needed = WITH_SECOND_FACTOR if user is not None and has_second_factor(user) else ALONE
        if len(password) < needed:
            sentence = ngettext(
                "The password is too short: it needs %(count)s character at least.",
                "The password is too short: it needs %(count)s characters at least.",
                needed,
            )
            raise ValidationError(sentence % {"count": needed}, code="password_too_short")

    def get_help_text(self) -> str:
        """Return what a form says about it."""
        return _("At least 14 characters, or 8 for an account with a second factor.")
