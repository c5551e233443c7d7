"""Figures put into a text as fields: text and table never disagree, on the page, in what is sent and in every file."""

from __future__ import annotations

from datetime import date

import pytest

from reports.choices import Depth, PeriodKind, SubmissionState
from reports.deliveries import freeze
from reports.documents.own_report import from_own_report, read_own_report
from reports.documents.report_value import Paragraph
from reports.figure_fields import fields_in, filled_in
from reports.models import Submission
from tests.factories import make_submission
from tests.form_pages import Scene, fill_figures, make_scene, open_period, page, seen, signed_in, start

pytestmark = pytest.mark.django_db
RAW = "Tổ chức {C01} hội nghị với {C02} lượt người dự."


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def submission(scene: Scene) -> Submission:
    return start(scene, open_period(scene, Depth.FULL))


def write(scene: Scene, submission: Submission, text: str, **more: str) -> None:
    client = signed_in(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    data = {"line-group-1-state": "in_progress", "line-group-1-text": text, **more}
    assert client.post(url, seen(client, url) | data).status_code == 302


def count(scene: Scene, submission: Submission, meetings: str) -> None:
    client = signed_in(scene.cast.preparer)
    url = page("report_counters", submission.pk)
    data = {"line-counter-C01-in_period": meetings, "line-counter-C02-in_period": "1240"}
    assert client.post(url, seen(client, url) | data).status_code == 302


@pytest.mark.parametrize(
    ("text", "fields"), [("{C01} và {C02+}", {"C01", "C02+"}), ("{c01} {C} {C1x} C01", set()), ("{{C01}}", {"C01"})]
)
def test_fields_are_told_from_other_text(text: str, fields: set[str]) -> None:
    assert fields_in(text) == fields


def test_a_figure_that_is_not_there_leaves_dots() -> None:
    assert filled_in("{C01} hội nghị, luỹ kế {C01+}", {"C01": "06"}) == "06 hội nghị, luỹ kế …"


def test_the_text_follows_the_table(scene: Scene, submission: Submission) -> None:
    write(scene, submission, RAW)
    assert submission.entries.get().text == "Tổ chức … hội nghị với … lượt người dự."
    count(scene, submission, "6")
    assert submission.entries.get().text == "Tổ chức 06 hội nghị với 1.240 lượt người dự."
    count(scene, submission, "12")
    entry = submission.entries.get()
    assert entry.text == "Tổ chức 12 hội nghị với 1.240 lượt người dự."
    assert entry.written == RAW


def test_what_is_sent_and_the_word_file_say_what_the_table_says(scene: Scene, submission: Submission) -> None:
    write(scene, submission, RAW)
    count(scene, submission, "6")
    said = "Tổ chức 06 hội nghị với 1.240 lượt người dự."
    assert [row["text"] for row in freeze(submission)["entries"]] == [said]
    report = from_own_report(read_own_report(submission, on=date(2024, 6, 10)), on=date(2024, 6, 10))
    assert said in [block.text for block in report.blocks if isinstance(block, Paragraph)]
    html = signed_in(scene.cast.preparer).get(page("report_read", submission.pk)).content.decode()
    assert said in html
    assert "{C01}" not in html


def test_the_form_shows_the_field_and_how_it_will_read(scene: Scene, submission: Submission) -> None:
    count(scene, submission, "6")
    write(scene, submission, RAW)
    response = signed_in(scene.cast.preparer).get(page("report_group", submission.pk, 1))
    view = response.context["lines"][0]
    assert view.content.text == RAW
    assert view.preview == "Tổ chức 06 hội nghị với 1.240 lượt người dự."
    assert [(pick.field, pick.shown) for pick in view.picks if not pick.is_cumulative] == [
        ("{C01} hội nghị", "06 hội nghị"),
        ("{C02} lượt người", "1.240 lượt người"),
    ]


def test_without_scripts_the_button_puts_the_figure_at_the_end(scene: Scene, submission: Submission) -> None:
    count(scene, submission, "6")
    write(scene, submission, "Đã tổ chức", do="put:group:1|{C01} hội nghị")
    assert submission.entries.get().text == "Đã tổ chức 06 hội nghị"


def test_a_figure_that_is_missing_in_a_text_stands_in_the_way_of_sending(scene: Scene, submission: Submission) -> None:
    write(scene, submission, RAW)
    response = signed_in(scene.cast.preparer).get(page("report_check", submission.pk))
    assert any("chưa được nhập" in row.sentence for row in response.context["errors"] if row.line == "group:1")
    fill_figures(scene, submission)
    response = signed_in(scene.cast.preparer).get(page("report_check", submission.pk))
    assert not [row for row in response.context["errors"] if row.line == "group:1"]


def test_the_closing_part_takes_figures_too(scene: Scene, submission: Submission) -> None:
    count(scene, submission, "6")
    client = signed_in(scene.cast.preparer)
    url = page("report_closing", submission.pk)
    data = {"line-closing-strengths": "Đã có {C01} hội nghị.", "line-closing-coming_work": "Tiếp tục."}
    assert client.post(url, seen(client, url) | data).status_code == 302
    count(scene, submission, "7")
    submission.refresh_from_db()
    assert (submission.strengths, submission.coming_work) == ("Đã có 07 hội nghị.", "Tiếp tục.")
    assert "Đã có {C01} hội nghị." in client.get(url).content.decode()


def test_the_next_report_takes_the_text_with_its_fields(scene: Scene, submission: Submission) -> None:
    write(scene, submission, RAW)
    count(scene, submission, "6")
    Submission.objects.filter(pk=submission.pk).update(state=SubmissionState.SUBMITTED)
    year = open_period(scene, Depth.FULL, PeriodKind.YEAR, data_to=date(2024, 12, 14))
    later = make_submission(year.expectations.get(body=scene.cast.district), scene.cast.preparer)
    count(scene, later, "9")
    write(scene, later, "", do="copy:group:1")
    assert later.entries.get().text == "Tổ chức 09 hội nghị với 1.240 lượt người dự."
