"""The same figures everywhere: for data made at random, page and document print what the value holds."""

from __future__ import annotations

import io
import random
import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from plan_tracker.lib.numbers import format_decimal, format_exact
from reports.choices import Depth, SubmissionState
from reports.documents.docx_file import render_docx
from reports.documents.letterhead import letterhead_of
from reports.documents.summary_report import from_summary
from reports.models import CounterValue, Period
from reports.summaries import build_summary
from targets.choices import Channel
from targets.models import IndicatorReporter
from tasks.choices import BodyKind, WorkState
from tests.factories import at, make_body, make_counter, make_entry, make_group, make_period, make_plan, make_submission
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db
STATES = (WorkState.WITH_RESULTS, WorkState.IN_PROGRESS, WorkState.IN_DIFFICULTY, WorkState.NOT_STARTED)


def random_period(dice: random.Random, cast: Cast) -> tuple[Period, dict[str, Decimal], dict[WorkState, int]]:
    """Make a period with figures at random; return what its counters and states must come to, counted by hand."""
    plan = make_plan()
    group = make_group(plan, 1)
    counters = [make_counter(plan, f"C{place:02d}", decimals=place % 2) for place in range(6)]
    for counter in counters:
        IndicatorReporter.objects.create(
            code=counter.code, counter=counter, body_kind=BodyKind.DISTRICT, channel=Channel.AREA
        )
    bodies = [make_body(f"hu-{place}") for place in range(dice.randint(1, 12))]
    period = make_period(plan, bodies=bodies, depth=Depth.FULL)
    sums: dict[str, Decimal] = {}
    states: dict[WorkState, int] = {}
    for expectation in period.expectations.all():
        state = dice.choice((SubmissionState.ACCEPTED, SubmissionState.ACCEPTED, SubmissionState.RECEIVED))
        submission = make_submission(expectation, cast.reviewer, state)
        work = dice.choice(STATES)
        make_entry(submission, "Kết quả.", group=group, state=work)
        for counter in dice.sample(counters, dice.randint(0, len(counters))):
            value = Decimal(dice.randint(0, 99999)) / (10 if counter.decimals else 1)
            CounterValue.objects.create(submission=submission, counter=counter, in_period=value)
            if state == SubmissionState.ACCEPTED:
                sums[counter.code] = sums.get(counter.code, Decimal(0)) + value
        if state == SubmissionState.ACCEPTED:
            states[work] = states.get(work, 0) + 1
    return Period.objects.select_related("plan__issuer").get(pk=period.pk), sums, states


@pytest.mark.parametrize("seed", range(12))
def test_value_page_and_document_agree_with_a_count_by_hand(client: Client, seed: int) -> None:
    cast = make_cast()
    period, sums, states = random_period(random.Random(seed), cast)  # noqa: S311 - figures for a test
    summary = build_summary(period, at=at(20))
    assert {row.code: row.in_period for row in summary.counters if row.in_period is not None} == sums
    assert dict(summary.groups[0].counts) == states

    client.force_login(cast.reviewer)
    html = client.get(reverse("reports:summary_detail", args=[period.pk])).content.decode()
    shown = re.findall(r'class="number" data-label="Trong kỳ">(?:<a [^>]*><b>([\d.,]+)</b></a>)?', html)
    assert shown == [
        "" if row.in_period is None else format_decimal(row.in_period, row.decimals, "vi") for row in summary.counters
    ]

    letterhead = letterhead_of(cast.committee, on=date(2024, 7, 5))
    content = render_docx(from_summary(summary, letterhead, on=date(2024, 7, 5)))
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows] for table in Document(io.BytesIO(content)).tables
    ]
    counters = next(table for table in tables if "Trong kỳ" in table[0])
    assert [row[3] for row in counters[2:]] == [
        "chưa có số liệu" if row.in_period is None else format_exact(row.in_period, row.decimals, "vi")
        for row in summary.counters
    ]
    groups = next(table for table in tables if "Nhóm nhiệm vụ, giải pháp" in table[0])
    assert groups[1][2:6] == [str(states.get(state, 0)) for state in STATES]
