"""The pages of the summary: who reads them, what they show, where figures lead, and what they cost."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from plan_tracker.accounts.models import User
from reports.choices import Addressee, Depth, SubmissionState
from reports.models import CounterValue, Difficulty, Expectation, Period, Proposal, Reading, Submission
from targets.models import IndicatorReporter
from tasks.choices import BodyKind, WorkState
from tasks.models import Body, Plan
from tests.factories import (
    make_assignment,
    make_body,
    make_counter,
    make_entry,
    make_group,
    make_indicator,
    make_period,
    make_plan,
    make_submission,
)
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    plan = make_plan()
    make_group(plan, 1, tasks=1)
    make_assignment(plan, "IV.1b")
    for figure in (make_counter(plan), make_indicator(plan)):
        subject = {"counter": figure} if figure.code == "C01" else {"indicator": figure}
        IndicatorReporter.objects.create(
            code=figure.code.replace(".", "-"), body_kind=BodyKind.DISTRICT, channel="area", **subject
        )
    return plan


@pytest.fixture
def period(cast: Cast, plan: Plan) -> Period:
    return make_period(plan, bodies=[cast.district, cast.other_district], depth=Depth.FULL)


def accepted(period: Period, body: Body, by: User) -> Submission:
    """Make an accepted report that says something on every line."""
    submission = make_submission(
        Expectation.objects.get(period=period, body=body), by, SubmissionState.ACCEPTED, strengths="Chỉ đạo sát sao."
    )
    group = period.plan.groups.get(number=1)
    entry = make_entry(submission, f"Kết quả của {body.name}.", group=group, state=WorkState.WITH_RESULTS)
    Difficulty.objects.create(submission=submission, entry=entry, order=1, text="Thiếu kinh phí")
    Proposal.objects.create(submission=submission, order=1, text="Bổ sung kinh phí", addressee=Addressee.CENTRE)
    CounterValue.objects.create(
        submission=submission, counter=period.plan.counters.get(), in_period=1200, cumulative=3400, is_estimate=True
    )
    Reading.objects.create(
        submission=submission, indicator=period.plan.targets.get().indicators.get(), numerator=1, denominator=4
    )
    return submission


def page(client: Client, user: User, period: Period) -> str:
    client.force_login(user)
    return client.get(reverse("reports:summary_detail", args=[period.pk])).content.decode()


@pytest.mark.parametrize("person", ["reviewer", "leader", "viewer", "administrator"])
@pytest.mark.parametrize("route", ["summary_list", "summary_detail", "summary_docx"])
def test_those_who_see_all_bodies_read_the_summary(
    client: Client, cast: Cast, period: Period, person: str, route: str
) -> None:
    client.force_login(getattr(cast, person))
    address = reverse(f"reports:{route}", args=[] if route == "summary_list" else [period.pk])
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("person", ["preparer", "sender", "committee_preparer"])
@pytest.mark.parametrize("route", ["summary_list", "summary_detail", "summary_docx"])
def test_a_body_that_reports_finds_no_summary(
    client: Client, cast: Cast, period: Period, person: str, route: str
) -> None:
    client.force_login(getattr(cast, person))
    address = reverse(f"reports:{route}", args=[] if route == "summary_list" else [period.pk])
    assert client.get(address).status_code == 404


def test_the_page_shows_what_was_accepted_and_nothing_else(client: Client, cast: Cast, period: Period) -> None:
    accepted(period, cast.district, cast.reviewer)
    waiting = make_submission(
        Expectation.objects.get(period=period, body=cast.other_district), cast.reviewer, SubmissionState.SUBMITTED
    )
    make_entry(waiting, "Chưa được đưa vào tổng hợp", group=period.plan.groups.get())
    shown = page(client, cast.viewer, period)
    assert "Kết quả của Huyện uỷ A." in shown
    assert "Thiếu kinh phí" in shown
    assert "Bổ sung kinh phí" in shown
    assert "1.200" in shown
    assert "Chưa được đưa vào tổng hợp" not in shown


def test_a_reviewer_is_led_from_the_proposals_to_their_follow_up(client: Client, cast: Cast, period: Period) -> None:
    accepted(period, cast.district, cast.preparer)
    address = reverse("reports:recommendation_create", args=[period.pk])
    assert address in page(client, cast.reviewer, period)
    assert address not in page(client, cast.viewer, period)
    assert client.get(reverse("reports:recommendation_list")).status_code == 200


def test_the_page_says_what_is_missing(client: Client, cast: Cast, period: Period) -> None:
    accepted(period, cast.district, cast.reviewer)
    shown = page(client, cast.reviewer, period)
    missing = shown[shown.index('id="missing"') :]
    assert "Huyện uỷ B" in missing[: missing.index("</div>")]
    assert 'id="check-list"' in shown


def test_the_text_of_a_body_is_never_markup(client: Client, cast: Cast, period: Period) -> None:
    submission = accepted(period, cast.district, cast.reviewer)
    submission.entries.update(text="<script>alert(1)</script> & =1+1")
    shown = page(client, cast.reviewer, period)
    assert "<script>alert(1)</script>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; =1+1" in shown


def test_a_cancelled_period_has_no_summary(client: Client, cast: Cast, period: Period) -> None:
    Period.objects.update(state="cancelled")
    client.force_login(cast.reviewer)
    assert client.get(reverse("reports:summary_detail", args=[period.pk])).status_code == 404


def test_a_demonstration_is_marked_on_its_page(client: Client, cast: Cast, period: Period) -> None:
    Period.objects.update(is_demo=True)
    assert "stripe--demo" in page(client, cast.reviewer, period)


def test_the_page_takes_no_more_queries_for_more_bodies(client: Client, cast: Cast, plan: Plan) -> None:
    def queries(number: int) -> int:
        bodies = [make_body(f"hu-{number}-{place}") for place in range(number)]
        period = make_period(plan, bodies=bodies, own_title=f"Kỳ {number}", depth=Depth.FULL)
        for body in bodies[1:]:
            accepted(period, body, cast.reviewer)
        client.force_login(cast.reviewer)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("reports:summary_detail", args=[period.pk])).status_code == 200
        return len(captured)

    few, many = queries(3), queries(30)
    assert few == many
    assert many <= 20


def test_the_list_takes_few_queries_for_many_periods(client: Client, cast: Cast, plan: Plan) -> None:
    def queries() -> int:
        client.force_login(cast.reviewer)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("reports:summary_list"))
        return len(captured)

    make_period(plan, bodies=[cast.district])
    few = queries()
    for year in range(2010, 2020):
        make_period(plan, year=year, bodies=[cast.district])
    assert queries() == few <= 12


def test_the_list_counts_what_was_sent_and_accepted(client: Client, cast: Cast, period: Period) -> None:
    accepted(period, cast.district, cast.reviewer)
    client.force_login(cast.reviewer)
    assert client.get(reverse("reports:summary_list")).content.decode().count(">1/2<") == 2


def test_the_draft_report_downloads_as_a_docx_that_nobody_caches(client: Client, cast: Cast, period: Period) -> None:
    accepted(period, cast.district, cast.reviewer)
    client.force_login(cast.leader)
    answer = client.get(reverse("reports:summary_docx", args=[period.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="bao-cao-tong-hop-6-thang-dau-nam-2024.docx"'
    assert "no-store" in answer["Cache-Control"]
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs)
    assert "còn 01 địa phương, cơ quan chưa gửi báo cáo." in text


def test_a_body_downloads_its_own_report_and_no_other(client: Client, cast: Cast, period: Period) -> None:
    submission = make_submission(Expectation.objects.get(period=period, body=cast.district), cast.preparer)
    address = reverse("reports:report_docx", args=[submission.pk])
    for person, status in ((cast.preparer, 200), (cast.reviewer, 200), (cast.other_preparer, 404), (cast.viewer, 404)):
        client.force_login(person)
        assert client.get(address).status_code == status


def test_a_screen_in_english_still_gives_a_vietnamese_document(client: Client, cast: Cast, period: Period) -> None:
    User.objects.filter(pk=cast.leader.pk).update(language="en")
    client.force_login(cast.leader)
    answer = client.get(reverse("reports:summary_docx", args=[period.pk]), headers={"accept-language": "en"})
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs)
    assert "6 tháng đầu năm 2024" in text
    assert "First" not in text
