"""A whole report from the first page to the check: brief, full and detailed."""

from __future__ import annotations

import pytest

from reports.choices import Depth, PeriodKind
from reports.models import Reading, Submission
from tests.form_pages import (
    Scene,
    earlier_report,
    fill_closing,
    fill_figures,
    fill_lines,
    make_scene,
    open_period,
    page,
    seen,
    signed_in,
    start,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def errors_of(scene: Scene, submission: Submission) -> list[str]:
    response = signed_in(scene.cast.preparer).get(page("report_check", submission.pk))
    return [finding.line for finding in response.context["errors"]]


def test_a_whole_brief_report_can_be_filled_in(scene: Scene) -> None:
    submission = start(scene, open_period(scene))
    assert errors_of(scene, submission) != []
    fill_lines(scene, submission)
    assert errors_of(scene, submission) == []


def test_a_whole_full_report_can_be_filled_in(scene: Scene) -> None:
    earlier_report(scene)
    submission = start(scene, open_period(scene, Depth.FULL))
    fill_lines(scene, submission)
    fill_figures(scene, submission)
    fill_closing(scene, submission)
    assert errors_of(scene, submission) == []
    assert submission.difficulties.get(entry=None).text == "Thiếu cán bộ."
    values = {row.counter.code: row.cumulative for row in submission.counter_values.select_related("counter")}
    assert values == {"C01": 1010, "C02": 1240}


def test_a_whole_detailed_report_can_be_filled_in(scene: Scene) -> None:
    submission = start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))
    fill_lines(scene, submission)
    fill_figures(scene, submission)
    fill_closing(scene, submission)
    assert errors_of(scene, submission) == ["indicator:T1.1", "indicator:T2.1"]
    client = signed_in(scene.cast.preparer)
    url = page("report_indicators", submission.pk)
    figures = {
        "line-indicator-T1-1-numerator": "12",
        "line-indicator-T1-1-denominator": "20",
        "line-indicator-T2-1-value": "7,5",
    }
    assert client.post(url, seen(client, url) | figures).status_code == 302
    assert errors_of(scene, submission) == []
    assert Reading.objects.get(indicator=scene.ratio).denominator == 20
