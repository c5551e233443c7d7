"""Opening a period: its name, who owes a report, what may still change, and who is told."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.utils.translation import override

from plan_tracker.lib.dates import ZONE
from reports.choices import Depth, PeriodKind, PeriodState, ReportStanding, SubmissionState
from reports.expectations import days_late, report_standing
from reports.models import Expectation, Notice, Period
from reports.periods import PeriodRefused, comparable_period, open_period, previous_period, propose
from reports.rescheduling import cancel, change_due, close, exempt, extend, reopen
from tasks.choices import BodyKind
from tasks.models import Body
from tests.factories import at, make_body, make_period, make_plan, make_submission
from tests.people import Cast

pytestmark = pytest.mark.django_db
WINDOW = (date(2023, 12, 15), date(2024, 6, 14))
DUE = datetime(2024, 6, 18, 16, tzinfo=ZONE)


def opened(cast: Cast, *addressees: Body) -> Period:
    return open_period(
        plan=make_plan(),
        kind=PeriodKind.FIRST_HALF,
        year=2024,
        depth=Depth.FULL,
        window=WINDOW,
        due_at=DUE,
        addressees=addressees or (cast.district, cast.other_district),
        actor=cast.reviewer,
        at=at(1),
    )


@pytest.mark.parametrize(
    ("kind", "ordinal", "name"),
    [
        (PeriodKind.MONTH, 3, "Month 3 of 2024"),
        (PeriodKind.QUARTER, 1, "Quarter I of 2024"),
        (PeriodKind.FIRST_HALF, None, "First six months of 2024"),
        (PeriodKind.NINE_MONTHS, None, "Nine months of 2024"),
        (PeriodKind.YEAR, None, "Year 2024"),
        (PeriodKind.AD_HOC, None, "Ad hoc report of 2024"),
    ],
)
def test_a_period_is_called_by_its_kind_and_year(kind: PeriodKind, ordinal: int | None, name: str) -> None:
    with override("en"):
        assert str(Period(kind=kind, year=2024, ordinal=ordinal)) == name


def test_its_own_title_goes_first() -> None:
    assert Period(kind=PeriodKind.THEMATIC, year=2024, own_title="Chuyên đề tôn giáo").title == "Chuyên đề tôn giáo"


def test_the_usual_window_and_due_moment_are_proposed() -> None:
    proposal = propose(PeriodKind.FIRST_HALF, 2024)
    assert proposal is not None
    assert (proposal.window, proposal.due_at, proposal.depth) == (WINDOW, DUE, Depth.FULL)
    assert propose(PeriodKind.AD_HOC, 2024) is None


def test_each_addressee_alive_at_the_end_of_the_window_owes_a_report_and_those_together_owe_one(cast: Cast) -> None:
    front = make_body("mttq", BodyKind.FRONT)
    group = make_body("dd-mttq", BodyKind.PARTY_GROUP, reports_through=front)
    gone = make_body("hu-cu", valid_to=date(2024, 6, 13))
    not_yet = make_body("hu-moi", valid_from=date(2024, 6, 15))
    last_day = make_body("hu-cuoi", valid_to=date(2024, 6, 14))
    period = opened(cast, cast.district, group, front, gone, not_yet, last_day)
    assert set(period.expectations.values_list("body__code", flat=True)) == {"hu-a", "mttq", "hu-cuoi"}
    assert period.addressees.count() == 6


def test_opening_is_recorded_and_the_bodies_are_told(cast: Cast) -> None:
    period = opened(cast)
    assert LogEntry.objects.get(object_id=str(period.pk)).user == cast.reviewer
    assert set(Notice.objects.values_list("user__username", flat=True)) == {
        "preparer",
        "sender",
        "other_preparer",
        "other_sender",
    }


def test_a_period_for_nobody_is_refused(cast: Cast) -> None:
    with pytest.raises(PeriodRefused):
        opened(cast, make_body("hu-cu", valid_to=date(2024, 1, 1)))
    assert not Period.objects.exists()


def test_the_previous_and_the_comparable_period_leave_out_cancelled_and_demonstration_ones(cast: Cast) -> None:
    year_ago = make_period(year=2023)
    make_period(kind=PeriodKind.QUARTER, ordinal=1, data_to=date(2024, 3, 14), state=PeriodState.CANCELLED)
    make_period(kind=PeriodKind.QUARTER, ordinal=1, data_to=date(2024, 3, 14), is_demo=True)
    period = make_period()
    assert previous_period(period) == comparable_period(period) == year_ago
    quarter = make_period(kind=PeriodKind.QUARTER, ordinal=1, data_to=date(2024, 3, 14))
    assert previous_period(period) == quarter


def test_a_due_moment_changes_until_a_report_is_accepted(cast: Cast) -> None:
    period = opened(cast)
    later = DUE.replace(day=20)
    assert change_due(period, later, actor=cast.reviewer, at=at(2)).due_at == later
    expectation = period.expectations.get(body=cast.district)
    make_submission(expectation, cast.preparer, SubmissionState.ACCEPTED)
    with pytest.raises(PeriodRefused):
        change_due(period, DUE, actor=cast.reviewer, at=at(3))
    with pytest.raises(PeriodRefused):
        cancel(period, "Thôi", actor=cast.reviewer, at=at(3))


def test_a_cancelled_period_gives_its_reason_to_the_bodies(cast: Cast) -> None:
    period = opened(cast)
    Notice.objects.all().delete()
    cancel(period, "Ghép vào báo cáo năm", actor=cast.reviewer, at=at(2))
    assert all("Ghép vào báo cáo năm" in text for text in Notice.objects.values_list("text", flat=True))
    assert Notice.objects.count() == 4


def test_a_closed_period_opens_again(cast: Cast) -> None:
    period = close(opened(cast), actor=cast.reviewer, at=at(2))
    assert period.state == PeriodState.CLOSED
    with pytest.raises(PeriodRefused):
        close(period, actor=cast.reviewer, at=at(2))
    assert reopen(period, actor=cast.reviewer, at=at(3)).state == PeriodState.OPEN


def test_an_extension_moves_only_that_body(cast: Cast) -> None:
    expectation = opened(cast).expectations.get(body=cast.district)
    with pytest.raises(PeriodRefused):
        extend(expectation, DUE, "Bão lụt", actor=cast.reviewer, at=at(2))
    later = DUE.replace(day=25)
    assert extend(expectation, later, "Bão lụt", actor=cast.reviewer, at=at(2)).due_at == later
    assert report_standing(expectation, at=DUE.replace(day=24)) == ReportStanding.NOT_SENT
    assert report_standing(expectation, at=later) == ReportStanding.MISSING


def test_an_exempt_body_leaves_the_count(cast: Cast) -> None:
    period = opened(cast)
    exempt(period.expectations.get(body=cast.district), "Mới thành lập", actor=cast.reviewer, at=at(2))
    assert [row.body for row in Expectation.objects.owed()] == [cast.other_district]
    assert report_standing(period.expectations.get(body=cast.district), at=at(28)) == ReportStanding.EXEMPT


@pytest.mark.parametrize(
    ("sent", "standing", "late"),
    [
        (datetime(2024, 6, 18, 23, 59, 59, tzinfo=ZONE), ReportStanding.SENT_ON_TIME, 0),
        (datetime(2024, 6, 19, 0, 0, 0, tzinfo=ZONE), ReportStanding.SENT_LATE, 1),
        (datetime(2024, 6, 20, 0, 0, 0, tzinfo=ZONE), ReportStanding.SENT_LATE, 2),
    ],
)
def test_on_time_is_before_the_due_moment_on_the_offices_clock(
    cast: Cast, sent: datetime, standing: ReportStanding, late: int
) -> None:
    midnight = datetime(2024, 6, 19, 0, 0, 0, tzinfo=ZONE)
    period = make_period(bodies=[cast.district], due_at=midnight)
    expectation = period.expectations.get()
    expectation.first_delivered_at = sent
    assert report_standing(expectation, at=sent) == standing
    assert days_late(expectation, at=sent) == late


def test_no_more_time_is_given_once_the_report_is_accepted_or_the_period_takes_no_first_report(cast: Cast) -> None:
    period = make_period(bodies=[cast.district, cast.other_district])
    owed = period.expectations.get(body=cast.district)
    make_submission(owed, cast.preparer, SubmissionState.ACCEPTED)
    close(period, actor=cast.reviewer, at=at(2))
    for expectation in Expectation.objects.filter(period=period):
        with pytest.raises(PeriodRefused):
            extend(expectation, DUE.replace(day=25), "Bão lụt", actor=cast.reviewer, at=at(2))
    assert not Expectation.objects.exclude(extended_to=None).exists()
