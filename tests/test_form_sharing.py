"""Lines given to colleagues, and the sheet on which communes give their part."""

from __future__ import annotations

import io

import pytest
from docx import Document
from openpyxl import load_workbook

from reports.choices import Depth, PeriodKind, SubmissionState
from reports.models import Notice, Submission
from tests.form_pages import Scene, make_scene, open_period, page, signed_in, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def submission(scene: Scene) -> Submission:
    return start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))


def test_a_line_is_given_to_a_colleague_who_is_told_once(scene: Scene, submission: Submission) -> None:
    client, url = signed_in(scene.cast.preparer), page("report_share", submission.pk)
    for _time in range(2):
        assert client.post(url, {"line-group-1": str(scene.cast.sender.pk)}).status_code == 302
    assert submission.entries.get().assignee == scene.cast.sender
    assert Notice.objects.filter(user=scene.cast.sender).count() == 1
    html = client.get(page("report_detail", submission.pk)).content.decode()
    assert f"giao: {scene.cast.sender}" in html
    response = signed_in(scene.cast.sender).get(page("report_detail", submission.pk))
    assert [row["line"].key for row in response.context["given"]] == ["group:1"]


def test_a_line_that_is_taken_back_keeps_its_text(scene: Scene, submission: Submission) -> None:
    client, url = signed_in(scene.cast.preparer), page("report_share", submission.pk)
    client.post(url, {"line-group-1": str(scene.cast.sender.pk)})
    submission.entries.update(text="Đã viết.")
    client.post(url, {"line-group-1": ""})
    entry = submission.entries.get()
    assert (entry.assignee, entry.text) == (None, "Đã viết.")


def test_only_people_of_the_body_can_get_a_line(scene: Scene, submission: Submission) -> None:
    client, url = signed_in(scene.cast.preparer), page("report_share", submission.pk)
    people = client.get(url).context["people"]
    assert people == [scene.cast.preparer, scene.cast.sender]
    client.post(url, {"line-group-1": str(scene.cast.other_preparer.pk), "line-group-2": "x"})
    assert not submission.entries.exists()


def test_a_line_that_only_was_given_away_still_counts_as_empty(scene: Scene, submission: Submission) -> None:
    client = signed_in(scene.cast.preparer)
    client.post(page("report_share", submission.pk), {"line-group-1": str(scene.cast.sender.pk)})
    errors = client.get(page("report_check", submission.pk)).context["errors"]
    assert "group:1" in {finding.line for finding in errors}


def test_nobody_gives_lines_of_a_report_that_has_moved_on(scene: Scene, submission: Submission) -> None:
    Submission.objects.filter(pk=submission.pk).update(state=SubmissionState.SUBMITTED)
    client = signed_in(scene.cast.preparer)
    client.post(page("report_share", submission.pk), {"line-group-1": str(scene.cast.sender.pk)})
    assert not submission.entries.exists()


def test_the_sheet_for_communes_asks_for_every_line_and_figure(scene: Scene, submission: Submission) -> None:
    client = signed_in(scene.cast.preparer)
    content = client.get(page("report_sheet", submission.pk, "xlsx")).content
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Nội dung báo cáo", "Số liệu hoạt động"]
    figures = [row[1] for row in book["Số liệu hoạt động"].iter_rows(min_row=4, values_only=True)]
    assert [words for words in figures if words] == [scene.meetings.title, scene.people.title]
    document = Document(io.BytesIO(client.get(page("report_sheet", submission.pk, "docx")).content))
    words = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert scene.meetings.title in words
    assert "Nhóm 1." in words
