"""Filling in a report in the browser: lines, rows, last period's text, remarks, and what a refusal keeps."""

from __future__ import annotations

import pytest

from reports.choices import Depth, SubmissionState
from reports.models import Entry, Period, PeriodQuestion, Remark, Submission
from tasks.models import IssuedDocument
from tests.factories import at, make_submission
from tests.form_pages import Scene, earlier_report, make_scene, open_period, page, seen, signed_in, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def write(scene: Scene, submission: Submission, number: int, **fields: str | list[str]) -> int:
    """Fill in the page of a group as the preparer and return the status."""
    url = page("report_group", submission.pk, number)
    client = signed_in(scene.cast.preparer)
    data = seen(client, url) | {f"line-group-{number}-{name}": value for name, value in fields.items()}
    return client.post(url, {**data, "do": "save"}).status_code


def entry_of(submission: Submission, number: int) -> Entry:
    return submission.entries.get(group__number=number)


def test_a_line_is_saved_with_its_difficulties_and_proposals(scene: Scene) -> None:
    submission = start(scene, open_period(scene))
    status = write(
        scene,
        submission,
        1,
        state="in_difficulty",
        text="Đã tổ chức 06 hội nghị.\r\nCó 1.240 lượt người dự.",
        difficulty=["Thiếu kinh phí.", "  "],
        proposal=["Bố trí kinh phí.", ""],
        addressee=["peoples_committee", "provincial_committee_addressee"],
    )
    entry = entry_of(submission, 1)
    assert status == 302
    assert (entry.state, entry.text) == ("in_difficulty", "Đã tổ chức 06 hội nghị.\nCó 1.240 lượt người dự.")
    assert [row.text for row in entry.difficulties.all()] == ["Thiếu kinh phí."]
    assert [(row.text, row.addressee) for row in entry.proposals.all()] == [("Bố trí kinh phí.", "peoples_committee")]
    submission.refresh_from_db()
    assert submission.saved_by == scene.cast.preparer


def test_texts_are_kept_in_one_normal_form(scene: Scene) -> None:
    submission = start(scene, open_period(scene))
    write(scene, submission, 1, state="in_progress", text="Tie\u0302\u0301n đo\u0323\u0302")
    assert entry_of(submission, 1).text == "Tiến độ"


def test_saving_again_changes_only_what_was_changed(scene: Scene) -> None:
    submission = start(scene, open_period(scene))
    write(scene, submission, 1, state="in_progress", text="Một.")
    write(scene, submission, 1, state="in_progress", text="Một.")
    assert entry_of(submission, 1).row_version == 1
    write(scene, submission, 1, state="in_progress", text="Hai.")
    assert entry_of(submission, 1).row_version == 2


def test_save_and_go_on_leads_to_the_next_group_and_then_to_the_next_part(scene: Scene) -> None:
    submission = start(scene, open_period(scene))
    client = signed_in(scene.cast.preparer)
    first, second = (page("report_group", submission.pk, number) for number in (1, 2))
    assert client.post(first, {"do": "next"})["Location"] == second
    assert client.post(second, {"do": "next"})["Location"] == page("report_assignments", submission.pk)


