"""Who may lend which role to whom, and how a delegation is made and ended."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from plan_tracker.accounts.models import User
from tasks.models import Delegation, Membership
from tasks.models.delegations import DELEGABLE
from tasks.permissions import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_DAYS = 366


def memberships_to_lend(standing: Standing, *, on: date) -> QuerySet[Membership]:
    """Return the memberships that this person may lend: the own ones, for an administrator everybody's."""
    rows = Membership.objects.current(on=on).filter(role__in=DELEGABLE, user__is_active=True)
    rows = rows if standing.is_administrator else rows.filter(user_id=standing.user_id or 0)
    return rows.select_related("user", "body").order_by("body__order", "role", "user__full_name")


def colleagues(standing: Standing, *, on: date) -> QuerySet[User]:
    """Return who may act: whoever works at one of the person's bodies, for an administrator everybody who works."""
    rows = Membership.objects.current(on=on)
    if not standing.is_administrator:
        rows = rows.filter(body_id__in=[seat.body.pk for seat in standing.seats if not seat.on_behalf_of])
    people = User.objects.filter(pk__in=rows.values("user_id"), is_active=True).exclude(is_staff=True)
    return people.exclude(pk=0 if standing.is_administrator else standing.user_id or 0).order_by("full_name")


def delegations_visible_to(standing: Standing) -> QuerySet[Delegation]:
    """Return what was lent by or to this person, for an administrator everything."""
    rows = Delegation.objects.select_related("membership__user", "membership__body", "receiver")
    if standing.is_administrator:
        return rows
    return rows.filter(Q(membership__user_id=standing.user_id) | Q(receiver_id=standing.user_id))


def faults_of(asked: Mapping[str, object], *, on: date) -> dict[str, str]:
    """Return what is wrong with a delegation that somebody asks for, by field."""
    first, last = asked.get("starts_on"), asked.get("ends_on")
    membership, receiver = asked.get("membership"), asked.get("receiver")
    found: dict[str, str] = {}
    if isinstance(first, date) and isinstance(last, date):
        if last < first:
            found["ends_on"] = _("The last day lies before the first.")
        elif last < on:
            found["ends_on"] = _("This day has passed already.")
        elif (last - first).days > LONGEST_DAYS:
            found["ends_on"] = _("A delegation lasts a year at most.")
    if isinstance(membership, Membership) and isinstance(receiver, User):
        if membership.user_id == receiver.pk:
            found["receiver"] = _("Nobody acts on behalf of himself.")
        elif not Membership.objects.current(on=on).filter(user=receiver, body=membership.body).exists():
            found["receiver"] = _("This person does not work at the same body.")
    return found


def may_end(standing: Standing, delegation: Delegation) -> bool:
    """Return whether the person may take a delegation back: who gave it, or an administrator."""
    return standing.is_administrator or delegation.membership.user_id == standing.user_id


def end(delegation: Delegation, *, at: datetime) -> None:
    """End a delegation now; its days stay as they were entered."""
    if delegation.ended_at is None:
        delegation.ended_at = at
        delegation.save(update_fields=["ended_at"])
