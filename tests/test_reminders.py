"""Reminders: who is reminded when, one digest a person and day, every one kept, and mail through a real server."""

from __future__ import annotations

import io
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connections, transaction
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from plan_tracker.accounts.models import User
from reports.choices import PeriodState
from reports.choices_reminders import MailEvent, Occasion
from reports.models import Expectation, Notice, Period, Reminder, ReminderLine, ReminderMail
from reports.reminder_mail import send_waiting
from reports.reminding import read_situation, remind_by_hand, remind_by_timer
from tasks.choices import Role
from tests.factories import at, make_body, make_period
from tests.mail_server import mail_server, point_to
from tests.people import Cast, make_cast, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(cast: Cast) -> Period:
    """Due at 16:00 on 18/6/2024; both districts owe a report."""
    return make_period(bodies=[cast.district, cast.other_district])


def reminded(moment: datetime) -> set[str]:
    return {reminder.user.username for reminder in remind_by_timer(at=moment).reminders}


def occasions() -> list[str]:
    return [str(row.occasion) for row in ReminderLine.objects.filter(reminder__user__username="sender").order_by("pk")]


def test_everybody_who_owes_is_reminded_on_the_four_occasions_and_on_no_other_day(cast: Cast, period: Period) -> None:
    for day in range(31):
        remind_by_timer(at=at(5) + timedelta(days=day))
    assert occasions() == [
        Occasion.WEEK_BEFORE,
        Occasion.DAY_BEFORE,
        Occasion.DAY_AFTER,
        Occasion.WEEKLY,
        Occasion.WEEKLY,
    ]
    assert set(Reminder.objects.values_list("user__username", flat=True)) == {
        "preparer",
        "sender",
        "other_preparer",
        "other_sender",
    }


def test_a_second_run_on_the_same_day_does_nothing(period: Period) -> None:
    assert len(reminded(at(11, 7))) == 4
    assert reminded(at(11, 19)) == set()
    assert Notice.objects.count() == Reminder.objects.count() == 4


def test_a_day_on_which_the_timer_did_not_run_is_made_up_for(period: Period) -> None:
    assert len(reminded(at(13))) == 4
    assert reminded(at(14)) == set()


def test_who_has_sent_is_exempt_or_has_more_time_is_left_alone(cast: Cast, period: Period) -> None:
    period.expectations.filter(body=cast.district).update(first_delivered_at=at(9))
    period.expectations.filter(body=cast.other_district).update(extended_to=at(28, 16), extension_reason="Bão")
    assert reminded(at(19)) == set()
    assert reminded(at(21)) == {"other_preparer", "other_sender"}
    period.expectations.filter(body=cast.other_district).update(exempt_reason="Mới thành lập")
    assert reminded(at(29)) == set()


@pytest.mark.parametrize("state", [PeriodState.PLANNED, PeriodState.CLOSED, PeriodState.CANCELLED])
def test_a_period_that_takes_no_reports_reminds_nobody(period: Period, state: PeriodState) -> None:
    Period.objects.update(state=state)
    assert reminded(at(19)) == set()


def test_a_person_gets_one_digest_for_all_that_the_bodies_owe(cast: Cast, period: Period) -> None:
    make_user("both", cast.district, Role.SENDER).memberships.create(
        body=cast.other_district, role=Role.SENDER, starts_on=at().date()
    )
    remind_by_timer(at=at(11))
    digest = Reminder.objects.get(user__username="both")
    assert digest.lines.count() == 2
    assert "Huyện uỷ A" in digest.text and "Huyện uỷ B" in digest.text
    assert Notice.objects.get(user__username="both").text == digest.text
    assert "16:00 18/06/2024" in digest.text


def test_a_reminder_by_hand_takes_along_what_is_due_anyway_and_counts_for_the_day(cast: Cast, period: Period) -> None:
    other = make_period(bodies=[cast.district], due_at=at(30, 16), own_title="Chuyên đề")
    outcome = remind_by_hand(other.expectations.all(), actor=cast.reviewer, at=at(11, 8))
    assert {row.user.username for row in outcome.reminders} == {"preparer", "sender"}
    assert occasions() == [Occasion.WEEK_BEFORE, Occasion.BY_HAND]
    assert Reminder.objects.filter(sent_by=cast.reviewer).count() == 2
    assert reminded(at(11, 9)) == {"other_preparer", "other_sender"}
    again = remind_by_hand(other.expectations.all(), actor=cast.reviewer, at=at(11, 10))
    assert not again.reminders and len(again.already) == 2


def test_the_people_of_the_body_that_finishes_anothers_report_are_reminded_too(cast: Cast, period: Period) -> None:
    period.expectations.filter(body=cast.district).update(held_by=cast.other_district)
    remind_by_timer(at=at(11))
    assert Reminder.objects.get(user=cast.other_sender).lines.count() == 2


def test_a_body_where_nobody_has_an_account_is_named(cast: Cast) -> None:
    alone = make_body("xa-moi", name="Đảng uỷ xã Mới")
    make_period(bodies=[alone])
    out = io.StringIO()
    call_command("remind", today="2024-06-11", stdout=out)
    assert "Nobody has an account at Đảng uỷ xã Mới" in out.getvalue()
    with pytest.raises(CommandError, match="write a day such as"):
        call_command("remind", today="11/06/2024")


