"""The table of the steps that a report can take, one row each; `workflow.take_step` takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from reports import conditions, effects
from reports.choices import SubmissionState
from reports.models import Submission
from reports.moves import Move
from reports.permissions import can_correct, can_prepare, can_recall, can_review, can_send, can_take_back
from tasks.permissions import Standing

State = SubmissionState
Gate = Callable[[Submission, Standing], Iterable[str]]
Rule = Callable[[Move], Iterable[str]]


def nothing(move: Move) -> None:
    """Do nothing more."""


@dataclass(frozen=True)
class Step:
    """One row of the table.

    `gates` are asked before the step is offered and again when it is taken; `rules` look at what was entered.
    `stamp` sets fields before the state changes, `effect` acts after; a step without a target does all itself and
    returns the report that goes on.
    """

    name: str
    label: str | Promise
    done: str | Promise
    sources: frozenset[SubmissionState]
    target: SubmissionState | None
    who: Callable[[Standing, Submission], bool]
    gates: tuple[Gate, ...] = (conditions.period_stands,)
    rules: tuple[Rule, ...] = ()
    stamp: Callable[[Move], None] = nothing
    effect: Callable[[Move], Submission | None] = nothing
    delivers: bool = False


TABLE = (
    Step(
        "prepare",
        gettext_lazy("Prepare for signature"),
        pgettext_lazy("done by somebody", "prepared for signature"),
        frozenset({State.DRAFT, State.RETURNED}),
        State.AWAITING_SIGNATURE,
        can_prepare,
        gates=(conditions.period_takes_reports,),
        rules=(conditions.report_is_complete, conditions.separate_report_is_empty),
    ),
    Step(
        "take_back",
        gettext_lazy("Take back to correct"),
        pgettext_lazy("done by somebody", "taken back"),
        frozenset({State.AWAITING_SIGNATURE}),
        State.DRAFT,
        can_take_back,
    ),
    Step(
        "discard",
        gettext_lazy("Discard the correction"),
        pgettext_lazy("done by somebody", "discarded"),
        frozenset({State.DRAFT}),
        None,
        can_send,
        gates=(conditions.is_a_correction,),
        effect=effects.discard,
    ),
    Step(
        "send",
        gettext_lazy("Confirm as signed and send"),
        pgettext_lazy("done by somebody", "sent"),
        frozenset({State.AWAITING_SIGNATURE, State.DRAFT, State.RETURNED}),
        State.SUBMITTED,
        can_send,
        gates=(conditions.period_takes_reports,),
        rules=(
            conditions.no_secret_is_declared,
            conditions.copy_is_in_order,
            conditions.report_is_complete,
            conditions.separate_report_is_empty,
        ),
        stamp=effects.stamp_sent,
        effect=effects.send,
        delivers=True,
    ),
    Step(
        "add_signed_copy",
        gettext_lazy("Add the signed copy"),
        pgettext_lazy("done by somebody", "completed with the signed copy"),
        # A promised copy may come when the report is already under review or accepted.
        frozenset({State.SUBMITTED, State.RECEIVED, State.ACCEPTED}),
        None,
        can_send,
        gates=(conditions.period_stands, conditions.copy_is_outstanding),
        rules=(conditions.copy_is_whole,),
        effect=effects.add_copy,
    ),
    Step(
        "recall",
        gettext_lazy("Recall"),
        pgettext_lazy("done by somebody", "recalled"),
        frozenset({State.SUBMITTED}),
        State.DRAFT,
        can_recall,
        gates=(conditions.period_stands, conditions.nobody_opened_it),
        stamp=effects.stamp_recalled,
        effect=effects.recall,
    ),
    Step(
        "receive",
        gettext_lazy("Receive"),
        pgettext_lazy("done by somebody", "received"),
        frozenset({State.SUBMITTED}),
        State.RECEIVED,
        can_review,
        stamp=effects.stamp_received,
        effect=effects.received,
    ),
    Step(
        "return",
        gettext_lazy("Ask for more"),
        pgettext_lazy("done by somebody", "returned for more"),
        frozenset({State.RECEIVED}),
        State.RETURNED,
        can_review,
        gates=(conditions.period_stands, conditions.something_is_asked),
        effect=effects.returned,
    ),
    Step(
        "accept",
        gettext_lazy("Accept for the summary"),
        pgettext_lazy("done by somebody", "accepted for the summary"),
        frozenset({State.RECEIVED}),
        State.ACCEPTED,
        can_review,
        gates=(conditions.period_stands, conditions.nothing_is_unseen, conditions.somebody_else_entered_it),
        rules=(conditions.period_is_not_changing,),
        stamp=effects.stamp_accepted,
        effect=effects.accept,
    ),
    Step(
        "correct",
        gettext_lazy("Correct the accepted report"),
        pgettext_lazy("done by somebody", "opened for correction"),
        frozenset({State.ACCEPTED}),
        None,
        can_correct,
        gates=(conditions.period_stands, conditions.no_other_version_is_open),
        rules=(conditions.correcting_document_is_named,),
        effect=effects.correct,
    ),
    Step(
        "take_over",
        gettext_lazy("Take over to enter it from paper"),
        pgettext_lazy("done by somebody", "taken over to be entered from paper"),
        frozenset({State.DRAFT, State.AWAITING_SIGNATURE, State.RETURNED}),
        State.DRAFT,
        can_review,
        gates=(conditions.period_takes_reports, conditions.is_with_its_body),
        stamp=effects.stamp_taken_over,
        effect=effects.taken_over,
    ),
    Step(
        "hand_back",
        gettext_lazy("Hand back to the body"),
        pgettext_lazy("done by somebody", "handed back to the body"),
        frozenset({State.DRAFT}),
        State.DRAFT,
        can_review,
        gates=(conditions.period_stands, conditions.is_with_a_reviewer),
        stamp=effects.stamp_handed_back,
        effect=effects.handed_back,
    ),
    Step(
        "enter_on_behalf",
        gettext_lazy("Enter on the body's behalf"),
        pgettext_lazy("done by somebody", "entered on the body's behalf"),
        frozenset({State.DRAFT, State.AWAITING_SIGNATURE, State.RETURNED}),
        State.SUBMITTED,
        can_review,
        rules=(
            conditions.no_secret_is_declared,
            conditions.paper_is_there,
            conditions.copy_is_in_order,
            conditions.report_is_complete,
            conditions.separate_report_is_empty,
        ),
        stamp=effects.stamp_on_behalf,
        effect=effects.enter_on_behalf,
        delivers=True,
    ),
)
STEPS = {step.name: step for step in TABLE}
