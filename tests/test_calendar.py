"""The calendar of deadlines: whose days it shows, the month on the page, and the feed at a secret address."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from plan_tracker.accounts.models import User
from plan_tracker.lib.dates import ZONE
from reports.choices import PeriodKind, ReportStanding, SubmissionState
from reports.deadline_events import Event, events_between
from reports.forms_periods import proposal_for
from reports.models import CalendarFeed, OfficeDay, SignedCopy
from reports.month_grid import month_of, span_of
from tasks.choices import DeadlineKind, PartyRole
from tasks.models import AssignmentParty, Inspection
from tests.factories import at, make_assignment, make_body, make_period, make_plan, make_submission
from tests.people import Cast, standing
from tests.review_pages import signed_in

pytestmark = pytest.mark.django_db
JUNE = span_of(date(2024, 6, 1))


@pytest.fixture
def filled(cast: Cast) -> None:
    """June 2024: a report of both, a dated assignment of one, and findings of the other to remedy."""
    plan = make_plan()
    period = make_period(plan, bodies=[cast.district, cast.other_district])
    make_submission(period.expectations.get(body=cast.district), cast.preparer, SubmissionState.SUBMITTED)
    dated = make_assignment(plan, "IV.1a", deadline_kind=DeadlineKind.FIXED, due_on=date(2024, 6, 30))
    AssignmentParty.objects.create(assignment=dated, order=1, body=cast.district, role=PartyRole.LEAD, printed="HU A")
    Inspection.objects.create(
        plan=plan, body=cast.other_district, team="Đoàn 1", inspected_on=date(2024, 5, 2), findings="Chưa sơ kết.",
        remedy_due_on=date(2024, 6, 5),
    )  # fmt: skip


def seen_by(user: User, span: tuple[date, date] = JUNE) -> list[Event]:
    return events_between(make_plan(), standing(user), *span, now=at(20))


def days_of(user: User) -> list[int]:
    return [event.day.day for event in seen_by(user)]


def test_each_person_sees_the_deadlines_of_the_own_body_and_nobody_elses(cast: Cast, filled: None) -> None:
    assert days_of(cast.preparer) == [18, 30]
    assert days_of(cast.other_sender) == [5, 18]
    assert days_of(cast.reviewer) == [5, 18, 30]
    own = seen_by(cast.preparer)[0]
    assert (own.state, own.at) == (ReportStanding.SENT_ON_TIME, at(18, 16))
    assert seen_by(cast.reviewer)[1].note == "Đã gửi 1/2"


def test_an_own_extension_moves_the_day_and_stands_by_itself_for_reviewers(cast: Cast, filled: None) -> None:
    period = make_period(make_plan(), PeriodKind.THEMATIC, bodies=[cast.district, cast.other_district], own_title="CĐ")
    period.expectations.filter(body=cast.other_district).update(extended_to=at(26, 16), extension_reason="Bão")
    assert 26 in days_of(cast.other_sender)
    assert [event.note for event in seen_by(cast.reviewer) if event.day.day == 26] == ["gia hạn: Huyện uỷ B"]


def test_a_signed_copy_that_is_to_follow_has_its_day(cast: Cast, filled: None) -> None:
    report = cast.district.expectations.get().submissions.get()
    SignedCopy.objects.create(submission=report, follows_by=date(2024, 6, 24))
    assert days_of(cast.sender) == [18, 24, 30]


def test_a_due_moment_at_midnight_stands_on_the_day_that_ends_with_it(cast: Cast) -> None:
    new_year = datetime(2025, 1, 1, 0, 0, tzinfo=ZONE)
    make_period(make_plan(), PeriodKind.YEAR, bodies=[cast.district], due_at=new_year)
    december, january = (date(2024, 12, 1), date(2024, 12, 31)), (date(2025, 1, 1), date(2025, 1, 31))
    assert [event.day for event in seen_by(cast.sender, december)] == [date(2024, 12, 31)]
    assert seen_by(cast.sender, january) == []


def test_the_grid_of_a_month_knows_its_free_days_and_what_was_decided_about_them() -> None:
    month = month_of(date(2024, 2, 1), [], on=date(2024, 2, 29), decided={date(2024, 2, 17): False})
    days = {day.day: day for week in month.weeks for day in week.days if day.in_month}
    assert len(days) == 29 and days[date(2024, 2, 29)].is_today
    assert [day for day in range(8, 15) if not days[date(2024, 2, day)].is_free] == []
    assert days[date(2024, 2, 10)].holiday and days[date(2024, 2, 17)].is_free
    assert (month.before, month.after) == (date(2024, 1, 1), date(2024, 3, 1))


def test_proposals_heed_the_days_that_an_administrator_decided_on(cast: Cast) -> None:
    plan, today = make_plan(), date(2026, 11, 23)
    usual = proposal_for(PeriodKind.YEAR, 2026, None, plan=plan, today=today)["due_on"]
    assert usual == date(2026, 12, 16)
    OfficeDay.objects.create(day=usual, is_working=False, reason="Công văn số 01")
    assert proposal_for(PeriodKind.YEAR, 2026, None, plan=plan, today=today)["due_on"] == date(2026, 12, 17)
    OfficeDay.objects.create(day=date(2026, 12, 15), is_working=True, reason="Làm bù")
    assert proposal_for(PeriodKind.YEAR, 2026, None, plan=plan, today=today)["due_on"] == date(2026, 12, 17)


def test_the_page_shows_the_month_that_is_asked_for(cast: Cast, filled: None) -> None:
    client = signed_in(cast.reviewer)
    page = client.get(reverse("reports:calendar_month"), {"thang": "2024-06"}).content.decode()
    assert "Deadlines of month 6, 2024" in page and 'datetime="2024-06-18"' in page
    assert "1 of 2 sent" in page and "IV.1a" in page
    assert "?thang=2024-05" in page and "?thang=2024-07" in page
    for nonsense in ("2024-13", "x", "1924-01"):
        assert client.get(reverse("reports:calendar_month"), {"thang": nonsense}).status_code == 200


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(reverse("reports:calendar_month"), {"thang": "2024-06"}).status_code == 200
    return len(caught)


@pytest.mark.parametrize("who", ["reviewer", "preparer", "viewer"])
def test_the_page_costs_the_same_however_much_falls_due(cast: Cast, filled: None, who: str) -> None:
    client = signed_in(getattr(cast, who))
    few = queries(client)
    for place in range(12):
        body = make_body(f"hu-{place}")
        make_period(make_plan(), PeriodKind.THEMATIC, bodies=[body, cast.district], own_title=f"Chuyên đề {place}")
    assert queries(client) == few <= 12


def address_of(client: Client) -> str:
    page = client.post(reverse("reports:calendar_address"), {"do": "give"})
    assert page["Cache-Control"] == "no-store"
    found = re.search(r'<code class="code">([^<]+)</code>', page.content.decode())
    assert found is not None
    return found[1]


def test_the_secret_address_answers_without_a_session_and_is_kept_as_a_hash(cast: Cast, settings: Settings) -> None:
    settings.PORTAL_URL = "https://dan-van.example.vn"
    address = address_of(signed_in(cast.preparer))
    assert address.startswith("https://dan-van.example.vn/lich/")
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert token not in str(list(CalendarFeed.objects.values()))
    answer = Client().get(f"/lich/{token}.ics")
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    assert Client().get("/lich/khong-co.ics").status_code == 404


def entries(client: Client) -> list[Any]:
    path = "/" + address_of(client).split("/", 3)[3]
    return list(icalendar.Calendar.from_ical(Client().get(path).content).walk("VEVENT"))


def test_the_feed_holds_what_the_person_may_see_on_the_offices_clock(cast: Cast, settings: Settings) -> None:
    settings.PORTAL_URL = "https://dan-van.example.vn"
    due = (timezone.localtime() + timedelta(days=10)).replace(hour=16, minute=0, second=0, microsecond=0)
    make_period(make_plan(), bodies=[cast.district], due_at=due)
    make_period(make_plan(), PeriodKind.YEAR, bodies=[cast.other_district], due_at=due)
    (event,) = entries(signed_in(cast.preparer))
    assert event["dtstart"].dt == due and event["dtstart"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert "first six months of 2024" in str(event["summary"])
    assert str(event["url"]).startswith("https://dan-van.example.vn/ky-bao-cao/")
    assert len(entries(signed_in(cast.reviewer))) == 2


def test_the_feed_never_leads_to_what_a_request_calls_the_host(cast: Cast, settings: Settings) -> None:
    due = timezone.now() + timedelta(days=10)
    make_period(make_plan(), bodies=[cast.district], due_at=due)
    path = "/" + address_of(signed_in(cast.preparer)).split("/", 3)[3]
    settings.ALLOWED_HOSTS = ["*"]
    content = Client().get(path, headers={"host": "evil.example"}).content.decode()
    assert "evil.example" not in content and "URL" not in content


def test_a_revoked_or_replaced_address_and_one_of_a_closed_account_are_gone(cast: Cast) -> None:
    client = signed_in(cast.preparer)
    first = "/" + address_of(client).split("/", 3)[3]
    second = "/" + address_of(client).split("/", 3)[3]
    assert [Client().get(path).status_code for path in (first, second)] == [404, 200]
    User.objects.filter(pk=cast.preparer.pk).update(is_active=False)
    assert Client().get(second).status_code == 404
    User.objects.filter(pk=cast.preparer.pk).update(is_active=True)
    client.force_login(cast.preparer)
    client.post(reverse("reports:calendar_address"), {"do": "revoke"})
    assert Client().get(second).status_code == 404
