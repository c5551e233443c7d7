"""Every route for every role: what each of the eight sees and may do; a route missing from the table fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access_rows import POSTS, READS
from tests.access_table import Row
from tests.access_world import World, make_world

ROLES = ("anonymous", "other", "preparer", "sender", "reviewer", "leader", "viewer", "admin")
# The administration's routes are Django's own; its sign-in page only leads to ours and has no name.
OUTSIDE = {"admin"}
UNNAMED = {"None"}
SIGN_IN = "in"


def routes(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[str]:
    """Yield the name of every route of the portal."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.app_name not in OUTSIDE:
                space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                yield from routes(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


@dataclass(frozen=True)
class Cell:
    """One question to the portal: this row, this method, this role, this answer."""

    row: Row
    method: str
    role: str
    answer: str


def cells(method: str, role: str) -> list[Cell]:
    """Return what a table says of one role."""
    table = READS if method == "get" else POSTS
    place = ROLES.index(role)
    return [Cell(row, method, role, row.answers.split()[place]) for row in table]


def test_every_route_stands_in_the_table() -> None:
    assert set(routes()) - UNNAMED == {row.route for row in READS}


def test_every_row_has_an_answer_for_every_role() -> None:
    assert not [row.route for row in (*READS, *POSTS) if len(row.answers.split()) != len(ROLES)]


@pytest.fixture
def world(db: None) -> World:
    """The people and the rows that the tables speak of."""
    return make_world()


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reads_what_it_may_and_nothing_else(world: World, role: str, client: Client) -> None:
    check(world, client, cells("get", role))


@pytest.mark.parametrize("role", ROLES)
def test_a_role_does_what_it_may_and_nothing_else(world: World, role: str, client: Client) -> None:
    check(world, client, cells("post", role))


@pytest.mark.parametrize("role", ROLES)
def test_a_route_without_a_form_takes_none(world: World, role: str, client: Client) -> None:
    with_form = {row.route for row in POSTS}
    rows = [row for row in READS if row.route not in with_form]
    # Who is nobody is first shown to the sign-in page, except where a page answers to nobody.
    closed = {row.route for row in rows if role == "anonymous" and row.answers.split()[0] == SIGN_IN}
    check(world, client, [Cell(row, "post", role, SIGN_IN if row.route in closed else "405") for row in rows])


def check(world: World, client: Client, asked: list[Cell]) -> None:
    """Ask every question as one role, and compare all answers at once."""
    wrong = []
    for cell in asked:
        row, user = cell.row, world.people.get(cell.role)
        client.logout()
        if user is not None:
            client.force_login(user)
        ask: Callable[..., Any] = getattr(client, cell.method)
        before = transaction.savepoint()
        response = ask(reverse(row.route, args=row.args(world)), row.data(world) if cell.method == "post" else None)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.savepoint_rollback(before)
        got = told(response.status_code, response.headers.get("Location", ""))
        if got != cell.answer:
            wrong.append(f"{cell.method} {row.route} as {cell.role}: {got}, not {cell.answer}")
    assert not wrong, "\n".join(wrong)


def told(status: int, location: str) -> str:
    """Return the answer as the table writes it: `in` for the way to the sign-in page, else the status."""
    if status == 302 and location.startswith(reverse("accounts:sign_in")):
        return SIGN_IN
    return str(status)
