"""Who comes in to a report: its own people write, reviewers read, another body finds nothing; and what a page costs."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plan_tracker.accounts.models import User
from reports.choices import Depth, PeriodKind, SubmissionState
from reports.models import Submission
from tests.factories import make_submission
from tests.form_pages import Scene, earlier_report, fill_closing, fill_lines, make_scene, open_period, page, signed_in
from tests.form_pages import start as start_report

pytestmark = pytest.mark.django_db
WRITING = ("report_group", "report_assignments", "report_counters", "report_indicators", "report_closing")
READING = ("report_detail", "report_read")


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def submission(scene: Scene) -> Submission:
    return start_report(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))


def address(name: str, submission: Submission) -> str:
    return page(name, submission.pk, *([1] if name == "report_group" else []))


def status(user: User, name: str, submission: Submission, method: str = "get") -> int:
    client = signed_in(user)
    return int(getattr(client, method)(address(name, submission)).status_code)


@pytest.mark.parametrize("name", [*WRITING, *READING, "report_check", "report_send", "report_scan"])
def test_another_body_and_a_viewer_find_nothing(scene: Scene, submission: Submission, name: str) -> None:
    for user in (scene.cast.other_preparer, scene.cast.other_sender, scene.cast.viewer):
        assert status(user, name, submission) == 404


@pytest.mark.parametrize("name", [*WRITING, "report_check"])
def test_the_body_writes_and_a_reviewer_does_not(scene: Scene, submission: Submission, name: str) -> None:
    assert status(scene.cast.preparer, name, submission) == 200
    assert status(scene.cast.sender, name, submission) == 200
    for user in (scene.cast.reviewer, scene.cast.leader, scene.cast.administrator):
        assert status(user, name, submission) == 403


@pytest.mark.parametrize("name", WRITING)
def test_nobody_else_saves_in_a_report(scene: Scene, submission: Submission, name: str) -> None:
    assert status(scene.cast.reviewer, name, submission, "post") == 403
    assert status(scene.cast.other_preparer, name, submission, "post") == 404
    assert not submission.entries.exists()


@pytest.mark.parametrize("name", READING)
def test_reviewers_leaders_and_administrators_read(scene: Scene, submission: Submission, name: str) -> None:
    for user in (scene.cast.preparer, scene.cast.reviewer, scene.cast.leader, scene.cast.administrator):
        assert status(user, name, submission) == 200


def test_a_viewer_reads_what_was_accepted(scene: Scene) -> None:
    accepted = earlier_report(scene)
    assert status(scene.cast.viewer, "report_read", accepted) == 200


def test_only_the_office_sends(scene: Scene, submission: Submission) -> None:
    assert status(scene.cast.preparer, "report_send", submission) == 403
    assert status(scene.cast.sender, "report_send", submission) == 200


def test_a_report_that_was_sent_is_shown_to_read_instead(scene: Scene, submission: Submission) -> None:
    Submission.objects.filter(pk=submission.pk).update(state=SubmissionState.SUBMITTED)
    response = signed_in(scene.cast.preparer).get(address("report_group", submission))
    assert response["Location"] == page("report_read", submission.pk)


def test_a_group_that_the_plan_does_not_have_is_not_found(scene: Scene, submission: Submission) -> None:
    assert signed_in(scene.cast.preparer).get(page("report_group", submission.pk, 9)).status_code == 404


def test_who_writes_for_no_body_has_no_list_of_reports(scene: Scene) -> None:
    assert signed_in(scene.cast.viewer).get(page("report_list")).status_code == 403


def queries(user: User, url: str) -> int:
    """Return how many queries a page takes, the user included."""
    client = signed_in(user)
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", [*WRITING, *READING, "report_check", "report_send"])
def test_a_page_of_a_report_takes_at_most_twenty_queries(scene: Scene, submission: Submission, name: str) -> None:
    earlier_report(scene)
    user = scene.cast.sender
    empty = queries(user, address(name, submission))
    fill_lines(scene, submission)
    fill_closing(scene, submission)
    filled = queries(user, address(name, submission))
    assert max(empty, filled) <= 20


def test_the_list_takes_as_many_queries_for_ten_periods_as_for_one(scene: Scene) -> None:
    open_period(scene)
    before = queries(scene.cast.preparer, page("report_list"))
    for month in range(1, 10):
        period = open_period(scene, kind=PeriodKind.MONTH, ordinal=month, data_to=date(2024, 6, 14 + month))
        expectation = period.expectations.get(body=scene.cast.district)
        make_submission(expectation, scene.cast.preparer, SubmissionState.ACCEPTED)
    assert queries(scene.cast.preparer, page("report_list")) == before <= 12
