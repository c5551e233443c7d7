"""A second plan from end to end: judged, told to other systems, gathered and written up under its own address."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from plan_tracker.plan_address import BELONGING
from reports.models import CounterValue, Edition, Period, Submission
from reports.models.calendar import give_feed
from reports.summaries import build_summary
from targets.models import ApiToken, Indicator, Judgement
from tasks.models import Assignment, Plan
from tests.factories import at
from tests.form_pages import seen
from tests.pages import signed_in
from tests.people import Cast
from tests.plandata import plan as plan  # noqa: PLC0414 - a fixture of the tests below
from tests.test_judgements import form
from tests.test_second_plan import CODE, SECOND
from tests.test_second_plan import cast as cast  # noqa: PLC0414 - the same
from tests.test_second_plan import second as second  # noqa: PLC0414 - the same

OTHERS = "Kết quả theo kh-nq43."
OWN = "Kết quả theo ke-hoach-hai."
LINK = re.compile(r'href="(/[^"#?]*)')


@pytest.fixture
def period(cast: Cast, second: Plan) -> Period:
    """The period of the second plan; its report is accepted."""
    return Period.objects.select_related("plan__issuer").get(plan=second)


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.reviewer)


def under(name: str, *args: object) -> str:
    """Return an address under the second plan."""
    return f"{SECOND}{reverse(name, args=list(args))}"


def test_a_judgement_is_about_the_indicator_of_the_plan(client: Client, second: Plan, period: Period) -> None:
    answer = client.post(under("targets:judgement_create", "T1.1"), form())
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert answer["Location"].startswith(SECOND)
    assert Judgement.objects.get().indicator.target.plan == second


def test_other_systems_read_the_plan_of_the_address(cast: Cast, period: Period) -> None:
    Indicator.objects.update(is_public=True)
    token = ApiToken(name="may", created_by=cast.administrator)
    text = token.give(at=at())
    token.save()
    head = {"Authorization": f"Bearer {text}"}
    told = [
        json.loads(Client().get(f"{prefix}{reverse(name, args=args)}", headers=head).content)
        for prefix in ("", SECOND)
        for name, args in (("targets:api_board", []), ("targets:api_series", ["T1.1"]))
    ]
    assert ["Chỉ tiêu hai" in json.dumps(one, ensure_ascii=False) for one in told] == [False, False, True, True]


def test_the_summary_as_data_has_nothing_of_the_other_plan(client: Client, period: Period) -> None:
    told = client.get(under("reports:summary_json", period.pk)).content.decode()
    assert (OWN in told, OTHERS in told) == (True, False)
    found = build_summary(period, at=at(20))
    assert [row.figures[0].in_period for row in found.counters] == [7]
    assert [row.title for row in found.indicators] == ["Chỉ tiêu hai"]


def test_a_body_writes_its_report_on_the_plan_with_the_figures_of_the_plan(cast: Cast, period: Period) -> None:
    report = Submission.objects.get(expectation__period=period)
    CounterValue.objects.all().delete()
    Submission.objects.filter(pk=report.pk).update(state="draft", accepted_by=None, accepted_at=None)
    clerk = signed_in(cast.preparer)
    address = under("reports:report_counters", report.pk)
    assert "Số liệu hai" in clerk.get(address).content.decode()
    answer = clerk.post(address, seen(clerk, address) | {"line-counter-C01-in_period": "6"})
    assert (answer.status_code, answer["Location"].startswith(SECOND)) == (302, True)
    assert CounterValue.objects.get().counter.plan.code == CODE


def test_an_edition_is_written_from_the_reports_of_the_plan(client: Client, period: Period) -> None:
    answer = client.post(under("reports:edition_open", period.pk), {"kind": "committee_report"})
    assert answer["Location"].startswith(SECOND)
    edition = Edition.objects.get()
    assert edition.period.plan.code == CODE
    html = client.get(answer["Location"]).content.decode()
    assert (OWN in html, OTHERS in html) == (True, False)
    section = client.get(under("reports:edition_section", edition.pk, "group:1")).content.decode()
    assert (OWN in section, OTHERS in section) == (True, False)
    assert client.get(under("reports:edition_paper", edition.pk, "docx")).status_code == 200


@pytest.mark.parametrize("name", ["reports:edition_detail", "reports:edition_life"])
def test_a_page_of_an_edition_leads_to_its_plan(client: Client, period: Period, name: str) -> None:
    client.post(under("reports:edition_open", period.pk), {"kind": "committee_report"})
    path = reverse(name, args=[Edition.objects.get().pk])
    assert client.get(path)["Location"] == f"{SECOND}{path}"


def test_a_report_opened_under_another_plan_leads_to_its_own(cast: Cast, client: Client, second: Plan) -> None:
    """So that what its pages name by code is found in the right plan, from a mail or the list of all reports too."""
    report = Submission.objects.get(expectation__period__plan=second)
    for name in ("reports:report_read", "reports:report_exchange", "reports:review_detail"):
        path = reverse(name, args=[report.pk])
        assert client.get(f"{path}?a=1")["Location"] == f"{SECOND}{path}?a=1"
        html = client.get(f"{SECOND}{path}").content.decode()
        assert not [link for link in LINK.findall(html) if not link.startswith(("/kh/", "/static/"))]
    first = Submission.objects.exclude(pk=report.pk).get()
    path = reverse("reports:report_read", args=[first.pk])
    assert client.get(f"{SECOND}{path}")["Location"] == path
    assert client.get(path).status_code == 200


def test_the_way_to_its_plan_tells_nobody_of_a_report_that_he_may_not_see(cast: Cast, second: Plan) -> None:
    report = Submission.objects.get(expectation__period__plan=second)
    stranger = signed_in(cast.other_preparer)
    assert stranger.get(reverse("reports:report_read", args=[report.pk])).status_code == 404


def test_the_calendar_of_a_telephone_is_that_of_the_plan_where_it_was_given(cast: Cast, second: Plan) -> None:
    Assignment.objects.filter(code="IV.1a").update(due_on=at().date().replace(year=2026, month=12, day=31))
    token = give_feed(cast.reviewer, at=at())
    path = reverse("reports:calendar_feed", args=[token])
    told = [Client().get(f"{prefix}{path}").content for prefix in ("", SECOND)]
    assert ["Giao hai" in one.decode() for one in told] == [False, True]


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> list[str]:
    """Return every route of some patterns."""
    found: list[str] = []
    for one in patterns:
        route = before + str(one.pattern)
        found += routes(one.url_patterns, route) if isinstance(one, URLResolver) else [route]
    return found


# Rows that are no plan's, or that only a form is sent to.
OF_NO_PLAN = ("quan-tri/", "tai-khoan/", "cong-viec/", "chi-tieu/", "uy-quyen/", "y-kien/", "gop-y/", "bao-cao/lap/")


def test_every_page_that_names_a_row_knows_the_plan_of_it() -> None:
    named = [route for route in routes(get_resolver().url_patterns) if "<int:pk>" in route]
    known = tuple(beginning for beginning, _model, _way in BELONGING)
    assert not [route for route in named if not route.startswith((*known, *OF_NO_PLAN, "thu-hoi/<"))]
