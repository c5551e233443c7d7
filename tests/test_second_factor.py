"""The second factor: set up by a code, asked at each sign-in, recovery codes that count once, and no way round it."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django.fixtures import Settings

from plan_tracker.accounts.models import User
from plan_tracker.accounts.password_length import LengthValidator
from plan_tracker.accounts.second_factor import code_now, enrol, has_second_factor, new_key
from plan_tracker.audit.models import Entry
from tests.people import PASSWORD, make_user

SIGN_IN, CODE, PAGE = "/tai-khoan/dang-nhap/", "/tai-khoan/ma-xac-nhan/", "/tai-khoan/xac-thuc/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings: Settings, client: Client) -> None:
    """Ask administrators for their second factor, as a portal in use does."""
    settings.ADMINISTRATORS_NEED_SECOND_FACTOR = True
    client.cookies["django_language"] = "en"


def give_password(client: Client, user: User, **more: str) -> str:
    """Send name and password, and return where that leads."""
    answer = client.post(SIGN_IN, {"username": user.username, "password": PASSWORD, **more})
    return answer.headers.get("Location", "")


def with_app(user: User) -> tuple[str, list[str]]:
    """Set the app up, make its code usable again at once, and return its key and the recovery codes."""
    key = new_key()
    codes = enrol(user, key, code_now(key))
    assert codes is not None
    TOTPDevice.objects.filter(user=user).update(last_t=-1)
    return key, codes


def test_an_administrator_without_one_sets_it_up_before_anything_else(client: Client) -> None:
    administrator = make_user("quan_tri", is_staff=True)
    give_password(client, administrator)
    for path in ("/", "/quan-tri/", "/nhat-ky/"):
        assert client.get(path)["Location"] == PAGE
    html = client.get(PAGE).content.decode()
    assert "<svg" in html
    key = client.session["second_factor_key"]
    assert client.post(PAGE, {"code": "000000"}).status_code == 200
    assert not has_second_factor(administrator)
    codes = client.post(PAGE, {"code": code_now(key)}).content.decode()
    assert len(re.findall(r">[a-z2-7]{4}-[a-z2-7]{4}<", codes)) == 10
    assert client.get("/quan-tri/").status_code == 200


def test_password_and_code_together_open_the_portal(client: Client) -> None:
    user = make_user("can_bo")
    key, _codes = with_app(user)
    assert give_password(client, user, next="/tai-khoan/") == CODE
    assert client.get("/tai-khoan/").status_code == 302, "the password alone opens nothing"
    answer = client.post(CODE, {"code": code_now(key)})
    assert answer["Location"] == "/tai-khoan/"
    assert client.get("/tai-khoan/").status_code == 200


def test_a_code_counts_once(client: Client) -> None:
    user = make_user("can_bo")
    key, _codes = with_app(user)
    code = code_now(key)
    give_password(client, user)
    client.post(CODE, {"code": code})
    again = Client()
    give_password(again, user)
    assert again.post(CODE, {"code": code}).status_code == 200
    assert "_auth_user_id" not in again.session


def test_a_recovery_code_opens_the_portal_once(client: Client) -> None:
    user = make_user("can_bo")
    _key, codes = with_app(user)
    give_password(client, user)
    assert client.post(CODE, {"code": codes[0].upper()}).status_code == 302
    again = Client()
    give_password(again, user)
    assert again.post(CODE, {"code": codes[0]}).status_code == 200
    assert StaticDevice.objects.get().token_set.count() == 9


def test_the_code_that_set_the_app_up_does_not_open_the_door(client: Client) -> None:
    user, key = make_user("can_bo"), new_key()
    code = code_now(key)
    assert enrol(user, key, code) is not None
    give_password(client, user)
    assert client.post(CODE, {"code": code}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_password_that_was_changed_meanwhile_is_no_half_of_a_sign_in(client: Client) -> None:
    user = make_user("can_bo")
    key, _codes = with_app(user)
    give_password(client, user)
    user.set_password("mot-mat-khau-khac-han")
    user.save()
    assert client.post(CODE, {"code": code_now(key)})["Location"] == SIGN_IN
    assert "_auth_user_id" not in client.session


def test_new_recovery_codes_want_the_password(client: Client) -> None:
    user = make_user("can_bo")
    with_app(user)
    client.force_login(user)
    before = set(StaticDevice.objects.get().token_set.values_list("token", flat=True))
    for given in ({}, {"password": "wrong"}):
        client.post(PAGE, {"codes": "1", **given})
        assert set(StaticDevice.objects.get().token_set.values_list("token", flat=True)) == before
    shown = client.post(PAGE, {"codes": "1", "password": PASSWORD}).content.decode()
    assert len(re.findall(r">[a-z2-7]{4}-[a-z2-7]{4}<", shown)) == 10
    assert has_second_factor(user)


def test_five_wrong_codes_lead_back_to_the_password(client: Client) -> None:
    user = make_user("can_bo")
    with_app(user)
    give_password(client, user)
    for _attempt in range(4):
        assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert client.post(CODE, {"code": "000000"})["Location"] == SIGN_IN
    assert client.get(CODE)["Location"] == SIGN_IN
    assert TOTPDevice.objects.get().throttling_failure_count > 0


def test_without_the_password_nobody_is_asked_for_a_code(client: Client) -> None:
    assert client.get(CODE)["Location"] == SIGN_IN


def test_who_becomes_administrator_proves_it_on_the_next_page(client: Client) -> None:
    user = make_user("can_bo")
    key, _codes = with_app(user)
    client.force_login(user)
    assert client.get("/tai-khoan/").status_code == 200
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    assert client.get("/quan-tri/")["Location"] == PAGE
    assert client.post(PAGE, {"codes": "1"}).status_code == 200
    assert StaticDevice.objects.get().token_set.count() == 10
    client.post(PAGE, {"code": code_now(key)})
    assert client.get("/quan-tri/").status_code == 200


def test_eight_characters_are_enough_only_beside_a_second_factor() -> None:
    user = make_user("can_bo")
    with pytest.raises(ValidationError, match="14"):
        LengthValidator().validate("tam-ky-tu", user)
    with_app(user)
    LengthValidator().validate("tam-ky-t", user)
    with pytest.raises(ValidationError, match="8"):
        LengthValidator().validate("bay-kyt", user)


def test_it_is_taken_away_with_the_password_but_not_from_administrators(client: Client) -> None:
    user = make_user("can_bo")
    with_app(user)
    client.force_login(user)
    client.post(PAGE, {"remove": "1", "password": "wrong"})
    assert has_second_factor(user)
    client.post(PAGE, {"remove": "1", "password": PASSWORD})
    assert not has_second_factor(user)


def test_the_secret_and_the_codes_are_in_no_entry_of_the_trail() -> None:
    key, codes = with_app(make_user("can_bo"))
    told = "".join(Entry.objects.values_list("new", flat=True))
    assert "otp_totp_totpdevice" in set(Entry.objects.values_list("table", flat=True))
    assert key not in told
    assert not [code for code in codes if code.replace("-", "") in told]
