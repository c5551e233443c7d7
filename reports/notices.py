"""Messages to people: who is told, in whose language, and where the message leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import override

from plan_tracker.accounts.models import User
from plan_tracker.jobs.models import Job
from reports.models import Notice
from tasks.choices import Role
from tasks.models import Membership
from tasks.permissions import WRITERS
from tasks.querysets import MembershipQuerySet

LONGEST = int(Notice._meta.get_field("text").max_length or 500)
Sentence = Callable[[], str]


def members_of(bodies: Iterable[int], *, on: date, roles: Iterable[Role] = WRITERS) -> list[User]:
    """Return the active people who hold one of the roles at one of the bodies (by primary key) on a day."""
    return list(
        User.objects.filter(is_active=True, pk__in=_holders(roles, on).filter(body_id__in=list(bodies)).values("user"))
    )


def reviewers(*, on: date) -> list[User]:
    """Return the active reviewers at the body that draws up the summary."""
    holders = _holders((Role.REVIEWER,), on).filter(body__is_summarizer=True)
    return list(User.objects.filter(is_active=True, pk__in=holders.values("user")))


def leaders(*, on: date) -> list[User]:
    """Return the active people who lead the body that draws up the summary."""
    holders = _holders((Role.LEADER,), on).filter(body__is_summarizer=True)
    return list(User.objects.filter(is_active=True, pk__in=holders.values("user")))


def viewers(*, on: date) -> list[User]:
    """Return the active people who read what was issued."""
    return list(User.objects.filter(is_active=True, pk__in=_holders((Role.VIEWER,), on).values("user")))


def tell(people: Iterable[User], sentence: Sentence, *, url: str, at: datetime, is_demo: bool) -> None:
    """Leave each person a message in the person's own language."""
    said: dict[str, str] = {}
    rows: list[Notice] = []
    for person in people:
        if person.language not in said:
            with override(person.language):
                said[person.language] = sentence()
        text = said[person.language]
        rows.append(Notice(user=person, text=text, url=url, created_at=at, is_demo=is_demo))
    Notice.objects.bulk_create(rows)


def tell_of_job(job: Job, *, at: datetime) -> None:
    """Tell whoever asked for a long job that it is over."""
    url = reverse("jobs:job_detail", args=[job.pk])
    person = User.objects.get(pk=job.owner_id)
    tell([person], lambda: f"{job.title}: {job.told}"[:LONGEST], url=url, at=at, is_demo=person.is_demo)


def _holders(roles: Iterable[Role], on: date) -> MembershipQuerySet:
    return Membership.objects.current(on=on).filter(role__in=list(roles))
