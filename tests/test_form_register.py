"""The register is typed once: every later report begins with what follows from it."""

from __future__ import annotations

from datetime import date

import pytest

from reports.choices import Depth, PeriodKind, SubmissionState
from reports.models import Reading, Submission
from tasks.models import IssuedDocument
from tests.form_pages import Scene, make_scene, open_period, page, seen, signed_in, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def record(scene: Scene, symbol: str = "45-KH/HU", day: date = date(2024, 5, 20)) -> IssuedDocument:
    """Record the district's plan, which serves the dated assignment and a task."""
    document = IssuedDocument.objects.create(
        plan=scene.plan,
        body=scene.cast.district,
        kind="KH",
        symbol=symbol,
        issued_on=day,
        title="Thực hiện Nghị quyết.",
    )
    document.assignments.add(scene.dated)
    document.tasks.add(scene.tasks["1.1"])
    return document


def test_a_new_report_begins_with_the_assignment_that_a_document_answers(scene: Scene) -> None:
    record(scene)
    submission = start(scene, open_period(scene))
    entry = submission.entries.get()
    assert (entry.assignment, entry.state) == (scene.dated, "done")
    assert entry.text == "Đã ban hành Kế hoạch số 45-KH/HU, ngày 20/5/2024 (Thực hiện Nghị quyết)."


def test_what_the_register_put_there_does_not_stand_in_the_way_of_a_nil_report(scene: Scene) -> None:
    record(scene)
    submission = start(scene, open_period(scene))
    client = signed_in(scene.cast.preparer)
    assert client.post(page("report_form", submission.pk), {"form": "nil"}).status_code == 302
    submission.refresh_from_db()
    assert (submission.form, submission.entries.count()) == ("nil", 0)


def test_a_document_of_after_the_window_answers_nothing_yet(scene: Scene) -> None:
    record(scene, day=date(2024, 6, 20))
    assert not start(scene, open_period(scene)).entries.exists()


def test_a_line_takes_up_a_document_that_was_recorded_later(scene: Scene) -> None:
    submission = start(scene, open_period(scene))
    record(scene)
    client, url = signed_in(scene.cast.preparer), page("report_group", submission.pk, 1)
    text = {"line-group-1-state": "in_progress", "line-group-1-text": "Đã triển khai."}
    response = client.post(url, seen(client, url) | text | {"do": "register:group:1"})
    assert response.status_code == 302
    entry = submission.entries.get(group__number=1)
    assert entry.text.startswith("Đã triển khai.\n\nĐã ban hành Kế hoạch số 45-KH/HU")
    assert entry.state == "in_progress"


def test_the_figure_on_own_plans_stands_until_somebody_adds_to_it(scene: Scene) -> None:
    first = start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))
    Reading.objects.create(submission=first, indicator=scene.ratio, value=50, numerator=10, denominator=20)
    Submission.objects.filter(pk=first.pk).update(state=SubmissionState.SUBMITTED)
    window = {"data_from": date(2024, 12, 15), "data_to": date(2025, 12, 14), "opens_on": date(2024, 6, 1)}
    later = start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR, year=2025, **window))
    reading = later.readings.get()
    assert reading.indicator == scene.ratio
    assert [reading.numerator, reading.denominator] == [10, 20]


def test_counted_documents_stand_beside_the_figure_of_documents(scene: Scene) -> None:
    record(scene)
    record(scene, "46-KH/HU")
    scene.meetings.unit = "văn bản"
    scene.meetings.save()
    submission = start(scene, open_period(scene, Depth.FULL))
    response = signed_in(scene.cast.preparer).get(page("report_counters", submission.pk))
    assert [row.register for row in response.context["rows"]] == ["02", ""]
