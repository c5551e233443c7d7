"""What a request to withdraw a secret asks for, and how far it is."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Scope(TextChoices):
    """How much of a line is withdrawn."""

    LINE = "line", _("The whole line: text, difficulties and proposals")
    PASSAGE = "passage", _("Only a passage, given in its exact words")
    FILES = "files", _("Only files; the text stays")


class TombstoneState(TextChoices):
    """How far a request is; computed from who has decided."""

    ASKED = "asked", pgettext_lazy("tombstone", "waits for a second administrator")
    CONFIRMED = "withdrawn", pgettext_lazy("tombstone", "withdrawn")
    REFUSED = "not_withdrawn", pgettext_lazy("tombstone", "not withdrawn")


class FileKind(TextChoices):
    """What a withdrawn file was."""

    ATTACHMENT = "attachment", _("attachment")
    SCAN = "scan", _("scan of the signed copy")
    WORKBOOK = "workbook", _("uploaded workbook")
    EXPORT = "export", _("table that was made for download")
