"""The first page of each role: what to do now comes first, and it costs no more as the portal fills."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from plan_tracker.lib.dates import ZONE
from reports.choices import PeriodKind, PeriodState, SubmissionState
from reports.desk import Pressing, days_until, read_desk
from reports.models import Expectation, Period, Remark, SignedCopy
from tasks.models import Body, Plan
from tests.compositions import open_draft
from tests.editions import set_issued
from tests.factories import at, make_period, make_plan, make_submission
from tests.pages import everything_told, page, signed_in
from tests.people import Cast, make_cast, make_user, standing
from tests.plandata import plan as plan  # noqa: PLC0414 - a fixture of the tests below

HOME = "/"


@pytest.fixture
def cast(db: None) -> Cast:
    make_plan()
    return make_cast()


def period_of(*bodies: Body, days: int = 7, **fields: Any) -> Period:
    """Make an open period that is due in so many days."""
    words = {"own_title": "6 tháng đầu năm 2024"}
    return make_period(
        Plan.objects.get(), bodies=bodies, due_at=timezone.now() + timedelta(days=days), **(words | fields)
    )


def owed_by(body: Body, **fields: Any) -> Expectation:
    """Make what one body owes."""
    return period_of(body, **fields).expectations.get()


def first_thing(html: str) -> str:
    """Return the box with the one big button."""
    return html.split('class="todo"')[1].split("</section>", maxsplit=1)[0]


def test_the_preparer_sees_one_button_that_begins_the_report(cast: Cast) -> None:
    expectation = owed_by(cast.district)
    box = first_thing(page(cast.preparer, HOME))
    assert f'action="{reverse("reports:report_start", args=[expectation.pk])}"' in box
    assert "Lập báo cáo 6 tháng đầu năm 2024" in box
    assert "còn 7 ngày" in box
    assert box.count("button--primary") == 1


def test_the_sender_cannot_begin_it_and_is_told_who_does(cast: Cast) -> None:
    owed_by(cast.district)
    box = first_thing(page(cast.sender, HOME))
    assert "<form" not in box
    assert "người lập báo cáo của địa phương, cơ quan, đơn vị bắt đầu lập" in box


def test_a_draft_is_continued(cast: Cast) -> None:
    submission = make_submission(owed_by(cast.district), cast.preparer, SubmissionState.DRAFT)
    box = first_thing(page(cast.preparer, HOME))
    assert f'href="{reverse("reports:report_detail", args=[submission.pk])}"' in box
    assert "Tiếp tục lập báo cáo" in box


def test_remarks_to_answer_come_before_everything_else(cast: Cast) -> None:
    owed_by(cast.district, days=-3, own_title="Báo cáo chuyên đề")
    expectation = owed_by(cast.district)
    submission = make_submission(expectation, cast.preparer, SubmissionState.RETURNED)
    Remark.objects.create(
        expectation=expectation,
        line="group:1",
        raised_in=submission,
        text="Nêu rõ số hội nghị.",
        asked_by=cast.reviewer,
        asked_at=timezone.now(),
    )
    html = page(cast.preparer, HOME)
    assert "1 ý kiến đề nghị bổ sung, làm rõ" in first_thing(html)
    assert "báo cáo chuyên đề" in html.split("Việc tiếp theo")[1].lower()


def test_a_report_past_its_due_moment_says_so(cast: Cast) -> None:
    owed_by(cast.district, days=-3)
    assert '<span class="strong text-bad">quá hạn 3 ngày</span>' in first_thing(page(cast.preparer, HOME))


def test_the_office_confirms_and_sends_what_awaits_signature(cast: Cast) -> None:
    submission = make_submission(owed_by(cast.district), cast.preparer, SubmissionState.AWAITING_SIGNATURE)
    send = f'href="{reverse("reports:report_send", args=[submission.pk])}"'
    assert send in first_thing(page(cast.sender, HOME))
    assert send not in page(cast.preparer, HOME)


def test_for_the_office_what_awaits_signature_comes_before_a_draft(cast: Cast) -> None:
    for place, state in enumerate((SubmissionState.DRAFT, SubmissionState.AWAITING_SIGNATURE)):
        kind = (PeriodKind.FIRST_HALF, PeriodKind.NINE_MONTHS)[place]
        period = make_period(make_plan(), kind, bodies=[cast.district], due_at=at(11 + place))
        make_submission(period.expectations.get(), cast.preparer, state)
    desk = read_desk(standing(cast.sender), now=at())
    assert [duty.pressing for duty in desk.duties] == [Pressing.SEND, Pressing.WRITE]


def test_being_returned_does_not_make_a_report_late_that_came_in_time(cast: Cast) -> None:
    expectation = make_period(make_plan(), bodies=[cast.district], due_at=at(9)).expectations.get()
    make_submission(expectation, cast.preparer, SubmissionState.RETURNED, moment=at(8))
    duty = read_desk(standing(cast.preparer), now=at(20)).first
    assert duty is not None and not duty.is_late
    assert "overdue" not in duty.days


def test_a_signed_copy_that_is_still_to_come_is_asked_for(cast: Cast) -> None:
    submission = make_submission(owed_by(cast.district), cast.preparer, SubmissionState.SUBMITTED)
    SignedCopy.objects.create(submission=submission, follows_by=timezone.localdate() + timedelta(days=2))
    box = first_thing(page(cast.sender, HOME))
    assert "Còn thiếu văn bản đã ký" in box
    assert "còn 2 ngày" in box


def test_nothing_due_is_said_in_a_sentence(cast: Cast) -> None:
    make_submission(owed_by(cast.district), cast.preparer, SubmissionState.ACCEPTED)
    html = page(cast.preparer, HOME)
    assert "Hiện không có báo cáo nào phải gửi." in html
    assert "status--accepted" in html


def test_an_exempt_or_closed_report_is_no_duty(cast: Cast) -> None:
    expectation = owed_by(cast.district)
    Expectation.objects.update(exempt_reason="Mới thành lập")
    assert "Hiện không có báo cáo nào phải gửi." in page(cast.preparer, HOME)
    Expectation.objects.update(exempt_reason="")
    Period.objects.filter(pk=expectation.period_id).update(state=PeriodState.CLOSED)
    assert "Hiện không có báo cáo nào phải gửi." in page(cast.preparer, HOME)


def test_a_body_sees_nothing_of_what_another_owes(cast: Cast) -> None:
    owed_by(cast.other_district)
    assert "todo" not in page(cast.preparer, HOME)


def test_the_reviewer_sees_how_the_period_goes(cast: Cast) -> None:
    period = period_of(cast.district, cast.other_district, days=-1)
    first, second = period.expectations.order_by("body__order")
    make_submission(first, cast.preparer, SubmissionState.SUBMITTED)
    Expectation.objects.filter(pk=first.pk).update(first_delivered_at=period.due_at - timedelta(hours=2))
    html = page(cast.reviewer, HOME)
    assert "6 tháng đầu năm 2024" in html
    assert "<dd>1 <small>/ 2</small></dd>" in html
    assert "1 đúng hạn" in html
    assert f'href="/co-quan/{second.body.code}/"' in html
    assert "Rà soát 1 báo cáo" in html


def test_the_leader_sees_the_same_without_the_work(cast: Cast) -> None:
    period = period_of(cast.district)
    make_submission(period.expectations.get(), cast.preparer, SubmissionState.SUBMITTED)
    html = page(cast.leader, HOME)
    assert "Rà soát" not in html
    assert f'href="{reverse("reports:summary_detail", args=[period.pk])}"' in html


def test_who_composes_and_who_leads_are_led_to_the_draft_when_every_report_is_in(cast: Cast) -> None:
    period = period_of(cast.district, cast.other_district)
    draft = f'href="{reverse("reports:edition_list", args=[period.pk])}"'
    first, second = period.expectations.order_by("body__order")
    make_submission(first, cast.preparer, SubmissionState.ACCEPTED)
    assert "dự thảo báo cáo tổng hợp" not in page(cast.reviewer, HOME)
    make_submission(second, cast.preparer, SubmissionState.ACCEPTED)
    for user in (cast.reviewer, cast.leader):
        html = page(user, HOME)
        assert draft in html
        assert "dự thảo báo cáo tổng hợp" in html
    set_issued(open_draft(period, cast), cast)
    assert "dự thảo báo cáo tổng hợp" not in page(cast.reviewer, HOME)


def test_the_viewer_sees_the_summary_and_the_indicators(plan: Plan) -> None:
    cast = make_cast()
    period = period_of(cast.district)
    html = page(cast.viewer, HOME)
    assert f'href="{reverse("reports:summary_detail", args=[period.pk])}"' in html
    assert "/chi-tieu/T" in html
    assert "Rà soát" not in html


def test_the_administrator_is_told_what_the_portal_lacks(cast: Cast) -> None:
    html = page(cast.administrator, HOME)
    assert 'href="/ke-hoach/so-ngay/"' in html
    assert reverse("admin:tasks_membership_changelist") in html


def test_without_a_plan_or_a_period_every_role_gets_a_page(db: None) -> None:
    cast = make_cast()
    for user in (cast.preparer, cast.sender, cast.reviewer, cast.leader, cast.viewer, cast.administrator):
        assert 'class="empty"' in page(user, HOME)


def test_an_account_without_a_place_is_told_whom_to_ask(cast: Cast) -> None:
    assert "chưa được phân công" in page(make_user("nobody"), HOME)


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (datetime(2024, 6, 18, 16, tzinfo=ZONE), "còn 8 ngày"),
        (datetime(2024, 6, 10, 16, tzinfo=ZONE), "đến hạn hôm nay"),
        (datetime(2024, 6, 10, 8, tzinfo=ZONE), "quá hạn từ hôm nay"),
        (datetime(2024, 6, 9, 23, tzinfo=ZONE), "quá hạn 1 ngày"),
    ],
)
def test_days_are_counted_by_the_calendar_of_the_office(due: datetime, said: str) -> None:
    assert days_until(due, now=datetime(2024, 6, 10, 9, tzinfo=ZONE)) == said


@pytest.mark.parametrize(
    ("person", "budget"),
    [("preparer", 12), ("sender", 12), ("reviewer", 12), ("leader", 12), ("viewer", 12), ("administrator", 12)],
)
def test_the_number_of_queries_does_not_grow_with_the_data(
    person: str, budget: int, plan: Plan, django_assert_max_num_queries: Any
) -> None:
    cast = make_cast()
    bodies = list(Body.objects.filter(code__startswith="hu-"))
    for year in (2024, 2025):
        for expectation in make_period(plan, year=year, bodies=bodies).expectations.all():
            make_submission(expectation, cast.preparer, SubmissionState.ACCEPTED)
    everything_told(bodies)
    client = signed_in(getattr(cast, person))
    client.get(HOME)
    with django_assert_max_num_queries(budget):
        assert client.get(HOME).status_code == 200
