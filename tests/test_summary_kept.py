"""The kept body of a summary: every change shows at once, nobody gets another's page, and writers hold it open."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from plan_tracker.accounts.models import User
from plan_tracker.audit.recording import one_entry
from plan_tracker.audit.scope import covered_tables
from plan_tracker.audit.version import data_version, tables_changed_since
from reports.choices import Depth, SubmissionState
from reports.kept_pieces import Pieces
from reports.models import CounterValue, Expectation, Period
from reports.summaries import as_of, build_summary
from reports.summary_kept import drawn_summary
from reports.summary_page import summary_page
from targets.models import Counter, IndicatorReporter, Observation
from tasks.choices import BodyKind
from tasks.models import Body
from tests.factories import (
    make_counter,
    make_entry,
    make_group,
    make_indicator,
    make_period,
    make_plan,
    make_submission,
)
from tests.indicator_rows import observe
from tests.people import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def period(cast: Cast) -> Period:
    plan = make_plan()
    make_group(plan, 1)
    counter = make_counter(plan)
    IndicatorReporter.objects.create(code="c01", body_kind=BodyKind.DISTRICT, channel="area", counter=counter)
    observe(make_indicator(plan), plan.province, 2023, "40")
    period = make_period(plan, bodies=[cast.district, cast.other_district], depth=Depth.FULL)
    first = make_submission(period.expectations.get(body=cast.district), cast.preparer, SubmissionState.ACCEPTED)
    make_entry(first, "Kết quả của huyện A.", group=plan.groups.get())
    CounterValue.objects.create(submission=first, counter=counter, in_period=1200, cumulative=3400)
    waiting = make_submission(
        period.expectations.get(body=cast.other_district), cast.other_preparer, SubmissionState.SUBMITTED
    )
    make_entry(waiting, "Kết quả của huyện B.", group=plan.groups.get())
    return period


def read(client: Client, user: User, period: Period) -> tuple[str, int]:
    """Return the page and how many queries it took."""
    client.force_login(user)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(reverse("reports:summary_detail", args=[period.pk])).content.decode()
    return page, len(captured)


def kept(period: Period, user_reviews: bool = False, *, later: timedelta = timedelta()) -> int:
    """Return how many queries the body takes: none where it is kept."""
    row = Period.objects.select_related("plan__issuer").get(pk=period.pk)
    row.__dict__["last_accepted"] = None
    version = data_version()
    with CaptureQueriesContext(connection) as captured:
        drawn_summary(row, at=as_of(row, now=timezone.now()) + later, reviews=user_reviews, version=version)
    return len(captured)


def drawn(period: Period, at: datetime, version: str | None) -> str:
    """Return the body as of a moment; without a version nothing of it is kept."""
    row = Period.objects.select_related("plan__issuer").get(pk=period.pk)
    return drawn_summary(row, at=at, reviews=False, version=version).body


def accept(cast: Cast, period: Period) -> str:
    waiting = Expectation.objects.get(period=period, body__name="Huyện uỷ B").submissions.get()
    waiting.state = SubmissionState.ACCEPTED
    waiting.accepted_by, waiting.accepted_at = cast.reviewer, timezone.now()
    waiting.save()
    return "Kết quả của huyện B."


def rename(cast: Cast, _period: Period) -> str:
    Body.objects.filter(pk=cast.district.pk).update(name="Huyện uỷ Đổi Tên")
    return "Huyện uỷ Đổi Tên"


def edit_counter(_cast: Cast, _period: Period) -> str:
    Counter.objects.update(title="Số liệu đã sửa tên")
    return "Số liệu đã sửa tên"


def load_quietly(_cast: Cast, _period: Period) -> str:
    with one_entry("bang.xlsx"):
        CounterValue.objects.update(in_period=7777)
    return "7.777"


def correct(_cast: Cast, _period: Period) -> str:
    CounterValue.objects.update(in_period=4321)
    return "4.321"


def change_observation(_cast: Cast, _period: Period) -> str:
    Observation.objects.update(value=Decimal("41.37"))
    return "41,37"


@pytest.mark.parametrize("change", [accept, rename, edit_counter, load_quietly, change_observation, correct])
def test_what_was_changed_stands_on_the_next_page(
    client: Client, cast: Cast, period: Period, change: Callable[[Cast, Period], str]
) -> None:
    read(client, cast.viewer, period)
    before, _number = read(client, cast.viewer, period)
    expected = change(cast, period)
    assert expected not in before
    assert expected in read(client, cast.viewer, period)[0]


@pytest.mark.parametrize("change", [accept, rename, edit_counter, load_quietly, change_observation, correct])
def test_a_page_made_of_kept_pieces_is_the_page_made_of_nothing(
    cast: Cast, period: Period, change: Callable[[Cast, Period], str]
) -> None:
    at = timezone.now()
    before = drawn(period, at, data_version())
    change(cast, period)
    after = drawn(period, at, data_version())
    assert after == drawn(period, at, None) != before


def test_after_a_figure_changes_only_the_figures_are_read_again(cast: Cast, period: Period) -> None:
    kept(period)
    correct(cast, period)
    # What has changed, and the figures.
    assert kept(period) == 2


def test_which_tables_changed_is_told_only_where_it_is_sure(cast: Cast, period: Period) -> None:
    version = data_version() or ""
    assert tables_changed_since(version) == frozenset()
    correct(cast, period)
    rename(cast, period)
    assert tables_changed_since(version) == frozenset({"reports_countervalue", "tasks_body"})
    assert tables_changed_since(version.replace("/", "/1")) is None, "an entry of another database"
    assert tables_changed_since("None/None") is None
    load_quietly(cast, period)
    assert tables_changed_since(version) is None, "a quiet load names no rows"


def test_every_table_behind_a_summary_is_under_watch(cast: Cast, period: Period) -> None:
    row, pieces = Period.objects.select_related("plan__issuer").get(pk=period.pk), Pieces()
    summary_page(build_summary(row, at=timezone.now(), pieces=pieces), pieces)
    tables = {table for piece in pieces.made.values() for table in piece.tables}
    assert {"reports_countervalue", "reports_entry", "targets_observation", "tasks_body"} <= tables
    assert tables <= covered_tables().keys()


def test_pieces_rest_on_the_very_same_or_on_equal_plain_values(period: Period) -> None:
    made: list[int] = []

    def keep(former: Pieces, *of: object, changed: frozenset[str] = frozenset()) -> Pieces:
        pieces = Pieces(former.made, changed)
        pieces.keep("piece", lambda: made.append(Period.objects.count()), *of)
        return pieces

    first = keep(Pieces(), period, (1, "a"))
    keep(first, period, (1, "a"))
    keep(first, period, (1, "a"), changed=frozenset({"tasks_plan"}))
    assert len(made) == 1
    keep(first, period, (1, "b"))
    keep(first, Period.objects.get(pk=period.pk), (1, "a"))
    keep(first, period, (1, "a"), changed=frozenset({"reports_period"}))
    assert len(made) == 4


def test_a_page_read_again_is_the_same_and_takes_few_queries(client: Client, cast: Cast, period: Period) -> None:
    first, cold = read(client, cast.viewer, period)
    again, warm = read(client, cast.viewer, period)
    assert again.partition('<div class="reading">')[2] == first.partition('<div class="reading">')[2]
    assert warm <= 8
    assert warm < cold <= 20


def test_roles_languages_and_plans_never_share_a_page(client: Client, cast: Cast, period: Period) -> None:
    accept(cast, period)
    for _round in range(2):
        assert "Xem xét" not in read(client, cast.preparer, period)[0]
        assert client.get(reverse("reports:summary_detail", args=[period.pk])).status_code == 404
        assert ">Difficulties<" not in read(client, cast.viewer, period)[0]
    User.objects.filter(pk=cast.viewer.pk).update(language="en")
    assert ">Difficulties<" in read(client, cast.viewer, period)[0]
    prefixed = client.get(f"/kh/{period.plan.code}{reverse('reports:summary_detail', args=[period.pk])}")
    assert f'href="/kh/{period.plan.code}/' in prefixed.content.decode().partition('<div class="reading">')[2]
    assert f'href="/kh/{period.plan.code}/' not in read(client, cast.leader, period)[0].partition('class="reading"')[2]


def test_reviewers_and_readers_have_a_body_each(period: Period) -> None:
    assert kept(period) > 0
    assert kept(period) == 0
    assert kept(period, True) > 0
    assert kept(period, True) == 0
    assert kept(period) == 0


def test_words_of_a_body_that_were_not_accepted_are_on_no_page(client: Client, cast: Cast, period: Period) -> None:
    for person in (cast.reviewer, cast.viewer, cast.viewer, cast.leader):
        assert "Kết quả của huyện B." not in read(client, person, period)[0]


def test_a_kept_body_ends_with_the_day_and_with_a_deadline(period: Period) -> None:
    now = timezone.now()
    Period.objects.filter(pk=period.pk).update(due_at=now + timedelta(minutes=5))
    kept(period)
    assert kept(period, later=timedelta(minutes=4)) == 0
    assert kept(period, later=timedelta(minutes=6)) > 0
    assert kept(period, later=timedelta(minutes=7)) == 0
    assert kept(period, later=timedelta(days=1)) > 0


def test_inside_a_transaction_nothing_is_kept(period: Period) -> None:
    with transaction.atomic():
        assert data_version() is None
        assert kept(period) > 0
        assert kept(period) > 0


def test_a_change_while_a_body_is_drawn_makes_the_next_reader_draw_anew(period: Period) -> None:
    done: list[str] = []

    def change_midway(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "targets_judgement" in sql and not done:
            done.append(sql)
            Counter.objects.update(title="Đổi giữa chừng")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(change_midway):
        kept(period)
    assert done
    assert kept(period) > 0


def test_the_version_changes_with_every_kind_of_change_and_with_nothing_else(cast: Cast, period: Period) -> None:
    seen = [data_version()]
    for change in (rename, edit_counter, load_quietly, accept):
        change(cast, period)
        seen.append(data_version())
    User.objects.filter(pk=cast.viewer.pk).update(last_login=timezone.now())
    assert len(set(seen)) == 5
    assert data_version() == seen[-1]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
def test_while_somebody_writes_there_is_no_version_and_nothing_is_kept(cast: Cast, period: Period) -> None:
    written, finish = threading.Event(), threading.Event()

    def writer() -> None:
        with transaction.atomic():
            edit_counter(cast, period)
            written.set()
            finish.wait(30)
        connection.close()

    kept(period)
    thread = threading.Thread(target=writer)
    thread.start()
    assert written.wait(30)
    try:
        assert data_version() is None
        rename(cast, period)
        assert data_version() is None, "a higher number is committed, a lower one is not"
        assert kept(period) > 0
        assert kept(period) > 0
    finally:
        finish.set()
        thread.join()
    assert data_version() is not None
    assert kept(period) > 0
