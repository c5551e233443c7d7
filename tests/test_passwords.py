"""Changing a password, and the change that somebody else's password asks for."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from plan_tracker.accounts.models import User

OLD = "mot cau ngan de nho"
NEW = "mot cau khac dai hon"
PAGE = "/tai-khoan/mat-khau/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _first_page(settings: Settings) -> None:
    """Lead to an address, so that these tests ask nothing of the page that stands there."""
    settings.LOGIN_REDIRECT_URL = "/"


@pytest.fixture
def clerk(client: Client) -> User:
    """A signed-in clerk."""
    user = User.objects.create_user("vanthu", password=OLD, full_name="Văn thư")
    client.force_login(user)
    return user


def change(client: Client, old: str = OLD, new: str = NEW, again: str = NEW) -> str:
    """Send the form in English and return where it leads, or the page that it gives back."""
    client.cookies["django_language"] = "en"
    answer = client.post(PAGE, {"old_password": old, "new_password1": new, "new_password2": again})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def test_a_new_password_works_and_the_session_goes_on(client: Client, clerk: User) -> None:
    assert change(client).startswith("/")
    clerk.refresh_from_db()
    assert clerk.check_password(NEW)
    assert client.get(PAGE).status_code == 200


def test_a_change_ends_the_other_sessions(client: Client, clerk: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(clerk)
    change(client)
    assert elsewhere.get(PAGE).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("wrong", NEW, NEW, "The password used so far is not right."),
        (OLD, NEW, NEW + "x", "The two new passwords differ."),
        (OLD, "", "", "Please fill this in."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    client: Client, clerk: User, old: str, new: str, again: str, sentence: str
) -> None:
    assert sentence in change(client, old, new, again)


def test_a_short_password_is_refused(client: Client, clerk: User) -> None:
    change(client, new="ngan", again="ngan")
    clerk.refresh_from_db()
    assert clerk.check_password(OLD)


def test_who_must_change_sees_nothing_else_first(client: Client, clerk: User) -> None:
    User.objects.filter(pk=clerk.pk).update(must_change_password=True)
    assert client.get("/giao-dien/")["Location"] == PAGE
    assert client.get("/quan-tri/")["Location"] == PAGE
    assert client.get(PAGE).status_code == 200


def test_after_the_forced_change_the_portal_is_open(client: Client, clerk: User) -> None:
    User.objects.filter(pk=clerk.pk).update(must_change_password=True)
    change(client)
    clerk.refresh_from_db()
    assert not clerk.must_change_password


def test_who_must_change_may_still_leave(client: Client, clerk: User) -> None:
    User.objects.filter(pk=clerk.pk).update(must_change_password=True)
    assert client.post("/tai-khoan/dang-xuat/")["Location"] == "/tai-khoan/dang-nhap/"


def test_guesses_at_the_old_password_are_counted_as_at_sign_in(client: Client, clerk: User, settings: Settings) -> None:
    settings.AXES_ENABLED = True
    for number in range(5):
        change(client, f"guess {number}")
    change(client)
    clerk.refresh_from_db()
    assert clerk.check_password(OLD)
