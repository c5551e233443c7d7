"""The language of a page is the user's own choice, Vietnamese at first, never the browser's wish."""

from __future__ import annotations

import pytest
from django.test import Client

from plan_tracker.accounts.models import User

SIGN_IN = "/tai-khoan/dang-nhap/"
SWITCH = "/tai-khoan/ngon-ngu/"

pytestmark = pytest.mark.django_db


def language_of(client: Client, path: str = SIGN_IN, **headers: str) -> str:
    """Return the language that a page says it is in."""
    return client.get(path, headers=headers)["Content-Language"]


def test_a_first_visit_is_in_vietnamese_whatever_the_browser_wishes(client: Client) -> None:
    answer = client.get(SIGN_IN, headers={"accept-language": "en-US,en;q=0.9"})
    assert answer["Content-Language"] == "vi"
    assert '<html lang="vi">' in answer.content.decode()


def test_the_switch_keeps_the_choice_in_a_cookie(client: Client) -> None:
    answer = client.post(SWITCH, {"language": "en", "next": SIGN_IN})
    assert answer["Location"] == SIGN_IN
    assert language_of(client) == "en"


def test_the_switch_keeps_the_choice_in_the_account(client: Client) -> None:
    user = User.objects.create_user("vanthu", full_name="Văn thư")
    client.force_login(user)
    client.post(SWITCH, {"language": "en"})
    user.refresh_from_db()
    assert user.language == "en"


def test_the_account_brings_its_language_to_a_new_browser(client: Client) -> None:
    client.force_login(User.objects.create_user("vanthu", full_name="Văn thư", language="en"))
    assert language_of(client, "/tai-khoan/mat-khau/") == "en"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    client.post(SWITCH, {"language": "xx"})
    assert language_of(client) == "vi"


def test_the_switch_never_leads_to_another_site(client: Client) -> None:
    assert client.post(SWITCH, {"language": "en", "next": "//example.com/"})["Location"] == "/"


def test_a_link_changes_no_language(client: Client) -> None:
    assert client.get(SWITCH).status_code == 405
