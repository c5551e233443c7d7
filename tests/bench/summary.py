"""The summary of 45 bodies, value and page, against the raw GROUP BY over the same rows joined to strings."""

from __future__ import annotations

import re
from decimal import Decimal
from html import escape
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.translation import override

from plan_tracker.audit.version import data_version
from reports.choices import Addressee, Depth, SubmissionState
from reports.models import CounterValue, Difficulty, Entry, Period, Proposal, Reading
from reports.summary_kept import drawn_summary
from targets.choices import Channel
from targets.models import IndicatorReporter
from tasks.choices import BodyKind, WorkState
from tests.bench.emptying import emptied
from tests.bench.interleaved import Measurement, in_turns
from tests.factories import (
    at,
    make_body,
    make_counter,
    make_group,
    make_indicator,
    make_period,
    make_plan,
    make_submission,
)
from tests.people import make_user

BODIES, GROUPS, COUNTERS, INDICATORS = 45, 8, 25, 20
BAR = 3
WORDS = (
    "Đã tổ chức {n} hội nghị quán triệt với 1.240 lượt người dự ở {place}; cấp uỷ ban hành 06 kế hoạch, duy trì 108 mô "
    "hình dân vận khéo ở thôn, khu dân cư; vận động nhân dân hiến đất, góp công làm đường giao thông nông thôn {n} km."
)
STATES = (WorkState.WITH_RESULTS, WorkState.IN_PROGRESS, WorkState.IN_DIFFICULTY, WorkState.NOT_STARTED)
# Where a query says @e, the row e is that of an accepted report of the period.
OF = (
    "JOIN reports_submission s ON s.id = @.submission_id AND s.state = 'accepted' "
    "JOIN reports_expectation x ON x.id = s.expectation_id AND x.period_id = %s "
    "JOIN tasks_body b ON b.id = x.body_id"
)
COUNTS = (
    "SELECT g.number, g.title, e.state, COUNT(*) FROM reports_entry e JOIN tasks_taskgroup g ON g.id = e.group_id @e"
    " GROUP BY g.number, g.title, e.state ORDER BY g.number, e.state"
)
ENTRIES = (
    "SELECT g.number, b.name, b.code, s.id, e.state, e.text FROM reports_entry e"
    ' JOIN tasks_taskgroup g ON g.id = e.group_id @e ORDER BY g.number, b."order", b.code'
)
SUMS = (
    "SELECT c.code, c.section, c.title, c.unit, SUM(v.in_period), SUM(v.cumulative), COUNT(*)"
    " FROM reports_countervalue v JOIN targets_counter c ON c.id = v.counter_id @v"
    ' GROUP BY c.code, c.section, c.title, c.unit, c."order" ORDER BY c."order"'
)
FIGURES = (
    "SELECT c.code, b.short_name, s.id, v.in_period FROM reports_countervalue v"
    ' JOIN targets_counter c ON c.id = v.counter_id @v ORDER BY c."order", b."order", b.code'
)
READINGS = (
    "SELECT i.code, i.short_title, b.short_name, s.id, r.value FROM reports_reading r"
    ' JOIN targets_indicator i ON i.id = r.indicator_id @r ORDER BY i."order", b."order", b.code'
)
DIFFICULTIES = 'SELECT d.text, \'\', b.name, s.id FROM reports_difficulty d @d ORDER BY b."order", d."order"'
PROPOSALS = (
    'SELECT p.text, p.addressee, b.name, s.id FROM reports_proposal p @p ORDER BY p.addressee, b."order", p."order"'
)
CLOSING = (
    "SELECT b.name, s.strengths, s.weaknesses, s.causes, s.coming_work FROM reports_submission s"
    " JOIN reports_expectation x ON x.id = s.expectation_id AND x.period_id = %s"
    " JOIN tasks_body b ON b.id = x.body_id WHERE s.state = 'accepted' ORDER BY b.\"order\", b.code"
)
SENT = (
    "SELECT b.name, x.first_delivered_at, s.state FROM reports_expectation x JOIN tasks_body b ON b.id = x.body_id"
    ' LEFT JOIN reports_submission s ON s.expectation_id = x.id WHERE x.period_id = %s ORDER BY b."order", b.code'
)


