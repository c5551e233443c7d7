"""Delegation: who acts in whose place, only on the days entered, only what was lent, and the history says so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from plan_tracker.accounts.models import User
from plan_tracker.audit.context import acting
from plan_tracker.audit.models import Entry
from reports.choices import SubmissionState
from reports.exchange import events_of
from reports.models import Transition
from reports.workflow import take_step
from tasks.choices import Role
from tasks.models import Delegation, Membership
from tests.factories import at, make_entry, make_group, make_period, make_plan, make_submission
from tests.pages import signed_in
from tests.people import Cast, make_cast, standing

FIRST, LAST = date(2024, 6, 10), date(2024, 6, 20)
NEW, PAGE = "/uy-quyen/moi/", "/uy-quyen/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """The cast; the district's sender has lent his role to the preparer from the 10th to the 20th of June."""
    cast = make_cast()
    lend(cast.sender, cast.preparer)
    return cast


def lend(giver: User, receiver: User, **fields: Any) -> Delegation:
    """Lend the giver's only role."""
    values = {"starts_on": FIRST, "ends_on": LAST, "reason": "Đi học", "made_by": giver, "made_at": at()}
    return Delegation.objects.create(membership=giver.memberships.get(), receiver=receiver, **(values | fields))


def is_sender(user: User, on: date) -> bool:
    return bool(standing(user, on).bodies(Role.SENDER))


@pytest.mark.parametrize(
    ("day", "holds"),
    [(FIRST - timedelta(days=1), False), (FIRST, True), (LAST, True), (LAST + timedelta(days=1), False)],
)
def test_it_holds_on_its_days_and_on_no_other(cast: Cast, day: date, holds: bool) -> None:
    assert is_sender(cast.preparer, day) is holds


def test_it_ends_when_it_is_taken_back_when_the_giver_goes_and_with_the_membership(cast: Cast) -> None:
    row = Delegation.objects.get()
    row.ended_at = at()
    row.save()
    assert not is_sender(cast.preparer, FIRST)
    Delegation.objects.update(ended_at=None)
    User.objects.filter(pk=cast.sender.pk).update(is_active=False)
    assert not is_sender(cast.preparer, FIRST)
    User.objects.filter(pk=cast.sender.pk).update(is_active=True)
    Membership.objects.filter(user=cast.sender).update(ends_on=FIRST - timedelta(days=1))
    assert not is_sender(cast.preparer, FIRST)


def test_only_what_was_lent_is_lent(cast: Cast) -> None:
    found = standing(cast.preparer, FIRST)
    assert {(seat.role, seat.on_behalf_of) for seat in found.seats} == {
        (Role.PREPARER, ""),
        (Role.SENDER, "Sender"),
    }
    assert found.without_delegations().bodies(Role.SENDER) == frozenset()


def test_the_history_says_on_whose_behalf(cast: Cast) -> None:
    plan = make_plan()
    period = make_period(plan, bodies=[cast.district])
    report = make_submission(period.expectations.get(), cast.preparer, SubmissionState.SUBMITTED)
    make_entry(report, group=make_group(plan, 1))
    with acting():
        take_step(report, "recall", actor=cast.preparer, standing=standing(cast.preparer, FIRST), at=at(11))
    assert Transition.objects.get(step="recall").on_behalf_of == "Sender"
    assert "thay mặt Sender" in events_of(report)[0]["who"]
    told = Entry.objects.filter(table="reports_transition").first()
    assert told is not None
    assert told.on_behalf_of == "Sender"


def test_a_right_of_the_own_is_not_somebody_else_s(cast: Cast) -> None:
    lend(cast.sender, cast.other_sender)
    plan = make_plan()
    period = make_period(plan, bodies=[cast.district])
    report = make_submission(period.expectations.get(), cast.preparer, SubmissionState.AWAITING_SIGNATURE)
    take_step(report, "take_back", actor=cast.preparer, standing=standing(cast.preparer, FIRST), at=at(11))
    assert Transition.objects.get(step="take_back").on_behalf_of == ""


def asked(cast: Cast, **fields: Any) -> dict[str, Any]:
    """Return the form of a delegation as people fill it in, from today on."""
    today = timezone.localdate()
    values = {
        "membership": cast.sender.memberships.get().pk,
        "receiver": cast.preparer.pk,
        "starts_on": f"{today:%d/%m/%Y}",
        "ends_on": f"{today + timedelta(days=7):%d/%m/%Y}",
        "reason": "Nghỉ phép",
    }
    return values | fields


def test_the_sender_lends_with_a_form_and_takes_back(cast: Cast) -> None:
    client = signed_in(cast.sender)
    assert client.post(NEW, asked(cast))["Location"] == PAGE
    row = Delegation.objects.first()
    assert row is not None
    assert (row.made_by, row.reason) == (cast.sender, "Nghỉ phép")
    assert "Nghỉ phép" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}{row.pk}/ket-thuc/")
    row.refresh_from_db()
    assert row.ended_at is not None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ends_on": "01/01/2020"}, "ends_on"),
        ({"starts_on": "31/02/2024"}, "starts_on"),
        ({"ends_on": "01/01/2099"}, "ends_on"),
        ({"reason": "  "}, "reason"),
        ({"receiver": ""}, "receiver"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast: Cast, fields: dict[str, Any], field: str) -> None:
    answer = signed_in(cast.sender).post(NEW, asked(cast, **fields))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_nobody_lends_the_role_of_somebody_else_or_to_a_stranger(cast: Cast) -> None:
    foreign = cast.other_sender.memberships.get().pk
    answers = [
        signed_in(cast.sender).post(NEW, asked(cast, membership=foreign)),
        signed_in(cast.sender).post(NEW, asked(cast, receiver=cast.viewer.pk)),
        signed_in(cast.administrator).post(NEW, asked(cast, receiver=cast.viewer.pk)),
        signed_in(cast.administrator).post(NEW, asked(cast, receiver=cast.sender.pk)),
    ]
    assert [answer.status_code for answer in answers] == [422] * 4
    assert Delegation.objects.count() == 1


def test_what_was_lent_is_not_lent_on(cast: Cast) -> None:
    today = timezone.localdate()
    Delegation.objects.update(starts_on=today, ends_on=today)
    assert signed_in(cast.preparer).get(NEW).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_a_role_is_lent_and_a_row_made_outside_of_any_transaction() -> None:
    cast, today = make_cast(), timezone.localdate()
    days = {"starts_on": f"{today:%d/%m/%Y}", "ends_on": f"{today + timedelta(days=2):%d/%m/%Y}"}
    typed = days | {"membership": cast.sender.memberships.get().pk, "receiver": cast.preparer.pk, "reason": "Đi học"}
    assert signed_in(cast.sender).post(NEW, typed).status_code == 302
    entry = Entry.objects.filter(table="tasks_delegation").latest("pk")
    assert (entry.record, entry.actor_id) == (str(Delegation.objects.get().pk), cast.sender.pk)
    with acting(source="thử"):
        assert Delegation.objects.create(
            membership=cast.sender.memberships.get(),
            receiver=cast.other_preparer,
            starts_on=today,
            ends_on=today,
            reason="Đi học",
            made_by=cast.sender,
            made_at=timezone.now(),
        ).pk
    assert Entry.objects.filter(table="tasks_delegation").latest("pk").source == "thử"
