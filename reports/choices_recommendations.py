"""The closed list of recommendations: where what the bodies asked for stands."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class RecommendationState(TextChoices):
    """open → answered → closed; a closed one may be opened again."""

    OPEN = "open", pgettext_lazy("recommendation", "not answered yet")
    ANSWERED = "answered", pgettext_lazy("recommendation", "answered")
    CLOSED = "resolved", pgettext_lazy("recommendation", "closed")
