"""The page of the audit trail: old and new in words, filters, files without formulas, and a fixed number of queries."""

from __future__ import annotations

import io
from datetime import timedelta
from threading import Event
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plan_tracker.audit.choices import Action
from plan_tracker.audit.context import acting
from plan_tracker.audit.models import Entry
from plan_tracker.audit.reading import NOTHING, read
from plan_tracker.jobs import trail
from plan_tracker.jobs.choices import JobState
from plan_tracker.jobs.models import Job
from plan_tracker.jobs.working import work
from tests.factories import make_body
from tests.pages import page, signed_in
from tests.people import make_user

pytestmark = pytest.mark.django_db
PAGE = "/nhat-ky/"


@pytest.fixture
def client() -> Client:
    """An administrator, signed in, who changed where a committee sits."""
    administrator = make_user("quan_tri", is_staff=True)
    with acting(person=lambda: (1, "vanthu", "Trần Văn Thư"), address="10.0.0.9", source="POST /x/"):
        body = make_body("hu-a", place="Chi Lăng")
        body.place = "Đồng Mỏ"
        body.save()
    return signed_in(administrator)


def shown(client: Client, **asked: str) -> str:
    """Return the page with these filters."""
    return client.get(PAGE, asked).content.decode()


def test_a_change_shows_person_place_field_old_and_new(client: Client) -> None:
    html = shown(client, kind="tasks_body", action="changed")
    for piece in ("Trần Văn Thư", "vanthu · 10.0.0.9", "POST /x/", "Chi Lăng → <b>Đồng Mỏ</b>"):
        assert piece in html


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ({"person": "Văn Thư"}, True),
        ({"person": "vanthu"}, True),
        ({"person": "nobody"}, False),
        ({"words": "Chi Lăng"}, True),
        ({"words": "Cao Lộc"}, False),
        ({"action": "deleted"}, False),
        ({"last_day": "01/01/2020"}, False),
        ({"first_day": "01/01/2020"}, True),
    ],
)
def test_the_filters_leave_what_was_asked(client: Client, asked: dict[str, str], fits: bool) -> None:
    html = shown(client, kind="tasks_body", **asked)
    assert ("vanthu" in html.partition("<tbody>")[2]) == fits


def test_a_wrong_day_is_told_in_a_sentence_and_shows_nothing(client: Client) -> None:
    html = shown(client, first_day="31/31/2024")
    assert "field--wrong" in html
    assert "<tbody>" not in html


def test_older_entries_stand_on_further_pages(client: Client) -> None:
    for number in range(60):
        Entry.objects.create(at=timezone.now() - timedelta(days=1), actor=f"u{number}", action=Action.SIGNED_IN)
    first = shown(client, action="signed_in")
    last = Entry.objects.filter(action="signed_in").order_by("-pk")[49].pk
    assert f"before={last}" in first
    second = shown(client, action="signed_in", before=str(last))
    assert "u9<" in second or ">u9" in second
    assert shown(client, before="9" * 30).count("<tbody>") == 1


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_holds_the_same_and_no_formula(client: Client, kind: str) -> None:
    make_body("hu-b", place="=HYPERLINK(1)")
    answer = client.post(f"{PAGE}nhat-ky.{kind}?kind=tasks_body")
    assert answer.status_code == 200
    if kind == "csv":
        assert ",'=HYPERLINK(1)" in answer.content.decode()
        return
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.rows for cell in row]
    assert {"Chi Lăng", "Đồng Mỏ", "=HYPERLINK(1)"} <= {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_taking_a_copy_leaves_an_entry(client: Client) -> None:
    client.post(f"{PAGE}nhat-ky.csv?person=x")
    entry = Entry.objects.filter(action=Action.EXPORTED).get()
    assert (entry.actor, entry.note) == ("quan_tri", "person=x")


def test_the_page_asks_few_questions(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        client.get(PAGE)


def test_the_trail_is_for_administrators_alone() -> None:
    page(make_user("can_bo"), PAGE, 403)


def test_a_record_that_comes_tells_only_what_it_holds(client: Client) -> None:
    created = Entry.objects.filter(table="tasks_body", action="created").latest("pk")
    changes = read(created).changes
    assert {change.new for change in changes} >= {"Chi Lăng"}
    assert not [change for change in changes if change.new == NOTHING]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_long_file_is_made_by_the_worker_and_says_what_it_leaves_out(
    client: Client, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "MOST_ENTRIES_AT_ONCE", 5)
    monkeypatch.setattr(trail, "MOST_ENTRIES", 8)
    for number in range(9):
        make_body(f"hu-{number}", place="=HYPERLINK(1)")
    asked: Any = client.post(f"{PAGE}nhat-ky.{kind}?kind=tasks_body")
    job = Job.objects.get()
    assert asked.url == reverse("jobs:job_detail", args=[job.pk])
    assert work(clock=timezone.now, stop=Event(), pause=0, once=True) == 1
    job.refresh_from_db()
    assert (job.state, job.told[:14]) == (JobState.DONE, "8 mục mới nhất")
    content = b"".join(client.get(reverse("jobs:job_file", args=[job.pk])))
    if kind == "csv":
        assert content.decode().count("'=HYPERLINK(1)") == 8
        return
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).active.rows for cell in row]
    assert [cell.value for cell in cells].count("=HYPERLINK(1)") == 8
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert Entry.objects.filter(action=Action.EXPORTED).count() == 1


def test_a_file_is_not_made_by_looking(client: Client) -> None:
    assert client.get(f"{PAGE}nhat-ky.csv").status_code == 405
    assert not Entry.objects.filter(action=Action.EXPORTED).exists()
