"""The register from Excel: given out with what stands in it, tried with every mistake at its cell, saved whole."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from tasks.models import IssuedDocument
from tests.form_pages import Scene, make_scene, open_period, page, start
from tests.hostile import hostile_files
from tests.pages import signed_in
from tests.workbooks import DECLARED, file_of, saved

pytestmark = pytest.mark.django_db
SHEET, HEAD = "Văn bản", 3
GOOD = ("Kế hoạch", "45-KH/HU", "20/05/2024", "Thực hiện Nghị quyết.", "IV.1a", "1.1")


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def client(scene: Scene) -> Client:
    return signed_in(scene.cast.preparer)


def address(scene: Scene, name: str = "upload") -> str:
    return reverse(f"reports:register_{name}", args=[scene.cast.district.code])


def filled(client: Client, scene: Scene, *rows: tuple[str, ...]) -> bytes:
    """Return the workbook with these rows below what stands in it."""
    book = openpyxl.load_workbook(io.BytesIO(client.get(address(scene, "template")).content))
    first = HEAD + 1 + IssuedDocument.objects.count()
    for number, row in enumerate(rows, first):
        for place, value in enumerate(row, 1):
            book[SHEET].cell(number, place).value = value
    return saved(book)


def sent(client: Client, scene: Scene, content: bytes) -> Any:
    return client.post(address(scene), DECLARED | {"file": file_of(content)})


def test_a_file_is_shown_first_and_saved_when_it_is_applied(scene: Scene, client: Client) -> None:
    preview = sent(
        client, scene, filled(client, scene, GOOD, ("Công văn", "46-CV/HU", "21/05/2024", "Đôn đốc.", "", ""))
    )
    assert [len(preview.context[name]) for name in ("new", "changed", "same")] == [2, 0, 0]
    assert not IssuedDocument.objects.exists()
    assert client.post(address(scene), {"cells": preview.context["cells"]}).status_code == 302
    document = IssuedDocument.objects.get(symbol="45-KH/HU")
    assert (document.body, document.recorded_by) == (scene.cast.district, scene.cast.preparer)
    assert [row.code for row in document.assignments.all()] == ["IV.1a"]
    again = sent(client, scene, filled(client, scene))
    assert [len(again.context[name]) for name in ("new", "changed", "same")] == [0, 0, 2]


def test_every_mistake_is_told_at_its_cell_and_nothing_is_saved(scene: Scene, client: Client) -> None:
    bad = ("Thông cáo", "", "31/02/2024", "Trích yếu", "IV.99", "")
    preview = sent(client, scene, filled(client, scene, GOOD, bad))
    assert {"A5", "B5", "C5", "E5"} <= {problem.cell for problem in preview.context["tried"].errors}
    answer = client.post(address(scene), {"cells": preview.context["cells"]})
    assert answer.status_code == 409
    assert not IssuedDocument.objects.exists()


def test_what_was_loaded_fills_the_reports(scene: Scene, client: Client) -> None:
    preview = sent(client, scene, filled(client, scene, GOOD))
    client.post(address(scene), {"cells": preview.context["cells"]})
    assert start(scene, open_period(scene)).entries.get().text.startswith("Đã ban hành Kế hoạch số 45-KH/HU")


def test_the_cells_of_a_preview_are_bound_to_person_and_body(scene: Scene, client: Client) -> None:
    cells = sent(client, scene, filled(client, scene, GOOD)).context["cells"]
    other = signed_in(scene.cast.other_preparer)
    assert other.post(address(scene), {"cells": cells}).status_code == 404
    url = reverse("reports:register_upload", args=[scene.cast.other_district.code])
    assert other.post(url, {"cells": cells}).status_code == 409
    assert client.post(address(scene), {"cells": cells[:-3] + "abc"}).status_code == 409
    assert not IssuedDocument.objects.exists()


def test_a_marking_of_secrecy_keeps_the_file_out(scene: Scene, client: Client) -> None:
    answer = sent(client, scene, filled(client, scene, (*GOOD[:3], "TUYỆT MẬT", "", "")))
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_another_workbook_says_which_sheet_is_missing(scene: Scene, client: Client) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    answer = sent(client, scene, saved(book))
    assert "Văn bản" in answer.content.decode()
    assert answer.context["tried"].errors


def test_no_hostile_file_comes_through(scene: Scene, client: Client) -> None:
    for name, content in hostile_files():
        answer = sent(client, scene, content)
        assert answer.status_code == 422 or answer.context["tried"].errors, name


def test_the_pages_ask_few_questions(scene: Scene, client: Client, django_assert_max_num_queries: Any) -> None:
    content = filled(client, scene, GOOD)
    with django_assert_max_num_queries(12):
        client.get(address(scene, "template"))
    sent(client, scene, content)
    assert address(scene) in client.get(page("register_list")).content.decode()
