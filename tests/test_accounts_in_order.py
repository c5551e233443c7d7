"""Accounts in order: who wants attention, the half-yearly review, closing, and printed links."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from plan_tracker.accounts.models import AccountReview, Session, User
from tasks.accounts_in_order import Choice, accounts, conditions, numbers
from tests.pages import signed_in
from tests.people import PASSWORD, Cast, make_user

PAGE, CHANGE = "/nguoi-dung/", "/nguoi-dung/thay-doi/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(cast: Cast) -> Client:
    """The administrator."""
    return signed_in(cast.administrator)


def shown(choice: Choice) -> set[str]:
    """Return the user names that a tab shows."""
    now = timezone.now()
    return {user.username for user in accounts(on=now.date()).filter(conditions(at=now)[choice])}


def test_who_has_not_signed_in_for_45_days_is_named(cast: Cast) -> None:
    ago = timezone.now() - timedelta(days=46)
    User.objects.filter(username="preparer").update(last_login=ago)
    User.objects.filter(username="sender").update(date_joined=ago)
    User.objects.filter(username="viewer").update(last_login=ago + timedelta(days=2), date_joined=ago)
    assert shown(Choice.IDLE) == {"preparer", "sender"}


def test_an_account_is_due_half_a_year_after_its_last_review(cast: Cast, client: Client) -> None:
    User.objects.filter(username__in=["preparer", "sender"]).update(date_joined=timezone.now() - timedelta(days=184))
    assert shown(Choice.REVIEW) == {"preparer", "sender"}
    client.post(CHANGE, {"account": [cast.preparer.pk], "do": "keep"})
    assert shown(Choice.REVIEW) == {"sender"}
    review = AccountReview.objects.get()
    assert (review.user, review.decided_by, review.decision) == (cast.preparer, cast.administrator, "keep")


def test_closing_ends_the_sessions_and_is_recorded_and_can_be_undone(cast: Cast, client: Client) -> None:
    inside = Client()
    inside.post("/tai-khoan/dang-nhap/", {"username": "preparer", "password": PASSWORD})
    assert inside.get("/tai-khoan/").status_code == 200
    client.post(CHANGE, {"account": [cast.preparer.pk], "do": "close"})
    assert inside.get("/tai-khoan/").status_code == 302
    assert not Session.objects.filter(user=cast.preparer).exists()
    assert shown(Choice.CLOSED) == {"preparer"}
    client.post(CHANGE, {"account": [cast.preparer.pk], "do": "open"})
    assert shown(Choice.CLOSED) == set()
    assert AccountReview.objects.count() == 2


def test_nobody_closes_the_own_account(cast: Cast, client: Client) -> None:
    client.post(CHANGE, {"account": [cast.administrator.pk, cast.preparer.pk], "do": "close"})
    assert shown(Choice.CLOSED) == set()


def test_printed_links_set_a_first_password(cast: Cast, client: Client) -> None:
    newcomer = User.objects.create_user("moi", full_name="Cán bộ mới")
    assert shown(Choice.NO_PASSWORD) == {"moi"}
    html = client.post(CHANGE, {"account": [newcomer.pk], "do": "links"}).content.decode()
    found = re.search(r"http://testserver(/tai-khoan/lien-ket/[^<\s]+)", html)
    assert found is not None
    new = "mot cau khac that dai"
    assert Client().post(found[1], {"new_password1": new, "new_password2": new}).status_code == 302
    newcomer.refresh_from_db()
    assert newcomer.check_password(new)


def test_a_search_and_a_page_of_many_ask_few_questions(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        make_user(f"nguoi_{number}")
    with django_assert_max_num_queries(12):
        html = client.get(PAGE, {"q": "nguoi"}).content.decode()
    assert "nguoi_59" in html or "page=2" in html
    assert "preparer" not in html.partition("<tbody>")[2].partition("</tbody>")[0]


def test_every_tab_says_how_many(cast: Cast) -> None:
    now = timezone.now()
    found = numbers(at=now, on=now.date())
    assert found[Choice.ALL] == User.objects.count()
    assert found[Choice.CLOSED] == 0


def test_a_tick_that_means_nothing_does_nothing(client: Client) -> None:
    for keys in ([], ["x"], ["9" * 30], ["999999"]):
        assert client.post(CHANGE, {"account": keys, "do": "close"}).status_code == 302
    assert not AccountReview.objects.exists()
