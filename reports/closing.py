"""The closing part of a report: strengths, weaknesses, causes, coming work, and what concerns the report as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.http import QueryDict
from django.utils.translation import gettext as _

from reports.conflicts import THEIRS, Verdict, digest, judge
from reports.figure_fields import kept_and_shown
from reports.filling import Content, clean_text, lock, mark_saved, read_rows, row_errors, text_error, write_rows
from reports.models import Submission
from reports.outline import CLOSING_FIELDS
from reports.withdrawn_texts import refuse_withdrawn
from tasks.permissions import Standing

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

PREFIX = "line-closing"


@dataclass(frozen=True)
class Closing:
    """What the closing part says."""

    texts: Mapping[str, str]
    rows: Content = field(default_factory=Content)

    @property
    def digest(self) -> str:
        """Return the digest that tells two closing parts apart."""
        return digest([self.texts[name] for name in CLOSING_FIELDS], self.rows.digest)


@dataclass(frozen=True)
class TypedClosing:
    """What a person sent for the closing part, with what is wrong in it."""

    closing: Closing
    seen: str
    errors: Mapping[str, str] = field(default_factory=dict)
    takes_theirs: bool = False


def stored_closing(submission: Submission) -> Closing:
    """Return what the closing part says now; two queries."""
    difficulties = submission.difficulties.filter(entry=None).order_by("order", "pk").values_list("text", flat=True)
    proposals = submission.proposals.filter(entry=None).order_by("order", "pk").values_list("text", "addressee")
    rows = Content(difficulties=tuple(difficulties), proposals=tuple(proposals))
    written = submission.closing_written
    return Closing({name: written.get(name) or getattr(submission, name) for name in CLOSING_FIELDS}, rows)


def read_closing(data: QueryDict) -> TypedClosing:
    """Return what the form says of the closing part."""
    texts = {name: clean_text(data.get(f"{PREFIX}-{name}", "")) for name in CLOSING_FIELDS}
    difficulties, proposals = read_rows(PREFIX, data)
    errors = {name: sentence for name, text in texts.items() if (sentence := text_error(text))}
    errors |= row_errors(difficulties, proposals)
    choice = data.get(f"{PREFIX}-choice", "")
    if data.get(f"{PREFIX}-asked") and not choice:
        errors["choice"] = _("Choose which text to keep.")
    closing = Closing(texts, Content(difficulties=difficulties, proposals=proposals))
    return TypedClosing(closing, data.get(f"{PREFIX}-seen", ""), errors, takes_theirs=choice == THEIRS)


@transaction.atomic
def save_closing(
    submission: Submission, typed: TypedClosing, *, actor: User, standing: Standing, at: datetime
) -> Closing | None:
    """Save the closing part; return what somebody else saved meanwhile where both changed it."""
    locked = lock(submission, standing)
    now = stored_closing(locked)
    verdict = judge(typed=typed.closing.digest, seen=typed.seen, stored=now.digest)
    if typed.takes_theirs or verdict == Verdict.UNTOUCHED:
        return None
    if verdict == Verdict.CONFLICT:
        return now
    refuse_withdrawn([*typed.closing.texts.values(), *typed.closing.rows.texts])
    split = {name: kept_and_shown(typed.closing.texts[name], locked) for name in CLOSING_FIELDS}
    Submission.objects.filter(pk=locked.pk).update(
        **{name: shown for name, (_kept, shown) in split.items()},
        closing_written={name: kept for name, (kept, _shown) in split.items() if kept},
        closing_version=F("closing_version") + 1,
    )
    write_rows(locked, None, typed.closing.rows, now.rows)
    mark_saved(locked, actor=actor, at=at)
    return None