def fill() -> Period:
    """Write a full report of 45 bodies: words on every group, every figure, difficulties, proposals, the closing."""
    plan = make_plan()
    groups = [make_group(plan, number) for number in range(1, GROUPS + 1)]
    counters = [make_counter(plan, f"C{place:02d}", section=f"Mục {place // 5}") for place in range(COUNTERS)]
    indicators = [make_indicator(plan, f"T{place // 3}.{place}") for place in range(INDICATORS)]
    for place, row in enumerate((*counters, *indicators)):
        name = "counter" if place < COUNTERS else "indicator"
        IndicatorReporter.objects.create(
            code=f"r{place}", body_kind=BodyKind.DISTRICT, channel=Channel.AREA, **{name: row}
        )
    writer = make_user("nguoi_do")
    bodies = [make_body(f"hu-{place}", name=f"Huyện uỷ số {place}") for place in range(BODIES)]
    period = make_period(plan, bodies=bodies, depth=Depth.FULL)
    for place, owed in enumerate(period.expectations.order_by("pk")):
        closing: dict[str, Any] = {
            name: f"{WORDS.format(n=place, place=name)}"
            for name in ("strengths", "weaknesses", "causes", "coming_work")
        }
        report = make_submission(owed, writer, SubmissionState.ACCEPTED, **closing)
        entries = Entry.objects.bulk_create(
            Entry(
                submission=report,
                group=group,
                state=STATES[(place + group.number) % 4],
                text=WORDS.format(n=place + group.number, place=owed.body.name),
            )
            for group in groups
        )
        CounterValue.objects.bulk_create(
            CounterValue(submission=report, counter=counter, in_period=place + 1, cumulative=place + 2)
            for counter in counters
        )
        Reading.objects.bulk_create(
            Reading(submission=report, indicator=row, value=Decimal(place)) for row in indicators
        )
        Difficulty.objects.create(submission=report, entry=entries[0], order=1, text=f"Thiếu kinh phí ở mục {place}")
        Proposal.objects.create(
            submission=report, order=1, text=f"Bổ sung kinh phí cho mục {place}", addressee=Addressee.PROVINCE
        )
    return Period.objects.select_related("plan__issuer").get(pk=period.pk)


def rows_of(query: str, period: Period) -> list[tuple[Any, ...]]:
    """Return the rows of one raw query."""
    whole = re.sub("@([a-z])", lambda row: OF.replace("@", row[1]), query)
    with connection.cursor() as cursor:
        cursor.execute(whole, [period.pk])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def joined(period: Period) -> str:
    """Return the same counts, sums, figures and words as plain strings, each text escaped and nothing else."""
    parts = [
        f"<li><h3>{number}. {escape(title)}</h3> {state} {count}</li>"
        for number, title, state, count in rows_of(COUNTS, period)
    ]
    parts += [
        f'<article id="{code}-{number}"><p><a href="/bao-cao/{pk}/#{number}">{escape(name)}</a> {state}</p>'
        f"<div>{escape(text)}</div></article>"
        for number, name, code, pk, state, text in rows_of(ENTRIES, period)
    ]
    parts += [
        f"<tr><th>{code} {escape(title)}</th><td>{escape(unit)}</td><td>{now}</td><td>{total}</td><td>{of}</td></tr>"
        for code, _section, title, unit, now, total, of in rows_of(SUMS, period)
    ]
    parts += [
        f'<li id="{code}"><a href="/bao-cao/{pk}/">{escape(name)}</a> {now}</li>'
        for code, name, pk, now in rows_of(FIGURES, period)
    ]
    parts += [
        f'<li>{code} {escape(title)} <a href="/bao-cao/{pk}/">{escape(name)}</a> {value}</li>'
        for code, title, name, pk, value in rows_of(READINGS, period)
    ]
    for query in (DIFFICULTIES, PROPOSALS):
        parts += [
            f'<li>{escape(text)} {addressee} <a href="/bao-cao/{pk}/">{escape(name)}</a></li>'
            for text, addressee, name, pk in rows_of(query, period)
        ]
    parts += [f"<li>{escape(' '.join(texts))}</li>" for texts in rows_of(CLOSING, period)]
    parts += [
        f"<tr><td>{escape(name)}</td><td>{at}</td><td>{state}</td></tr>" for name, at, state in rows_of(SENT, period)
    ]
    return "".join(parts)


def drawn(period: Period) -> str:
    """Return the page of the summary as the view draws it, from asking for the version of the data on."""
    moment = at(20)
    with override("vi"):
        shown = drawn_summary(period, at=moment, reviews=False, version=data_version())
        return render_to_string("reports/summary_detail.html", {"period": period, "drawn": shown, "at": moment})


def change(period: Period) -> None:
    """Change one figure of the summary, so that the next page must be drawn anew."""
    row = CounterValue.objects.filter(submission__expectation__period=period).order_by("pk")[0]
    CounterValue.objects.filter(pk=row.pk).update(in_period=F("in_period") + 1)


def filled() -> Period:
    """Write the rows and make sure that both pages hold every word, and the page read again what was changed."""
    period = fill()
    cache.clear()
    if connection.vendor == "postgresql":
        # What the server does by itself after a while; without it the floor is planned for empty tables.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    floor, ours = joined(period), drawn(period)
    for text in ("Đã tổ chức 12 hội nghị", "ở mục 44", "Bổ sung kinh phí cho mục 44", "Huyện uỷ số 44"):
        assert text in floor and text in ours, text
    assert ours.count("<article") == BODIES * GROUPS == floor.count("<article")
    assert drawn(period) == ours
    change(period)
    assert drawn(period) != ours
    return period


def first_reading() -> Measurement:
    """Measure value and page after a change; the change itself is not measured."""
    period = filled()
    try:
        name = f"summary of {BODIES} bodies, value and page, first reading after a change"
        return in_turns(
            name,
            connection.vendor,
            lambda: joined(period),
            lambda: drawn(period),
            BAR,
            before=lambda: change(period),
        )
    finally:
        emptied()


def read_again() -> Measurement:
    """Measure the page where nothing has changed since it was last read."""
    period = filled()
    try:
        name = f"summary of {BODIES} bodies, value and page, read again"
        return in_turns(name, connection.vendor, lambda: joined(period), lambda: drawn(period), BAR)
    finally:
        emptied()


measurements = (first_reading, read_again)
