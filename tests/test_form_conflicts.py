"""Two people in one report: nothing is overwritten in silence, both texts are shown, one is chosen."""

from __future__ import annotations

import pytest
from django.test import Client

from reports.choices import Depth, PeriodKind, SubmissionState
from reports.models import Submission
from tests.form_pages import Scene, digests_in, make_scene, open_period, page, seen, signed_in, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def submission(scene: Scene) -> Submission:
    return start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))


def line(text: str, **more: str) -> dict[str, str]:
    fields = {"state": "in_progress", "text": text} | more
    return {f"line-group-1-{name}": value for name, value in fields.items()}


def shown_again(client: Client, url: str, data: dict[str, str]) -> tuple[int, str, dict[str, str]]:
    """Send a form; return the status, the page and the digests that the page now carries."""
    response = client.post(url, data)
    html = response.content.decode()
    return response.status_code, html, digests_in(html)


def test_the_second_editor_sees_both_texts_and_nothing_is_lost(scene: Scene, submission: Submission) -> None:
    first, second = signed_in(scene.cast.preparer), signed_in(scene.cast.sender)
    url = page("report_group", submission.pk, 1)
    opened_by_first, opened_by_second = seen(first, url), seen(second, url)
    assert first.post(url, opened_by_first | line("Người thứ nhất.")).status_code == 302
    status, html, _digests = shown_again(second, url, opened_by_second | line("Người thứ hai."))
    assert status == 409
    assert "Người thứ nhất." in html
    assert "Người thứ hai." in html
    assert submission.entries.get(group__number=1).text == "Người thứ nhất."


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Người thứ hai."), ("theirs", "Người thứ nhất.")])
def test_the_second_editor_chooses(scene: Scene, submission: Submission, choice: str, kept: str) -> None:
    first, second = signed_in(scene.cast.preparer), signed_in(scene.cast.sender)
    url = page("report_group", submission.pk, 1)
    opened_by_second = seen(second, url)
    first.post(url, seen(first, url) | line("Người thứ nhất."))
    _status, _html, digests = shown_again(second, url, opened_by_second | line("Người thứ hai."))
    undecided = digests | line("Người thứ hai.", asked="1")
    assert second.post(url, undecided).status_code == 422
    assert second.post(url, undecided | {"line-group-1-choice": choice}).status_code == 302
    assert submission.entries.get(group__number=1).text == kept


def test_a_third_save_while_choosing_is_noticed_again(scene: Scene, submission: Submission) -> None:
    first, second = signed_in(scene.cast.preparer), signed_in(scene.cast.sender)
    url = page("report_group", submission.pk, 1)
    opened_by_second = seen(second, url)
    first.post(url, seen(first, url) | line("Một."))
    _status, _html, digests = shown_again(second, url, opened_by_second | line("Hai."))
    first.post(url, seen(first, url) | line("Ba."))
    status, html, _digests = shown_again(second, url, digests | line("Hai.", asked="1", choice="mine"))
    assert status == 409
    assert "Ba." in html
    assert submission.entries.get(group__number=1).text == "Ba."


def test_two_people_at_two_lines_of_one_page_do_not_disturb_each_other(scene: Scene, submission: Submission) -> None:
    first, second = signed_in(scene.cast.preparer), signed_in(scene.cast.sender)
    url = page("report_group", submission.pk, 1)
    opened_by_first, opened_by_second = seen(first, url), seen(second, url)
    first.post(url, opened_by_first | line("Nhóm."))
    own = {"line-task-1-1-state": "in_progress", "line-task-1-1-text": "Nhiệm vụ."}
    assert second.post(url, opened_by_second | own).status_code == 302
    texts = {(entry.group_id is not None): entry.text for entry in submission.entries.all()}
    assert texts == {True: "Nhóm.", False: "Nhiệm vụ."}


def test_saving_the_same_text_as_the_other_is_no_conflict(scene: Scene, submission: Submission) -> None:
    first, second = signed_in(scene.cast.preparer), signed_in(scene.cast.sender)
    url = page("report_group", submission.pk, 1)
    opened_by_second = seen(second, url)
    first.post(url, seen(first, url) | line("Như nhau."))
    assert second.post(url, opened_by_second | line("Như nhau.")).status_code == 302


def test_figures_that_two_people_changed_are_shown_beside_each_other(scene: Scene, submission: Submission) -> None:
    first, second = signed_in(scene.cast.preparer), signed_in(scene.cast.sender)
    url, name = page("report_counters", submission.pk), "line-counter-C01-in_period"
    opened_by_first, opened_by_second = seen(first, url), seen(second, url)
    first.post(url, opened_by_first | {name: "5"})
    response = second.post(url, opened_by_second | {name: "7", "line-counter-C02-in_period": "9"})
    assert response.status_code == 409
    row = response.context["rows"][0]
    assert (row.conflict_text, row.cells[0].text) == ("5", "7")
    assert submission.counter_values.get().in_period == 5
    digests = {f"{row.anchor}-seen": row.seen for row in response.context["rows"]}
    choice = {
        name: "7",
        "line-counter-C01-asked": "1",
        "line-counter-C01-choice": "mine",
        "line-counter-C02-in_period": "9",
    }
    assert second.post(url, digests | choice).status_code == 302
    assert set(submission.counter_values.values_list("in_period", flat=True)) == {7, 9}


def test_readings_that_two_people_changed_are_not_overwritten(scene: Scene, submission: Submission) -> None:
    first, second = signed_in(scene.cast.preparer), signed_in(scene.cast.sender)
    url, name = page("report_indicators", submission.pk), "line-indicator-T2-1-value"
    opened_by_first, opened_by_second = seen(first, url), seen(second, url)
    first.post(url, opened_by_first | {name: "5,5"})
    assert second.post(url, opened_by_second | {name: "6,5"}).status_code == 409
    assert submission.readings.get().value == 5.5


def test_the_closing_part_shows_both_texts(scene: Scene, submission: Submission) -> None:
    first, second = signed_in(scene.cast.preparer), signed_in(scene.cast.sender)
    url = page("report_closing", submission.pk)
    opened_by_first, opened_by_second = seen(first, url), seen(second, url)
    first.post(url, opened_by_first | {"line-closing-strengths": "Của người thứ nhất."})
    response = second.post(url, opened_by_second | {"line-closing-strengths": "Của người thứ hai."})
    assert response.status_code == 409
    html = response.content.decode()
    assert "Của người thứ nhất." in html
    assert "Của người thứ hai." in html
    submission.refresh_from_db()
    assert submission.strengths == "Của người thứ nhất."


def test_what_was_typed_is_shown_when_the_report_has_moved_on(scene: Scene, submission: Submission) -> None:
    client = signed_in(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    data = seen(client, url) | line("Nhập muộn.")
    Submission.objects.filter(pk=submission.pk).update(state=SubmissionState.AWAITING_SIGNATURE)
    response = client.post(url, data)
    assert response.status_code == 409
    assert "Nhập muộn." in response.content.decode()
    assert not submission.entries.exists()
