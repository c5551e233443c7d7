"""Sessions: seen by their owner, ended from anywhere, over after a working day, and never the same before and after."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from pytest_django.fixtures import Settings

from plan_tracker.accounts.models import Session, User
from plan_tracker.accounts.sessions import SessionStore
from plan_tracker.audit.models import Entry
from tests.people import PASSWORD, make_user

SIGN_IN, PAGE, END = "/tai-khoan/dang-nhap/", "/tai-khoan/", "/tai-khoan/phien/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    """A clerk."""
    return make_user("vanthu")


def come_in(user: User, address: str = "10.0.0.7") -> Client:
    """Sign in with the form, as a browser somewhere does."""
    client = Client(REMOTE_ADDR=address, HTTP_USER_AGENT=FIREFOX)
    assert client.post(SIGN_IN, {"username": user.username, "password": PASSWORD}).status_code == 302
    return client


def test_the_page_says_where_since_when_and_with_what(clerk: User) -> None:
    come_in(clerk, "10.9.8.7")
    html = come_in(clerk).get(PAGE).content.decode()
    for piece in ("10.9.8.7", "10.0.0.7", "Firefox · Linux", "phiên này"):
        assert piece in html


def test_the_page_gives_no_key_away(clerk: User) -> None:
    html = come_in(clerk).get(PAGE).content.decode()
    assert not [row for row in Session.objects.all() if row.session_key in html]


def test_an_ended_session_is_over_on_its_next_page(clerk: User) -> None:
    there, here = come_in(clerk, "10.9.8.7"), come_in(clerk)
    row = Session.objects.get(address="10.9.8.7")
    here.post(END, {"session": row.handle})
    assert there.get(PAGE).status_code == 302
    assert here.get(PAGE).status_code == 200


def test_all_others_end_together(clerk: User) -> None:
    others = [come_in(clerk), come_in(clerk)]
    here = come_in(clerk)
    here.post(END, {"session": "others"})
    assert [other.get(PAGE).status_code for other in others] == [302, 302]
    assert Entry.objects.filter(action="session_ended", actor="vanthu").count() == 2


def test_nobody_ends_the_session_of_somebody_else(clerk: User) -> None:
    there = come_in(clerk)
    handle = Session.objects.get(user=clerk).handle
    come_in(make_user("khac")).post(END, {"session": handle})
    assert there.get(PAGE).status_code == 200


def test_a_session_ends_after_a_working_day_however_busy(clerk: User, settings: Settings) -> None:
    client = come_in(clerk)
    session = client.session
    session["started"] -= settings.SESSION_COOKIE_AGE + 1
    session.save()
    assert client.get(PAGE).status_code == 302


def test_a_new_password_ends_the_other_sessions(clerk: User) -> None:
    there, here = come_in(clerk), come_in(clerk)
    new = "mot cau khac that dai"
    here.post("/tai-khoan/mat-khau/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert there.get(PAGE).status_code == 302
    assert here.get(PAGE).status_code == 200
    assert Session.objects.filter(user=clerk).count() == 1


def test_the_key_changes_at_sign_in_and_is_gone_after_sign_out(clerk: User) -> None:
    client = Client()
    client.get(SIGN_IN)
    before = client.session.session_key
    client.post(SIGN_IN, {"username": "vanthu", "password": PASSWORD})
    inside = client.session.session_key
    assert inside not in {None, before}
    client.post("/tai-khoan/dang-xuat/")
    assert not SessionStore().exists(inside)


def test_closing_an_account_and_taking_a_role_count_on_the_next_page(clerk: User) -> None:
    client = come_in(clerk)
    User.objects.filter(pk=clerk.pk).update(is_staff=True, is_superuser=True)
    assert client.get("/nhat-ky/").status_code == 200
    User.objects.filter(pk=clerk.pk).update(is_staff=False, is_superuser=False)
    assert client.get("/nhat-ky/").status_code == 403
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert client.get(PAGE).status_code == 302


def test_a_password_set_by_another_process_ends_the_session(clerk: User) -> None:
    client = come_in(clerk)
    User.objects.filter(pk=clerk.pk).update(password=make_password("mot cau khac that dai"))
    assert client.get(PAGE).status_code == 302


def test_coming_in_and_out_and_failing_leave_entries_with_the_address(clerk: User) -> None:
    come_in(clerk).post("/tai-khoan/dang-xuat/")
    Client(REMOTE_ADDR="10.0.0.8").post(SIGN_IN, {"username": "vanthu", "password": "wrong"})
    told = list(Entry.objects.exclude(action__in=("created", "changed")).values_list("action", "actor", "note"))
    assert told == [("sign_in_failed", "", "vanthu"), ("signed_out", "vanthu", ""), ("signed_in", "vanthu", "")]
    assert Entry.objects.filter(address="10.0.0.8").exists()
