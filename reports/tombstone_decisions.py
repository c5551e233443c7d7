"""Decides on the withdrawal of a secret: another administrator confirms it, and its words are gone, or refuses it.

The one exception to what is kept for ever. Everything happens in one transaction or not at all: the words give way to
a sentence wherever they stand, the refusals of the database are lifted for that and put back, the trail keeps its
seals, and the hash of what stood there stays. Files are deleted once all that is certain.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import OperationalError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from plan_tracker.accounts.carrying import forget_carried
from plan_tracker.accounts.models import User
from plan_tracker.audit import redacting
from plan_tracker.audit.choices import Action
from plan_tracker.audit.context import acting
from plan_tracker.audit.recording import record
from plan_tracker.lib.redacting import spans
from plan_tracker.lib.refusals import lifted
from reports.choices_tombstones import Scope
from reports.models import Tombstone
from reports.notices import members_of, tell
from reports.tombstone_applying import apply, keep_others_out
from reports.tombstone_files import delete_files
from reports.tombstone_history import rewrite_for
from reports.tombstone_search import Asked, Reach, reach_of
from reports.tombstones import TombstoneRefused, refuse_others

if TYPE_CHECKING:
    from tasks.permissions import Standing

OWN_TABLES = frozenset({"reports_tombstone", "reports_tombstoneplace", "reports_tombstonefile"})


@transaction.atomic
def confirm(tombstone: Tombstone, *, actor: User, standing: Standing, at: datetime) -> Tombstone:
    """Withdraw the secret everywhere; raise TombstoneRefused, and nothing has changed.

    The search is made anew: what was written since it was asked is found as well.
    """
    refuse_others(standing)
    try:
        keep_others_out()
    except OperationalError as error:
        raise TombstoneRefused(_("People are saving their reports just now. Try again in a moment.")) from error
    locked = _open(tombstone)
    if locked.asked_by_id == actor.pk:
        raise TombstoneRefused(_("Another administrator than the one who asked has to confirm."))
    files = frozenset(locked.files.values_list("sha256", flat=True))
    asked = Asked(locked.line, Scope(locked.scope), locked.reason, locked.words, files)
    reach = reach_of(locked.submission, asked, on=timezone.localdate(at))
    act = f"tombstone:{locked.pk}"
    # What gives way would else be written into the trail as the old value.
    with lifted(connection, but=OWN_TABLES), acting(is_quiet=True):
        places = apply(locked, reach, files)
        entries, digest = redacting.redact(rewrite_for(reach), act=act, at=at)
        forget_carried(lambda text: bool(spans(text, reach.sought.exact)))
    _decided(locked, reach, actor, at)
    with override("vi"):
        note = _(
            "SHA-256 of the text %(sha256)s; %(places)s places, %(files)s files, %(entries)s entries of the trail;"
            " digest of the changes in the trail %(digest)s"
        ) % {
            "sha256": locked.sha256 or "–",
            "places": places,
            "files": len(files),
            "entries": entries,
            "digest": digest,
        }
    record(Action.WITHDRAWN, table=Tombstone._meta.db_table, row=act, note=note)
    _tell_writers(locked, at)
    transaction.on_commit(partial(_forget, locked.pk, at), robust=True)
    return locked


def _open(tombstone: Tombstone) -> Tombstone:
    """Return the request locked, or say that it is decided already."""
    rows = Tombstone.objects.select_for_update(of=("self",)).select_related("submission__expectation__period")
    locked = rows.get(pk=tombstone.pk)
    if not locked.is_open:
        raise TombstoneRefused(_("This request is decided already: %(state)s.") % {"state": locked.state.label})
    return locked


def _decided(locked: Tombstone, reach: Reach, actor: User, at: datetime) -> None:
    """Keep who confirmed and the hash; the words go."""
    locked.confirmed_by, locked.confirmed_at, locked.words = actor, at, ""
    locked.sha256 = reach.sha256 if reach.texts else ""
    locked.save(update_fields=["confirmed_by", "confirmed_at", "words", "sha256"])


def _tell_writers(locked: Tombstone, at: datetime) -> None:
    """Tell the people of the body that something was withdrawn from their report; without a word of it."""
    expectation = locked.submission.expectation
    people = members_of(expectation.writers, on=timezone.localdate(at))
    words = {"period": expectation.period.title}

    def sentence() -> str:
        return (
            _(
                "Content of the report “%(period)s” was withdrawn to protect state secrets. Destroy every copy that you"
                " hold of it, on paper and in files."
            )
            % words
        )

    url = reverse("reports:report_detail", args=[locked.submission_id])
    tell(people, sentence, url=url, at=at, is_demo=expectation.period.is_demo)


def _forget(tombstone_pk: int, at: datetime) -> None:
    """Once all is certain: delete the files, empty the cache of drawn pages, and clear what the database set aside."""
    delete_files(tombstone_pk, at=at)
    cache.clear()
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@transaction.atomic
def refuse(tombstone: Tombstone, why: str, *, actor: User, standing: Standing, at: datetime) -> Tombstone:
    """Leave everything as it is; who asked may take the request back in this way too. The words go here as well."""
    refuse_others(standing)
    locked = _open(tombstone)
    if not why.strip():
        raise TombstoneRefused(_("Write why it is not withdrawn."), "why")
    locked.refused_by, locked.refused_at, locked.refusal, locked.words = actor, at, why.strip(), ""
    locked.save(update_fields=["refused_by", "refused_at", "refusal", "words"])
    return locked
