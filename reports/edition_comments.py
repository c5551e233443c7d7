"""Comments on drafts: kept while the edition is being written, each answered by taking it up or explaining why not."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from reports.choices_editions import EditionState, Handling
from reports.edition_steps import locked, what_happened
from reports.models import Edition, EditionComment, EditionDraft
from reports.moves import MOVED, StepRefused
from tasks.models import Body

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User


@transaction.atomic
def add_comment(  # noqa: PLR0913 - who says what of which place, recorded by whom and when
    draft: EditionDraft, body: Body, place: str, text: str, *, actor: User, on: date
) -> EditionComment:
    """Keep what a body says of a draft, as long as its edition is being written."""
    _open(draft.edition)
    if not text.strip():
        raise StepRefused([_("Write the comment.")])
    return EditionComment.objects.create(
        draft=draft, body=body, place=place, text=text.strip(), received_on=on, recorded_by=actor
    )


@transaction.atomic
def handle_comment(  # noqa: PLR0913 - what became of it, why, who says so and when
    comment: EditionComment, handling: Handling, text: str, *, seen: str, actor: User, at: datetime
) -> EditionComment:
    """Say what was done with a comment; `seen` is the handling that the page showed.

    What is not taken up whole is explained. Whoever comes after somebody else is told what he said.
    """
    _open(comment.draft.edition)
    current = EditionComment.objects.select_for_update(no_key=True, of=("self",)).get(pk=comment.pk)
    if current.handling != seen and (current.handling, current.handling_text) != (handling, text.strip()):
        raise StepRefused(
            [_("Meanwhile %(who)s said: %(what)s.") % {"who": current.handled_by, "what": _said(current)}], MOVED
        )
    if handling == Handling.OPEN:
        raise StepRefused([_("Choose what is done with the comment.")])
    if handling != Handling.TAKEN and not text.strip():
        raise StepRefused([_("Explain why the text is kept, or what of the comment is not taken up.")])
    current.handling, current.handling_text = handling, text.strip()
    current.handled_by, current.handled_at = actor, at
    current.save(update_fields=["handling", "handling_text", "handled_by", "handled_at"])
    return current


def _said(comment: EditionComment) -> str:
    """Return what became of a comment, in words."""
    label = str(comment.get_handling_display())
    return f"{label}: {comment.handling_text}" if comment.handling_text else label


def _open(edition: Edition) -> Edition:
    """Hold the edition and make sure that it is still being written."""
    current = locked(edition)
    if current.state != EditionState.DRAFT:
        raise StepRefused([what_happened(current)], MOVED)
    return current
