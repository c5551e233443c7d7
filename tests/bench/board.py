"""The board of 20 indicators, 70 bodies and 10 years against one raw query that only reads the same rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from targets.board import build_board
from targets.choices import Direction, Evaluation, GoalRule, Measure, ObservationStatus, OverBodies, Verdict
from targets.models import Goal, Indicator, IndicatorReporter, Observation
from tasks.choices import BodyKind
from tasks.models import Body
from tests.bench.interleaved import Measurement, in_turns
from tests.factories import make_body, make_indicator, make_plan

INDICATORS, BODIES, YEARS = 20, 70, range(2017, 2027)
AS_OF = date(2027, 3, 1)
BAR = 5
EVALUATIONS = (Evaluation.END_STATE, Evaluation.ANNUAL, Evaluation.ANNUAL_CHANGE, Evaluation.END_STATE)
RAW = (
    "SELECT indicator_id, is_demo, id, source, measure, status, body_id, definition_id, covers_from, covers_to, value,"
    " numerator, denominator, published_on FROM targets_observation"
    " WHERE withdrawn_at IS NULL AND covers_to <= %s ORDER BY covers_to, id"
)


def fill() -> None:
    """Write the rows: every body of every indicator at the end of every year."""
    plan = make_plan()
    bodies = [make_body(f"hu-{number}") for number in range(BODIES)]
    for number in range(INDICATORS):
        indicator = _indicator(number)
        IndicatorReporter.objects.create(
            code=f"r{number}", indicator=indicator, body_kind=BodyKind.DISTRICT, channel="area"
        )
        definition = indicator.definitions.get()
        Goal.objects.create(
            indicator=indicator,
            definition=definition,
            rule=GoalRule.AT_LEAST,
            low=Decimal(80 if number % 4 != 2 else 1),
            baseline_value=Decimal(20),
            baseline_on=date(2020, 12, 31),
            starts_on=date(2021, 1, 1),
            due_on=date(2030, 12, 31),
            valid_from=date(2021, 1, 1),
        )
        Observation.objects.bulk_create(_figure(indicator, definition, body, year) for body in bodies for year in YEARS)
    assert plan.province_id


def _indicator(number: int) -> Indicator:
    return make_indicator(
        make_plan(),
        f"T{number // 3}.{number}",
        evaluation=EVALUATIONS[number % 4],
        direction=Direction.UP,
        over_bodies=OverBodies.SUM if number % 5 == 4 else OverBodies.RATIO,
    )


def _figure(indicator: Indicator, definition: Any, body: Body, year: int) -> Observation:
    of = 100 + body.pk % 37
    count = min(of, 20 + (year - YEARS[0]) * 7 + (body.pk * indicator.pk) % 11)
    return Observation(
        indicator=indicator,
        definition=definition,
        body=body,
        covers_from=date(year, 1, 1),
        covers_to=date(year, 12, 31),
        measure=Measure.LEVEL,
        value=(Decimal(count) * 100 / of).quantize(Decimal("0.0001")),
        numerator=Decimal(count),
        denominator=Decimal(of),
        status=ObservationStatus.OFFICIAL,
        source="Số liệu đo tốc độ",
        published_on=date(year + 1, 1, 15),
    )


def read_rows() -> list[tuple[Any, ...]]:
    """Read the rows that the board needs, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(RAW, [AS_OF])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def draw_board() -> None:
    """Build the board as the page does."""
    build_board(AS_OF, "vi")


def board() -> Measurement:
    """Measure the board, and make sure first that both read everything."""
    fill()
    assert len(read_rows()) == INDICATORS * BODIES * len(YEARS)
    rows = build_board(AS_OF, "vi").rows
    assert len(rows) == INDICATORS and all(row.coverage == f"{BODIES}/{BODIES}" for row in rows)
    assert all(row.verdict not in {Verdict.NO_DATA, Verdict.NOT_DUE} for row in rows)
    name = f"board of {INDICATORS} indicators × {BODIES} bodies × {len(YEARS)} years"
    return in_turns(name, connection.vendor, read_rows, draw_board, BAR)


measurements = (board,)
