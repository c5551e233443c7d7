"""The form saves while somebody types: each line alone, and the answer says of every line how it stands."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from reports.choices import Depth, PeriodKind, SubmissionState
from reports.models import Submission, Visit
from tests.form_pages import Scene, digests_in, make_scene, open_period, page, seen, signed_in, start

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def submission(scene: Scene) -> Submission:
    return start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))


def line(name: str, text: str, state: str = "in_progress") -> dict[str, str]:
    return {f"line-{name}-state": state, f"line-{name}-text": text}


def typing(client: Client, url: str, data: dict[str, str]) -> Any:
    """Send what the page sends a moment after typing stops."""
    return client.post(url, {**data, "do": "auto"}, headers=HTMX)


def html(response: Any) -> str:
    return str(response.content.decode())


def test_what_is_typed_is_saved_and_the_answer_carries_the_new_digest(scene: Scene, submission: Submission) -> None:
    client = signed_in(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    data = seen(client, url)
    response = typing(client, url, data | line("group-1", "Một."))
    assert response.status_code == 200
    assert submission.entries.get().text == "Một."
    data |= digests_in(html(response))
    assert typing(client, url, data | line("group-1", "Một hai.")).status_code == 200
    assert submission.entries.get().text == "Một hai."


@pytest.mark.parametrize("part", ["report_group", "report_counters", "report_closing", "report_assignments"])
def test_every_piece_of_the_answer_has_its_place_on_the_page(scene: Scene, submission: Submission, part: str) -> None:
    client = signed_in(scene.cast.preparer)
    url = page(part, submission.pk, *([1] if part == "report_group" else []))
    shown = html(client.get(url))
    answer = html(typing(client, url, seen(client, url) | line("group-1", "Một.")))
    places = re.findall(r'<\w+ [^>]*?\bid="([^"]+)"[^>]*hx-swap-oob', answer)
    assert "save-state" in places
    assert [place for place in places if f'id="{place}"' not in shown] == []


def test_a_line_with_a_fault_does_not_keep_the_others_from_being_saved(scene: Scene, submission: Submission) -> None:
    client = signed_in(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    wrong = line("task-1-1", "Kết quả.", state="done")
    response = typing(client, url, seen(client, url) | line("group-1", "Nhóm.") | wrong)
    assert response.status_code == 422
    assert [entry.group_id is not None for entry in submission.entries.all()] == [True]
    assert 'id="line-group-1-seen"' in html(response)
    assert 'id="line-task-1-1-seen"' not in html(response)


def test_a_clash_shows_the_other_text_and_saves_the_lines_beside_it(scene: Scene, submission: Submission) -> None:
    first, second = signed_in(scene.cast.preparer), signed_in(scene.cast.sender)
    url = page("report_group", submission.pk, 1)
    opened = seen(second, url)
    typing(first, url, seen(first, url) | line("group-1", "Người thứ nhất."))
    response = typing(second, url, opened | line("group-1", "Người thứ hai.") | line("task-1-1", "Bên cạnh."))
    assert response.status_code == 409
    assert "Người thứ nhất." in html(response)
    assert {entry.text for entry in submission.entries.all()} == {"Người thứ nhất.", "Bên cạnh."}


def test_while_somebody_has_to_choose_typing_changes_nothing_there(scene: Scene, submission: Submission) -> None:
    first, second = signed_in(scene.cast.preparer), signed_in(scene.cast.sender)
    url = page("report_group", submission.pk, 1)
    opened = seen(second, url)
    typing(first, url, seen(first, url) | line("group-1", "Người thứ nhất."))
    answer = typing(second, url, opened | line("group-1", "Người thứ hai."))
    data = opened | digests_in(html(answer)) | line("group-1", "Người thứ hai, thêm.") | {"line-group-1-asked": "1"}
    assert typing(second, url, data).status_code == 409
    assert submission.entries.get().text == "Người thứ nhất."
    assert second.post(url, data | {"line-group-1-choice": "mine"}).status_code == 302
    assert submission.entries.get().text == "Người thứ hai, thêm."


def test_a_line_that_was_not_touched_never_takes_the_digest_of_another_text(
    scene: Scene, submission: Submission
) -> None:
    first, second = signed_in(scene.cast.preparer), signed_in(scene.cast.sender)
    url = page("report_group", submission.pk, 1)
    data = seen(second, url)
    typing(first, url, seen(first, url) | line("task-1-1", "Của người thứ nhất."))
    data |= digests_in(html(typing(second, url, data | line("group-1", "Nhóm."))))
    response = typing(second, url, data | line("group-1", "Nhóm.") | line("task-1-1", "Của người thứ hai."))
    assert response.status_code == 409
    assert submission.entries.get(task__code="1.1").text == "Của người thứ nhất."


def test_a_figure_that_is_typed_shows_the_cumulative_one_that_follows(scene: Scene, submission: Submission) -> None:
    client = signed_in(scene.cast.preparer)
    url = page("report_counters", submission.pk)
    data = seen(client, url) | {"line-counter-C01-in_period": "1240", "line-counter-C02-in_period": "0.123"}
    response = typing(client, url, data)
    assert response.status_code == 422
    assert submission.counter_values.get().in_period == 1240
    assert "1.240" in html(response).split('id="line-counter-C01-total"')[1][:200]
    assert re.search(r'id="line-counter-C02-notes"[^>]*><p class="field__error">', html(response))
    data |= digests_in(html(response)) | {"line-counter-C01-in_period": "1241", "line-counter-C02-in_period": "3"}
    assert typing(client, url, data).status_code == 200
    assert set(submission.counter_values.values_list("in_period", flat=True)) == {1241, 3}


def test_the_closing_part_is_saved_and_clashes_too(scene: Scene, submission: Submission) -> None:
    first, second = signed_in(scene.cast.preparer), signed_in(scene.cast.sender)
    url = page("report_closing", submission.pk)
    opened = seen(second, url)
    data = seen(first, url)
    data |= digests_in(html(typing(first, url, data | {"line-closing-strengths": "Một."})))
    assert typing(first, url, data | {"line-closing-strengths": "Một hai."}).status_code == 200
    response = typing(second, url, opened | {"line-closing-strengths": "Khác."})
    assert response.status_code == 409
    assert "Một hai." in html(response)


@pytest.mark.parametrize("name", ["text", "difficulty"])
def test_a_field_with_a_marking_of_secrecy_is_named_for_the_browser_to_forget(
    scene: Scene, submission: Submission, name: str
) -> None:
    client = signed_in(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    data = seen(client, url) | line("group-1", "Kết quả.") | {f"line-group-1-{name}": "Tối mật"}
    response = typing(client, url, data)
    assert response.status_code == 422
    assert response["HX-Trigger"] == f'{{"copy-forget": {{"names": ["line-group-1-{name}"]}}}}'
    assert f'data-forget="line-group-1-{name}"' in html(client.post(url, data))


def test_a_report_that_has_moved_on_says_so_while_typing(scene: Scene, submission: Submission) -> None:
    client = signed_in(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    data = seen(client, url) | line("group-1", "Muộn.")
    Submission.objects.filter(pk=submission.pk).update(state=SubmissionState.AWAITING_SIGNATURE)
    response = typing(client, url, data)
    assert response.status_code == 409
    assert "Chưa lưu" in html(response)
    assert not submission.entries.exists()


def test_the_second_person_sees_who_is_there_and_where(scene: Scene, submission: Submission) -> None:
    first, second = signed_in(scene.cast.preparer), signed_in(scene.cast.sender)
    first.get(page("report_group", submission.pk, 1))
    shown = html(second.get(page("report_closing", submission.pk)))
    assert str(scene.cast.preparer) in shown.split('id="also-here"')[1][:400]
    assert str(scene.cast.sender) not in shown.split('id="also-here"')[1][:400]
    Visit.objects.update(seen_at=submission.created_at)
    assert str(scene.cast.preparer) not in html(second.get(page("report_closing", submission.pk)))


def test_one_text_serves_several_tasks_and_those_need_none_of_their_own(scene: Scene, submission: Submission) -> None:
    client = signed_in(scene.cast.preparer)
    url = page("report_group", submission.pk, 2)
    data = seen(client, url) | line("group-2", "Nhóm hai.") | {"line-group-2-serves": ["1.1", "", "2.1"]}
    assert client.post(url, data).status_code == 302
    entry = submission.entries.get(group__number=2)
    assert {task.code for task in entry.also_serves.all()} == {"1.1", "2.1"}
    response = client.get(page("report_check", submission.pk))
    lines = {finding.line for finding in response.context["errors"]}
    assert "group:1" in lines
    assert not {"task:1.1", "task:2.1"} & lines
    assert client.post(url, seen(client, url) | line("group-2", "Nhóm hai.")).status_code == 302
    assert not entry.also_serves.exists()
