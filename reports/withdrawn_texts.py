"""Keeps a text that was withdrawn as secret from coming back out of a page that somebody still has open."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.utils.translation import gettext as _

from plan_tracker.lib.redacting import is_known_again
from plan_tracker.lib.text import nfc
from reports.models import TombstonePlace


class ReportMoved(Exception):
    """The report can no longer be changed by this person, or not in this way; the message is a sentence."""


def refuse_withdrawn(texts: Iterable[str]) -> None:
    """Raise ReportMoved where one of the texts is, letter for letter, one that was withdrawn; one query."""
    hashes = {hashlib.sha256(nfc(text).encode()).hexdigest() for text in texts if is_known_again(text)}
    if hashes and TombstonePlace.objects.filter(sha256__in=hashes).exists():
        raise ReportMoved(
            _(
                "A text on this page was withdrawn to protect state secrets; it is not stored again. Load the page anew"
                " and destroy your copy."
            )
        )
