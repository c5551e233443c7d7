"""The cast of the tests: one person for each role, at the bodies that the tests know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plan_tracker.accounts.models import User
from tasks.choices import BodyKind, Role
from tasks.models import Body, Membership
from tasks.permissions import Standing, standing_of
from tests.factories import make_body

PASSWORD = "mat-khau-thu-nghiem"
SINCE = date(2020, 1, 1)
TODAY = date(2024, 6, 10)


def make_user(
    username: str,
    body: Body | None = None,
    *roles: Role,
    is_staff: bool = False,
    language: str = "vi",
    is_demo: bool = False,
) -> User:
    """Make an account, with these roles at a body."""
    user = User(
        username=username,
        full_name=username.replace("_", " ").title(),
        is_staff=is_staff,
        is_superuser=is_staff,
        language=language,
        is_demo=is_demo,
    )
    user.set_password(PASSWORD)
    user.save()
    for role in roles:
        assert body is not None
        Membership.objects.create(user=user, body=body, role=role, starts_on=SINCE)
    return user


def standing(user: User, on: date = TODAY) -> Standing:
    """Return who the user is, read afresh."""
    user.__dict__.pop("_standing", None)
    return standing_of(user, on=on)


@dataclass(frozen=True)
class Cast:
    """Everybody: a district with its preparer and sender, another district, the reviewing committee and the rest."""

    district: Body
    other_district: Body
    committee: Body
    standing_committee: Body
    preparer: User
    sender: User
    other_preparer: User
    other_sender: User
    reviewer: User
    second_reviewer: User
    committee_preparer: User
    committee_sender: User
    leader: User
    viewer: User
    administrator: User


def make_cast() -> Cast:
    """Make the cast and its four bodies."""
    district = make_body("hu-a", BodyKind.DISTRICT, name="Huyện uỷ A", symbol="HU")
    other = make_body("hu-b", BodyKind.DISTRICT, name="Huyện uỷ B", symbol="HU")
    committee = make_body("ban-dv", BodyKind.ADVISORY, name="Ban Dân vận Tỉnh uỷ", is_summarizer=True)
    highest = make_body("btv", BodyKind.STANDING_COMMITTEE, name="Ban Thường vụ Tỉnh uỷ")
    return Cast(
        district=district,
        other_district=other,
        committee=committee,
        standing_committee=highest,
        preparer=make_user("preparer", district, Role.PREPARER),
        sender=make_user("sender", district, Role.SENDER),
        other_preparer=make_user("other_preparer", other, Role.PREPARER),
        other_sender=make_user("other_sender", other, Role.SENDER),
        reviewer=make_user("reviewer", committee, Role.REVIEWER),
        second_reviewer=make_user("second_reviewer", committee, Role.REVIEWER),
        committee_preparer=make_user("committee_preparer", committee, Role.PREPARER),
        committee_sender=make_user("committee_sender", committee, Role.SENDER),
        leader=make_user("leader", committee, Role.LEADER),
        viewer=make_user("viewer", highest, Role.VIEWER),
        administrator=make_user("administrator", is_staff=True),
    )
