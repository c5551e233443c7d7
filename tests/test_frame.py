"""The frame of every page: style guide, error pages, a strict content security policy, nothing asked of the context."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.csrf import csrf_failure
from django.views.defaults import bad_request, server_error

from plan_tracker.accounts.models import User

pytestmark = pytest.mark.django_db


def signed_in(client: Client, *, is_staff: bool) -> Client:
    """Return the client, signed in."""
    client.force_login(User.objects.create_user("nguoidung", full_name="Người dùng", is_staff=is_staff, language="en"))
    return client


def test_the_style_guide_is_for_administrators(client: Client) -> None:
    assert signed_in(client, is_staff=False).get("/giao-dien/").status_code == 403


def test_the_style_guide_shows_every_component(client: Client) -> None:
    page = signed_in(client, is_staff=True).get("/giao-dien/").content.decode()
    for piece in (
        "figures",
        "table--cards",
        "status--at-risk",
        "segmented",
        "save-bar",
        "timeline",
        "passage",
        "empty",
    ):
        assert piece in page


def test_a_refused_form_names_each_field_and_links_to_it(client: Client) -> None:
    page = signed_in(client, is_staff=True).post("/giao-dien/", {}).content.decode()
    assert '<a href="#id_people">People reached</a>' in page
    assert '<a href="#id_state_0">State</a>' in page
    assert 'aria-invalid="true"' in page


def test_a_missing_page_has_a_way_back(client: Client) -> None:
    answer = signed_in(client, is_staff=False).get("/khong-co-trang-nay/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_a_refused_page_says_whom_to_ask(client: Client) -> None:
    answer = signed_in(client, is_staff=False).get("/giao-dien/")
    assert "ask the administrator" in answer.content.decode()


def test_the_pages_of_trouble_need_no_context(rf: RequestFactory) -> None:
    request = rf.get("/")
    for answer, status in ((server_error(request), 500), (bad_request(request, ValueError()), 400)):
        assert answer.status_code == status
        assert 'href="/"' in answer.content.decode()
    assert "Trang đã mở quá lâu" in csrf_failure(request).content.decode()


def test_the_base_template_stands_without_any_context() -> None:
    assert "<main" in render_to_string("base.html")


def test_a_form_without_its_token_is_refused_in_a_sentence() -> None:
    answer = Client(enforce_csrf_checks=True).post("/tai-khoan/dang-nhap/", {})
    assert answer.status_code == 403
    assert "Trang đã mở quá lâu" in answer.content.decode()


@pytest.mark.parametrize("path", ["/giao-dien/", "/quan-tri/", "/quan-tri/accounts/user/", "/tai-khoan/mat-khau/"])
def test_every_page_forbids_inline_code(client: Client, path: str) -> None:
    client.force_login(User.objects.create_superuser("quantri", full_name="Quản trị"))
    policy = client.get(path)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_administration_wears_our_dress_and_leads_back(client: Client) -> None:
    client.force_login(User.objects.create_superuser("quantri", full_name="Quản trị", language="en"))
    page = client.get("/quan-tri/").content.decode()
    assert "css/admin.css" in page
    assert "Back to the portal" in page
