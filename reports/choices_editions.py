"""The closed lists of editions: which product, where it stands, in which file, and what became of a comment."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EditionKind(TextChoices):
    """Which product of a period an edition is."""

    COMMITTEE = "committee_report", _("report of the committee to the Standing Committee")
    STANDING_COMMITTEE = "standing_committee_report", _("report of the Standing Committee to the Centre")
    BRIEF = "brief", _("one-page brief")


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
