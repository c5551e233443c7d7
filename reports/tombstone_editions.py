"""The files of issued reports in which a secret stands: found by reading them, and emptied with their hash kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plan_tracker.lib.redacting import Piece, spans
from reports.choices_editions import FROZEN_EDITIONS
from reports.models import Edition, EditionFile
from reports.tombstone_exports import texts_of
from reports.tombstone_reach import Hit

OWN_TEXTS = {"reports_edition", "reports_editionsection", "reports_sectionsource"}


def editions_saying(hits: Iterable[Hit], pieces: Sequence[Piece]) -> frozenset[int]:
    """Return the issued editions whose text or whose files hold the secret.

    Their tables hold more than their text, so every issued file that can be read is read: these files are the portal's
    own, and made by it.
    """
    told = {hit.owner[1] for hit in hits if hit.owner and hit.table in OWN_TEXTS}
    found = set(Edition.objects.filter(pk__in=told, state__in=FROZEN_EDITIONS).values_list("pk", flat=True))
    rows = EditionFile.objects.filter(edition__state__in=FROZEN_EDITIONS).exclude(edition__in=found)
    for edition, content in rows.values_list("edition_id", "content").iterator(chunk_size=4):
        if edition not in found and any(spans(text, pieces) for text in texts_of(bytes(content))):
            found.add(edition)
    return frozenset(found)


def empty_files(editions: Iterable[int]) -> list[tuple[int, str]]:
    """Empty the files of these editions, and return key and SHA-256 of each; name, size and hash stay."""
    rows = EditionFile.objects.filter(edition__in=list(editions)).exclude(content=b"")
    found = list(rows.values_list("pk", "sha256"))
    EditionFile.objects.filter(pk__in=[pk for pk, _sha256 in found]).update(content=b"")
    return found
