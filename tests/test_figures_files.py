"""Figures in files: what goes out comes back unchanged, what comes in is tried first, and no text is a formula."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from import_export.results import Result

from plan_tracker.accounts.models import User
from plan_tracker.audit.choices import Action
from plan_tracker.audit.models import Entry
from plan_tracker.lib import spreadsheets
from plan_tracker.lib.spreadsheets import SpreadsheetError, Table
from plan_tracker.lib.table_formats import SafeCsv, SafeXlsx
from targets.choices import Evaluation, GoalRule, Measure, ObservationStatus, OverBodies
from targets.models import Indicator, Observation
from targets.resources_figures import ObservationResource
from tests.factories import at, make_indicator, make_plan
from tests.indicator_rows import aim, observe
from tests.pages import signed_in
from tests.people import Cast

pytestmark = pytest.mark.django_db
HEADER = (
    "Mã chỉ tiêu;Mã địa phương, cơ quan, đơn vị;Từ ngày;Đến ngày;Cách tính;Loại số liệu;Số liệu;Tử số;Mẫu số;Nguồn;"
    "Lý do điều chỉnh"
)
OF_DISTRICT = "T4.1;hu-a;01/01/2023;31/12/2023;level;official;"
KEY = "T4.1;tinh;01/01/2023;31/12/2023;mức đạt;chính thức"
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")', "http://example.org"]


@pytest.fixture(autouse=True)
def share(cast: Cast) -> Indicator:
    return make_indicator(make_plan(), "T4.1")


def read(content: bytes | str, user: User, *, dry_run: bool = False) -> Result:
    """Import a file."""
    dataset = SafeXlsx().create_dataset(content) if isinstance(content, bytes) else SafeCsv().create_dataset(content)
    return ObservationResource().import_data(dataset, dry_run=dry_run, user=user, at=at())


def lines(*rows: str) -> str:
    """Return a CSV with our header."""
    return "\n".join((HEADER, *rows))


def errors(result: Result) -> list[str]:
    """Return every sentence about a wrong row."""
    return [text for row in result.invalid_rows for texts in row.error_dict.values() for text in texts]


def kinds(result: Result) -> list[str]:
    """Return what becomes of each row."""
    return [row.import_type for row in result.rows]


def test_new_restated_and_unchanged_rows_are_told_apart(cast: Cast, share: Indicator) -> None:
    text = lines(f"{KEY};72,5;;;Quyết định 1;", f"{OF_DISTRICT};3;4;Quyết định 1;")
    assert kinds(read(text, cast.administrator)) == ["new", "new"]
    changed = text.replace("72,5;;;Quyết định 1;", "70;;;Quyết định 2;Công bố lại")
    result = read(changed, cast.administrator, dry_run=True)
    assert kinds(result) == ["update", "skip"]
    assert Observation.objects.count() == 2
    read(changed, cast.administrator)
    row = Observation.objects.current().get(body__code="tinh")
    assert (row.value, row.reason) == (Decimal(70), "Công bố lại")
    assert row.recorded_by == cast.administrator
    assert row.recorded_at == at()
    assert row.supersedes is not None and row.supersedes.value == Decimal("72.5")


def test_a_file_is_one_entry_of_the_audit_trail_with_its_hash(cast: Cast) -> None:
    Entry._base_manager.all()._raw_delete("default")
    text = lines(f"{KEY};72,5;;;Quyết định 1;", f"{OF_DISTRICT};3;4;Quyết định 1;")
    read(text, cast.administrator, dry_run=True)
    assert not Entry.objects.exists()
    read(text, cast.administrator)
    entry = Entry.objects.get()
    assert entry.action == Action.LOADED and entry.table == "targets_observation"
    assert sha256(text.encode()).hexdigest() in entry.note and "2 số liệu mới" in entry.note


def test_one_wrong_row_and_nothing_is_saved(cast: Cast) -> None:
    result = read(
        lines(f"{KEY};72,5;;;Nguồn;", "T4.1;hu-a;01/01/2023;31/12/2023;level;official;;5;4;Nguồn;"), cast.reviewer
    )
    assert errors(result) == ["Ô H3: Tử số lớn hơn mẫu số."]
    assert Observation.objects.count() == 0


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (f"{KEY};0.123;;;Nguồn;", "G2"),
        (f"{KEY};1.234;;;Nguồn;", "G2"),
        (f"{KEY};72.5;;;Nguồn;", "G2"),
        (f"{KEY};7,25;;;Nguồn;", "G2"),
        (f"{KEY};120;;;Nguồn;", "G2"),
        (f"{KEY};;;;Nguồn;", "G2"),
        (f"{KEY};;1,5;2;Nguồn;", "H2"),
        (f"{KEY};;1;0;Nguồn;", "I2"),
        (f"{KEY};5;;;;", "J2"),
        ("T9.9;tinh;01/01/2023;31/12/2023;level;official;5;;;Nguồn;", "A2"),
        ("T4.1;tinhx;01/01/2023;31/12/2023;level;official;5;;;Nguồn;", "B2"),
        ("T4.1;tinh;;31/12/2023;level;official;5;;;Nguồn;", "C2"),
        ("T4.1;tinh;01/01/2023;31/02/2023;level;official;5;;;Nguồn;", "D2"),
        ("T4.1;tinh;01/01/2023;31/12/2023;mức;official;5;;;Nguồn;", "E2"),
        ("T4.1;tinh;01/01/2023;31/12/2023;level;chắc;5;;;Nguồn;", "F2"),
    ],
)
def test_what_is_wrong_is_told_by_its_cell(cast: Cast, row: str, cell: str) -> None:
    found = errors(read(lines(row), cast.reviewer))
    assert found and all(text.startswith(f"Ô {cell}: ") for text in found)
    assert Observation.objects.count() == 0


def test_a_restatement_without_a_reason_and_a_row_that_comes_twice_are_refused(cast: Cast, share: Indicator) -> None:
    observe(share, make_plan().province, 2023, "70", covers_from=date(2023, 1, 1))
    assert errors(read(lines(f"{KEY};71;;;Nguồn;"), cast.reviewer))[0].startswith("Ô K2: ")
    twice = lines(f"{KEY};71;;;Nguồn;Lý do", f"{KEY};72;;;Nguồn;Lý do")
    assert errors(read(twice, cast.reviewer)) == ["Ô A3: Dòng 2 đã có số liệu này."]


def test_a_file_without_a_needed_column_names_it(cast: Cast) -> None:
    result = read("Mã chỉ tiêu,Số liệu\nT4.1,5", cast.reviewer)
    assert "Đến ngày" in str(result.base_errors[0].error)
    assert result.rows == []


def test_headers_are_understood_in_both_languages_and_blank_rows_are_left_out(cast: Cast) -> None:
    names = "indicator,Body code,First day,Last day,Kind of value,Status,VALUE,Source"
    text = f"{names}\n,,,,,,,\nT4.1,tinh,2023-01-01,2023-12-31,Level,chính thức,5,Nguồn\n"
    assert kinds(read(text, cast.reviewer)) == ["new"]


def workbook(*cells: Any, number_format: str = "0.0") -> bytes:
    """Return a workbook with one figure; the cells are value, numerator, denominator."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER.split(";"))
        sheet.write_row(1, 0, ["T4.1", "tinh"])
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_datetime(1, 2, datetime(2023, 1, 1), day)  # noqa: DTZ001 - a day
        sheet.write_datetime(1, 3, datetime(2023, 12, 31), day)  # noqa: DTZ001 - a day
        sheet.write_row(1, 4, ["level", "official"])
        for column, cell in enumerate(cells, 6):
            sheet.write(1, column, cell, book.add_format({"num_format": number_format if column == 6 else "0"}))
        sheet.write(1, 9, "Nguồn")
    return out.getvalue()


