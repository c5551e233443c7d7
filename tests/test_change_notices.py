"""When bodies change, those whose seat or report it touches are told, each in the own language, and nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from plan_tracker.accounts.models import User
from reports.handover import confirm, settle, take_back
from reports.handover_values import Choices
from reports.models import Notice
from tasks.choices import Role
from tasks.models import Membership
from tasks.reorganisation import ChangeRefused
from tests.factories import make_body, make_period, make_submission
from tests.people import Cast, make_cast, make_user
from tests.test_handover import LATER, NOW, draw_up, half, split


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def told(user: User) -> list[str]:
    """Return what a person has been told, in the order of the telling."""
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


def test_whoever_moves_is_told_where_to_and_whoever_stays_that_he_stays(cast: Cast) -> None:
    seat = Membership.objects.get(user=cast.preparer)
    confirm(split(), Choices(seats={seat.pk: "xa-2"}), actor=cast.administrator, at=NOW)
    (moved,), (left,) = told(cast.preparer), told(cast.sender)
    assert "01/07/2025" in moved and "Đảng uỷ xa-2" in moved and "Huyện uỷ A" in moved
    assert "Đảng uỷ xa-1, Đảng uỷ xa-2" in left and "quản trị" in left
    assert not told(cast.other_preparer) and not told(cast.reviewer) and not told(cast.administrator)


def test_those_who_receive_are_told_what_they_follow_and_which_report_is_theirs_now(cast: Cast) -> None:
    period = half()
    begun = period.expectations.get(body=cast.district)
    report = make_submission(begun, cast.preparer)
    change = draw_up(("hu-a", "hu-b", "absorb"))
    confirm(change, Choices(reports={begun.pk: "hu-b"}), actor=cast.administrator, at=NOW)
    follows, taken = told(cast.other_preparer)
    assert "Huyện uỷ B" in follows and "Huyện uỷ A" in follows
    assert period.title in taken
    assert Notice.objects.filter(user=cast.other_preparer).latest("pk").url == f"/bao-cao/{report.pk}/"


def test_a_choice_made_later_tells_those_it_moves_only(cast: Cast) -> None:
    change = split()
    confirm(change, Choices(), actor=cast.administrator, at=NOW)
    seat = Membership.objects.get(user=cast.preparer)
    settle(change, Choices(seats={seat.pk: "xa-1"}), actor=cast.administrator, at=LATER)
    assert len(told(cast.preparer)) == 2 and "Đảng uỷ xa-1" in told(cast.preparer)[1]
    assert len(told(cast.sender)) == 1


def test_undoing_is_told_to_all_whom_the_change_touched(cast: Cast) -> None:
    change = split()
    confirm(change, Choices(), actor=cast.administrator, at=NOW)
    take_back(change, actor=cast.administrator, at=LATER)
    assert "Sắp xếp" in told(cast.preparer)[-1]


def test_each_person_is_told_in_his_own_language(cast: Cast) -> None:
    guest = make_user("guest", cast.district, Role.PREPARER, language="en")
    with translation.override("vi"):
        confirm(split(), Choices(), actor=cast.administrator, at=NOW)
    assert "is followed by" in told(guest)[0]


def test_a_change_that_is_refused_tells_nobody(cast: Cast) -> None:
    make_period(bodies=[make_body("hu-a")], data_to=date(2025, 12, 31))
    change = draw_up(("hu-a", "hu-a", "absorb"))
    with pytest.raises(ChangeRefused):
        confirm(change, Choices(), actor=cast.administrator, at=NOW)
    assert not Notice.objects.exists()
