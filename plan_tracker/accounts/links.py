"""One-time links: how they are made, sent or printed, and used once for choosing a password."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import partial

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from plan_tracker.accounts.choices import LinkPurpose
from plan_tracker.accounts.entrance import end_sessions
from plan_tracker.accounts.models import OneTimeLink, Session, User
from plan_tracker.audit.choices import Action
from plan_tracker.audit.recording import record
from plan_tracker.jobs.kinds import JobRefusedError, Outcome, Progress, Rest
from plan_tracker.jobs.models import Job
from plan_tracker.jobs.queue import ask

BYTES = 32
LASTS = {LinkPurpose.FIRST: timedelta(days=7), LinkPurpose.FORGOTTEN: timedelta(hours=2)}
# Who asks again at once is answered the same, and no second letter is written.
PAUSE = timedelta(minutes=5)
# Stands in an address where the token comes.
PLACE = "TOKEN"


def digest_of(token: str) -> str:
    """Return what is stored of a token: it is as random as a key, so that one quick hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_link(user: User, purpose: LinkPurpose, *, by: User | None, at: datetime) -> tuple[str, OneTimeLink]:
    """Return a new token and its row; links that were made before for this account end."""
    OneTimeLink.objects.filter(user=user, used_at=None, expires_at__gt=at).update(expires_at=at)
    token = secrets.token_urlsafe(BYTES)
    link = OneTimeLink.objects.create(
        user=user, purpose=purpose, digest=digest_of(token), made_at=at, made_by=by, expires_at=at + LASTS[purpose]
    )
    return token, link


def purpose_for(user: User) -> LinkPurpose:
    """Return whether the account never had a password or lost one."""
    return LinkPurpose.FORGOTTEN if user.has_usable_password() and user.last_login else LinkPurpose.FIRST


def address_of(request: HttpRequest, token: str) -> str:
    """Return the whole address that a person opens."""
    return request.build_absolute_uri(reverse("accounts:link", args=[token]))


def valid_link(token: str, *, at: datetime, lock: bool = False) -> OneTimeLink | None:
    """Return the link that a token opens now; None where it is unknown, used or too old, or the account is closed."""
    rows = OneTimeLink.objects.select_for_update(of=("self",)) if lock else OneTimeLink.objects.all()
    fits = rows.filter(digest=digest_of(token), used_at=None, expires_at__gt=at, user__is_active=True)
    return fits.select_related("user").first()


@transaction.atomic
def use_link(token: str, password: str, *, at: datetime) -> bool:
    """Set the password of the link's account and end its sessions; say whether the link was still good."""
    link = valid_link(token, at=at, lock=True)
    if link is None:
        return False
    user = link.user
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    link.used_at = at
    link.save(update_fields=["used_at"])
    end_sessions(Session.objects.filter(user=user), note=_("a new password was chosen"))
    return True


@transaction.atomic
def send_forgotten(request: HttpRequest, who: str, *, at: datetime) -> None:
    """Have a letter written to the account that is meant, if there is one with an address; nobody learns whether.

    The letter itself is written by a worker: how long the mail server takes would tell who has an account. So would
    the row of the job; where there is nobody to write to, one is made as well and taken back.
    """
    user = User.objects.filter(Q(username=who) | Q(email__iexact=who), is_active=True).exclude(email="").first()
    record(Action.LINK_ASKED, note=who[:150])
    is_meant = user is not None and not OneTimeLink.objects.filter(user=user, made_at__gt=at - PAUSE).exists()
    owner = user or User.objects.order_by("pk").first()
    if owner is None:
        return
    # The link is made when the letter is: nothing that opens an account waits in a queue.
    place = address_of(request, PLACE)
    with override(owner.language), transaction.atomic():
        ask("password-link", _("Letter with a link"), owner=owner, at=at, arguments={"address": place}, is_shown=False)
        transaction.set_rollback(not is_meant)


def write_letter(job: Job, progress: Progress) -> Rest:
    """Make a link and send it to the owner of the job, in the language of the account; the work of a long job."""
    return partial(_write_letter, job)


def _write_letter(job: Job) -> Outcome:
    user = User.objects.get(pk=job.owner_id)
    if not user.is_active or OneTimeLink.objects.filter(user=user, made_at__gt=job.asked_at).exists():
        return Outcome("")
    token, link = make_link(user, purpose_for(user), by=None, at=timezone.now())
    with override(user.language):
        context = {"user": user, "address": str(job.arguments["address"]).replace(PLACE, token), "link": link}
        try:
            send_mail(
                _("Choose your password for the portal"),
                render_to_string("accounts/link_letter.txt", context),
                None,
                [user.email],
            )
        except OSError as error:
            raise JobRefusedError(_("The mail server refused the letter or was not reached.")) from error
    return Outcome("")
