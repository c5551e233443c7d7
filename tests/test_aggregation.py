"""Adding up over bodies: sums over sums, missing bodies named, statuses in their order, no line across a break."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from targets.aggregation import BodyFigure, runs, total, totals
from targets.choices import Measure, ObservationStatus, OverBodies
from tests.figures import level, year_end

END = year_end(2025)


def figure(body: int, value: str | int, of: str | int | None = None, **more: Any) -> BodyFigure:
    """Return a figure of a body: a value, or a numerator of a denominator."""
    fields: dict[str, Any] = {
        "definition": 1,
        "covers_from": END,
        "covers_to": END,
        "measure": Measure.LEVEL,
        "status": ObservationStatus.REPORTED,
    }
    fields |= more
    if of is not None:
        fields |= {"numerator": Decimal(value), "denominator": Decimal(of)}
        value = str(Decimal(value) * 100 / Decimal(of)) if Decimal(of) else "0"
    return BodyFigure(body=body, value=Decimal(value), **fields)


def test_a_ratio_is_the_sum_of_numerators_over_the_sum_of_denominators() -> None:
    whole = total([figure(1, 10, 1000), figure(2, 50, 100)], [1, 2], OverBodies.RATIO)
    assert whole is not None
    assert (whole.numerator, whole.denominator) == (Decimal(60), Decimal(1100))
    assert whole.value == Decimal(6000) / Decimal(1100)
    assert whole.is_complete


def test_a_missing_body_is_named_and_never_taken_as_nothing() -> None:
    whole = total([figure(1, 10, 1000), figure(9, 99, 100)], [3, 1, 2], OverBodies.RATIO)
    assert whole is not None
    assert (whole.missing, whole.coverage, whole.value) == ((3, 2), "01/03", Decimal(1))


def test_a_percentage_without_its_parts_cannot_be_added() -> None:
    whole = total([figure(1, 10, 100), figure(2, 50)], [1, 2], OverBodies.RATIO)
    assert whole is not None
    assert (whole.missing, whole.value) == ((2,), Decimal(10))


def test_nothing_to_divide_by_gives_no_total() -> None:
    assert total([figure(1, 0, 0)], [1], OverBodies.RATIO) is None
    assert total([], [1], OverBodies.SUM) is None


def test_the_firmest_figure_of_a_body_counts_and_the_whole_is_as_firm_as_its_weakest_part() -> None:
    figures = [
        figure(1, 5),
        figure(1, 7, status=ObservationStatus.OFFICIAL),
        figure(2, 3, status=ObservationStatus.ESTIMATE),
    ]
    whole = total(figures, [1, 2], OverBodies.SUM)
    assert whole is not None
    assert (whole.value, whole.status) == (Decimal(10), ObservationStatus.ESTIMATE)


def test_a_body_alone_and_the_whole_of_that_body_agree_to_the_last_digit() -> None:
    alone = figure(1, 1234, 199765)
    whole = total([alone], [1], OverBodies.RATIO)
    assert whole is not None
    assert whole.value == alone.value
    assert whole.as_point().value == alone.value


def test_each_definition_span_and_day_has_its_own_bodies() -> None:
    figures = [figure(1, 2), figure(2, 3), figure(1, 9, definition=2), figure(1, 4, covers_to=year_end(2026))]
    found = totals(figures, {END: [1, 2], year_end(2026): [1]}, OverBodies.SUM)
    assert [(one.definition, one.covers_to.year, one.value, one.missing) for one in found] == [
        (1, 2025, Decimal(5), ()),
        (1, 2026, Decimal(4), ()),
        (2, 2025, Decimal(9), (2,)),
    ]


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=1, max_size=12), st.randoms())
def test_the_order_does_not_matter_and_nothing_is_lost(parts: list[tuple[int, int]], random: Any) -> None:
    figures = [figure(index, top, bottom) for index, (top, bottom) in enumerate(parts)]
    shuffled = list(figures)
    random.shuffle(shuffled)
    bodies = list(range(len(parts)))
    first, second = (total(some, bodies, OverBodies.RATIO) for some in (figures, shuffled))
    assert first == second and first is not None
    assert first.numerator == sum(top for top, _bottom in parts)


def test_no_line_crosses_a_break() -> None:
    points = [level(2027, "9", definition=2), level(2025, "2"), level(2026, "1"), level(2028, "7", definition=2)]
    assert [[point.covers_to.year for point in part] for part in runs(points)] == [[2025, 2026], [2027, 2028]]
    assert runs([level(2025, "2", on=date(2025, 6, 30))])[0][0].covers_to == date(2025, 6, 30)
