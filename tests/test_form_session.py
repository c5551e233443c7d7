"""A form that meets an ended session waits for its own person, and for nobody else."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from plan_tracker.accounts.models import User
from reports.models import Submission
from tests.form_pages import Scene, digests_in, make_scene, open_period, page, signed_in, start
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db
SIGN_IN = reverse("accounts:sign_in")


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def submission(scene: Scene) -> Submission:
    return start(scene, open_period(scene))


def typed(client: Client, url: str, text: str) -> dict[str, str]:
    """Open the page and return all that its form would send."""
    html = client.get(url).content.decode()
    keeper = re.findall(r'name="keeper" value="([^"]+)"', html)[0]
    return digests_in(html) | {"keeper": keeper, "line-group-1-state": "in_progress", "line-group-1-text": text}


def end_session(client: Client) -> None:
    """Let the session run out on the server; the browser keeps its cookies."""
    client.session.flush()


def sign_in(client: Client, user: User, where: str = "/") -> str:
    """Come in by the sign-in page and return where it leads."""
    response = client.post(SIGN_IN, {"username": user.username, "password": PASSWORD, "next": where})
    assert response.status_code == 302
    return str(response["Location"])


def test_what_was_sent_after_the_end_of_the_session_is_saved_after_signing_in(
    scene: Scene, submission: Submission
) -> None:
    client = signed_in(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    data = typed(client, url, "Gửi khi phiên đã hết.")
    end_session(client)
    response = client.post(url, data)
    assert response["Location"] == f"{SIGN_IN}?next={url}"
    assert not submission.entries.exists()
    shown = client.get(sign_in(client, scene.cast.preparer, url), follow=True)
    assert submission.entries.get().text == "Gửi khi phiên đã hết."
    assert submission.entries.get().saved_by == scene.cast.preparer
    assert shown.status_code == 200
    client.get(url)
    assert submission.entries.get().row_version == 1


def test_somebody_else_who_signs_in_there_never_sees_it(scene: Scene, submission: Submission) -> None:
    client = signed_in(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    data = typed(client, url, "Chỉ của tôi.")
    end_session(client)
    client.post(url, data)
    html = client.get(sign_in(client, scene.cast.sender, url)).content.decode()
    assert "Chỉ của tôi." not in html
    assert not submission.entries.exists()
    assert "Chỉ của tôi." not in str(dict(client.session))


def test_a_form_of_one_person_is_not_saved_in_the_name_of_another(scene: Scene, submission: Submission) -> None:
    client = signed_in(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    data = typed(client, url, "Của người lập.")
    response = signed_in(scene.cast.sender).post(url, data)
    assert response.status_code == 409
    assert "Của người lập." not in response.content.decode()
    assert not submission.entries.exists()


def test_a_clash_with_a_colleague_meanwhile_is_shown_with_the_text_that_waited(
    scene: Scene, submission: Submission
) -> None:
    client, other = signed_in(scene.cast.preparer), signed_in(scene.cast.sender)
    url = page("report_group", submission.pk, 1)
    data = typed(client, url, "Đã chờ.")
    end_session(client)
    client.post(url, data)
    assert other.post(url, typed(other, url, "Đồng nghiệp đã lưu.")).status_code == 302
    response = client.get(sign_in(client, scene.cast.preparer, url))
    assert response.status_code == 409
    assert "Đã chờ." in response.content.decode()
    assert submission.entries.get().text == "Đồng nghiệp đã lưu."


def test_typing_after_the_end_of_the_session_is_told_so_and_led_nowhere(scene: Scene, submission: Submission) -> None:
    client = signed_in(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    data = typed(client, url, "Đang nhập.")
    end_session(client)
    response = client.post(url, data | {"do": "auto"}, headers={"HX-Request": "true"})
    assert (response.status_code, response.content) == (401, b"")


@pytest.mark.parametrize("change", [{"keeper": "1:forged"}, {"line-group-1-text": "Độ mật: MẬT"}])
def test_a_forged_form_or_one_with_a_marking_of_secrecy_is_kept_nowhere(
    scene: Scene, submission: Submission, change: dict[str, str]
) -> None:
    client = signed_in(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    data = typed(client, url, "Nội dung.") | change
    end_session(client)
    assert client.post(url, data)["Location"] == f"{SIGN_IN}?next={url}"
    client.get(sign_in(client, scene.cast.preparer, url))
    assert not submission.entries.exists()


def test_a_page_from_before_the_last_sign_in_is_taken_up_though_its_token_is_old(
    scene: Scene, submission: Submission
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    data = typed(client, url, "Trang cũ.") | {"csrfmiddlewaretoken": "x" * 64}
    response = client.post(url, data)
    assert (response.status_code, response["Location"]) == (302, url)
    client.get(url)
    assert submission.entries.get().text == "Trang cũ."


def test_a_foreign_form_is_refused_as_ever(scene: Scene, submission: Submission) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.cast.preparer)
    url = page("report_group", submission.pk, 1)
    assert client.post(url, {"line-group-1-text": "Từ nơi khác."}).status_code == 403
    other = signed_in(scene.cast.sender)
    assert client.post(url, typed(other, url, "Từ nơi khác.")).status_code == 403
    client.get(url)
    assert not submission.entries.exists()