def test_real_numbers_days_and_percentages_of_a_workbook_are_read(cast: Cast) -> None:
    assert kinds(read(workbook(72.5), cast.reviewer)) == ["new"]
    assert kinds(read(workbook(0.725, number_format="0.0%"), cast.reviewer)) == ["skip"]
    assert errors(read(workbook(66.66666), cast.reviewer))[0].startswith("Ô G2: ")


@pytest.fixture
def filled(cast: Cast, share: Indicator) -> list[Indicator]:
    """Figures of every sort, with texts that a spreadsheet would take for formulas."""
    growth = make_indicator(
        make_plan(), "T2.1", over_bodies=OverBodies.OFFICIAL, evaluation=Evaluation.AVERAGE_OVER_WINDOW, decimals=2
    )
    province = make_plan().province
    aim(share, GoalRule.AT_LEAST, "80", baseline_value=2, baseline_on=date(2020, 12, 31))
    observe(growth, province, 2023, "-4.67", measure=Measure.ANNUAL_RATE, covers_from=date(2023, 1, 1))
    observe(growth, province, 2025, "7.1", measure=Measure.MULTI_YEAR_AVERAGE, covers_from=date(2021, 1, 1))
    for number, text in enumerate(HOSTILE):
        observe(share, province, 2010 + number, "5", covers_from=date(2010 + number, 1, 1), source=text, note=text)
    reported = {"status": ObservationStatus.REPORTED, "published_on": date(2024, 1, 15)}
    observe(share, cast.district, 2023, "2", of=3, value=Decimal("66.6667"), **reported)
    observe(share, cast.other_district, 2023, "1240", of=2480, **reported)
    return [growth, share]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_downloaded_comes_back_unchanged(cast: Cast, filled: list[Indicator], kind: str, language: str) -> None:
    cast.reviewer.language = language
    cast.reviewer.save()
    for indicator in filled:
        content = signed_in(cast.reviewer).get(f"/chi-tieu/{indicator.code}/so-lieu.{kind}").content
        result = read(content if kind == "xlsx" else content.decode(), cast.reviewer)
        assert not errors(result)
        assert set(kinds(result)) == {"skip"}
        assert len(result.rows) == indicator.observations.count()


def test_what_the_administration_exports_comes_back_unchanged(cast: Cast, filled: list[Indicator]) -> None:
    result = ObservationResource().import_data(ObservationResource().export(), dry_run=True)
    assert set(kinds(result)) == {"skip"}


