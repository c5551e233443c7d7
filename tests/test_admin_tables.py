"""Every table of the portal: an administrator loads and saves it, or only reads it, or a reason says why neither."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from django.urls import NoReverseMatch, reverse

from plan_tracker.loading.screens import Ledger, SavedTable, TriedImport
from targets.models import Goal, Milestone
from tasks.models import Plan, ScopeRule, Task
from tests.any_row import any_row
from tests.pages import signed_in
from tests.people import make_cast
from tests.plandata import plan as plan  # noqa: PLC0414 - a fixture of the tests below
from tests.test_admin import address, confirm, name_of, try_out
from tests.test_second_plan import CODE, FOLDER, SECOND

OURS = ("accounts", "audit", "jobs", "tasks", "targets", "reports")
# Tables that an administrator neither maintains nor leafs through, and why.
APART = {
    "audit.Entry": "the trail has a page of its own, with filters and export",
    "audit.Seal": "made by audit_seal; the page of the trail and audit_verify tell of the seals",
    "audit.Redaction": "made by the withdrawal of a text; the page of the trail tells of them",
    "jobs.Job": "made where a large file is loaded or saved; each has a page for who asked",
    "accounts.OneTimeLink": "a secret that lives for a day; made and printed on the page of the accounts",
    "accounts.Session": "a secret; each person sees and ends the own ones on the page of the account",
    "targets.ApiToken": "given one by one on its screen, since the token is shown once; a file would hold secrets",
    "reports.CalendarFeed": "a secret address; each person makes and ends the own one on the calendar",
    "reports.EditionSection": "the text of a report that is being written, in the composer",
    "reports.SectionSource": "kept by the composer with the passage that was taken",
    "reports.EditionFile": "issued files, whole; the page of the edition has them",
    "reports.Tombstone": "asked for by one administrator and confirmed by another on pages of its own",
    "reports.TombstonePlace": "kept with a withdrawal",
    "reports.TombstoneFile": "kept with a withdrawal",
    "reports.WorkbookUpload": "a file that a body sent; the page of its report has it until it is taken over",
    "reports.Attachment": "files of a report; the page of the report has them, for those who may read it",
    "reports.Visit": "who has a form open; written by the form",
}
TABLES = [model for model in apps.get_models() if model._meta.app_label in OURS]
LOADED = [model for model in TABLES if isinstance(admin.site._registry.get(model), TriedImport)]
LEDGERS = [model for model in TABLES if isinstance(admin.site._registry.get(model), Ledger)]


@pytest.fixture
def client(db: None) -> Client:
    return signed_in(make_cast().administrator)


def resource_of(model: type[Model]) -> Any:
    """Return what reads and writes the rows of a table."""
    screen: Any = admin.site._registry[model]
    return screen.get_import_resource_classes(None)[0]()


def test_every_table_is_loaded_or_read_or_stands_apart_for_a_reason() -> None:
    with_screen = {name_of(model) for model in (*LOADED, *LEDGERS)}
    assert {name_of(model) for model in TABLES} == with_screen | set(APART)
    assert not with_screen & set(APART)
    assert all(isinstance(admin.site._registry[model], SavedTable) for model in (*LOADED, *LEDGERS))


def test_the_administration_shows_no_table_that_is_not_ours() -> None:
    strangers = [name_of(model) for model in admin.site._registry if model not in TABLES]
    assert not strangers


@pytest.mark.parametrize("model", LOADED, ids=name_of)
def test_a_loaded_table_has_a_template_and_is_found_by_what_people_know(model: type[Model], client: Client) -> None:
    answer = client.get(address(model, "template"))
    heads = [cell.value for cell in next(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].rows)]
    resource = resource_of(model)
    assert heads == [one.label for one in resource.told_columns()]
    assert "id" not in resource.get_import_id_fields()
    # Every column is called something; one that bears its technical name was forgotten.
    assert not set(heads) & set(resource.labels())


@pytest.mark.parametrize("model", LEDGERS, ids=name_of)
def test_what_happened_is_read_only_for_a_superuser_too(model: type[Model], client: Client) -> None:
    row = any_row(model)
    before = model._default_manager.values().get(pk=row.pk)
    start = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    for page, args in (("add", []), ("change", [row.pk]), ("delete", [row.pk])):
        assert client.post(reverse(f"{start}_{page}", args=args), {"post": "yes"}).status_code == 403
    client.post(address(model), {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"})
    assert model._default_manager.values().get(pk=row.pk) == before
    if model not in LOADED:
        with pytest.raises(NoReverseMatch):
            address(model, "import")
        for path in ("import/", "process_import/"):
            assert client.post(f"{address(model)}{path}").status_code in {404, 405, 302}


@pytest.fixture
def second(plan: Plan) -> Plan:
    """The second plan, with the codes of the first."""
    call_command("load_plan", "--from", str(FOLDER), verbosity=0)
    return Plan.objects.get(code=CODE)


@pytest.mark.parametrize("model", LOADED, ids=name_of)
def test_with_two_plans_what_was_saved_changes_nothing_when_it_comes_back(model: type[Model], second: Plan) -> None:
    if model is Milestone:
        goal = Goal.objects.order_by("-pk")[0]
        Milestone.objects.create(goal=goal, body=second.province, year=2026, value=1)
    rows = resource_of(model).export()
    result = resource_of(model).import_data(rows, dry_run=True)
    assert not result.has_errors(), [error.error for row in result.rows for error in row.errors][:3]
    assert not result.has_validation_errors(), result.invalid_rows[0].error
    assert result.totals["skip"] == len(rows)


RULE = "task,body_kind,body,mode,basis\n1.1,other,,own_line,plan\n"
RULE_OF = "task,body_kind,body,mode,basis,plan\n1.1,other,,own_line,plan,{plan}\n"


def test_a_row_without_a_plan_is_about_the_plan_of_the_address(second: Plan, client: Client) -> None:
    for prefix, code in (("", "kh-nq43"), (SECOND, CODE)):
        task = Task.objects.get(group__plan__code=code, code="1.1")
        ScopeRule.objects.filter(task=task, body_kind="other").delete()
        file = SimpleUploadedFile("bang.csv", RULE.encode(), content_type="text/csv")
        url = f"{prefix}{address(ScopeRule, 'import')}"
        preview = client.post(url, {"import_file": file, "format": "0", "resource": ""})
        form = preview.context["confirm_form"]
        there = f"{prefix}{address(ScopeRule, 'process_import')}"
        assert f'action="{there}"' in preview.content.decode()
        client.post(there, {**form.initial, "confirm": "1"})
        assert ScopeRule.objects.filter(body_kind="other", task=task).count() == 1
    assert ScopeRule.objects.filter(body_kind="other", task__code="1.1").count() == 2


def test_a_row_that_names_its_plan_is_about_that_one(second: Plan, client: Client) -> None:
    confirm(client, ScopeRule, try_out(client, ScopeRule, RULE_OF.format(plan=CODE)))
    assert ScopeRule.objects.get(body_kind="other", task__code="1.1", basis="plan").task.group.plan == second
    assert "process_import" not in try_out(client, ScopeRule, RULE_OF.format(plan="khong-co"))


def test_a_plan_is_loaded_from_a_file(plan: Plan, client: Client) -> None:
    csv = "code,symbol,issued_on\nkh-nq43,128-KH/TU,15/03/2024\n"
    confirm(client, Plan, try_out(client, Plan, csv))
    plan.refresh_from_db()
    assert (plan.symbol, f"{plan.issued_on:%d/%m/%Y}") == ("128-KH/TU", "15/03/2024")


def test_a_milestone_is_found_by_indicator_version_and_day(plan: Plan, client: Client) -> None:
    goal = Goal.objects.select_related("indicator", "definition").order_by("-pk")[0]
    csv = (
        "indicator,definition,goal,body,year,value\n"
        f'{goal.indicator.code},{goal.definition.version},{goal.valid_from:%d/%m/%Y},hu-chi-lang,2026,"12,5"\n'
    )
    confirm(client, Milestone, try_out(client, Milestone, csv))
    assert (Milestone.objects.get().goal, str(Milestone.objects.get().value)) == (goal, "12.5000")
