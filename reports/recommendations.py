"""Recommendations: made from what bodies propose in a period, answered by the addressee, closed; every step is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef

from reports.choices import Addressee, SubmissionState
from reports.choices_recommendations import RecommendationState
from reports.coverage import CLOSING
from reports.models import Period, Proposal, Recommendation, RecommendationStep, Submission
from reports.similarity import near_groups
from reports.summary_rows import line_key
from tasks.models import Body

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

STEPS = {
    "answer": (RecommendationState.OPEN, RecommendationState.ANSWERED),
    "close": (RecommendationState.OPEN, RecommendationState.ANSWERED),
    "reopen": (RecommendationState.ANSWERED, RecommendationState.CLOSED),
}


class RecommendationMoved(Exception):
    """Somebody else has meanwhile answered, closed or opened the recommendation."""


@dataclass(frozen=True)
class Raised:
    """One proposal of a body, with the line of the report where it stands."""

    pk: int
    body: Body
    submission_pk: int
    line: str
    text: str


@dataclass(frozen=True)
class Candidate:
    """Nearly equal proposals to one addressee that nobody follows up yet."""

    addressee: Addressee
    raised: tuple[Raised, ...]

    @property
    def key(self) -> str:
        """Return what a form names it by: its proposals."""
        return "-".join(str(one.pk) for one in self.raised)

    @property
    def text(self) -> str:
        """Return the first wording."""
        return self.raised[0].text

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Return who raises it, each once, in the official order."""
        found = {one.body.pk: one.body for one in self.raised}
        return tuple(sorted(found.values(), key=lambda body: (body.order, body.code)))


@dataclass(frozen=True)
class Answer:
    """What the addressee answered."""

    text: str
    symbol: str = ""
    day: date | None = None


def candidates(period: Period) -> list[Candidate]:
    """Return what accepted reports propose and nobody follows up, by addressee, the most frequent first; one query."""
    followed = Recommendation.proposals.through.objects.filter(proposal=OuterRef("pk"))
    rows = (
        Proposal.objects.filter(
            ~Exists(followed), submission__expectation__period=period, submission__state=SubmissionState.ACCEPTED
        )
        .exclude(text="")
        .select_related(
            *("submission__expectation__body", "entry__group", "entry__task", "entry__assignment", "entry__question")
        )
        .order_by("submission__expectation__body__order", "submission__expectation__body__code", "pk")
    )
    by_addressee: dict[str, list[Raised]] = {}
    for row in rows:
        by_addressee.setdefault(row.addressee, []).append(_raised(row))
    found = []
    for addressee in Addressee:
        told = by_addressee.get(addressee, [])
        groups = near_groups([one.text for one in told])
        made = [Candidate(addressee, tuple(told[place] for place in places)) for places in groups]
        found += sorted(made, key=lambda candidate: -len(candidate.bodies))
    return found


def _raised(row: Proposal) -> Raised:
    """Return one proposal with the line where it stands."""
    return Raised(row.pk, row.submission.expectation.body, row.submission_id, line_of(row), row.text.strip())


def line_of(proposal: Proposal) -> str:
    """Return the key of the line of the report at which a proposal stands."""
    entry = proposal.entry
    if entry is None:
        return CLOSING
    return line_key(
        entry.group.number if entry.group else None,
        entry.task.code if entry.task else None,
        entry.assignment.code if entry.assignment else None,
        entry.question.order if entry.question else None,
    )


@transaction.atomic
def follow_up(
    period: Period, chosen: Iterable[tuple[Candidate, str]], *, actor: User, at: datetime
) -> list[Recommendation]:
    """Make a recommendation from each chosen group, in the wording that was typed."""
    made = []
    for candidate, text in chosen:
        row = Recommendation.objects.create(
            period=period,
            addressee=candidate.addressee,
            text=text or candidate.text,
            created_by=actor,
            created_at=at,
            is_demo=period.is_demo,
        )
        row.proposals.set([one.pk for one in candidate.raised])
        row.bodies.set(candidate.bodies)
        RecommendationStep.objects.create(recommendation=row, state=row.state, text=row.text, by=actor, at=at)
        made.append(row)
    return made


def record_answer(row: Recommendation, answer: Answer, *, actor: User, at: datetime) -> Recommendation:
    """Keep what the addressee answered, with the number and date of the document."""
    return _step(row, "answer", RecommendationState.ANSWERED, answer.text, actor=actor, at=at, answer=answer)


def close(row: Recommendation, reason: str, *, actor: User, at: datetime) -> Recommendation:
    """Close a recommendation: nothing more is expected."""
    return _step(row, "close", RecommendationState.CLOSED, reason, actor=actor, at=at)


def reopen(row: Recommendation, reason: str, *, actor: User, at: datetime) -> Recommendation:
    """Open a recommendation again: the answer did not settle it. What was answered stays in the history."""
    return _step(row, "reopen", RecommendationState.OPEN, reason, actor=actor, at=at)


@transaction.atomic
def _step(  # noqa: PLR0913 - a step has its name, its end, its words, its actor and moment
    row: Recommendation,
    step: str,
    end: RecommendationState,
    text: str,
    *,
    actor: User,
    at: datetime,
    answer: Answer | None = None,
) -> Recommendation:
    """Move a recommendation under a lock, and keep the step."""
    locked = Recommendation.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if locked.state not in STEPS[step]:
        raise RecommendationMoved
    locked.state = end
    if answer is not None:
        locked.answer_text, locked.answer_symbol, locked.answer_date = answer.text, answer.symbol, answer.day
    locked.save()
    RecommendationStep.objects.create(recommendation=locked, state=end, text=text, by=actor, at=at)
    return locked


def earlier_of(submission: Submission) -> list[Recommendation]:
    """Return what became of the recommendations that this body raised in earlier periods; two queries."""
    owed = submission.expectation
    rows = Recommendation.objects.filter(
        bodies=owed.body_id,
        period__plan=owed.period.plan_id,
        period__is_demo=owed.period.is_demo,
        period__data_to__lt=owed.period.data_to,
    )
    return list(rows.select_related("period").order_by("-period__data_to", "pk"))


def standing_of_all(period: Period) -> Sequence[tuple[str, int]]:
    """Return how many recommendations of a period stand in each state; one query."""
    rows = Recommendation.objects.filter(period=period).order_by()
    counts = dict(rows.values_list("state").annotate(number=Count("pk")))
    return [(state, counts.get(state, 0)) for state in RecommendationState]


def followed(period: Period, addressee: str) -> dict[tuple[int, str], Recommendation]:
    """Return the recommendations made from proposals to one addressee, by report and wording; one query."""
    rows = Recommendation.objects.filter(period=period, addressee=addressee, proposals__isnull=False).annotate(
        report=F("proposals__submission_id"), wording=F("proposals__text")
    )
    return {(row.report, row.wording.strip()): row for row in rows}
