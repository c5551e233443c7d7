"""The way of an edition: the table of its steps, and the one function that takes them; nothing else writes `state`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from plan_tracker.audit.context import acting, in_the_name_of
from reports import edition_effects as effects
from reports import edition_rules as rules
from reports.choices_editions import EditionState
from reports.edition_moves import EditionData, EditionMove
from reports.models import Edition
from reports.moves import MOVED, StepRefused
from reports.permissions_editions import can_approve, can_issue, can_send_out
from reports.taken_steps import last_of, too_late
from tasks.permissions import Standing

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

State = EditionState


def nothing(move: EditionMove) -> None:
    """Do nothing more."""


@dataclass(frozen=True)
class EditionStepRow:
    """One row of the table; `gates` are asked before the step is offered too, `rules` look at what was typed.

    `stamp` sets fields before the state changes, `effect` acts after; a step without a target leaves the state and
    may return the edition that goes on.
    """

    name: str
    label: str | Promise
    done: str | Promise
    sources: frozenset[EditionState]
    target: EditionState | None
    who: Callable[[Standing, Edition], bool]
    gates: tuple[Callable[[Edition, Standing], Iterable[str]], ...] = (rules.period_stands,)
    rules: tuple[Callable[[EditionMove], Iterable[str]], ...] = ()
    stamp: Callable[[EditionMove], None] = nothing
    effect: Callable[[EditionMove], Edition | None] = nothing


TABLE = (
    EditionStepRow(
        "send_out",
        gettext_lazy("Send the draft out for comments"),
        pgettext_lazy("done by somebody", "sent out for comments"),
        frozenset({State.DRAFT}),
        State.DRAFT,
        can_send_out,
        rules=(rules.draft_is_the_next, rules.somebody_is_asked),
        effect=effects.send_out,
    ),
    EditionStepRow(
        "hand_up",
        gettext_lazy("Hand up to the leader"),
        pgettext_lazy("done by somebody", "handed up to the leader"),
        frozenset({State.DRAFT}),
        State.IN_REVIEW,
        can_send_out,
        gates=(rules.period_stands, rules.sections_are_ready, rules.comments_are_dealt_with),
        rules=(rules.no_section_is_new, rules.brief_has_one_page),
        effect=effects.tell_leaders,
    ),
    EditionStepRow(
        "take_back",
        gettext_lazy("Take back to change"),
        pgettext_lazy("done by somebody", "taken back"),
        frozenset({State.IN_REVIEW}),
        State.DRAFT,
        can_send_out,
    ),
    EditionStepRow(
        "send_back",
        gettext_lazy("Send back with a reason"),
        pgettext_lazy("done by somebody", "sent back by the leader"),
        frozenset({State.IN_REVIEW, State.APPROVED}),
        State.DRAFT,
        can_approve,
        rules=(rules.reason_is_given,),
        stamp=effects.stamp_back,
        effect=effects.tell_reviewers,
    ),
    EditionStepRow(
        "approve",
        pgettext_lazy("edition", "Approve"),
        pgettext_lazy("done by somebody", "approved"),
        frozenset({State.IN_REVIEW}),
        State.APPROVED,
        can_approve,
        stamp=effects.stamp_approved,
        effect=effects.tell_reviewers,
    ),
    EditionStepRow(
        "issue",
        gettext_lazy("Issue with number and date"),
        pgettext_lazy("done by somebody", "issued"),
        frozenset({State.APPROVED}),
        State.ISSUED,
        can_issue,
        gates=(rules.period_stands, rules.plan_is_numbered, rules.sections_are_ready, rules.comments_are_dealt_with),
        rules=(rules.signing_is_whole, rules.no_section_is_new, rules.brief_has_one_page),
        stamp=effects.freeze,
        effect=effects.tell_readers,
    ),
    EditionStepRow(
        "correct",
        gettext_lazy("Begin a corrected edition"),
        pgettext_lazy("done by somebody", "opened for correction"),
        frozenset({State.ISSUED}),
        None,
        can_send_out,
        gates=(rules.period_stands, rules.no_other_is_open),
        rules=(rules.reason_is_given,),
        effect=effects.begin_anew,
    ),
)
STEPS = {row.name: row for row in TABLE}


@transaction.atomic
def take_edition_step(  # noqa: PLR0913 - who takes which step of what, when, why and with what
    edition: Edition,
    step: str,
    *,
    actor: User,
    standing: Standing,
    at: datetime,
    reason: str = "",
    data: EditionData | None = None,
) -> Edition:
    """Take one step, whole or not at all, and return the edition that goes on; PermissionDenied or StepRefused else.

    The edition is locked first, so of two people at once one finds the state that the other has left. The same
    person pressing twice gets the same answer.
    """
    row = STEPS[step]
    ours = locked(edition)
    behalf = "" if row.who(standing.without_delegations(), ours) else standing.lender_of_the_summary()
    move = EditionMove(step, ours, actor, standing, at, reason, data or EditionData(), behalf)
    if not row.who(standing, move.edition):
        raise PermissionDenied
    if _was_taken_already(move, row):
        return move.edition
    if move.edition.state not in row.sources:
        raise StepRefused([what_happened(move.edition)], MOVED)
    faults = [fault for gate in row.gates for fault in gate(move.edition, standing)]
    faults = faults or [fault for rule in row.rules for fault in rule(move)]
    if faults:
        raise StepRefused(faults)
    with acting(person=in_the_name_of(actor), on_behalf_of=behalf):
        return carry_out(move, row)


def carry_out(move: EditionMove, row: EditionStepRow) -> Edition:
    """Write the step, then the state, then do what follows; whoever may and whether it may be was asked before."""
    edition = move.edition
    if row.target is None:
        return row.effect(move) or edition
    row.stamp(move)
    effects.write_step(edition, move, row.name, row.target)
    edition.state = row.target
    edition.save()
    return row.effect(move) or edition


def locked(edition: Edition) -> Edition:
    """Lock and re-read an edition with its period and plan."""
    rows = Edition.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("period__plan__issuer", "issuer").get(pk=edition.pk)


def _was_taken_already(move: EditionMove, row: EditionStepRow) -> bool:
    """Return whether the same person has just taken this very step: a button pressed twice."""
    last = last_of(move.edition.steps)
    if last is None or (last.step, last.taken_by_id) != (move.step, move.actor.pk):
        return False
    if row.name == "send_out":
        number = move.data.draft_number
        return number is not None and move.edition.drafts.filter(number=number).exists()
    return row.target is not None and move.edition.state not in row.sources


def what_happened(edition: Edition) -> str:
    """Return the sentence for somebody who comes too late: who did what, and when."""
    return too_late(edition, last_of(edition.steps), {row.name: row.done for row in TABLE})


@dataclass(frozen=True)
class Offer:
    """A step that a person may take in this state; `faults` say what is still in the way."""

    row: EditionStepRow
    faults: tuple[str, ...]


def offered_steps(edition: Edition, standing: Standing) -> dict[str, Offer]:
    """Return, by name, the steps that this person may take now, each with what is still in its way."""
    return {
        row.name: Offer(row, tuple(fault for gate in row.gates for fault in gate(edition, standing)))
        for row in TABLE
        if edition.state in row.sources and row.who(standing, edition)
    }
