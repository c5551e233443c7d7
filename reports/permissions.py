"""Who sees which period, expectation and report (querysets, 404) and who may do what with them (predicates, 403)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from reports.choices import EDITABLE_STATES, PeriodState, SubmissionState
from reports.models import Expectation, Notice, Period, Recommendation, Submission
from reports.querysets import ExpectationQuerySet, PeriodQuerySet, SubmissionQuerySet
from tasks.choices import Role
from tasks.models import Body, Inspection
from tasks.permissions import Standing, bodies_read_by
from tasks.succession import followers_of

SHOWN = (PeriodState.OPEN, PeriodState.CLOSED)
# Whoever works for a body reads its reports; a viewer reads, of every body, what was accepted.
INSIDERS = (Role.PREPARER, Role.SENDER, Role.REVIEWER, Role.LEADER)


def submissions_visible_to(standing: Standing) -> SubmissionQuerySet:
    """Return every report for those who see all; else the own body's, and the accepted ones for a viewer."""
    rows = Submission.objects.all()
    if standing.sees_every_report:
        return rows
    own = standing.bodies(*INSIDERS)
    seen = Q(expectation__body_id__in=own) | Q(expectation__held_by__in=own)
    if own:
        # Whoever follows a body reads what was accepted of it.
        before = Body.objects.filter(followers_of(own)).values("pk")
        seen |= Q(state=SubmissionState.ACCEPTED, expectation__body__in=before)
    if standing.is_viewer:
        seen |= Q(state=SubmissionState.ACCEPTED)
    return rows.filter(seen)


def expectations_visible_to(standing: Standing) -> ExpectationQuerySet:
    """Return what every body owes for those who see all; else what the own bodies owe."""
    rows = Expectation.objects.all()
    if standing.sees_every_report:
        return rows
    return rows.of_bodies(standing.bodies(*INSIDERS)).filter(period__state__in=SHOWN)


def periods_visible_to(standing: Standing) -> PeriodQuerySet:
    """Return all periods for those who see every report, the open and closed ones for any other member of a body."""
    if standing.sees_every_report:
        return Period.objects.all()
    return Period.objects.shown() if standing.seats else Period.objects.none()


def notices_of(standing: Standing) -> QuerySet[Notice]:
    """Return the person's own messages."""
    if standing.user_id is None:
        return Notice.objects.none()
    return Notice.objects.filter(user_id=standing.user_id)


def can_prepare(standing: Standing, submission: Submission) -> bool:
    """Return whether the person writes the reports of this body."""
    return can_start(standing, submission.expectation)


def can_start(standing: Standing, expectation: Expectation) -> bool:
    """Return whether the person may begin the report that this body owes."""
    return bool(expectation.writers & standing.bodies(Role.PREPARER))


def can_send(standing: Standing, submission: Submission) -> bool:
    """Return whether the person sends the reports of this body (its office)."""
    return bool(submission.expectation.writers & standing.bodies(Role.SENDER))


def can_recall(standing: Standing, submission: Submission) -> bool:
    """Return whether the person may recall what was sent: those who sent it, so a reviewer what came on paper."""
    return can_review(standing, submission) if submission.is_on_behalf else can_send(standing, submission)


def can_take_back(standing: Standing, submission: Submission) -> bool:
    """Return whether the person may take the text back from signature."""
    return bool(submission.expectation.writers & standing.own_bodies)


def can_edit(standing: Standing, submission: Submission) -> bool:
    """Return whether the person may change the text now: it is being written, and by this body.

    A reviewer writes only in a report that he enters on a body's behalf; once that is returned the body writes too.
    """
    if submission.state not in EDITABLE_STATES:
        return False
    is_own = bool(submission.expectation.writers & standing.own_bodies)
    if submission.is_on_behalf:
        return can_review(standing, submission) or (is_own and submission.state == SubmissionState.RETURNED)
    return is_own


def can_review(standing: Standing, submission: Submission) -> bool:
    """Return whether the person reviews this report; nobody reviews the report of a body he writes for."""
    return can_enter_on_behalf(standing, submission.expectation)


def can_enter_on_behalf(standing: Standing, expectation: Expectation) -> bool:
    """Return whether the person may enter a report that came on paper."""
    return standing.is_reviewer and not expectation.writers & standing.own_bodies


def can_correct(standing: Standing, submission: Submission) -> bool:
    """Return whether the person may open a correction of an accepted report."""
    return can_send(standing, submission) or can_review(standing, submission)


def can_open_period(standing: Standing) -> bool:
    """Return whether the person opens, changes and closes periods."""
    return standing.is_reviewer


def can_see_review(standing: Standing) -> bool:
    """Return whether the review pages are for this person; leaders and administrators only look."""
    return standing.sees_every_report


def can_read_deliveries(standing: Standing, submission: Submission) -> bool:
    """Return whether every delivery and the whole exchange are for this person: the body's people and the review."""
    own = standing.bodies(*INSIDERS)
    return standing.sees_every_report or bool(submission.expectation.writers & own)


def can_read_summary(standing: Standing) -> bool:
    """Return whether the person reads the summary of all bodies; the bodies that report do not."""
    return standing.sees_every_report or standing.is_viewer


def recommendations_visible_to(standing: Standing) -> QuerySet[Recommendation]:
    """Return all recommendations for those who read the summary; else those that an own body raised."""
    rows = Recommendation.objects.all()
    if can_read_summary(standing):
        return rows
    return rows.filter(bodies__in=standing.bodies(*INSIDERS)).distinct()


def can_change_bodies(standing: Standing) -> bool:
    """Return whether the person draws up, confirms and undoes changes of bodies."""
    return standing.is_administrator


def can_withdraw(standing: Standing) -> bool:
    """Return whether the person asks for the withdrawal of secrets and decides on what others ask."""
    return standing.is_administrator


def can_follow_up(standing: Standing) -> bool:
    """Return whether the person makes recommendations from proposals and records what was answered."""
    return standing.is_reviewer


def inspections_visible_to(standing: Standing) -> QuerySet[Inspection]:
    """Return all inspections for those who read every body's progress; else those of the own bodies."""
    bodies = bodies_read_by(standing)
    rows = Inspection.objects.all()
    return rows if bodies is None else rows.filter(body_id__in=bodies)


def can_inspect(standing: Standing) -> bool:
    """Return whether the person writes down inspections: those of the committee that carries item IV.6 out."""
    return standing.is_reviewer
