"""Signing in and out: the way in, the sentence for a wrong password, the lock after five, and the safe way on."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from plan_tracker.accounts.models import User

PASSWORD = "mot cau ngan de nho"
SIGN_IN = "/tai-khoan/dang-nhap/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _first_page(settings: Settings) -> None:
    """Lead to an address, so that these tests ask nothing of the page that stands there."""
    settings.LOGIN_REDIRECT_URL = "/"


@pytest.fixture
def clerk() -> User:
    """An office clerk with an account and no rights."""
    return User.objects.create_user("vanthu", password=PASSWORD, full_name="Văn thư")


def attempt(client: Client, password: str = PASSWORD, **extra: str) -> object:
    """Send the sign-in form."""
    return client.post(SIGN_IN, {"username": "vanthu", "password": password, **extra})


def test_a_stranger_is_led_to_the_sign_in_page(client: Client) -> None:
    answer = client.get("/giao-dien/")
    assert answer.status_code == 302
    assert answer["Location"] == f"{SIGN_IN}?next=/giao-dien/"


def test_the_sign_in_page_warns_of_state_secrets(client: Client) -> None:
    assert "bí mật nhà nước" in client.get(SIGN_IN).content.decode()


def test_the_right_password_leads_to_the_page_asked_for(client: Client, clerk: User) -> None:
    answer = client.post(SIGN_IN, {"username": "vanthu", "password": PASSWORD, "next": "/tai-khoan/mat-khau/"})
    assert answer["Location"] == "/tai-khoan/mat-khau/"
    assert client.session["_auth_user_id"] == str(clerk.pk)


def test_the_way_on_never_leads_to_another_site(client: Client, clerk: User) -> None:
    answer = client.post(SIGN_IN, {"username": "vanthu", "password": PASSWORD, "next": "https://example.com/"})
    assert answer["Location"].startswith("/")


@pytest.mark.parametrize("name", ["vanthu", "nobody"])
def test_a_wrong_password_gets_one_sentence_whoever_asks(client: Client, clerk: User, name: str) -> None:
    client.cookies["django_language"] = "en"
    page = client.post(SIGN_IN, {"username": name, "password": "wrong"}).content.decode()
    assert "The user name or the password is not right." in page
    assert 'role="alert"' in page


def test_the_session_has_a_new_key_after_sign_in(client: Client, clerk: User) -> None:
    client.get(SIGN_IN)
    before = client.session.session_key
    attempt(client)
    assert client.session.session_key != before


def test_sign_out_takes_a_post(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    assert client.get("/tai-khoan/dang-xuat/").status_code == 405
    assert "_auth_user_id" in client.session
    answer = client.post("/tai-khoan/dang-xuat/")
    assert (answer["Location"], answer["Clear-Site-Data"]) == (SIGN_IN, '"cache"')
    assert "_auth_user_id" not in client.session


def test_five_wrong_passwords_close_sign_in_even_for_the_right_one(
    client: Client, clerk: User, settings: Settings
) -> None:
    settings.AXES_ENABLED = True
    assert settings.AXES_COOLOFF_TIME * 60 == 15, "the page says 15 minutes"
    client.cookies["django_language"] = "en"
    for _attempt in range(4):
        assert client.post(SIGN_IN, {"username": "vanthu", "password": "wrong"}).status_code == 200
    locked = client.post(SIGN_IN, {"username": "vanthu", "password": "wrong"})
    assert locked.status_code == 429
    assert "closed for 15 minutes" in locked.content.decode()
    assert client.post(SIGN_IN, {"username": "vanthu", "password": PASSWORD}).status_code == 429


def test_another_name_from_the_same_office_still_signs_in(client: Client, clerk: User, settings: Settings) -> None:
    settings.AXES_ENABLED = True
    for _attempt in range(5):
        client.post(SIGN_IN, {"username": "someone", "password": "wrong"})
    assert client.post(SIGN_IN, {"username": "vanthu", "password": PASSWORD}).status_code == 302


def test_the_administration_signs_in_on_the_same_page(client: Client) -> None:
    answer = client.get(reverse("admin:login"))
    assert answer["Location"] == f"{SIGN_IN}?next=%2Fquan-tri%2F"


def test_to_a_signed_in_clerk_the_administration_is_not_there(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    assert client.get("/quan-tri/", follow=True).status_code == 404


class Counting(MD5PasswordHasher):
    """A hasher that keeps account of its work."""

    done = 0

    def encode(self, password: str, salt: str) -> str:
        """Count, and do it."""
        Counting.done += 1
        return super().encode(password, salt)


def cost(client: Client, name: str) -> tuple[int, int]:
    """Return how many passwords are hashed and how many questions asked for a refused sign-in."""
    Counting.done = 0
    with CaptureQueriesContext(connection) as asked:
        assert client.post(SIGN_IN, {"username": name, "password": "wrong"}).status_code == 200
    assert Counting.done
    return Counting.done, len(asked)


@pytest.mark.parametrize("name", ["vanthu", "dong", "cho"])
def test_a_refused_name_costs_what_an_unknown_one_does(
    client: Client, clerk: User, name: str, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = ["tests.test_sign_in.Counting"]
    User.objects.create_user("dong", password=PASSWORD, full_name="Đóng", is_active=False)
    User.objects.create_user("cho", password=None, full_name="Chờ")
    cost(client, name)
    assert cost(client, name) == cost(client, "nobody")
