"""Every address of the administration × method × role, as the administration itself lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, resolve, reverse
from pytest_django.fixtures import Settings

from plan_tracker.accounts.models import User
from plan_tracker.loading.screens import Ledger, TriedImport
from tests.access_world import World, make_world
from tests.any_row import any_row
from tests.people import make_user
from tests.test_access import ROLES, SIGN_IN, told

# What an administrator is answered on the pages of a table: by GET, and by POST of nothing.
LIST = {"changelist": ("200", "200"), "history": ("200", "200"), "export": ("200", "200"), "": ("302", "302")}
FILES = {"import": ("200", "200"), "process_import": ("405", "200"), "template": ("200", "200")}
WRITTEN = {"add": ("200", "200"), "change": ("200", "200"), "delete": ("200", "200")}
READ_ONLY = {"add": ("403", "403"), "change": ("200", "403"), "delete": ("403", "403")}
# Screens that are neither loaded nor only read: what differs.
OTHERWISE = {
    # Accounts are closed and never deleted.
    "accounts.User": {"delete": ("403", "403"), "auth_user_password_change": ("302", "302")},
    # A token is given or revoked, never changed, and read from no file.
    "targets.ApiToken": {"change": ("200", "403"), "delete": ("403", "403")},
}
# The addresses of the administration itself; what has a page of the portal's own leads there.
PLACES = {
    "index": ("200", "200"),
    "login": ("302", "405"),
    "logout": ("405", SIGN_IN),
    "password_change": ("302", "302"),
    "password_change_done": ("302", "302"),
    "autocomplete": ("403", "405"),
    "jsi18n": ("200", "405"),
    "view_on_site": ("404", "404"),
    "app_list": ("200", "200"),
    "": ("404", "404"),
}
STRANGERS = [role for role in ROLES if role not in {"anonymous", "admin"}]
METHODS = ("get", "post")


@dataclass(frozen=True)
class Address:
    """One address: of which table (none for the administration itself), which page, and where."""

    table: type[Model] | None
    page: str
    url: str

    def expected(self, method: str) -> str:
        """Return what an administrator is answered."""
        return self._answers()[METHODS.index(method)]

    def _answers(self) -> tuple[str, str]:
        """Return the answers to GET and to POST of nothing."""
        if self.table is None:
            return PLACES[self.page]
        screen = admin.site._registry[self.table]
        table = LIST | (READ_ONLY if isinstance(screen, Ledger) else WRITTEN)
        table |= FILES if isinstance(screen, TriedImport) else {}
        return (table | OTHERWISE.get(self.table._meta.label, {}))[self.page]


def addresses() -> Iterator[Address]:
    """Yield every address that the administration answers, with a row where it names one."""
    by_prefix = {f"{model._meta.app_label}/{model._meta.model_name}/": model for model in admin.site._registry}
    for one in admin.site.get_urls():
        if isinstance(one, URLResolver):
            table = by_prefix[str(one.pattern)]
            yield from (_address(found, table) for found in one.url_patterns if isinstance(found, URLPattern))
        else:
            yield _address(one, None)


def _address(found: URLPattern, table: type[Model] | None) -> Address:
    """Return the address that a pattern makes for the first row of a table."""
    root, name = reverse("admin:index"), found.name or ""
    if table is None:
        args: list[Any] = list({"view_on_site": (1, 1), "app_list": ("tasks",)}.get(name, ()))
        return Address(None, name, reverse(f"admin:{name}", args=args) if name else f"{root}khong-co/")
    start = f"{table._meta.app_label}_{table._meta.model_name}_"
    place = str(found.pattern).replace("<path:object_id>", str(any_row(table).pk)).replace("<id>", "1")
    url = f"{root}{table._meta.app_label}/{table._meta.model_name}/{place}"
    return Address(table, name.removeprefix(start), url)


@pytest.fixture
def world(db: None) -> World:
    """The people, and a row of every table of the administration."""
    return make_world()


def answers(ask: Callable[[Address, str], str], expected: Callable[[Address, str], str]) -> list[str]:
    """Ask every address by both methods, and return what was answered otherwise than expected."""
    wrong = []
    for address in list(addresses()):
        for method in METHODS:
            before = transaction.savepoint()
            got, wanted = ask(address, method), expected(address, method)
            transaction.savepoint_rollback(before)
            if got != wanted:
                wrong.append(f"{method} {address.url}: {got}, not {wanted}")
    return wrong


def through_the_door(client: Client) -> Callable[[Address, str], str]:
    """Return what asks through everything that stands before a view."""

    def ask(address: Address, method: str) -> str:
        response = getattr(client, method)(address.url)
        if response.streaming:
            b"".join(response.streaming_content)
        there = response.headers.get("Location", "")
        return SIGN_IN if there.startswith(reverse("admin:login")) else told(response.status_code, there)

    return ask


def at_the_view(user: User) -> Callable[[Address, str], str]:
    """Return what asks the view alone, which is quick; it refuses by raising."""

    def ask(address: Address, method: str) -> str:
        request = getattr(RequestFactory(), method)(address.url)
        request.user, request.session = user, Client().session
        request._messages, request._dont_enforce_csrf_checks = FallbackStorage(request), True
        found = resolve(address.url)
        try:
            response = found.func(request, *found.args, **found.kwargs)
        except (Http404, PermissionDenied) as error:
            return "404" if isinstance(error, Http404) else "403"
        return told(response.status_code, response.headers.get("Location", ""))

    return ask


def signed(user: User) -> Client:
    """Return a client of this person."""
    client = Client()
    client.force_login(user)
    return client


def test_nobody_is_sent_to_sign_in(world: World) -> None:
    found = answers(
        through_the_door(Client()),
        lambda address, method: "405" if (address.page, method) == ("login", "post") else SIGN_IN,
    )
    assert not found, "\n".join(found)


@pytest.mark.parametrize("role", STRANGERS)
def test_to_everybody_else_the_administration_is_not_there(world: World, role: str) -> None:
    user = world.people[role]
    found = answers(
        at_the_view(user), lambda address, method: "405" if (address.page, method) == ("login", "post") else "404"
    )
    assert not found, "\n".join(found)
    for page in ("admin:index", "admin:tasks_body_changelist", "admin:login"):
        assert signed(user).get(reverse(page)).status_code == 404


def test_an_administrator_finds_every_screen_and_ledgers_take_nothing(world: World) -> None:
    found = answers(at_the_view(world.people["admin"]), Address.expected)
    assert not found, "\n".join(found)


def test_an_administrator_without_a_second_factor_is_sent_to_set_it_up(world: World, settings: Settings) -> None:
    settings.ADMINISTRATORS_NEED_SECOND_FACTOR = True
    ask, there = signed(world.people["admin"]), reverse("accounts:second_factor")
    assert {ask.get(address.url).headers.get("Location") for address in addresses()} == {there}


def test_who_may_come_in_but_was_given_no_table_reads_and_loads_none(world: World) -> None:
    """Staff that is no superuser: import-export alone would let him load everything."""
    half = make_user("half", is_staff=True)
    User.objects.filter(pk=half.pk).update(is_superuser=False)
    ask = at_the_view(User.objects.get(pk=half.pk))
    let_in = [one.url for one in addresses() if one.table and one.page and ask(one, "get") not in {"403", "405"}]
    assert not let_in


def test_no_other_method_is_taken(world: World) -> None:
    client = signed(world.people["admin"])
    for method in ("put", "patch", "delete", "options", "trace"):
        for name in ("index", "tasks_body_changelist", "tasks_body_import", "reports_entry_changelist"):
            assert getattr(client, method)(reverse(f"admin:{name}")).status_code == 405
