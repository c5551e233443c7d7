"""Every state × every step × every role: who may do what with a report, and nothing else."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from reports.choices import ReportForm, SubmissionState
from reports.models import Delivery, Period, Remark, RemarkReply, Submission
from reports.moves import MOVED
from reports.remarks import ask
from reports.signed_copies import CopyData
from reports.workflow import STEPS, StepData, StepRefused, available_steps, take_step
from tests.factories import at, make_period, make_submission
from tests.people import Cast, standing

pytestmark = pytest.mark.django_db
State = SubmissionState
ROLES = (
    "preparer",
    "sender",
    "other_preparer",
    "other_sender",
    "reviewer",
    "committee_preparer",
    "committee_sender",
    "leader",
    "viewer",
    "administrator",
)
WHO = {
    "prepare": {"preparer"},
    "take_back": {"preparer", "sender"},
    "discard": {"sender"},
    "send": {"sender"},
    "add_signed_copy": {"sender"},
    "recall": {"sender"},
    "receive": {"reviewer"},
    "return": {"reviewer"},
    "accept": {"reviewer"},
    "correct": {"sender", "reviewer"},
    "take_over": {"reviewer"},
    "hand_back": {"reviewer"},
    "enter_on_behalf": {"reviewer"},
}
FROM_TO = {
    ("prepare", State.DRAFT): State.AWAITING_SIGNATURE,
    ("prepare", State.RETURNED): State.AWAITING_SIGNATURE,
    ("take_back", State.AWAITING_SIGNATURE): State.DRAFT,
    ("discard", State.DRAFT): State.ACCEPTED,
    ("send", State.DRAFT): State.SUBMITTED,
    ("send", State.AWAITING_SIGNATURE): State.SUBMITTED,
    ("send", State.RETURNED): State.SUBMITTED,
    ("add_signed_copy", State.SUBMITTED): State.SUBMITTED,
    ("add_signed_copy", State.RECEIVED): State.RECEIVED,
    ("add_signed_copy", State.ACCEPTED): State.ACCEPTED,
    ("recall", State.SUBMITTED): State.DRAFT,
    ("receive", State.SUBMITTED): State.RECEIVED,
    ("return", State.RECEIVED): State.RETURNED,
    ("accept", State.RECEIVED): State.ACCEPTED,
    ("correct", State.ACCEPTED): State.DRAFT,
    ("take_over", State.DRAFT): State.DRAFT,
    ("take_over", State.AWAITING_SIGNATURE): State.DRAFT,
    ("take_over", State.RETURNED): State.DRAFT,
    ("hand_back", State.DRAFT): State.DRAFT,
    ("enter_on_behalf", State.DRAFT): State.SUBMITTED,
    ("enter_on_behalf", State.AWAITING_SIGNATURE): State.SUBMITTED,
    ("enter_on_behalf", State.RETURNED): State.SUBMITTED,
}
COPY = CopyData(symbol="45-BC/HU", signed_on=date(2024, 6, 10), signatory="Người ký A")
DATA = StepData(declared_no_secret=True, copy=COPY, correcting_symbol="50-CV/HU", correcting_date=date(2024, 6, 9))


def data_for(step: str) -> StepData:
    if step != "enter_on_behalf":
        return DATA
    return StepData(declared_no_secret=True, came_at=at(9))


def forget() -> None:
    """Take away the rows of the round before."""
    for model in (RemarkReply, Remark, Delivery, Submission, Period):
        model.objects.all().delete()


def report_in(cast: Cast, state: State, step: str) -> Submission:
    """A report in a state, with what the step needs beside the state."""
    expectation = make_period(bodies=[cast.district]).expectations.get()
    form = ReportForm.CONFIDENTIAL if step == "enter_on_behalf" else ReportForm.NIL
    if step == "discard" and state != State.ACCEPTED:
        make_submission(expectation, cast.reviewer, State.ACCEPTED, form=form)
        return make_submission(expectation, cast.preparer, state, version=2, form=form)
    is_on_behalf = step == "hand_back"
    report = make_submission(expectation, cast.preparer, state, form=form, is_on_behalf=is_on_behalf)
    if step == "return" and state == State.RECEIVED:
        ask(expectation, report, "closing", "Bổ sung nguyên nhân.", actor=cast.reviewer, at=at(10))
    return report


def test_the_table_of_the_test_knows_every_step() -> None:
    assert set(WHO) == set(STEPS) == {step for step, _state in FROM_TO}


@pytest.mark.parametrize("step", sorted(STEPS))
def test_each_step_is_taken_from_its_states_by_its_people_only(cast: Cast, step: str) -> None:
    for state, role in product(State, ROLES):
        forget()
        report = report_in(cast, state, step)
        actor = getattr(cast, role)
        who = standing(actor)
        allowed, expected = role in WHO[step], FROM_TO.get((step, state))
        offered = {row.name for row in available_steps(report, who, at=at())}
        assert (step in offered) == (allowed and expected is not None), (step, state, role)
        try:
            after = take_step(report, step, actor=actor, standing=who, at=at(), data=data_for(step))
        except PermissionDenied:
            assert not allowed, (step, state, role)
        except StepRefused as refused:
            assert allowed and expected is None, (step, state, role, refused.sentences)
            assert refused.code == MOVED
            report.refresh_from_db()
            assert report.state == state
        else:
            assert allowed and after.state == expected, (step, state, role)
