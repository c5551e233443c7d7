"""Every route for every role once more, about objects that are over; and every method that a route does not take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import access_locked, access_rows
from tests.access_locked import NEVER_OVER, Open
from tests.access_locked_world import make_locked_world
from tests.access_table import Row
from tests.access_world import World, make_world
from tests.test_access import OUTSIDE, ROLES, SIGN_IN, UNNAMED, told

# What every visit leaves, whatever it asks for.
LEFT_BY_A_VISIT = {"audit_entry", "accounts_session", "accounts_user", "reports_visit"}
WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
OTHER_METHODS = ("put", "patch", "delete", "options", "trace")


def named_routes(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, bool]]:
    """Yield every route with whether its address names something."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.app_name not in OUTSIDE:
                space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                yield from named_routes(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern) and str(pattern.name) not in UNNAMED:
            yield f"{prefix}{pattern.name}", bool(pattern.pattern.regex.groupindex)


def test_every_route_to_an_object_says_what_holds_once_the_object_is_over() -> None:
    to_objects = {name for name, names_something in named_routes() if names_something}
    assert to_objects == {row.route for row in access_locked.READS} | NEVER_OVER.keys()


def test_every_form_of_an_object_says_what_it_takes_once_the_object_is_over() -> None:
    over = {row.route for row in access_locked.READS}
    assert {row.route for row in access_rows.POSTS} & over == {row.route for row in access_locked.POSTS}


@pytest.fixture
def over(db: None) -> World:
    """The people, and rows that are all over."""
    return make_locked_world()


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reads_what_is_over_and_changes_none_of_it(over: World, role: str) -> None:
    client = come_in(over, role)
    place = ROLES.index(role)
    asked = [("get", row) for row in access_locked.READS] + [("post", row) for row in access_locked.POSTS]
    wrong = []
    for method, row in asked:
        before = transaction.savepoint()
        with CaptureQueriesContext(connection) as queries:
            got = ask(client, method, row, over)
        transaction.savepoint_rollback(before)
        if got != (wanted := row.answers.split()[place]):
            wrong.append(f"{method} {row.route}: {got}, not {wanted}")
        if method == "post" and not isinstance(row, Open) and (changed := written(queries)):
            wrong.append(f"post {row.route}: wrote {sorted(changed)}")
    assert not wrong, "\n".join(wrong)


def come_in(world: World, role: str) -> Client:
    """Return a client of this role."""
    client = Client()
    if role in world.people:
        client.force_login(world.people[role])
    return client


def ask(client: Client, method: str, row: Row, world: World) -> str:
    """Return what a row's address answers to a method."""
    response = getattr(client, method)(
        reverse(row.route, args=row.args(world)), row.data(world) if method == "post" else None
    )
    if response.streaming:
        b"".join(response.streaming_content)
    return told(response.status_code, response.headers.get("Location", ""))


def written(queries: CaptureQueriesContext) -> set[str]:
    """Return the tables that were written to."""
    found = (WRITES.match(query["sql"]) for query in queries.captured_queries)
    return {match[1] for match in found if match} - LEFT_BY_A_VISIT


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_no_route_takes_another_method_than_get_head_and_post(role: str) -> None:
    world = make_world()
    client = come_in(world, role)
    rows = {row.route: row for row in access_rows.READS}
    wrong = []
    for row in rows.values():
        # Nobody is first shown to the sign-in page, as for every other method.
        asks_in = role == "anonymous" and row.answers.split()[0] == SIGN_IN and row.route != "accounts:code"
        wanted = SIGN_IN if asks_in else "405"
        address = reverse(row.route, args=row.args(world))
        for method in OTHER_METHODS:
            response = getattr(client, method)(address)
            got = told(response.status_code, response.headers.get("Location", ""))
            if got != wanted:
                wrong.append(f"{method} {row.route}: {got}, not {wanted}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anonymous", "reviewer"])
def test_head_answers_as_get_does_without_the_body(role: str) -> None:
    world = make_world()
    client = come_in(world, role)
    wrong = []
    for row in {row.route: row for row in access_rows.READS}.values():
        address = reverse(row.route, args=row.args(world))
        head = client.head(address)
        wanted = row.answers.split()[ROLES.index(role)]
        got = told(head.status_code, head.headers.get("Location", ""))
        if got != wanted or head.getvalue():
            wrong.append(f"head {row.route}: {got}, not {wanted}")
    assert not wrong, "\n".join(wrong)
