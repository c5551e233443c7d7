"""Random addresses, query strings, forms and bytes on every route: whatever comes, the server answers in order."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access_rows import READS
from tests.access_world import World, make_world

EXAMPLES = 20_000 if os.environ.get("SOAK") == "1" else 120
ROLES = ("preparer", "sender", "reviewer", "leader", "viewer", "admin")
NAMES = (
    "q", "page", "next", "before", "kind", "body", "period", "year", "group", "state", "sort", "demo", "text", "line",
    "step", "token", "form", "version", "first_day", "last_day", "session", "code", "value", "do", "ky", "nhom", "tu",
    "notice", "account", "nam", "row_version", "remark-²",
)  # fmt: skip
VALUES = st.one_of(
    st.integers(-(10**20), 10**20).map(str),
    st.text(max_size=40),
    st.sampled_from(
        [
            "",
            "0",
            "-1",
            "null",
            "NaN",
            "1e400",
            "٣",
            "²",
            "9" * 5000,
            "%00",
            "\x00",
            "../..",
            "a" * 5000,
            "2024-02-30",
            "31/02/2024",
        ]
    ),
    st.dates().map(str),
)
QUERIES = st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(min_size=1, max_size=8)), VALUES, max_size=5)
BYTES = st.one_of(st.binary(max_size=200), st.just(b'{"a": '), st.just(b"\xff\xfe"))
TYPES = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "text/plain")
ROUTES = sorted({row.route for row in READS})

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """The people and the rows that the tables of access speak of."""
    return make_world()


def address(world: World, route: str, wild: list[str]) -> str:
    """Return an address of a route: the known one, or one whose parts are random, as far as the route takes them."""
    row = next(row for row in READS if row.route == route)
    known = row.args(world)
    if wild and known:
        pattern = get_resolver().resolve(reverse(route, args=known))
        parts = {name: wild[place % len(wild)] for place, name in enumerate(pattern.kwargs)}
        try:
            return reverse(route, kwargs=parts)
        except NoReverseMatch:
            return reverse(route, args=known)
    return reverse(route, args=known)


IDS = st.one_of(
    st.integers(0, 10**19).map(str), st.from_regex(r"[-a-zA-Z0-9_.]{1,30}", fullmatch=True), st.text(max_size=20)
)


def test_no_request_is_an_error_of_the_server(world: World) -> None:
    clients = {}
    for role in ROLES:
        clients[role] = Client(raise_request_exception=False)
        clients[role].force_login(world.people[role])

    @settings(
        max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True
    )
    @given(
        route=st.sampled_from(ROUTES),
        role=st.sampled_from(ROLES),
        method=st.sampled_from(["get", "post", "bytes"]),
        wild=st.lists(IDS, max_size=2),
        query=QUERIES,
        body=BYTES,
        kind=st.sampled_from(TYPES),
    )
    def ask(**drawn: Any) -> None:
        client, path = clients[drawn["role"]], address(world, drawn["route"], drawn["wild"])
        before = transaction.savepoint()
        if drawn["method"] == "bytes":
            answer = client.post(path, drawn["body"], content_type=drawn["kind"])
        else:
            answer = getattr(client, drawn["method"])(path, drawn["query"])
        answer.getvalue()
        transaction.savepoint_rollback(before)
        if "_auth_user_id" not in client.session:
            client.force_login(world.people[drawn["role"]])
        assert answer.status_code < 500, f"{answer.status_code} {drawn}"

    ask()
