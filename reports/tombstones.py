"""Asks for the withdrawal of a secret that was found later: what it would reach is looked up, and nothing changes yet.

Another administrator than the one who asks decides on it (`reports.tombstone_decisions`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from plan_tracker.accounts.models import User
from plan_tracker.audit import redacting
from plan_tracker.lib.redacting import spans, words_in
from reports.choices_tombstones import Scope
from reports.filling import clean_text
from reports.models import Submission, Tombstone, TombstoneFile
from reports.notices import tell
from reports.permissions import can_withdraw
from reports.tombstone_files import ReportFile, files_of, saying
from reports.tombstone_history import rewrite_for
from reports.tombstone_search import Asked, in_words, nearly, reach_of

if TYPE_CHECKING:
    from tasks.permissions import Standing

# Each file is read by a child process of its own, and somebody waits for the page.
MOST_READ = 100
FEWEST_WORDS_OF_A_PASSAGE, FEWEST_CHARACTERS_OF_A_PASSAGE = 3, 12


class TombstoneRefused(Exception):
    """The request cannot be made or decided; the message is a sentence, `field` the part of the form it concerns."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


@transaction.atomic
def ask(submission: Submission, asked: Asked, *, actor: User, standing: Standing, at: datetime) -> Tombstone:
    """Ask for a withdrawal: look what it would reach, keep the request, and tell the other administrators.

    Nothing is changed yet. Files of the reports that hold the words are asked for with it where they can be read and
    hold the words too.
    """
    refuse_others(standing)
    asked = replace(asked, words=clean_text(asked.words) if asked.scope == Scope.PASSAGE else "")
    _check(submission, asked)
    files = files_of(submission.pk)
    reach = reach_of(submission, asked, on=timezone.localdate(at))
    chosen = [file for file in files if file.sha256 in asked.files]
    told = files_of(submission.pk, *(hit.owner[1] for hit in reach.hits if hit.owner and hit.owner[0] == "submission"))
    chosen += [file for file in saying(told[:MOST_READ], reach.sought.exact) if file not in chosen]
    if spans(reach.sought.stand_in, reach.sought.exact):
        raise TombstoneRefused(_("These words belong to the sentence that stands for withdrawn content."), "words")
    if spans(asked.reason, reach.sought.exact):
        raise TombstoneRefused(_("Do not repeat the secret words here: the reason stays."), "reason")
    if not (reach.hits or reach.editions or chosen):
        raise TombstoneRefused(_nothing(asked), "words" if asked.scope == Scope.PASSAGE else None)
    trail = redacting.count(rewrite_for(reach))
    try:
        with transaction.atomic():
            tombstone = Tombstone.objects.create(
                submission=submission,
                line=asked.line,
                scope=asked.scope,
                words=asked.words,
                sha256=reach.sha256 if reach.texts else "",
                reason=asked.reason,
                found=in_words(reach, trail, str(_("Entries of the audit trail"))),
                near=nearly(submission, reach),
                asked_by=actor,
                asked_at=at,
            )
    except IntegrityError as error:
        raise TombstoneRefused(_("A request for this line is waiting already.")) from error
    _keep_files(tombstone, chosen)
    _tell_others(tombstone, actor, at)
    return tombstone


def refuse_others(standing: Standing) -> None:
    if not can_withdraw(standing):
        raise TombstoneRefused(_("Only administrators withdraw secret content."))


def _check(submission: Submission, asked: Asked) -> None:
    """Refuse a request that says too little, or that says the secret once more."""
    if not asked.reason.strip():
        raise TombstoneRefused(_("Write the reason."), "reason")
    if Tombstone.objects.filter(_open(), submission=submission, line=asked.line).exists():
        raise TombstoneRefused(_("A request for this line is waiting already."))
    if asked.scope != Scope.PASSAGE:
        return
    if len(words_in(asked.words)) < FEWEST_WORDS_OF_A_PASSAGE or len(asked.words) < FEWEST_CHARACTERS_OF_A_PASSAGE:
        raise TombstoneRefused(
            _("The passage is too short: give at least three words, so that nothing else is withdrawn with it."),
            "words",
        )


def _open() -> Q:
    return Q(confirmed_at=None, refused_at=None)


def _nothing(asked: Asked) -> str:
    if asked.scope == Scope.PASSAGE:
        return _("These words stand nowhere in the portal. Copy them from the report exactly as they are.")
    if asked.scope == Scope.FILES:
        return _("Choose the files that are to be withdrawn.")
    return _("Nothing is written at this line.")


def _keep_files(tombstone: Tombstone, files: Iterable[ReportFile]) -> None:
    TombstoneFile.objects.bulk_create(
        TombstoneFile(tombstone=tombstone, kind=file.kind, sha256=file.sha256, size=file.size) for file in files
    )


def _tell_others(tombstone: Tombstone, actor: User, at: datetime) -> None:
    """Tell the other administrators that a request waits for one of them; without a word of it."""
    others = User.objects.filter(is_active=True, is_staff=True).exclude(pk=actor.pk)
    url = reverse("reports:tombstone_detail", args=[tombstone.pk])
    sentence = partial(_, "Secret content is to be withdrawn from a report; a second administrator has to confirm.")
    tell(others, sentence, url=url, at=at, is_demo=tombstone.submission.expectation.period.is_demo)
