"""How many queries the pages of periods and the review take, however many bodies there are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reports.choices import Depth, SubmissionState
from reports.models import Expectation, Notice, Period, Remark, SignedCopy, Submission
from tasks.choices import Role
from tests.factories import (
    at,
    make_body,
    make_period,
    make_submission,
)
from tests.people import Cast, make_user
from tests.review_pages import asked_period, own, send, signed_in

pytestmark = pytest.mark.django_db
State = SubmissionState
LIST_BUDGET, REVIEW_BUDGET = 12, 20


@pytest.fixture
def period(cast: Cast) -> Period:
    return asked_period(cast)


def test_the_pages_take_a_fixed_number_of_queries(
    cast: Cast, period: Period, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """The same budget with two bodies and with thirty, with one period and with twelve."""
    send(make_period(period.plan, year=2023, bodies=[cast.district], depth=Depth.FULL).expectations.get(), cast)
    for round_number in range(2):
        if round_number:
            fill(cast, period)
        report = own(period, cast).submissions.first() or send(own(period, cast), cast)
        for user in (cast.reviewer, cast.preparer, cast.viewer):
            client = signed_in(user)
            for name in ("period_list", "notice_list"):
                with django_assert_max_num_queries(LIST_BUDGET):
                    client.get(reverse(f"reports:{name}"))
            with django_assert_max_num_queries(LIST_BUDGET):
                client.get(reverse("reports:period_detail", args=[period.pk]))
        client = signed_in(cast.reviewer)
        with django_assert_max_num_queries(LIST_BUDGET):
            client.get(reverse("reports:review_queue"))
        Submission.objects.filter(pk=report.pk).update(opened_at=None, state=State.SUBMITTED)
        for state in (State.SUBMITTED, State.RECEIVED, State.ACCEPTED):
            Submission.objects.filter(pk=report.pk).update(state=state, accepted_by=cast.reviewer, accepted_at=at())
            with django_assert_max_num_queries(REVIEW_BUDGET):
                client.get(reverse("reports:review_detail", args=[report.pk]))


def fill(cast: Cast, period: Period) -> None:
    """Add thirty bodies with reports in every state, remarks, messages and eleven periods."""
    states = [State.DRAFT, State.SUBMITTED, State.RECEIVED, State.RETURNED, State.ACCEPTED]
    for number in range(30):
        body = make_body(f"hu-{number}")
        person = make_user(f"person_{number}", body, Role.PREPARER)
        expectation = Expectation.objects.create(period=period, body=body)
        report = make_submission(expectation, person, states[number % 5])
        SignedCopy.objects.create(submission=report, follows_by=date(2024, 6, 12))
        Notice.objects.create(user=cast.reviewer, text="Tin", created_at=timezone.now() - timedelta(days=number))
    expectation = own(period, cast)
    for number in range(10):
        remark = Remark.objects.create(
            expectation=expectation,
            raised_in=expectation.submissions.get(),
            line=f"group:{number % 3 + 1}",
            text="Bổ sung.",
            asked_by=cast.reviewer,
            asked_at=at(),
        )
        remark.replies.create(text="Đã rõ.", written_by=cast.preparer, written_at=at())
    for year in range(2025, 2036):
        make_period(period.plan, year=year, bodies=[cast.district, cast.other_district])
