"""The demonstration accounts: one for each role, and a preparer and a sender for every body that reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from plan_tracker.accounts.models import User
from plan_tracker.accounts.second_factor import code_now, give, key_of, new_key, written
from tasks.choices import BodyKind, Role
from tasks.models import Body, Membership

PASSWORD = "minh-hoa-dai-doan-ket"  # noqa: S105 - printed for everybody; the accounts exist only with the demonstration
SINCE = date(2024, 1, 1)
OFFICE_SUFFIX = "-vp"
SHOWN = (
    "quantri",
    "quantri2",
    "chuyenvien",
    "chuyenvien2",
    "lanhdao",
    "thuongvu",
    "hu-chi-lang",
    "hu-chi-lang-vp",
    "mttq-tinh",
    "mttq-tinh-vp",
)


@dataclass(frozen=True)
class Part:
    """An account to make: how it signs in, what stands beside its name, where it sits and with which role."""

    username: str
    full_name: str
    body: Body | None
    role: Role | None
    is_staff: bool = False


def leading_parts() -> list[Part]:
    """Return the accounts of the province: two administrators, two reviewers, leader and viewer."""
    summarizer = Body.objects.filter(is_summarizer=True).earliest("order")
    standing_committee = Body.objects.get(kind=BodyKind.STANDING_COMMITTEE)
    return [
        Part("quantri", "Quản trị (minh hoạ)", None, None, is_staff=True),
        Part("quantri2", "Quản trị thứ hai (minh hoạ)", None, None, is_staff=True),
        Part("chuyenvien", "Chuyên viên tổng hợp (minh hoạ)", summarizer, Role.REVIEWER),
        Part("chuyenvien2", "Chuyên viên theo dõi (minh hoạ)", summarizer, Role.REVIEWER),
        Part("lanhdao", "Lãnh đạo ban (minh hoạ)", summarizer, Role.LEADER),
        Part("thuongvu", "Người xem (minh hoạ)", standing_committee, Role.VIEWER),
    ]


def body_parts(bodies: list[Body]) -> list[Part]:
    """Return a preparer and a sender for each body; the user name is the body's code."""
    parts = []
    for body in bodies:
        parts.append(Part(body.code, f"Người lập báo cáo · {body.short_name} (minh hoạ)", body, Role.PREPARER))
        parts.append(
            Part(f"{body.code}{OFFICE_SUFFIX}", f"Văn phòng · {body.short_name} (minh hoạ)", body, Role.SENDER)
        )
    return parts


def make_cast(bodies: list[Body]) -> dict[str, User]:
    """Make the accounts with their memberships; one password, hashed once. Keyed by user name."""
    hashed = make_password(PASSWORD)
    cast: dict[str, User] = {}
    for part in (*leading_parts(), *body_parts(bodies)):
        user = User.objects.create(
            username=part.username,
            full_name=part.full_name,
            password=hashed,
            is_staff=part.is_staff,
            is_superuser=part.is_staff,
            is_demo=True,
        )
        if part.body is not None and part.role is not None:
            Membership.objects.create(user=user, body=part.body, role=part.role, starts_on=SINCE)
        if part.is_staff:
            give(user, new_key())
        cast[part.username] = user
    return cast


def codes_to_print() -> list[tuple[str, str, str]]:
    """Return user name, secret for an app and code of this moment of the demonstration's administrators."""
    found = [(user, key_of(user)) for user in User.objects.filter(is_demo=True, is_staff=True)]
    return [(user.username, written(key), code_now(key)) for user, key in found if key]


def accounts_to_print() -> list[tuple[str, str]]:
    """Return user name and description of the accounts a visitor should try first."""
    place = {name: number for number, name in enumerate(SHOWN)}
    rows = User.objects.filter(is_demo=True, username__in=SHOWN).values_list("username", "full_name")
    return sorted(rows, key=lambda row: place[row[0]])
