"""Counters and indicators: numbers as a Vietnamese office writes them, one error a cell, and what follows from them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reports.choices import Depth, PeriodKind
from reports.models import Submission
from tests.form_pages import Scene, earlier_report, make_scene, open_period, page, seen, signed_in, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def write(scene: Scene, submission: Submission, name: str = "report_counters", **cells: str) -> Any:
    client = signed_in(scene.cast.preparer)
    url = page(name, submission.pk)
    fields = {f"line-{key}": value for key, value in cells.items()}
    return client.post(url, seen(client, url) | fields)


@pytest.mark.parametrize("text", ["1.240", "1240", " 1240 "])
def test_whole_numbers_are_read_in_both_spellings(scene: Scene, text: str) -> None:
    submission = start(scene, open_period(scene, Depth.FULL))
    assert write(scene, submission, **{"counter-C01-in_period": text}).status_code == 302
    assert submission.counter_values.get().in_period == 1240


@pytest.mark.parametrize("text", ["12,5", "0.123", "abc", "-3", "1.2.3", "50%", "9" * 16])
def test_a_number_that_could_be_misread_is_refused_at_its_cell(scene: Scene, text: str) -> None:
    submission = start(scene, open_period(scene, Depth.FULL))
    cells = {"counter-C01-in_period": text, "counter-C02-in_period": "7", "counter-C02-note": "Ước"}
    response = write(scene, submission, **cells)
    assert response.status_code == 422
    first, second = response.context["rows"]
    assert first.cells[0].error
    assert first.cells[0].text == text
    assert (second.cells[0].error, second.cells[0].text, second.note) == ("", "7", "Ước")
    assert not submission.counter_values.exists()


def test_every_wrong_cell_has_its_own_error(scene: Scene) -> None:
    submission = start(scene, open_period(scene, Depth.FULL))
    response = write(scene, submission, **{"counter-C01-in_period": "x", "counter-C02-cumulative": "y"})
    assert [row.errors.keys() for row in response.context["rows"]] == [{"in_period"}, {"cumulative"}]
    assert len(response.context["errors"]) == 2


def test_the_cumulative_figure_follows_from_the_last_report(scene: Scene) -> None:
    earlier_report(scene)
    submission = start(scene, open_period(scene, Depth.FULL))
    write(scene, submission, **{"counter-C01-in_period": "6", "counter-C01-estimate": "1"})
    value = submission.counter_values.get()
    assert value.cumulative == 1010
    assert value.is_estimate
    row = signed_in(scene.cast.preparer).get(page("report_counters", submission.pk)).context["rows"][0]
    assert (row.last, row.before, row.after) == ("4", "1.004", "1.010")


def test_a_window_inside_another_is_not_counted_twice(scene: Scene) -> None:
    quarter = open_period(scene, Depth.FULL, PeriodKind.QUARTER, ordinal=1, data_to=date(2024, 3, 14))
    first = start(scene, quarter)
    write(scene, first, **{"counter-C01-in_period": "4"})
    Submission.objects.filter(pk=first.pk).update(state="submitted")
    half = start(scene, open_period(scene, Depth.FULL))
    write(scene, half, **{"counter-C01-in_period": "6"})
    assert half.counter_values.get().cumulative == 6


def test_a_body_may_set_the_cumulative_figure_itself(scene: Scene) -> None:
    submission = start(scene, open_period(scene, Depth.FULL))
    write(scene, submission, **{"counter-C01-in_period": "6", "counter-C01-cumulative": "106"})
    assert submission.counter_values.get().cumulative == 106
    write(scene, submission, **{"counter-C01-in_period": "7", "counter-C01-cumulative": "106"})
    assert submission.counter_values.get().cumulative == 106
    write(scene, submission, **{"counter-C01-in_period": "7", "counter-C01-cumulative": ""})
    assert submission.counter_values.get().cumulative == 7


def test_a_level_has_no_cumulative_figure(scene: Scene) -> None:
    scene.meetings.is_level = True
    scene.meetings.save()
    submission = start(scene, open_period(scene, Depth.FULL))
    write(scene, submission, **{"counter-C01-in_period": "6"})
    assert submission.counter_values.get().cumulative is None


def test_an_emptied_row_is_removed_and_a_note_alone_is_kept(scene: Scene) -> None:
    submission = start(scene, open_period(scene, Depth.FULL))
    write(scene, submission, **{"counter-C01-in_period": "6", "counter-C02-note": "Chưa tổng hợp."})
    assert submission.counter_values.count() == 2
    write(scene, submission, **{"counter-C01-in_period": "", "counter-C02-note": "Chưa tổng hợp."})
    assert submission.counter_values.get().note == "Chưa tổng hợp."


def test_a_marking_of_secrecy_in_a_note_is_refused(scene: Scene) -> None:
    submission = start(scene, open_period(scene, Depth.FULL))
    assert write(scene, submission, **{"counter-C01-note": "Tối mật"}).status_code == 422


def test_an_indicator_takes_part_and_whole_or_a_value_with_its_decimals(scene: Scene) -> None:
    submission = start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))
    cells = {"indicator-T1-1-numerator": "1.204", "indicator-T1-1-denominator": "2.408", "indicator-T2-1-value": "7,5"}
    assert write(scene, submission, "report_indicators", **cells).status_code == 302
    ratio, level = submission.readings.order_by("indicator__code")
    assert [ratio.numerator, ratio.denominator, ratio.value] == [Decimal(1204), Decimal(2408), Decimal(50)]
    assert level.value == Decimal("7.5")


@pytest.mark.parametrize(("cell", "text"), [("indicator-T2-1-value", "1.234"), ("indicator-T1-1-denominator", "0")])
def test_an_ambiguous_value_and_an_empty_whole_are_refused(scene: Scene, cell: str, text: str) -> None:
    submission = start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))
    assert write(scene, submission, "report_indicators", **{cell: text}).status_code == 422
    assert not submission.readings.exists()


def test_a_part_above_its_whole_is_saved_but_said(scene: Scene) -> None:
    submission = start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))
    cells = {"indicator-T1-1-numerator": "12", "indicator-T1-1-denominator": "10"}
    write(scene, submission, "report_indicators", **cells)
    row = signed_in(scene.cast.preparer).get(page("report_indicators", submission.pk)).context["rows"][0]
    assert row.finding
