"""What is asked in a period that is open already: changed where it is safe, and told; refused with a sentence else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.http import HttpResponse
from django.urls import reverse

from reports.choices import Depth, PeriodKind, PeriodState, SubmissionState
from reports.forms_period_editing import PeriodEditForm
from reports.models import Entry, Notice, Period, PeriodQuestion, Remark
from reports.period_editing import is_begun
from tests.factories import at, make_body, make_period, make_submission
from tests.people import Cast
from tests.review_pages import signed_in

pytestmark = pytest.mark.django_db
ROADS, HOUSES, WATER = "Bao nhiêu km đường?", "Bao nhiêu nhà được xoá?", "Bao nhiêu hộ có nước sạch?"


@pytest.fixture
def period(cast: Cast) -> Period:
    period = make_period(bodies=[cast.district])
    for place, text in enumerate((ROADS, HOUSES), start=1):
        PeriodQuestion.objects.create(period=period, order=place, text=text)
    return period


def fields(period: Period) -> dict[str, Any]:
    """Return what the page holds when it is opened."""
    form = PeriodEditForm(period=Period.objects.get(pk=period.pk), begun=is_begun(period))
    return {
        name: f"{value:%d/%m/%Y}" if isinstance(value, date) else value
        for name, value in form.initial.items()
        if name in form.fields
    }


def save(cast: Cast, period: Period, shown: dict[str, Any] | None = None, **typed: Any) -> HttpResponse:
    address = reverse("reports:period_edit", args=[period.pk])
    return signed_in(cast.reviewer).post(address, (shown or fields(period)) | typed)  # type: ignore[return-value]  # the test client's answer


def questions(period: Period) -> list[tuple[int, str]]:
    return list(period.questions.values_list("order", "text"))


def test_title_and_note_are_changed_and_the_bodies_are_told_once(cast: Cast, period: Period) -> None:
    assert save(cast, period, own_title="Sơ kết sáu tháng", note="Gửi sớm.\r\nCảm ơn.").status_code == 302
    period.refresh_from_db()
    assert (period.own_title, period.note) == ("Sơ kết sáu tháng", "Gửi sớm.\nCảm ơn.")
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"preparer", "sender"}
    assert LogEntry.objects.get(object_id=str(period.pk)).change_message == "asked: title, note"


def test_saving_what_stands_there_already_tells_nobody(cast: Cast, period: Period) -> None:
    assert save(cast, period).status_code == 302
    assert not Notice.objects.exists() and not LogEntry.objects.exists()


def test_questions_are_added_and_removed_and_the_others_keep_their_place(cast: Cast, period: Period) -> None:
    save(cast, period, questions=f"{WATER}\r\n\r\n  {ROADS} ")
    assert questions(period) == [(1, ROADS), (3, WATER)]
    assert "thêm câu hỏi, bỏ bớt câu hỏi" in Notice.objects.filter(user=cast.sender).get().text


def test_an_answered_question_stays_and_nothing_else_is_saved(cast: Cast, period: Period) -> None:
    report = make_submission(period.expectations.get(), cast.preparer)
    Entry.objects.create(submission=report, question=period.questions.get(order=2), text="12 nhà.")
    refused = save(cast, period, questions=WATER, note="Mới")
    assert refused.status_code == 422
    page = refused.content.decode()
    assert HOUSES in page and WATER in page and "word for word" in page
    assert questions(period) == [(1, ROADS), (2, HOUSES)] and not Notice.objects.exists()
    assert Period.objects.get().note == ""


def test_a_question_with_a_remark_stays(cast: Cast, period: Period) -> None:
    report = make_submission(period.expectations.get(), cast.preparer, SubmissionState.RECEIVED)
    Remark.objects.create(
        expectation=report.expectation,
        raised_in=report,
        line="question:1",
        text="Nêu rõ.",
        asked_by=cast.reviewer,
        asked_at=at(2),
    )
    assert save(cast, period, questions=HOUSES).status_code == 422
    assert save(cast, period, questions=ROADS).status_code == 302
    assert questions(period) == [(1, ROADS)]


def test_depth_and_window_change_until_a_report_is_begun(cast: Cast, period: Period) -> None:
    shown = fields(period)
    make_submission(period.expectations.get(), cast.preparer)
    late = save(cast, period, shown, depth=Depth.FULL)
    assert late.status_code == 422 and "depth and window stay as they are" in late.content.decode()
    page = signed_in(cast.reviewer).get(reverse("reports:period_edit", args=[period.pk])).content.decode()
    assert 'name="depth"' not in page and "14/06/2024" in page
    assert save(cast, period, questions=ROADS).status_code == 302
    assert Period.objects.get().depth == Depth.BRIEF


def test_another_last_day_asks_the_bodies_that_exist_on_it(cast: Cast, period: Period) -> None:
    gone = make_body("hu-cu", valid_to=date(2024, 6, 13))
    period.addressees.add(gone)
    assert save(cast, period, data_to="10/06/2024", depth=Depth.FULL).status_code == 302
    assert set(period.expectations.values_list("body__code", flat=True)) == {"hu-a", "hu-cu"}
    assert save(cast, period, data_to="19/06/2024").status_code == 422
    assert save(cast, period, data_from="11/06/2024").status_code == 422
    assert Period.objects.get().data_to == date(2024, 6, 10)


def test_two_who_change_one_period_do_not_overwrite_each_other(cast: Cast, period: Period) -> None:
    shown = fields(period)
    save(cast, period, shown, note="Của người thứ nhất")
    second = save(cast, period, shown, note="Của người thứ hai")
    assert second.status_code == 422 and "Của người thứ hai" in second.content.decode()
    assert Period.objects.get().note == "Của người thứ nhất"


def test_a_due_moment_is_not_moved_back_into_the_past(cast: Cast, period: Period) -> None:
    client, address = signed_in(cast.reviewer), reverse("reports:period_change", args=[period.pk])
    refused = client.post(address, {"change": "due", "due_on": "17/06/2024", "due_hour": "16:00"})
    assert refused.status_code == 422 and "This moment has passed" in refused.content.decode()
    assert Period.objects.get().due_at == period.due_at


def test_what_is_over_is_not_changed(cast: Cast, period: Period) -> None:
    Period.objects.update(state=PeriodState.CLOSED)
    assert save(cast, period, note="x").status_code == 422
    Period.objects.update(state=PeriodState.OPEN)
    make_submission(period.expectations.get(), cast.preparer, SubmissionState.ACCEPTED)
    assert "already accepted" in save(cast, period, note="x").content.decode()
    assert Period.objects.get().note == ""


def test_the_form_of_a_begun_occasion_does_not_become_another_one(cast: Cast) -> None:
    occasion = make_period(kind=PeriodKind.AD_HOC, own_title="Bão", bodies=[cast.district])
    PeriodQuestion.objects.create(period=occasion, order=1, text=ROADS)
    make_submission(occasion.expectations.get(), cast.preparer)
    assert save(cast, occasion, questions="").status_code == 422
    assert save(cast, occasion, questions=f"{ROADS}\n{WATER}").status_code == 302


def test_the_page_asks_few_questions_of_the_database(
    cast: Cast, period: Period, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(cast.reviewer)
    client.get("/")
    with django_assert_max_num_queries(12):
        client.get(reverse("reports:period_edit", args=[period.pk]))
