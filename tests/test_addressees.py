"""Who is asked in a period that is open already: added and let go on a page, and told; who has begun stays."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from reports.addressees import change_addressees
from reports.choices import PeriodState, SubmissionState
from reports.models import Notice, Period
from reports.periods import PeriodRefused
from reports.reminding import remind_by_timer
from tasks.choices import BodyKind
from tasks.models import Body
from tests.factories import at, make_body, make_period, make_submission
from tests.people import Cast
from tests.review_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(cast: Cast) -> Period:
    return make_period(bodies=[cast.district])


def owing(period: Period) -> set[str]:
    return set(period.expectations.values_list("body__code", flat=True))


def ask(period: Period, cast: Cast, *bodies: Body) -> None:
    change_addressees(period, bodies, actor=cast.reviewer, at=at(2))


def test_a_body_is_added_and_told_and_the_others_hear_nothing(cast: Cast, period: Period) -> None:
    ask(period, cast, cast.district, cast.other_district)
    assert owing(period) == {"hu-a", "hu-b"}
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"other_preparer", "other_sender"}
    assert "+hu-b" in LogEntry.objects.get(object_id=str(period.pk)).change_message


def test_a_body_that_has_begun_nothing_is_let_go_and_told(cast: Cast, period: Period) -> None:
    ask(period, cast, cast.other_district)
    assert owing(period) == {"hu-b"}
    assert "không còn phải gửi báo cáo" in Notice.objects.get(user=cast.sender).text


def test_who_has_begun_or_was_reminded_stays_and_nothing_is_changed_by_halves(cast: Cast, period: Period) -> None:
    make_submission(period.expectations.get(), cast.preparer)
    with pytest.raises(PeriodRefused, match="Huyện uỷ A"):
        ask(period, cast, cast.other_district)
    assert owing(period) == {"hu-a"} and not Notice.objects.exists()
    other = make_period(bodies=[cast.other_district], own_title="Chuyên đề")
    remind_by_timer(at=at(11))
    with pytest.raises(PeriodRefused, match="Huyện uỷ B"):
        ask(other, cast, cast.district)


def test_a_forgotten_body_is_added_even_when_a_report_is_accepted(cast: Cast, period: Period) -> None:
    make_submission(period.expectations.get(), cast.preparer, SubmissionState.ACCEPTED)
    ask(period, cast, cast.district, cast.other_district)
    assert owing(period) == {"hu-a", "hu-b"}


def test_bodies_that_report_together_owe_one_and_those_that_ended_owe_none(cast: Cast, period: Period) -> None:
    front = make_body("mttq", BodyKind.FRONT)
    group = make_body("dd-mttq", BodyKind.PARTY_GROUP, reports_through=front)
    gone = make_body("hu-cu", valid_to=date(2024, 6, 13))
    ask(period, cast, group, front, gone)
    assert owing(period) == {"mttq"}
    with pytest.raises(PeriodRefused):
        ask(period, cast, gone)


@pytest.mark.parametrize("state", [PeriodState.CLOSED, PeriodState.CANCELLED])
def test_a_period_that_takes_no_reports_keeps_its_addressees(cast: Cast, period: Period, state: PeriodState) -> None:
    Period.objects.update(state=state)
    with pytest.raises(PeriodRefused):
        ask(period, cast, cast.other_district)


def test_the_page_offers_the_bodies_and_says_what_it_did(cast: Cast, period: Period) -> None:
    client, address = signed_in(cast.reviewer), reverse("reports:period_addressees", args=[period.pk])
    assert client.get(address).context["form"].initial["addressees"] == [cast.district.pk]
    bodies = [cast.district.pk, cast.other_district.pk]
    page = client.post(address, {"addressees": bodies}, follow=True).content.decode()
    assert "Asked now, and told: Huyện uỷ B" in page
    assert (
        "The same bodies are asked as before."
        in client.post(address, {"addressees": bodies}, follow=True).content.decode()
    )
    assert client.post(address, {"addressees": []}).status_code == 422
    make_submission(period.expectations.get(body=cast.district), cast.preparer)
    refused = client.post(address, {"addressees": [cast.other_district.pk]})
    assert refused.status_code == 422 and "exempt them instead" in refused.content.decode()
