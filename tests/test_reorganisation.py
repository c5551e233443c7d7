"""The reorganisation of 2025 on a database with two years of reports: nobody without a holder, no figure lost."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Sum

from plan_tracker.lib.dates import ZONE
from plan_tracker.management.commands.load_reorganisation import FOLDER
from reports.choices import Depth, PeriodKind, SubmissionState
from reports.forms_periods import usual_addressees
from reports.handover import take_back
from reports.models import CounterValue, Expectation, Period, Submission
from reports.outline import outline_of
from reports.periods import open_period, propose
from reports.summaries import build_summary
from targets.aggregation import Total
from targets.choices import ObservationStatus
from targets.models import Counter, Indicator, Observation
from targets.records import read
from tasks.answering import read_charges
from tasks.choices import BodyKind, BodyLevel, Certainty, WorkState
from tasks.models import Body, BodyChange, Plan, Succession, TaskGroup
from tests.factories import at, make_entry, make_period, make_submission
from tests.indicator_rows import observe
from tests.pages import issue, page, tell
from tests.people import Cast, make_cast
from tests.plandata import plan as plan  # noqa: PLC0414 - a fixture of the tests below
from tests.test_handover import snapshot

LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)
TODAY = date(2026, 1, 15)
WINDOWS = (
    (PeriodKind.YEAR, 2024, date(2023, 12, 15), date(2024, 12, 14)),
    (PeriodKind.FIRST_HALF, 2025, date(2024, 12, 15), date(2025, 6, 14)),
)


def load() -> None:
    """Take the reorganisation over without a word."""
    call_command("load_reorganisation", verbosity=0)


def districts() -> list[Body]:
    """Return the eleven districts."""
    return list(
        Body.objects.filter(kind=BodyKind.DISTRICT, symbol__in=["HU", "ThU"]).exclude(code__in=["hu-a", "hu-b"])
    )


@pytest.fixture
def cast(plan: Plan) -> Cast:
    """The real plan with two years of accepted reports of the districts, with figures; half have issued their plan."""
    people = make_cast()
    Body.objects.filter(code__in=["hu-a", "hu-b"]).update(kind=BodyKind.OTHER, level=BodyLevel.PROVINCE)
    group, counter = TaskGroup.objects.get(number=1), Counter.objects.get(code="C01")
    poor = Indicator.objects.get(code="T3.1")
    for kind, year, start, end in WINDOWS:
        period = make_period(plan, kind, year, bodies=districts(), depth=Depth.FULL, data_from=start, data_to=end)
        for place, body in enumerate(districts(), start=1):
            report = make_submission(period.expectations.get(body=body), people.reviewer, SubmissionState.ACCEPTED)
            make_entry(report, group=group, text=f"{body.name} năm {year}.")
            CounterValue.objects.create(submission=report, counter=counter, in_period=place, cumulative=place * 2)
            observe(poor, body, year, str(place), of=100, on=end, status=ObservationStatus.REPORTED)
            tell(body, WorkState.WITH_RESULTS, end, group=group, source=f"submission:{report.pk}")
    item = plan.assignments.get(code="IV.1a")
    for body in districts()[:6]:
        issue(body, item, on=date(2024, 6, 20))
    return people


def test_every_assignment_has_a_holder_that_exists(cast: Cast, plan: Plan) -> None:
    load()
    for charge in read_charges(plan, on=TODAY, is_demo=False):
        assert charge.answers, charge.assignment.code
        assert charge.orphaned == ()
        assert all(answer.body.valid_to is None for answer in charge.answers)


def test_before_the_day_everybody_holds_what_he_held(cast: Cast, plan: Plan) -> None:
    def held(on: date) -> list[list[str]]:
        return [[one.body.code for one in charge.answers] for charge in read_charges(plan, on=on, is_demo=False)]

    before = held(date(2025, 2, 1))
    load()
    assert held(date(2025, 2, 1)) == before


def test_communes_inherit_the_finished_plan_of_their_district(cast: Cast, plan: Plan) -> None:
    load()
    charge = read_charges(plan, on=TODAY, is_demo=False, codes=["IV.1a"])[0]
    communes = [answer for answer in charge.answers if answer.body.kind == BodyKind.COMMUNE]
    assert len(communes) == 65
    done = {answer.inherited_from.code for answer in communes if answer.inherited_from}
    assert done == {body.code for body in districts()[:6]}
    assert all(answer.timing.is_done == (answer.inherited_from is not None) for answer in communes)


def test_history_reads_as_before(cast: Cast, plan: Plan) -> None:
    def told() -> list[Any]:
        periods = Period.objects.select_related("plan__issuer").order_by("pk")
        return [build_summary(period, at=at(1, month=12)) for period in periods]

    def pages() -> list[str]:
        report = Submission.objects.accepted().order_by("pk").first()
        assert report is not None
        html = page(cast.reviewer, f"/bao-cao/{report.pk}/toan-van/")
        return [html[html.index("<main") : html.index("</main>")]]

    before = told(), pages()
    load()
    assert (told(), pages()) == before


def test_no_figure_is_lost_or_doubled(cast: Cast, plan: Plan) -> None:
    def figures() -> tuple[Any, ...]:
        record = read([Indicator.objects.get(code="T3.1")], up_to=LAST)[0][0]
        return (
            list(Observation.objects.order_by("pk").values_list("body", "value", "numerator", "denominator")),
            CounterValue.objects.aggregate(total=Sum("in_period")),
            [(one.covers_to, one.numerator, one.denominator, one.coverage) for one in record.totals],
        )

    before = figures()
    load()
    assert figures() == before


def test_figures_of_districts_for_a_later_day_speak_until_a_commune_does(cast: Cast, plan: Plan) -> None:
    poor = Indicator.objects.get(code="T3.1")
    for body in districts()[:9]:
        observe(poor, body, 2025, "2", of=100, status=ObservationStatus.REPORTED)

    def last() -> Total:
        return max(read([poor], up_to=TODAY)[0][0].totals, key=lambda one: one.covers_to)

    before = last()
    load()
    assert (last().value, last().coverage) == (before.value, before.coverage) and before.coverage == "09/11"
    observe(poor, Body.objects.filter(kind=BodyKind.COMMUNE)[0], 2025, "3", of=100, status=ObservationStatus.REPORTED)
    assert last().coverage == "01/65"


def test_figures_of_communes_stand_in_a_series_of_their_own_days(cast: Cast, plan: Plan) -> None:
    load()
    poor = Indicator.objects.get(code="T3.1")
    communes = list(Body.objects.filter(kind=BodyKind.COMMUNE))
    for body in communes:
        observe(poor, body, 2025, "2", of=100, status=ObservationStatus.REPORTED)
    totals = {one.covers_to: one for one in read([poor], up_to=TODAY)[0][0].totals}
    assert (totals[date(2025, 12, 31)].numerator, totals[date(2025, 12, 31)].coverage) == (Decimal(130), "65/65")
    assert (totals[date(2025, 6, 14)].numerator, totals[date(2025, 6, 14)].coverage) == (Decimal(66), "11/11")


def test_the_next_period_asks_those_that_exist_for_what_their_districts_were_asked(cast: Cast, plan: Plan) -> None:
    load()
    asked = usual_addressees(plan, on=date(2025, 12, 14))
    usual = propose(PeriodKind.YEAR, 2025)
    assert usual is not None
    period = open_period(
        plan=plan,
        kind=PeriodKind.YEAR,
        year=2025,
        depth=usual.depth,
        window=usual.window,
        due_at=usual.due_at,
        addressees=Body.objects.filter(pk__in=asked),
        actor=cast.reviewer,
        at=datetime(2025, 12, 15, 8, tzinfo=ZONE),
    )
    owing = Expectation.objects.filter(period=period).values_list("body__kind", flat=True)
    assert list(owing).count(BodyKind.COMMUNE) == 65
    assert BodyKind.DISTRICT not in owing
    outline = outline_of(period, Body.objects.get(code="du-06112"))
    assert [row.code for row in outline.assignments] == ["IV.1a", "IV.1b"]
    assert "T3.1" in {row.code for row in outline.indicators}
    provincial = outline_of(period, Body.objects.get(code="dang-uy-ubnd"))
    assert "IV.3" in {row.code for row in provincial.assignments}
    assert "T2.1" in {row.code for row in provincial.indicators}


def test_there_are_65_committees_with_their_codes_and_69_directly_under_the_province(plan: Plan) -> None:
    load()
    alive = Body.objects.alive(on=TODAY)
    communes = alive.filter(kind=BodyKind.COMMUNE)
    assert communes.count() == len(set(communes.values_list("area_code", flat=True))) == 65
    assert communes.filter(name__startswith="Đảng uỷ phường").count() == 4
    assert alive.filter(kind__in=[BodyKind.COMMUNE, BodyKind.SUBORDINATE]).count() == 69
    assert not alive.filter(level=BodyLevel.DISTRICT).exists()
    assert Body.objects.get(code="hu-binh-gia").name != Body.objects.get(area_code="06112").name
    assert set(Succession.objects.filter(successor__area_code="06187").values_list("predecessor__code", flat=True)) == {
        "hu-cao-loc",
        "thanh-uy-lang-son",
    }


def test_what_is_not_read_in_a_source_is_marked() -> None:
    rows = [row["fields"] for row in json.loads((FOLDER / "changes.json").read_text(encoding="utf-8"))]
    known = {Certainty.PUBLISHED, Certainty.DIGEST}
    for row in rows:
        assert row["source"], row["code"]
        assert row["is_day_known"] or "xác nhận" in row["note"], row["code"]
        for pair in row["proposal"].get("pairs", ()):
            assert pair[3] in known or "xác nhận" in pair[4], pair
        assert all(body["source"] and body["certainty"] for body in row["proposal"].get("bodies", ()))


def test_loading_it_twice_changes_nothing(cast: Cast) -> None:
    load()
    before = snapshot()
    load()
    assert snapshot() == before
    call_command("load_plan", verbosity=0)
    assert snapshot() == before


def test_it_can_be_undone_change_by_change(cast: Cast) -> None:
    load()
    for change in BodyChange.objects.order_by("-pk"):
        take_back(change, actor=cast.administrator, at=datetime(2026, 1, 1, tzinfo=ZONE))
    assert not Succession.objects.exists()
    assert not Body.objects.filter(kind=BodyKind.COMMUNE).exists()
    assert not Body.objects.exclude(valid_to=None).exists()


def test_the_banner_follows(cast: Cast) -> None:
    assert "Tổ chức bộ máy theo thời điểm ban hành kế hoạch (2024)" in page(cast.viewer, "/co-quan/")
    load()
    html = page(cast.viewer, "/co-quan/")
    assert "Tổ chức bộ máy theo thời điểm ban hành kế hoạch (2024)" not in html
    assert "Tổ chức bộ máy từ ngày 01/7/2025" in html
