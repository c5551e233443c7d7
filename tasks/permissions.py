"""Who somebody is in the portal on a day, and what of `tasks` that lets them do; every right hangs on a membership."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from tasks.choices import Role
from tasks.models import Body, Delegation, Membership

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

WRITERS = frozenset({Role.PREPARER, Role.SENDER})


@dataclass(frozen=True)
class Seat:
    """One membership in force: the body and the role."""

    body: Body
    role: Role
    # Who lent it, where it is somebody else's: “thay mặt”.
    on_behalf_of: str = ""


@dataclass(frozen=True)
class Standing:
    """Everything a person may be on one day. Reviewers and leaders count only at the body that draws up the summary."""

    user_id: int | None
    seats: tuple[Seat, ...]
    is_administrator: bool

    def bodies(self, *roles: Role) -> frozenset[int]:
        """Return the primary keys of the bodies where the person holds one of the roles (any, if none is named)."""
        return frozenset(seat.body.pk for seat in self.seats if not roles or seat.role in roles)

    def without_delegations(self) -> Standing:
        """Return what the person is by memberships of his own."""
        return replace(self, seats=tuple(seat for seat in self.seats if not seat.on_behalf_of))

    def lender(self, body_id: int | None) -> str:
        """Return who lent the person a seat at a body, "" where nobody did."""
        lent = (seat.on_behalf_of for seat in self.seats if seat.body.pk == body_id and seat.on_behalf_of)
        return next(lent, "")

    def lender_of_the_summary(self) -> str:
        """Return who lent the person a seat at the body that draws up the summary, "" where nobody did."""
        return next((self.lender(seat.body.pk) for seat in self.seats if seat.body.is_summarizer), "")

    @property
    def own_bodies(self) -> frozenset[int]:
        """Return the bodies whose reports the person writes or sends."""
        return self.bodies(*WRITERS)

    @property
    def is_reviewer(self) -> bool:
        """Return whether the person reviews the reports of others."""
        return any(seat.role == Role.REVIEWER and seat.body.is_summarizer for seat in self.seats)

    @property
    def is_leader(self) -> bool:
        """Return whether the person leads the body that draws up the summary."""
        return any(seat.role == Role.LEADER and seat.body.is_summarizer for seat in self.seats)

    @property
    def is_viewer(self) -> bool:
        """Return whether the person reads what was accepted and issued."""
        return any(seat.role == Role.VIEWER for seat in self.seats)

    @property
    def sees_every_report(self) -> bool:
        """Return whether every body's report is visible, whatever its state."""
        return self.is_reviewer or self.is_leader or self.is_administrator

    @property
    def main_seat(self) -> Seat | None:
        """Return the seat that the page header names: the first one that reviews, leads or reports."""
        ranked = sorted(self.seats, key=lambda seat: (list(Role).index(seat.role), seat.body.order))
        return ranked[0] if ranked else None


NOBODY = Standing(user_id=None, seats=(), is_administrator=False)


def standing_of(user: User | AnonymousUser, *, on: date) -> Standing:
    """Return who the user is on a day; one query, kept on the user object for the length of the request."""
    if user.is_anonymous or not user.is_active:
        return NOBODY
    kept: tuple[date, Standing] | None = getattr(user, "_standing", None)
    if kept is not None and kept[0] == on:
        return kept[1]
    lent = Delegation.objects.in_force(on=on).filter(receiver=user).values("membership_id")
    own_or_lent = Q(user=user) | Q(pk__in=lent, user__is_active=True)
    rows = Membership.objects.current(on=on).filter(own_or_lent).select_related("body", "user")
    seats = tuple(
        Seat(row.body, Role(row.role), "" if row.user_id == user.pk else row.user.get_full_name()) for row in rows
    )
    standing = Standing(user_id=user.pk, seats=seats, is_administrator=user.is_staff)
    user.__dict__["_standing"] = (on, standing)
    return standing


def can_keep_register(standing: Standing, body: Body) -> bool:
    """Return whether the person may write in this body's register of issued documents."""
    return body.pk in standing.own_bodies


def can_edit_plan(standing: Standing) -> bool:
    """Return whether the person may enter the plan's own number and date."""
    return standing.is_administrator


def bodies_read_by(standing: Standing) -> frozenset[int] | None:
    """Return the bodies whose published progress the person reads by name; None means every body.

    Whoever is neither reviewer, leader, viewer nor administrator reads the own body's and, of the others, only counts.
    """
    if standing.sees_every_report or standing.is_viewer:
        return None
    return standing.bodies()
