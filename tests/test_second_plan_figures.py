"""Figures of two plans whose indicators bear the same codes: loaded from one file, each stands where it belongs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from plan_tracker.loading import screens
from targets.models import Observation
from tasks.models import Plan
from tests.pages import signed_in
from tests.people import Cast, make_cast
from tests.plandata import plan as plan  # noqa: PLC0414 - a fixture of the tests below
from tests.test_admin import address
from tests.test_jobs_loading import done
from tests.test_second_plan import CODE, FOLDER, SECOND

HEAD = "indicator,body,covers_from,covers_to,measure,value,status,source,plan\n"
ROW = "T1.1,{body},01/01/2023,31/12/2023,level,{value},official,Niên giám,{plan}\n"


@pytest.fixture
def second(plan: Plan) -> Plan:
    """The second plan, with the codes of the first."""
    call_command("load_plan", "--from", str(FOLDER), verbosity=0)
    return Plan.objects.get(code=CODE)


@pytest.fixture
def cast(second: Plan) -> Cast:
    return make_cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.administrator)


def row(plan: Plan, value: str, code: str) -> str:
    """Return a row of the file about the province."""
    return ROW.format(body=plan.province.code, value=value, plan=code)


def load(client: Client, csv: str, prefix: str = "") -> Any:
    """Try a file out and confirm it; the preview, where it is refused."""
    file = SimpleUploadedFile("so-lieu.csv", (HEAD + csv).encode(), content_type="text/csv")
    url = f"{prefix}{address(Observation, 'import')}"
    preview = client.post(url, {"import_file": file, "format": "0", "resource": ""})
    if "confirm_form" not in preview.context:
        return preview.content.decode()
    form = preview.context["confirm_form"]
    there = f"{prefix}{address(Observation, 'process_import')}"
    return client.post(there, {**form.initial, "confirm": "1"})


def figures() -> dict[str, Decimal]:
    """Return the figures of that year by plan."""
    rows = Observation.objects.current().filter(covers_to="2023-12-31", indicator__code="T1.1")
    return dict(rows.values_list("indicator__target__plan__code", "value"))


def test_each_row_is_about_the_plan_that_it_names(client: Client, second: Plan) -> None:
    load(client, row(second, "8", "kh-nq43") + row(second, "21", CODE))
    assert figures() == {"kh-nq43": 8, CODE: 21}


@pytest.mark.parametrize(("prefix", "code"), [("", "kh-nq43"), (SECOND, CODE)])
def test_without_a_plan_the_address_decides(client: Client, second: Plan, prefix: str, code: str) -> None:
    load(client, row(second, "8", ""), prefix)
    assert figures() == {code: 8}


def test_a_plan_that_is_not_there_is_refused_at_its_cell(client: Client, second: Plan) -> None:
    html = load(client, row(second, "8", "khong-co"))
    assert "Ô I2" in html
    assert figures() == {}


@pytest.mark.django_db(transaction=True)
def test_the_worker_keeps_to_the_plan_of_the_address(cast: Cast, second: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "ROWS_AT_ONCE", 0)
    load(signed_in(cast.administrator), row(second, "8", ""), SECOND)
    assert done() == 1
    assert figures() == {CODE: 8}


def test_what_was_saved_of_both_is_unchanged_when_it_comes_back(client: Client, second: Plan) -> None:
    load(client, row(second, "8", "kh-nq43") + row(second, "21", CODE))
    before = list(Observation.objects.order_by("pk").values())
    saved = client.get(f"{SECOND}{reverse('targets:series_csv', args=['T1.1'])}").content.decode("utf-8-sig")
    assert CODE in saved
    file = SimpleUploadedFile("so-lieu.csv", saved.encode(), content_type="text/csv")
    preview = client.post(address(Observation, "import"), {"import_file": file, "format": "0", "resource": ""})
    assert preview.context["result"].totals["skip"] == 1
    assert list(Observation.objects.order_by("pk").values()) == before
