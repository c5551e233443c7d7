"""The pages of reminding: who is listed with which contacts, the buttons, the calls, and the formal letter."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pytest_django.fixtures import Settings

from reports.choices import PeriodState
from reports.models import Period, Reminder, TelephoneReminder
from reports.reminding import remind_by_timer
from tasks.choices import Role
from tasks.models import BodyContact
from tests.factories import make_body, make_period, make_plan
from tests.mail_server import mail_server
from tests.people import Cast, make_user
from tests.review_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(cast: Cast) -> Period:
    """A period that is three days late now."""
    return late_period(cast.district, cast.other_district)


def late_period(*bodies: Any) -> Period:
    now = timezone.now()
    days: dict[str, Any] = {"opens_on": (now - timedelta(days=30)).date(), "due_at": now - timedelta(days=3)}
    return make_period(make_plan(symbol="01-KH/TU"), bodies=bodies, request_symbol="45-CV/BDVTU", **days)


def page_of(period: Period) -> str:
    return reverse("reports:period_reminders", args=[period.pk])


def press(cast: Cast, period: Period, body: str) -> str:
    client = signed_in(cast.reviewer)
    answer = client.post(reverse("reports:period_remind", args=[period.pk]), {"body": body}, follow=True)
    return str(answer.content.decode())


def test_the_page_names_who_is_late_with_the_offices_contacts(cast: Cast, period: Period) -> None:
    BodyContact.objects.create(body=cast.district, label="Văn phòng Huyện uỷ A", phone="0205 3000 000")
    alone = make_body("xa-moi", name="Đảng uỷ xã Mới")
    period.expectations.create(body=alone)
    page = signed_in(cast.reviewer).get(page_of(period)).content.decode()
    assert "Văn phòng Huyện uỷ A" in page and "0205 3000 000" in page
    assert page.index("Huyện uỷ A") < page.index("Huyện uỷ B") < page.index("Đảng uỷ xã Mới")
    assert "nobody has an account here" in page
    assert "Remind all 2 late bodies" in page
    assert "Remind all" not in signed_in(cast.leader).get(page_of(period)).content.decode()


def test_one_button_reminds_one_body_and_the_other_all_that_are_late(cast: Cast, period: Period) -> None:
    one = period.expectations.get(body=cast.district)
    assert "2 people have been reminded." in press(cast, period, str(one.pk))
    assert "2 people had a reminder today already" in press(cast, period, "late")
    assert Reminder.objects.count() == 4
    page = signed_in(cast.reviewer).get(page_of(period)).content.decode()
    assert "by hand" in page and "Remind all" not in page


@pytest.mark.parametrize("body", ["", "x", "999999", "late"])
def test_where_there_is_nobody_to_remind_it_is_said(cast: Cast, period: Period, body: str) -> None:
    Period.objects.update(state=PeriodState.CLOSED)
    assert "Nobody was reminded" in press(cast, period, body)
    assert not Reminder.objects.exists()


def test_a_mail_that_was_refused_is_said_on_the_page_and_in_the_log(
    cast: Cast, period: Period, settings: Settings
) -> None:
    type(cast.sender).objects.filter(pk=cast.sender.pk).update(email="vp@huyen-a.example.vn")
    with mail_server(settings) as box:
        box.refused.add("vp@huyen-a.example.vn")
        page = press(cast, period, "late")
    assert "The mail server did not take 1 mails" in page
    assert "no such mailbox" in page and "not sent" in page


def test_a_call_is_written_down_and_shown(cast: Cast, period: Period) -> None:
    owed = period.expectations.get(body=cast.district)
    address = reverse("reports:reminder_call", args=[owed.pk])
    client, now = signed_in(cast.reviewer), timezone.localtime()
    call = {"office": "Văn phòng Huyện uỷ A", "called_on": f"{now:%d/%m/%Y}", "called_hour": "00:00", "note": "Sẽ gửi."}
    assert client.post(address, call).status_code == 302
    assert TelephoneReminder.objects.get().called_by == cast.reviewer
    assert "Sẽ gửi." in client.get(address).content.decode()
    assert "telephoned" in client.get(page_of(period)).content.decode()


@pytest.mark.parametrize("wrong", [{"office": ""}, {"called_on": "31/12/2999"}, {"called_hour": "x"}])
def test_a_wrong_call_is_refused_with_what_was_typed(cast: Cast, period: Period, wrong: dict[str, str]) -> None:
    address = reverse("reports:reminder_call", args=[period.expectations.first().pk])  # type: ignore[union-attr]
    call = {"office": "Văn phòng", "called_on": "10/06/2024", "called_hour": "9:00", "note": "Sẽ gửi."} | wrong
    answer = signed_in(cast.reviewer).post(address, call)
    assert answer.status_code == 422 and "Sẽ gửi." in answer.content.decode()
    assert not TelephoneReminder.objects.exists()


def letter_of(cast: Cast, period: Period) -> Any:
    answer = signed_in(cast.reviewer).get(reverse("reports:period_letter", args=[period.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="cong-van-don-doc-6-thang-dau-nam-2024.docx"'
    return Document(io.BytesIO(answer.content))


def test_the_letter_is_a_cong_van_in_the_partys_layout(cast: Cast, period: Period) -> None:
    file = letter_of(cast, period)
    head, addressed = file.tables[0], file.tables[1]
    left = head.rows[0].cells[0].paragraphs
    about = left[-1]
    assert about.text == "về việc đôn đốc gửi báo cáo 6 tháng đầu năm 2024"
    assert about.runs[0].font.size.pt == 12 and about.runs[0].font.italic
    assert left[-2].text.startswith("Số ") and "-CV/" in left[-2].text
    assert addressed.rows[0].cells[0].text == "Kính gửi:"
    assert [line.text for line in addressed.rows[0].cells[1].paragraphs] == ["- Huyện uỷ A;", "- Huyện uỷ B."]
    text = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert "tại văn bản số 45-CV/BDVTU" in text.replace("\u2011", "-")
    assert "còn 02 địa phương, cơ quan, đơn vị chưa gửi báo cáo" in text
    assert "BÁO CÁO" not in text and "Danh sách địa phương, cơ quan, đơn vị chưa gửi báo cáo" in text
    assert [row.cells[1].text for row in file.tables[-1].rows[1:]] == ["Huyện uỷ A", "Huyện uỷ B"]


def test_a_letter_to_many_refers_to_the_list_and_one_to_a_single_body_names_it(cast: Cast) -> None:
    many = late_period(*(make_body(f"hu-{place}", name=f"Huyện uỷ số {place}") for place in range(9)))
    cells = letter_of(cast, many).tables[1].rows[0].cells
    assert cells[1].text == "Các địa phương, cơ quan, đơn vị\n(có danh sách kèm theo)"
    many.expectations.exclude(body__code="hu-3").delete()
    assert "Kính gửi: Huyện uỷ số 3" in [paragraph.text for paragraph in letter_of(cast, many).paragraphs]


def test_no_letter_is_drafted_to_nobody(cast: Cast, period: Period) -> None:
    period.expectations.update(first_delivered_at=timezone.now())
    answer = signed_in(cast.reviewer).get(reverse("reports:period_letter", args=[period.pk]))
    assert answer["Location"] == page_of(period)


def queries(cast: Cast, period: Period) -> int:
    client = signed_in(cast.reviewer)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(page_of(period)).status_code == 200
    return len(caught)


def test_the_page_costs_the_same_however_many_bodies_are_late(cast: Cast, period: Period) -> None:
    remind_by_timer(at=timezone.now() - timedelta(days=1))
    few = queries(cast, period)
    for place in range(20):
        body = make_body(f"hu-{place}")
        make_user(f"nguoi-{place}", body, Role.SENDER)
        BodyContact.objects.create(body=body, label="Văn phòng")
        period.expectations.create(body=body)
    remind_by_timer(at=timezone.now())
    assert queries(cast, period) == few <= 12
