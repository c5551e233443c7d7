"""The closed lists of editions: where one stands, and what became of a comment on its draft."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EditionState(TextChoices):
    """Where an edition stands. draft → in review → approved → issued; a newer one that is issued supersedes it."""

    DRAFT = "draft", pgettext_lazy("edition", "draft")
    IN_REVIEW = "in_review", pgettext_lazy("edition", "with the leader")
    APPROVED = "approved", pgettext_lazy("edition", "approved, awaiting number and date")
    ISSUED = "issued", pgettext_lazy("edition", "issued")
    SUPERSEDED = "superseded", pgettext_lazy("edition", "superseded")


OPEN_EDITIONS = (EditionState.DRAFT, EditionState.IN_REVIEW, EditionState.APPROVED)
FROZEN_EDITIONS = (EditionState.ISSUED, EditionState.SUPERSEDED)


class Handling(TextChoices):
    """What was done with a comment on a draft."""

    OPEN = "open", _("not dealt with yet")
    TAKEN = "taken", _("taken up")
    PARTLY = "partly", _("taken up in part")
    EXPLAINED = "explained", _("explained, text kept")
