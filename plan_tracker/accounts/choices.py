"""The kinds of one-time links, and what a review of an account decides."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LinkPurpose(TextChoices):
    """Why somebody is given a link that sets a password."""

    FIRST = "first", _("first password")
    FORGOTTEN = "forgotten", _("forgotten password")


class ReviewDecision(TextChoices):
    """What becomes of an account at the half-yearly review."""

    KEEP = "keep", _("still needed")
    CLOSE = "close", _("closed")
