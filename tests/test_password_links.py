"""One-time links: one use, a while, only a hash kept, and the same answer whoever asks."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plan_tracker.accounts.choices import LinkPurpose
from plan_tracker.accounts.links import make_link
from plan_tracker.accounts.models import OneTimeLink, User
from plan_tracker.jobs.models import Job
from plan_tracker.jobs.working import work
from tests.people import PASSWORD, make_user

ASK = "/tai-khoan/quen-mat-khau/"
NEW = "mot cau khac that dai"

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    """A clerk with an e-mail address."""
    user = make_user("vanthu")
    user.email = "vanthu@example.vn"
    user.save()
    return user


def link_for(user: User) -> str:
    """Return the address of a new link."""
    token, _link = make_link(user, LinkPurpose.FIRST, by=None, at=timezone.now())
    return f"/tai-khoan/lien-ket/{token}/"


def send_what_waits() -> None:
    """Do what a worker does: letters are written beside the pages."""
    work(clock=timezone.now, stop=threading.Event(), pause=0, once=True)


def choose(client: Client, address: str, password: str = NEW) -> int:
    """Send the form of a link and return the status."""
    return client.post(address, {"new_password1": password, "new_password2": password}).status_code


def test_a_link_sets_the_password_once(client: Client, clerk: User) -> None:
    address = link_for(clerk)
    assert client.get(address).status_code == 200
    assert client.get(address).status_code == 200, "looking at it does not use it up"
    assert choose(client, address) == 302
    clerk.refresh_from_db()
    assert clerk.check_password(NEW)
    assert client.get(address).status_code == 410
    assert choose(client, address, "mot cau nua cung dai") == 410


def test_only_its_hash_is_kept(clerk: User) -> None:
    token = link_for(clerk).split("/")[-2]
    link = OneTimeLink.objects.get()
    assert token not in {link.digest, str(link.pk)}
    assert len(link.digest) == 64


def test_it_ends_with_its_time_with_a_newer_one_and_with_the_account(client: Client, clerk: User) -> None:
    old, new = link_for(clerk), link_for(clerk)
    assert client.get(old).status_code == 410
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert client.get(new).status_code == 410
    User.objects.filter(pk=clerk.pk).update(is_active=True)
    OneTimeLink.objects.update(made_at=timezone.now() - timedelta(days=8), expires_at=timezone.now())
    assert client.get(new).status_code == 410


def test_a_short_password_is_refused_and_the_link_still_holds(client: Client, clerk: User) -> None:
    address = link_for(clerk)
    assert choose(client, address, "ngan") == 200
    assert choose(client, address) == 302


def test_a_new_password_ends_the_sessions_of_the_account(client: Client, clerk: User) -> None:
    inside = Client()
    inside.post("/tai-khoan/dang-nhap/", {"username": "vanthu", "password": PASSWORD})
    assert inside.get("/tai-khoan/").status_code == 200
    choose(client, link_for(clerk))
    assert inside.get("/tai-khoan/").status_code == 302


def test_the_letter_holds_the_link(client: Client, clerk: User) -> None:
    client.post(ASK, {"who": "VANTHU@example.vn"})
    assert not mail.outbox
    send_what_waits()
    (letter,) = mail.outbox
    assert letter.to == ["vanthu@example.vn"]
    found = re.search(r"http://testserver(/tai-khoan/lien-ket/\S+)", str(letter.body))
    assert found is not None
    assert client.get(found[1]).status_code == 200


def test_the_answer_is_the_same_for_known_and_unknown_names(client: Client, clerk: User) -> None:
    pages = [client.post(ASK, {"who": who}).content for who in ("vanthu", "nobody", "nobody@example.vn")]
    assert len({re.sub(rb'value="[^"]{64}"', b"", page) for page in pages}) == 1


def test_asking_again_at_once_writes_no_second_letter(client: Client, clerk: User) -> None:
    for _attempt in range(3):
        client.post(ASK, {"who": "vanthu"})
        send_what_waits()
    assert len(mail.outbox) == 1


def test_an_unknown_token_opens_nothing(client: Client) -> None:
    assert client.get("/tai-khoan/lien-ket/khong-co/").status_code == 410


def test_asking_for_a_name_that_nobody_has_costs_the_same(client: Client, clerk: User) -> None:
    def cost(who: str) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            client.post(ASK, {"who": who})
        words = [query["sql"].split()[0] for query in asked]
        return sorted(word for word in words if word in {"SELECT", "INSERT"})

    assert cost("nobody") == cost(clerk.username)
    assert Job.objects.count() == 1
