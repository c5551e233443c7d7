"""The idle lock: the password is asked after a quiet time, nothing that was typed is lost, and nobody else gets it."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from plan_tracker.accounts.models import User
from tests.people import PASSWORD, make_user

UNLOCK = "/tai-khoan/mo-khoa/"
PAGE = "/tai-khoan/"
FORM = "/tai-khoan/ngon-ngu/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client: Client) -> User:
    """A clerk who is signed in."""
    user = make_user("vanthu")
    client.force_login(user)
    return user


def wait(client: Client, minutes: float) -> None:
    """Let the session have been quiet for some minutes."""
    session = client.session
    session["seen"] -= int(minutes * 60)
    session.save()


def test_a_quarter_of_an_hour_locks_the_screen(client: Client, clerk: User) -> None:
    wait(client, 14.5)
    assert client.get(PAGE).status_code == 200
    wait(client, 15.5)
    assert client.get(f"{PAGE}?a=1")["Location"] == f"{UNLOCK}?next=%2Ftai-khoan%2F%3Fa%3D1"


def test_an_administrator_s_screen_locks_after_five_minutes(client: Client) -> None:
    client.force_login(make_user("quan_tri", is_staff=True))
    wait(client, 5.5)
    assert client.get("/quan-tri/")["Location"].startswith(UNLOCK)


def test_every_page_that_is_opened_puts_the_lock_off(client: Client, clerk: User) -> None:
    for _visit in range(3):
        wait(client, 10)
        assert client.get(PAGE).status_code == 200


def test_typing_puts_the_lock_off_too(client: Client, clerk: User) -> None:
    wait(client, 10)
    assert client.get("/tai-khoan/con-day/").status_code == 204
    wait(client, 10)
    assert client.get(PAGE).status_code == 200


def test_the_password_unlocks_and_leads_back(client: Client, clerk: User) -> None:
    wait(client, 20)
    assert client.post(UNLOCK, {"password": "wrong", "next": PAGE}).status_code == 200
    assert client.get(PAGE).status_code == 302
    assert client.post(UNLOCK, {"password": PASSWORD, "next": PAGE})["Location"] == PAGE
    assert client.get(PAGE).status_code == 200


def test_unlocking_leads_to_no_other_site(client: Client, clerk: User) -> None:
    wait(client, 20)
    assert client.post(UNLOCK, {"password": PASSWORD, "next": "//example.com/"})["Location"] == "/"


def test_a_form_sent_to_a_locked_screen_is_sent_again_after_unlocking(client: Client, clerk: User) -> None:
    wait(client, 20)
    data = {
        "old_password": PASSWORD,
        "new_password1": "mot cau khac that dai",
        "new_password2": "mot cau khac that dai",
    }
    assert client.post("/tai-khoan/mat-khau/", data)["Location"].startswith(UNLOCK)
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD), "nothing happens while the screen is locked"
    back = client.post(UNLOCK, {"password": PASSWORD, "next": "/tai-khoan/mat-khau/"})["Location"]
    client.get(back)
    clerk.refresh_from_db()
    assert clerk.check_password("mot cau khac that dai")


def test_somebody_else_who_signs_in_does_not_send_it(client: Client, clerk: User) -> None:
    other = make_user("khac")
    wait(client, 20)
    data = {
        "old_password": PASSWORD,
        "new_password1": "mot cau khac that dai",
        "new_password2": "mot cau khac that dai",
    }
    client.post("/tai-khoan/mat-khau/", data)
    client.post("/tai-khoan/dang-xuat/")
    client.force_login(other)
    client.get("/tai-khoan/mat-khau/")
    for user in (clerk, other):
        user.refresh_from_db()
        assert user.check_password(PASSWORD)


def test_a_page_that_saves_by_itself_is_told_and_keeps_its_text(client: Client, clerk: User) -> None:
    wait(client, 20)
    assert client.post(FORM, {"language": "en"}).status_code == 302
    answer = client.post("/tai-khoan/mat-khau/", {}, headers={"HX-Request": "true"})
    assert answer.status_code == 401


def test_a_locked_person_may_leave(client: Client, clerk: User) -> None:
    wait(client, 20)
    assert client.post("/tai-khoan/dang-xuat/")["Location"] == "/tai-khoan/dang-nhap/"


def test_five_wrong_passwords_close_the_lock_too(client: Client, clerk: User, settings: Settings) -> None:
    settings.AXES_ENABLED = True
    wait(client, 20)
    for _attempt in range(4):
        client.post(UNLOCK, {"password": "wrong"})
    assert client.post(UNLOCK, {"password": "wrong"}).status_code == 429
