"""The audit trail: every way of writing leaves who, when, from where, old and new; and nothing in it can be changed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from plan_tracker.accounts.models import User
from plan_tracker.audit.capture import tables_in, triggers_in
from plan_tracker.audit.choices import Action
from plan_tracker.audit.context import acting
from plan_tracker.audit.guard import guard, lifted, unguard
from plan_tracker.audit.models import Entry, Seal
from plan_tracker.audit.recording import one_entry
from plan_tracker.audit.scope import COVERED_APPS, EXEMPT, covered_models, covered_tables
from tasks.models import Body, Membership
from tests.factories import make_body
from tests.people import make_user

pytestmark = pytest.mark.django_db


def last(table: str = "tasks_body") -> Entry:
    """Return the newest entry about a table."""
    found = Entry.objects.filter(table=table).first()
    assert found is not None
    return found


def values(text: str) -> dict[str, object]:
    """Return the values that an entry keeps."""
    return dict(json.loads(text)) if text else {}


def test_every_model_is_under_watch_or_named_with_a_reason() -> None:
    models = [
        model
        for label in COVERED_APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if not model._meta.proxy
    ]
    covered = {model._meta.label for model in covered_models()}
    assert {model._meta.label for model in models} - covered == set(EXEMPT) & {model._meta.label for model in models}
    assert all(len(reason) > 20 for reason in EXEMPT.values())


def test_every_table_under_watch_has_its_triggers() -> None:
    watched = {table for table, _name in triggers_in(connection)}
    assert watched == set(covered_tables()) & tables_in(connection) == set(covered_tables())
    assert len(triggers_in(connection)) == len(watched) * (1 if connection.vendor == "postgresql" else 3)


def test_a_row_made_leaves_its_values() -> None:
    body = make_body("hu-a")
    entry = last()
    assert (entry.action, entry.record, entry.old) == (Action.CREATED, str(body.pk), "")
    assert values(entry.new)["code"] == "hu-a"


def test_a_change_leaves_old_and_new_of_what_differs_and_nothing_else() -> None:
    body = make_body("hu-a", place="Chi Lăng")
    body.place = "Đồng Mỏ"
    body.save()
    entry = last()
    assert (values(entry.old), values(entry.new)) == ({"place": "Chi Lăng"}, {"place": "Đồng Mỏ"})
    assert entry.action == Action.CHANGED


def test_a_row_taken_away_leaves_what_it_was() -> None:
    body = make_body("hu-a")
    pk = body.pk
    body.delete()
    entry = last()
    assert (entry.action, entry.record, entry.new) == (Action.DELETED, str(pk), "")
    assert values(entry.old)["code"] == "hu-a"


def test_saving_what_stands_already_is_no_change() -> None:
    body = make_body("hu-a")
    before = Entry.objects.count()
    body.save()
    assert Entry.objects.count() == before


def test_bulk_updates_imports_in_bulk_and_plain_sql_leave_entries_too() -> None:
    bodies = [make_body(code) for code in ("hu-a", "hu-b")]
    before = Entry.objects.count()
    Body.objects.filter(pk__in=[body.pk for body in bodies]).update(place="Lộc Bình")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tasks_body SET place = 'x' WHERE code = %s", ["hu-a"])
    assert Entry.objects.count() == before + 3


def test_a_many_to_many_table_is_under_watch() -> None:
    assert any(model._meta.auto_created for model in covered_models())


def test_who_acts_stands_in_the_entry_even_for_names_with_quotes() -> None:
    with acting(person=lambda: (7, "van'thu", 'Văn "thư"'), address="10.0.0.9", source="POST /x/", request="r1"):
        make_body("hu-a")
    entry = last()
    assert (entry.actor_id, entry.actor, entry.actor_name) == (7, "van'thu", 'Văn "thư"')
    assert (entry.address, entry.source, entry.request) == ("10.0.0.9", "POST /x/", "r1")


def test_what_is_written_after_it_has_nobody_s_name() -> None:
    with acting(person=lambda: (7, "vanthu", "Văn thư")):
        make_body("hu-a")
    make_body("hu-b")
    assert last().actor == ""


def test_a_refused_statement_leaves_no_name_behind() -> None:
    with acting(person=lambda: (7, "vanthu", "Văn thư")):
        make_body("hu-a")
        with pytest.raises(DatabaseError), transaction.atomic():
            Body.objects.create(code="hu-a")
    make_body("hu-b")
    assert last().actor == ""


def test_what_was_rolled_back_was_never_done() -> None:
    before = Entry.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic(), acting(source="x"):
        make_body("hu-a")
        raise ZeroDivisionError
    assert Entry.objects.count() == before


def test_a_page_of_the_administration_names_person_page_and_address(client: Client) -> None:
    administrator = make_user("quan_tri", is_staff=True)
    client.force_login(administrator)
    body = make_body("hu-a")
    user = make_user("can_bo")
    data = {"user": user.pk, "body": body.pk, "role": "viewer", "starts_on": "01/02/2024", "ends_on": ""}
    answer = client.post("/quan-tri/tasks/membership/add/", data, REMOTE_ADDR="10.1.2.3")
    assert answer.status_code == 302
    entry = last("tasks_membership")
    assert (entry.actor, entry.address) == ("quan_tri", "10.1.2.3")
    assert entry.source == "POST /quan-tri/tasks/membership/add/"
    assert entry.record == str(Membership.objects.get(user=user).pk)


def test_a_secret_is_never_copied() -> None:
    user = make_user("can_bo")
    user.password = make_password("another secret of hers")
    user.save()
    entry = last("accounts_user")
    assert values(entry.new) == {"password": "•••"}
    assert "secret" not in "".join(Entry.objects.values_list("new", flat=True))


def test_a_visit_alone_is_no_entry() -> None:
    user = make_user("can_bo")
    before = Entry.objects.count()
    User.objects.filter(pk=user.pk).update(last_login="2024-01-01T00:00Z")
    assert Entry.objects.count() == before


def test_a_file_of_many_rows_is_one_entry_with_its_hash() -> None:
    before = Entry.objects.count()
    with one_entry("bang.xlsx, SHA-256 0f3a", table="tasks_body", source="import"):
        for number in range(5):
            make_body(f"hu-{number}")
    assert Entry.objects.count() == before + 1
    entry = last()
    assert (entry.action, entry.note, entry.source) == (Action.LOADED, "bang.xlsx, SHA-256 0f3a", "import")


@pytest.fixture
def _armed() -> Iterator[None]:
    """The refusals as a portal in use has them; the test runner has lifted them."""
    guard(connection)
    yield
    unguard(connection)


@pytest.mark.usefixtures("_armed")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET actor = 'x'",
        "DELETE FROM audit_entry",
        "UPDATE audit_seal SET digest = 'x'",
        "DELETE FROM audit_seal",
    ],
)
def test_the_database_refuses_to_change_or_take_away(sql: str) -> None:
    make_body("hu-a")
    Seal.objects.create(day="2024-01-01", entries=0, last_entry=0, digest="d", sealed_at=timezone.now())
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.usefixtures("_armed")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_database_refuses_to_empty_the_trail() -> None:
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_entry")


@pytest.mark.usefixtures("_armed")
def test_only_the_named_function_lifts_the_refusal_and_puts_it_back() -> None:
    make_body("hu-a")
    with lifted(connection):
        Entry.objects.all().delete()
    make_body("hu-b")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all().delete()


def test_the_triggers_follow_the_tables_through_the_migrations() -> None:
    before = sorted(triggers_in(connection))
    call_command("migrate", interactive=False, verbosity=0)
    assert sorted(triggers_in(connection)) == before
