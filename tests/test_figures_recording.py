"""Writing figures through one door: what may stand, what a restatement keeps, and who loses when two write at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from targets.choices import Evaluation, Measure, ObservationStatus, OverBodies
from targets.figures import Figure, Span
from targets.models import Definition, Indicator, Observation
from targets.recording import Outcome, Recorded, Seen, Writer, record, record_all
from tests.factories import at, make_indicator, make_plan
from tests.people import Cast

pytestmark = pytest.mark.django_db
SPAN = Span(date(2023, 1, 1), date(2023, 12, 31), Measure.LEVEL, ObservationStatus.OFFICIAL)


@pytest.fixture
def share(cast: Cast) -> Indicator:
    return make_indicator(make_plan(), "T4.1")


@pytest.fixture
def growth(cast: Cast) -> Indicator:
    return make_indicator(
        make_plan(), "T2.1", over_bodies=OverBodies.OFFICIAL, evaluation=Evaluation.AVERAGE_OVER_WINDOW
    )


def of_province(indicator: Indicator, value: str | None = None, **fields: Any) -> Figure:
    """Return a figure of the province for 2023."""
    given: dict[str, Any] = {name: Decimal(fields.pop(name)) for name in ("numerator", "denominator") if name in fields}
    values: dict[str, Any] = {"body": make_plan().province, "span": SPAN, "source": "Quyết định số 1", **given}
    return Figure(indicator, value=None if value is None else Decimal(value), **(values | fields))


def written(figure: Figure, cast: Cast, reason: str = "", **more: Any) -> Recorded:
    """Record a figure as the reviewer."""
    return record(figure, Writer(cast.reviewer, at(), reason), **more)


def refused(figure: Figure, cast: Cast, reason: str = "") -> dict[str, list[str]]:
    """Return what is wrong with a figure, and make sure that nothing was written."""
    before = Observation.objects.count()
    with pytest.raises(ValidationError) as error:
        written(figure, cast, reason)
    assert Observation.objects.count() == before
    return error.value.message_dict


def test_a_new_figure_says_who_wrote_it_and_when(cast: Cast, share: Indicator) -> None:
    done = written(of_province(share, "72.5"), cast)
    row = done.observation
    assert (done.outcome, row.value, row.recorded_by, row.recorded_at) == (
        Outcome.CREATED,
        Decimal("72.5"),
        cast.reviewer,
        at(),
    )


def test_a_restatement_keeps_the_figure_before_with_the_reason(cast: Cast, share: Indicator) -> None:
    first = written(of_province(share, "72.5"), cast).observation
    done = written(of_province(share, "70.1"), cast, "Cơ quan thống kê công bố lại")
    first.refresh_from_db()
    assert done.outcome == Outcome.RESTATED
    assert (first.value, first.withdrawn_at) == (Decimal("72.5"), at())
    assert (done.observation.supersedes, done.observation.reason) == (first, "Cơ quan thống kê công bố lại")
    assert list(Observation.objects.current()) == [done.observation]


def test_a_restatement_without_a_reason_is_refused(cast: Cast, share: Indicator) -> None:
    written(of_province(share, "72.5"), cast)
    assert list(refused(of_province(share, "70"), cast, "  ")) == ["reason"]


def test_the_same_figure_again_changes_nothing(cast: Cast, share: Indicator) -> None:
    written(of_province(share, "72.5", note="Ghi chú"), cast)
    assert written(of_province(share, "72.5"), cast).outcome == Outcome.UNCHANGED
    assert Observation.objects.count() == 1


def test_another_source_of_the_same_value_is_a_restatement(cast: Cast, share: Indicator) -> None:
    written(of_province(share, "72.5"), cast)
    done = written(of_province(share, "72.5", source="Quyết định số 2"), cast, "Đã có quyết định")
    assert done.outcome == Outcome.RESTATED


def test_a_share_is_worked_out_from_the_two_counts(cast: Cast, share: Indicator) -> None:
    row = written(of_province(share, body=cast.district, numerator=2, denominator=3), cast).observation
    assert row.value == Decimal("66.6667")


def test_a_published_share_stands_beside_its_counts_when_they_agree(cast: Cast, share: Indicator) -> None:
    assert written(of_province(share, "66.7", numerator=2, denominator=3), cast).observation.value == Decimal("66.7")
    assert "66,6667" in refused(of_province(share, "66.9", numerator=2, denominator=3), cast, "x")["value"][0]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"numerator": 4, "denominator": 3}, "numerator"),
        ({"numerator": -1, "denominator": 3}, "numerator"),
        ({"numerator": 1, "denominator": 0}, "denominator"),
        ({"value": "72.55"}, "value"),
        ({"value": "100.1"}, "value"),
        ({"value": "-1"}, "value"),
        ({"value": "1e15"}, "value"),
        ({}, "value"),
        ({"value": "5", "source": " "}, "source"),
        ({"value": "5", "source": "x" * 401}, "source"),
        ({"value": "5", "published_on": date(2022, 12, 31)}, "published_on"),
        ({"value": "5", "span": Span(date(2023, 2, 1), date(2023, 1, 1), SPAN.measure, SPAN.status)}, "covers_to"),
    ],
)
def test_what_cannot_be_a_share_is_refused_by_its_field(
    cast: Cast, share: Indicator, fields: dict[str, Any], wrong: str
) -> None:
    value = fields.get("value")
    rest = {name: given for name, given in fields.items() if name != "value"}
    assert list(refused(of_province(share, value, **rest), cast)) == [wrong]


def test_a_share_of_a_body_needs_both_counts(cast: Cast, share: Indicator) -> None:
    assert list(refused(of_province(share, "50", body=cast.district), cast)) == ["numerator"]
    assert list(refused(of_province(share, body=cast.district, numerator=1), cast)) == ["denominator"]


def test_growth_may_be_below_nothing_and_has_no_counts(cast: Cast, growth: Indicator) -> None:
    assert written(of_province(growth, "-2.5"), cast).observation.value == Decimal("-2.5")
    assert set(refused(of_province(growth, "5", numerator=1, denominator=2), cast)) == {"numerator", "denominator"}


def test_what_is_judged_in_words_has_no_figure(cast: Cast) -> None:
    words = make_indicator(make_plan(), "T5.1", evaluation=Evaluation.QUALITATIVE)
    assert list(refused(of_province(words, "5"), cast)) == ["indicator"]


def test_nothing_is_measured_after_the_object_is_gone(cast: Cast, share: Indicator) -> None:
    Definition.objects.filter(indicator=share).update(valid_to=date(2023, 6, 30), ends_without_object=True)
    assert list(refused(of_province(share, "5"), cast)) == ["covers_to"]


def test_a_figure_belongs_to_the_definition_of_its_last_day(cast: Cast, share: Indicator) -> None:
    second = Definition.objects.create(indicator=share, version=2, valid_from=date(2023, 7, 1), text="Mới")
    assert written(of_province(share, "5"), cast).observation.definition == second


def test_demonstration_and_real_figures_never_restate_each_other(cast: Cast, share: Indicator) -> None:
    written(of_province(share, "5"), cast)
    assert written(of_province(share, "6", is_demo=True), cast).outcome == Outcome.CREATED
    assert Observation.objects.current().count() == 2


def test_who_did_not_see_the_figure_that_stands_does_not_replace_it(cast: Cast, share: Indicator) -> None:
    stands = written(of_province(share, "5"), cast).observation
    with pytest.raises(ValidationError, match="Reviewer"):
        written(of_province(share, "6"), cast, "Sửa", seen=Seen(None))
    assert written(of_province(share, "6"), cast, "Sửa", seen=Seen(stands.pk)).outcome == Outcome.RESTATED


def test_of_many_figures_all_are_written_or_none(cast: Cast, share: Indicator) -> None:
    good, bad = of_province(share, "5"), of_province(share, "150", body=cast.district)
    writer = Writer(cast.reviewer, at())
    done, errors = record_all([("a", good, writer, Seen(None)), ("b", bad, writer, Seen(None))])
    assert (done, list(errors), Observation.objects.count()) == ([], ["b"], 0)
    assert record_all([("a", good, writer, Seen(None))], dry_run=True) == ([], {})
    assert Observation.objects.count() == 0


def test_the_database_allows_one_current_figure_of_a_kind(cast: Cast, share: Indicator) -> None:
    row = written(of_province(share, "5"), cast).observation
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_text_is_kept_in_its_composed_form(cast: Cast, share: Indicator) -> None:
    decomposed = "Quye\u0302\u0301t đi\u0323nh"
    assert written(of_province(share, "5", source=decomposed), cast).observation.source == "Quyết định"
