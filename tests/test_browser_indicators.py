"""The pages of indicators and activity figures in a real browser: usable by everyone, on a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from reports.choices import PeriodKind, SubmissionState
from reports.models import CounterValue, Expectation
from targets.choices import Evaluation, GoalRule, ObservationStatus, Verdict
from targets.models import IndicatorReporter
from tasks.choices import BodyKind
from tests.factories import make_body, make_counter, make_indicator, make_period, make_plan, make_submission
from tests.indicator_rows import aim, observe, opinion
from tests.people import PASSWORD, Cast, make_cast

Check = Callable[[Page], None]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = date(2025, 12, 14)


@pytest.fixture
def cast() -> Cast:
    """The cast, an indicator that the districts supply, one with a long series, and an activity figure."""
    people = make_cast()
    plan = make_plan()
    good = make_indicator(plan, "T6.1", evaluation=Evaluation.ANNUAL)
    aim(good, GoalRule.MORE_THAN, "90", starts_on=date(2024, 1, 1))
    IndicatorReporter.objects.create(code="good", indicator=good, body_kind=BodyKind.DISTRICT, channel="area")
    counter = make_counter(plan, "C02")
    IndicatorReporter.objects.create(code="c02", counter=counter, body_kind=BodyKind.DISTRICT, channel="area")
    period = make_period(plan, PeriodKind.YEAR, 2025, data_to=DAY)
    for place, code in enumerate(("hu-trang-dinh", "hu-binh-gia", "hu-van-lang")):
        body = make_body(code, name=f"Huyện uỷ {code}")
        observe(good, body, 2025, str(26 + 2 * place), of=30, on=DAY, status=ObservationStatus.REPORTED)
        report = make_submission(
            Expectation.objects.create(period=period, body=body), people.reviewer, SubmissionState.ACCEPTED
        )
        CounterValue.objects.create(submission=report, counter=counter, in_period=10 + place, cumulative=20)
    level = make_indicator(plan, "T2.2", over_bodies="provincial_figure")
    aim(level, GoalRule.ABOUT, "80", tolerance=2, baseline_value=20, baseline_on=date(2020, 12, 31))
    for year in range(2021, 2026):
        observe(level, plan.province, year, str(20 + 4 * (year - 2020)))
    opinion(level, people.leader, Verdict.AT_RISK, date(2026, 1, 5), expires_on=date(2099, 1, 1))
    return people


@pytest.mark.parametrize("width", ["page", "narrow_page"])
def test_every_page_can_be_used_by_everyone(
    request: pytest.FixtureRequest, width: str, live_server: LiveServer, axe: Check, fits: Check, cast: Cast
) -> None:
    page: Page = request.getfixturevalue(width)
    page.goto(f"{live_server.url}/tai-khoan/dang-nhap/?next=/chi-tieu/")
    page.get_by_label("Tên đăng nhập").fill("leader")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{live_server.url}/chi-tieu/")
    for path in (
        "/chi-tieu/",
        "/chi-tieu/T6.1/",
        "/chi-tieu/T2.2/",
        "/chi-tieu/T2.2/danh-gia/",
        "/chi-tieu/co-quan/hu-binh-gia/",
        "/so-lieu/",
        "/so-lieu/C02/",
    ):
        page.goto(live_server.url + path)
        axe(page)
        fits(page)
    page.goto(f"{live_server.url}/chi-tieu/T2.2/")
    why, drawing = (page.locator(one).bounding_box() for one in (".why", ".chart-frame"))
    assert why is not None and drawing is not None
    if width == "narrow_page":
        assert why["y"] + why["height"] <= drawing["y"]
    else:
        assert drawing["x"] + drawing["width"] <= why["x"]
    page.emulate_media(media="print")
    fits(page)
