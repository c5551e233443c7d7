"""One guard for every text that comes in: no form, no route and no statement lets a marking of secrecy through."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.db import connection, models, transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from plan_tracker.lib.secrecy import marking_error, refuse_marking
from plan_tracker.lib.secrecy_writes import SecrecyError, refuse_in_writes
from reports.models import Entry, Remark, Transition
from tests.access_rows import POSTS
from tests.access_table import Row
from tests.access_world import World, make_world
from tests.form_pages import make_scene, open_period, page, start
from tests.test_access import told

MARKING = "Độ mật: TỐI MẬT"
OURS = ("plan_tracker", "tasks", "targets", "reports")
ROLES = ("preparer", "sender", "reviewer", "leader", "admin")
TEXTS = (models.CharField, models.TextField, models.JSONField)
FIELD = re.compile(r"<(?:input|textarea)\b[^>]*\bname=\"([^\"]+)\"[^>]*>")
FIXED = re.compile(r"type=\"(?:hidden|radio|checkbox|file|submit)\"")
HIDDEN = re.compile(r"<input[^>]*type=\"hidden\"[^>]*>")


def subclasses(of: type[Any]) -> Iterator[type[Any]]:
    for one in of.__subclasses__():
        yield one
        yield from subclasses(one)


def test_every_text_field_of_every_form_refuses_a_marking() -> None:
    unguarded = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in subclasses(forms.BaseForm)
        if form.__module__.split(".")[0] in OURS
        for name, field in getattr(form, "base_fields", {}).items()
        if type(field) is forms.CharField and refuse_marking not in field.validators
    ]
    assert unguarded == []


@pytest.mark.django_db
def test_so_does_the_administration() -> None:
    request = RequestFactory().get("/")
    request.user = make_scene().cast.administrator
    unguarded = [
        f"{model.__name__}.{name}"
        for model, screen in admin.site._registry.items()
        if model.__module__.split(".")[0] in OURS and screen.has_add_permission(request)
        for name, field in screen.get_form(request).base_fields.items()
        if type(field) is forms.CharField and refuse_marking not in field.validators
    ]
    assert unguarded == []


def stored(marking: str) -> list[str]:
    """Return every column of every table of ours that holds a text."""
    return [
        f"{model.__name__}.{field.name}"
        for app in apps.get_app_configs()
        if app.name.split(".")[0] in OURS
        for model in app.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, TEXTS)
        and any(marking in str(value) for value in model._default_manager.values_list(field.name, flat=True))
    ]


def marked_form(client: Client, url: str, row: Row, world: World) -> dict[str, Any]:
    """Return what a browser would send from the page, with a marking in every field that takes a text."""
    told_by_page = client.get(url)
    text = told_by_page.content.decode() if not told_by_page.streaming else ""
    data = {name: MARKING for name in FIELD.findall(FIXED.sub("", text))}
    for tag in HIDDEN.findall(text):
        name, value = re.search(r"name=\"([^\"]*)\"", tag), re.search(r"value=\"([^\"]*)\"", tag)
        if name and value and name[1] != "csrfmiddlewaretoken":
            data[name[1]] = html.unescape(value[1])
    usual = {name: MARKING for name in ("text", "reason", "symbol", "title", "note", "name", "own_title")}
    return usual | data | {name: value for name, value in row.data(world).items() if name not in usual}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_no_route_stores_a_text_with_a_marking(role: str, client: Client) -> None:
    world = make_world()
    client.raise_request_exception = False
    met = 0
    for row in POSTS:
        client.force_login(world.people[role])
        url = reverse(row.route, args=row.args(world))
        response = client.post(url, marked_form(client, url, row, world))
        assert response.status_code < 500, (row.route, response.status_code)
        met += told(response.status_code, response.headers.get("Location", "")) not in {"403", "404", "in"}
    assert met > 5 and stored(MARKING) == []


@pytest.mark.django_db
def test_a_statement_that_nobody_guarded_is_stopped_at_the_last_door() -> None:
    scene = make_scene()
    submission = start(scene, open_period(scene))
    group = scene.tasks["1.1"].group
    with connection.execute_wrapper(refuse_in_writes):
        for text in ("MẬT", "Mở đầu\nTUYỆT MẬT\nkết"):
            with pytest.raises(SecrecyError), transaction.atomic():
                Entry.objects.create(submission=submission, group=group, text=text)
            with pytest.raises(SecrecyError), transaction.atomic():
                # Many rows come as one list for each column on PostgreSQL.
                Entry.objects.bulk_create(Entry(submission=submission, group=group, text=one) for one in ("Một", text))
        Entry.objects.create(submission=submission, group=group, text="Bảo vệ bí mật nhà nước; quan hệ mật thiết.")
        assert Entry.objects.filter(text="MẬT").count() == 0


@pytest.mark.django_db
def test_the_answer_names_the_fields_that_the_browser_may_not_keep(client: Client) -> None:
    world = make_world()
    client.force_login(world.people["reviewer"])
    before = Transition.objects.count()
    response = client.post(
        page("review_step", world.rows["received"].pk), {"step": "return", "reason": "Nêu rõ.\nTUYỆT MẬT"}
    )
    assert response.status_code == 422 and "dấu chỉ độ mật" in response.content.decode()
    assert "reason" in response.headers["HX-Trigger"]
    assert Transition.objects.count() == before and world.rows["received"].state == "received"


@pytest.mark.django_db
def test_a_remark_with_a_marking_is_refused_with_its_sentence(client: Client) -> None:
    world = make_world()
    client.force_login(world.people["reviewer"])
    before = Remark.objects.count()
    response = client.post(page("remark_ask", world.rows["received"].pk), {"line": "group:1", "text": "TỐI MẬT"})
    assert response.status_code == 422 and marking_error("MẬT") in html.unescape(response.content.decode())
    assert Remark.objects.count() == before