def test_demonstration_periods_remind_demonstration_accounts_only(cast: Cast) -> None:
    make_user("minh_hoa", cast.district, Role.SENDER, is_demo=True)
    make_period(bodies=[cast.district], is_demo=True)
    assert reminded(at(11)) == {"minh_hoa"}
    assert Reminder.objects.get().is_demo


def test_the_database_itself_refuses_a_second_digest_and_any_change(cast: Cast, period: Period) -> None:
    remind_by_timer(at=at(11))
    row = Reminder.objects.first()
    assert row is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(user=row.user, sent_on=row.sent_on, sent_at=at(11, 20), text="lần nữa")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.filter(pk=row.pk).update(text="khác")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReminderLine.objects.update(occasion=Occasion.BY_HAND)


def test_what_decides_is_read_in_three_queries_however_many_bodies_there_are(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bodies = [make_body(f"hu-{place}") for place in range(30)]
    for body in bodies:
        make_user(f"nguoi_{body.code}", body, Role.SENDER)
    make_period(bodies=bodies)
    with django_assert_num_queries(3):
        assert len(read_situation(on=at(11).date()).unsent) == 30


@pytest.mark.django_db(transaction=True)
def test_two_timers_at_the_same_moment_write_one_digest_a_person() -> None:
    cast = make_cast()
    make_period(bodies=[cast.district, cast.other_district])
    barrier = Barrier(2)

    def run(_place: int) -> int:
        barrier.wait()
        try:
            return len(remind_by_timer(at=at(11)).reminders)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        written = sum(pool.map(run, range(2)))
    assert written == Reminder.objects.count() == Notice.objects.count() == 4


def with_addresses() -> None:
    for user in User.objects.filter(username__in=("sender", "preparer")):
        user.email = f"{user.username}@huyen-a.example.vn"
        user.save(update_fields=["email"])


def test_who_has_an_address_gets_one_mail_whose_link_leads_to_the_configured_portal(
    cast: Cast, period: Period, settings: Settings
) -> None:
    with_addresses()
    with mail_server(settings) as box:
        call_command("remind", today="2024-06-11", stdout=io.StringIO())
        call_command("remind", today="2024-06-11", stdout=io.StringIO())
        call_command("remind", today="2024-06-12", stdout=io.StringIO())
    assert len(box.mails) == 2
    mail = box.to("sender@huyen-a.example.vn")[0]
    text = mail.get_content()
    assert str(mail["Subject"]).strip() == "Theo dõi kế hoạch: 1 báo cáo cần gửi"
    assert "Huyện uỷ A chưa gửi báo cáo 6 tháng đầu năm 2024" in text
    assert "https://dan-van.example.vn/bao-cao/" in text
    assert ReminderMail.objects.filter(event=MailEvent.SENT).count() == 2


def test_a_mail_server_that_is_down_loses_nothing_and_is_said(cast: Cast, period: Period, settings: Settings) -> None:
    with_addresses()
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        point_to(settings, closed.getsockname()[1])
        with pytest.raises(CommandError, match="the next run tries again"):
            call_command("remind", today="2024-06-11", stdout=io.StringIO())
    assert Reminder.objects.count() == Notice.objects.count() == 4
    assert ReminderMail.objects.filter(event=MailEvent.FAILED).exclude(error="").count() == 2
    with mail_server(settings) as box:
        call_command("remind", today="2024-06-12", stdout=io.StringIO())
    assert len(box.mails) == 2 and Reminder.objects.count() == 4


def test_one_refused_address_does_not_stop_the_others(cast: Cast, period: Period, settings: Settings) -> None:
    with_addresses()
    with mail_server(settings) as box:
        box.refused.add("preparer@huyen-a.example.vn")
        remind_by_timer(at=at(11))
        result = send_waiting(at=at(11))
    assert (result.sent, result.failed) == (1, 1)
    assert "no such mailbox" in result.error


def test_a_mail_that_may_be_out_already_or_is_no_longer_true_is_not_sent_again(
    cast: Cast, period: Period, settings: Settings
) -> None:
    with_addresses()
    remind_by_timer(at=at(11))
    begun = Reminder.objects.get(user=cast.sender)
    ReminderMail.objects.create(
        reminder=begun, number=1, event=MailEvent.BEGUN, address=cast.sender.email or "a@b.vn", at=at(11)
    )
    with mail_server(settings) as box:
        send_waiting(at=at(11))
        assert [str(mail["To"]) for mail in box.mails] == ["preparer@huyen-a.example.vn"]
        Expectation.objects.update(first_delivered_at=at(11))
        remind_by_timer(at=at(17))
        assert send_waiting(at=at(17)).sent == 0


def test_a_mail_is_sent_at_most_once_by_the_constraint(cast: Cast, period: Period) -> None:
    remind_by_timer(at=at(11))
    row = Reminder.objects.first()
    sent = {"reminder": row, "event": MailEvent.SENT, "address": "a@b.vn", "at": at(11)}
    ReminderMail.objects.create(number=1, **sent)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReminderMail.objects.create(number=2, **sent)