def test_a_state_that_is_not_offered_is_refused_and_the_text_stays_on_the_page(scene: Scene) -> None:
    submission = start(scene, open_period(scene))
    client = signed_in(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    data = seen(client, url) | {"line-group-1-state": "done", "line-group-1-text": "Chữ đã nhập."}
    response = client.post(url, data)
    assert response.status_code == 422
    assert "Chữ đã nhập." in response.content.decode()
    assert not submission.entries.exists()


@pytest.mark.parametrize("text", ["MẬT", "Kết quả.\nĐộ mật: Tối mật\nCòn lại.", "tuyệt mật"])
def test_a_text_with_a_marking_of_secrecy_is_refused_and_not_stored(scene: Scene, text: str) -> None:
    submission = start(scene, open_period(scene))
    assert write(scene, submission, 1, state="in_progress", text=text) == 422
    assert write(scene, submission, 1, state="in_progress", text="Được.", difficulty=[text]) == 422
    assert not submission.entries.exists()


@pytest.mark.parametrize("text", ["Công tác bảo vệ bí mật nhà nước.", "Gắn bó mật thiết.", "BẢO VỆ BÍ MẬT NHÀ NƯỚC"])
def test_words_about_secrecy_pass(scene: Scene, text: str) -> None:
    submission = start(scene, open_period(scene))
    assert write(scene, submission, 1, state="in_progress", text=text) == 302


def test_one_wrong_line_keeps_the_whole_page_from_being_saved(scene: Scene) -> None:
    submission = start(scene, open_period(scene, Depth.DETAILED))
    client = signed_in(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    data = seen(client, url) | {
        "line-group-1-state": "in_progress",
        "line-group-1-text": "Nhóm viết đúng.",
        "line-task-1-1-state": "in_progress",
        "line-task-1-1-text": "MẬT",
    }
    response = client.post(url, data)
    assert response.status_code == 422
    assert "Nhóm viết đúng." in response.content.decode()
    assert not submission.entries.exists()


def test_user_text_is_escaped_wherever_it_is_shown(scene: Scene) -> None:
    submission = start(scene, open_period(scene, Depth.FULL))
    bad = "<script>alert(1)</script></textarea><b>"
    write(scene, submission, 1, state="in_difficulty", text=bad, difficulty=[bad], proposal=[bad], addressee=["centre"])
    client = signed_in(scene.cast.preparer)
    for name, args in (("report_group", (submission.pk, 1)), ("report_read", (submission.pk,))):
        html = client.get(page(name, *args)).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;/textarea&gt;" in html


def test_the_last_report_stands_beside_the_line_and_can_be_taken(scene: Scene) -> None:
    earlier_report(scene)
    submission = start(scene, open_period(scene))
    client = signed_in(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    assert "Kỳ trước: 04 hội nghị." in client.get(url).content.decode()
    client.post(url, seen(client, url) | {"do": "copy:group:1"})
    entry = entry_of(submission, 1)
    assert (entry.text, entry.state, entry.is_copied) == ("Kỳ trước: 04 hội nghị.", "with_results", True)
    write(scene, submission, 1, state="with_results", text="Kỳ trước: 04 hội nghị.")
    assert entry_of(submission, 1).is_copied
    write(scene, submission, 1, state="with_results", text="Kỳ này: 06 hội nghị.")
    assert not entry_of(submission, 1).is_copied


def test_taking_the_last_text_keeps_what_was_just_typed(scene: Scene) -> None:
    earlier_report(scene)
    submission = start(scene, open_period(scene))
    client = signed_in(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    data = {"line-group-1-state": "in_difficulty", "line-group-1-text": "Vừa nhập.", "do": "copy:group:1"}
    client.post(url, seen(client, url) | data)
    entry = entry_of(submission, 1)
    assert entry.text == "Vừa nhập.\n\nKỳ trước: 04 hội nghị."
    assert (entry.state, entry.is_copied) == ("in_difficulty", False)


def test_the_report_of_another_body_is_never_the_last_report(scene: Scene) -> None:
    earlier = earlier_report(scene)
    earlier.expectation.body = scene.cast.other_district
    Period.objects.get(pk=earlier.expectation.period_id).expectations.exclude(pk=earlier.expectation_id).delete()
    earlier.expectation.save()
    submission = start(scene, open_period(scene))
    html = signed_in(scene.cast.preparer).get(page("report_group", submission.pk, 1)).content.decode()
    assert "04 hội nghị" not in html


def test_a_remark_stands_at_its_line_and_is_answered_with_the_page(scene: Scene) -> None:
    period = open_period(scene)
    expectation = period.expectations.get(body=scene.cast.district)
    submission = make_submission(expectation, scene.cast.preparer, SubmissionState.RETURNED)
    remark = Remark.objects.create(
        expectation=expectation,
        raised_in=submission,
        line="group:1",
        text="Nêu rõ số hội nghị.",
        asked_by=scene.cast.reviewer,
        asked_at=at(),
    )
    client = signed_in(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    assert "Nêu rõ số hội nghị." in client.get(url).content.decode()
    assert "Nêu rõ số hội nghị." in client.get(page("report_detail", submission.pk)).content.decode()
    data = {
        "line-group-1-state": "in_progress",
        "line-group-1-text": "06 hội nghị.",
        f"remark-{remark.pk}": "Đã bổ sung.",
    }
    client.post(url, seen(client, url) | data)
    remark.refresh_from_db()
    assert remark.state == "answered"
    assert [reply.text for reply in remark.replies.all()] == ["Đã bổ sung."]
    assert entry_of(submission, 1).text == "06 hội nghị."


def test_a_document_of_the_register_stands_beside_the_lines_that_it_serves(scene: Scene) -> None:
    submission = start(scene, open_period(scene))
    document = IssuedDocument.objects.create(
        plan=scene.plan,
        body=scene.cast.district,
        kind="KH",
        symbol="45-KH/HU",
        issued_on=at(1, month=3).date(),
        title="Kế hoạch thực hiện",
    )
    document.assignments.add(scene.dated)
    document.tasks.add(scene.tasks["1.2"])
    client = signed_in(scene.cast.preparer)
    assignments = client.get(page("report_assignments", submission.pk)).content.decode()
    assert assignments.count("45-KH/HU") == 1
    assert "45-KH/HU" in client.get(page("report_group", submission.pk, 1)).content.decode()
    assert "45-KH/HU" not in client.get(page("report_group", submission.pk, 2)).content.decode()


def test_the_questions_of_a_period_are_answered_beside_the_assignments(scene: Scene) -> None:
    period = open_period(scene)
    PeriodQuestion.objects.create(period=period, order=1, text="Có bao nhiêu mô hình mới?")
    submission = start(scene, period)
    client = signed_in(scene.cast.preparer)
    url = page("report_assignments", submission.pk)
    assert "Có bao nhiêu mô hình mới?" in client.get(url).content.decode()
    client.post(url, seen(client, url) | {"line-question-1-text": "Có 03 mô hình."})
    assert submission.entries.get(question__order=1).text == "Có 03 mô hình."