def test_no_cell_of_a_workbook_is_a_formula_and_numbers_stay_numbers(cast: Cast, filled: list[Indicator]) -> None:
    for address in ("/chi-tieu/T4.1/so-lieu.xlsx", "/chi-tieu/bang.xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(signed_in(cast.reviewer).get(address).content))
        cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
        assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
        assert any(cell.data_type == "n" and isinstance(cell.value, int | float) for cell in cells)
        assert any(cell.is_date for cell in cells)


def test_no_cell_of_a_csv_begins_like_a_formula(cast: Cast, filled: list[Indicator]) -> None:
    for address in ("/chi-tieu/T4.1/so-lieu.csv", "/chi-tieu/bang.csv"):
        text = signed_in(cast.reviewer).get(address).content.decode().removeprefix("\ufeff")
        for row in csv.reader(io.StringIO(text)):
            assert [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_a_person_downloads_what_the_pages_show(cast: Cast, filled: list[Indicator]) -> None:
    text = signed_in(cast.preparer).get("/chi-tieu/T4.1/so-lieu.csv").content.decode()
    assert "hu-a" in text and "hu-b" not in text
    assert Client().get("/chi-tieu/T4.1/so-lieu.csv").status_code == 302
    assert signed_in(cast.viewer).get("/chi-tieu/T9.9/so-lieu.csv").status_code == 404


def test_demonstration_figures_have_a_file_of_their_own(cast: Cast, share: Indicator) -> None:
    observe(share, make_plan().province, 2023, "5", is_demo=True, source="Minh hoạ")
    client = signed_in(cast.reviewer)
    assert "Minh hoạ" not in client.get("/chi-tieu/T4.1/so-lieu.csv").content.decode()
    answer = client.get("/chi-tieu/T4.1/so-lieu.csv?so-lieu=minh-hoa")
    assert "Minh hoạ" in answer.content.decode() and "minh-hoa" in answer.headers["Content-Disposition"]


def test_the_import_screen_shows_first_what_would_happen(cast: Cast, share: Indicator) -> None:
    observe(share, make_plan().province, 2022, "60", covers_from=date(2022, 1, 1))
    client = signed_in(cast.administrator)
    rows = (f"{KEY};72,5;;;Nguồn;", f"{KEY.replace('2023', '2022')};60;;;Nguồn thử;")

    def try_out(text: str) -> str:
        file = SimpleUploadedFile("so-lieu.csv", text.encode(), content_type="text/csv")
        answer = client.post("/quan-tri/targets/observation/import/", {"import_file": file, "format": "0"})
        return answer.content.decode()

    page = try_out(lines(*rows))
    assert page.count('<tr class="new">') == 1 and "1 mới, 0 thay đổi, 1 không thay đổi." in page
    assert Observation.objects.count() == 1
    page = try_out(lines(f"{KEY};1.234;;;Nguồn;"))
    assert "Ô G2: " in page and "process_import" not in page
    page = try_out("x")
    assert "không có dòng nào" in page


def test_who_confirms_a_preview_that_time_has_passed_is_told_and_nothing_is_saved(cast: Cast, share: Indicator) -> None:
    client = signed_in(cast.administrator)
    text = lines(f"{KEY};72,5;;;Nguồn;", f"{KEY.replace('2023', '2022')};60;;;Nguồn;")
    file = SimpleUploadedFile("so-lieu.csv", text.encode(), content_type="text/csv")
    answer = client.post("/quan-tri/targets/observation/import/", {"import_file": file, "format": "0"})
    hidden = {name: field.value() for name, field in _fields(answer.context["confirm_form"])}
    observe(share, make_plan().province, 2022, "61", covers_from=date(2022, 1, 1))
    answer = client.post("/quan-tri/targets/observation/process_import/", hidden, follow=True)
    assert "chưa lưu" in answer.content.decode()
    assert Observation.objects.count() == 1


def _fields(form: Any) -> list[tuple[str, Any]]:
    return [(name, form[name]) for name in form.fields]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04x", b"<html>", b"a,b"])
def test_what_is_no_workbook_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(SpreadsheetError):
        spreadsheets.read_xlsx(content)


def test_a_cell_at_the_far_end_of_a_sheet_does_no_harm() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_row(1, 0, ["x", "y"])
        sheet.write(1_048_575, 16_383, "far")
    assert spreadsheets.read_xlsx(out.getvalue()) == (["a", "b"], [["x", "y"]])


def test_texts_survive_both_kinds_of_file_unchanged() -> None:
    table = Table("Thử", ["Cột"], [[text] for text in ("'=a", *HOSTILE[:5], "a,b", 'c"d', "Huyện uỷ")])
    back = spreadsheets.read_csv(spreadsheets.write_csv(table).decode())[1]
    assert [row[0] for row in back][1:] == [row[0] for row in table.rows][1:]
    book = spreadsheets.read_xlsx(spreadsheets.write_xlsx(table))[1]
    assert [row[0] for row in book] == [row[0] for row in table.rows]
