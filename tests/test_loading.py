"""Loading tables in the administration: labels, templates, reasons at the cell, rejected rows, and the bulk path."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override
from import_export.results import Result

from plan_tracker.audit.models import Entry as AuditEntry
from plan_tracker.jobs.models import Job
from plan_tracker.lib.table_formats import SafeCsv
from plan_tracker.loading.screens import Ledger, SavedTable, TriedImport
from targets.models import Counter
from targets.resources import CounterResource
from tasks.models import Body, Membership
from tasks.resources import BodyResource
from tests.factories import make_plan
from tests.pages import signed_in
from tests.people import Cast

pytestmark = pytest.mark.django_db
HEAD = "code;name;short_name;kind;level;order;certainty;parent\n"
SCREENS = {model: screen for model, screen in admin.site._registry.items() if isinstance(screen, TriedImport)}


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.administrator)


def load(text: str, resource: Any = BodyResource, *, dry_run: bool = False) -> Result:
    """Load a CSV text."""
    return resource().import_data(SafeCsv().create_dataset(text), dry_run=dry_run, file_name="bang.csv")


def row(code: str, parent: str = "", name: str = "Xã uỷ") -> str:
    return f"{code};{name} {code};XU {code};commune;commune_level;900;unknown;{parent}\n"


def told(result: Result) -> str:
    """Return everything that is said against the rows."""
    errors = [str(error.error) for error in result.base_errors]
    return "; ".join(
        errors + [text for bad in result.invalid_rows for texts in bad.error_dict.values() for text in texts]
    )


def test_every_table_that_is_loaded_has_a_template_with_its_columns(client: Client) -> None:
    for model, screen in SCREENS.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        book = openpyxl.load_workbook(io.BytesIO(client.get(reverse(f"{name}_template")).content))
        with override("vi"):
            columns = [told.label for told in screen.get_resource_classes(None)[0]().told_columns()]
        assert [cell.value for cell in book.worksheets[0][1]] == columns
        assert len(columns) == len(set(columns))
        assert book.worksheets[1].max_row > len(columns)


def test_a_closed_list_is_a_drop_down_of_its_words(client: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("admin:tasks_membership_template")).content))
    lists = [rule.formula1 for rule in book.worksheets[0].data_validations.dataValidation]
    assert any("người lập báo cáo" in one for one in lists)


def test_headings_and_words_are_read_in_both_languages_and_by_their_technical_names(cast: Cast) -> None:
    with override("vi"):
        labels = BodyResource().labels()
        vietnamese = ";".join(labels[name] for name in HEAD.strip().split(";")) + "\n"
        assert load(vietnamese + row("xa-a").replace("commune;", "Xã uỷ, phường uỷ;", 1), dry_run=True).totals[
            "new"
        ] in {0, 1}
        assert load(vietnamese + row("xa-a")).totals["new"] == 1
    with override("en"):
        english = ";".join(BodyResource().labels()[name] for name in HEAD.strip().split(";")) + "\n"
    assert load(english + row("xa-b")).totals["new"] == 1
    assert load(HEAD + row("xa-b")).totals["skip"] == 1


def test_what_is_exported_says_what_the_columns_are_called(cast: Cast) -> None:
    with override("vi"):
        table = BodyResource().export()
        assert "Mã" in table.headers[0]
        assert "code" not in table.headers
        result = BodyResource().import_data(table, dry_run=True)
    assert result.totals["skip"] == Body.objects.count()


def test_the_bulk_path_tells_new_changed_and_unchanged_rows_apart_in_one_entry_of_the_trail(cast: Cast) -> None:
    assert load(HEAD + row("xa-a") + row("xa-b")).totals["new"] == 2
    number = Body.objects.get(code="xa-a").pk
    result = load(HEAD + row("xa-a", name="Đảng uỷ") + row("xa-b") + row("xa-c"))
    assert {kind: result.totals[kind] for kind in ("new", "update", "skip")} == {"new": 1, "update": 1, "skip": 1}
    assert Body.objects.get(pk=number).name == "Đảng uỷ xa-a"
    entries = AuditEntry.objects.filter(table="tasks_body", action="loaded")
    assert entries.count() == 2
    assert "bang.csv" in entries[0].note
    assert "SHA-256" in entries[0].note


def test_a_dry_run_of_the_bulk_path_saves_nothing(cast: Cast) -> None:
    assert load(HEAD + row("xa-a"), dry_run=True).totals["new"] == 1
    assert not Body.objects.filter(code="xa-a").exists()
    assert not AuditEntry.objects.filter(action="loaded").exists()


def test_a_row_may_name_a_row_above_it(cast: Cast) -> None:
    result = load(HEAD + row("xa-me") + row("xa-con", parent="xa-me") + row("xa-chau", parent="xa-con"))
    assert result.totals["new"] == 3, told(result)
    assert Body.objects.get(code="xa-chau").parent.parent.code == "xa-me"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (row("xa-a") + row("xa-a"), "Dòng 3"),
        (row("xa-a", parent="khong-co"), "khong-co"),
        (row("xa-a").replace("commune;", "sao hoả;", 1), "sao hoả"),
        (row("xa-a").replace(";900;", ";chín trăm;"), "chín trăm"),
        (row("xa-a").replace("XU xa-a", ""), "không được để trống"),
    ],
)
def test_one_wrong_row_says_why_and_nothing_of_the_file_is_saved(cast: Cast, line: str, sentence: str) -> None:
    with override("vi"):
        result = load(HEAD + row("xa-tot") + line)
    assert sentence in told(result)
    assert not Body.objects.filter(code__startswith="xa-").exists()


def test_what_the_database_refuses_is_told_at_its_row(cast: Cast) -> None:
    head = HEAD.replace("parent", "valid_from;valid_to")
    with override("vi"):
        result = load(head + row("xa-a", parent="01/01/2026;01/01/2025") + row("xa-b", parent="01/01/2025;01/01/2026"))
    (bad,) = result.invalid_rows
    assert bad.number == 1
    assert "ngày" in told(result)
    assert not Body.objects.filter(code__startswith="xa-").exists()


def test_counters_are_found_by_plan_and_code(cast: Cast) -> None:
    make_plan()
    head = "plan;code;order;section;title;unit;decimals;channel;part_of;is_level\n"
    lines = "ke-hoach;C90;90;Mục;Tổng số;người;0;area;;không\nke-hoach;C91;91;Mục;Trong đó nữ;người;0;area;C90;0\n"
    plan = make_plan().code
    assert load(head + lines.replace("ke-hoach", plan), CounterResource).totals["new"] == 2
    assert Counter.objects.get(code="C91").part_of == Counter.objects.get(code="C90")
    assert load(head + lines.replace("ke-hoach", plan), CounterResource).totals["skip"] == 2


def test_a_missing_key_column_is_named_by_its_label(cast: Cast) -> None:
    with override("vi"):
        assert "thiếu các cột: Mã" in told(load("name;short_name\nA;B\n"))


def test_refused_rows_come_back_as_a_file_with_their_reasons_and_their_cells(cast: Cast, client: Client) -> None:
    csv = "user,body,role,starts_on\npreparer,khong-co,viewer,2024-13-01\npreparer,hu-chi-lang,viewer,2024-01-01\n"
    file = SimpleUploadedFile("bang.csv", csv.encode(), content_type="text/csv")
    data = {"import_file": file, "format": "0", "resource": ""}
    html = client.post(reverse("admin:tasks_membership_import"), data).content.decode()
    assert "Ô B2" in html
    assert "Ô D2" in html
    url = reverse("jobs:job_file", args=[Job.objects.get().pk])
    assert url in html
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(url))))
    lines = list(book.worksheets[0].values)
    assert lines[0][:4] == ("user", "body", "role", "starts_on")
    assert lines[1][:2] == ("preparer", "khong-co")
    assert "khong-co" in str(lines[1][4])
    assert not Membership.objects.filter(role="viewer", user=cast.preparer).exists()


def test_a_ledger_takes_no_file() -> None:
    ledgers = [screen for screen in admin.site._registry.values() if isinstance(screen, Ledger)]
    loaded = [type(screen).__name__ for screen in ledgers if isinstance(screen, TriedImport)]
    assert loaded == ["ObservationAdmin"]


def test_an_export_offers_its_columns_by_their_labels(cast: Cast, client: Client) -> None:
    for model, screen in admin.site._registry.items():
        if isinstance(screen, SavedTable):
            url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_export")
            form = client.get(url).context["form"]
            offered = {str(one.label) for one in form.fields.values() if getattr(one, "is_selectable_field", False)}
            (kind,) = screen.get_export_resource_classes(RequestFactory().get(url))
            with override("vi"):
                assert offered == set(kind().labels().values()), model
