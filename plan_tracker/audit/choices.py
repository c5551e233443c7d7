"""What an entry of the audit trail says that was done."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Action(TextChoices):
    """The first three are written by the database itself, for every row; the rest by the door where it happened."""

    CREATED = "created", _("created")
    CHANGED = "changed", _("changed")
    DELETED = "deleted", _("deleted")
    LOADED = "loaded", _("loaded from a file or a command")
    SIGNED_IN = "signed_in", _("signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("failed to sign in")
    SIGNED_OUT = "signed_out", _("signed out")
    UNLOCKED = "unlocked", _("unlocked the screen")
    SESSION_ENDED = "session_ended", _("ended a session")
    LINK_ASKED = "link_asked", _("asked for a password link")
    EXPORTED = "exported", _("took a copy of the audit trail")
    WITHDRAWN = "withdrawn", _("withdrew secret content")


BY_THE_DATABASE = (Action.CREATED, Action.CHANGED, Action.DELETED)
