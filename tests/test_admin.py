"""The administration: every screen opens, files are tried out before they count, and what happened cannot be edited."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from targets.models import Observation
from tasks.models import Assignment, Body, BodyGroup, Extension, Membership, Plan, ScopeRule
from tests.pages import everything_told, signed_in
from tests.people import Cast, make_cast
from tests.plandata import plan as plan  # noqa: PLC0414 - a fixture of the tests below

OURS = {"tasks", "targets", "reports", "accounts"}
BUDGET = 12
SCREENS = [model for model in admin.site._registry if model._meta.app_label in OURS]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.administrator)


def address(model: type[Model], page: str = "changelist") -> str:
    """Return the address of a screen."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


def name_of(model: type[Model]) -> str:
    return model._meta.label


def try_out(client: Client, model: type[Model], csv: str) -> str:
    """Return the preview of an import."""
    file = SimpleUploadedFile("bang.csv", csv.encode(), content_type="text/csv")
    answer = client.post(address(model, "import"), {"import_file": file, "format": "0", "resource": ""})
    assert answer.status_code == 200
    return answer.content.decode()


def confirm(client: Client, model: type[Model], preview: str) -> None:
    """Take the import that was tried out."""
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', preview))
    answer = client.post(address(model, "process_import"), hidden)
    assert answer.status_code == 302


@pytest.mark.parametrize("model", SCREENS, ids=name_of)
def test_every_screen_opens_in_a_fixed_number_of_queries(
    model: type[Model], plan: Plan, client: Client, django_assert_max_num_queries: Any
) -> None:
    everything_told(list(Body.objects.filter(code__startswith="hu-")[:3]))
    with django_assert_max_num_queries(BUDGET):
        assert client.get(address(model), {"q": "a"}).status_code == 200


def test_a_file_is_tried_out_first_and_counts_only_when_it_is_confirmed(plan: Plan, client: Client) -> None:
    csv = (
        "code,name,short_name,kind,level,order,certainty,parent\n"
        "hu-thu,Huyện uỷ Thử,HU Thử,district,district_level,900,unknown,tinh-uy\n"
    )
    preview = try_out(client, Body, csv)
    assert "Huyện uỷ Thử" in preview
    assert not Body.objects.filter(code="hu-thu").exists()
    confirm(client, Body, preview)
    assert Body.objects.get(code="hu-thu").parent == Body.objects.get(code="tinh-uy")


def test_a_row_that_is_known_is_found_by_its_code_and_changed(plan: Plan, client: Client) -> None:
    before = Body.objects.count()
    confirm(client, Body, try_out(client, Body, "code,place\nhu-chi-lang,Đồng Mỏ\n"))
    assert Body.objects.get(code="hu-chi-lang").place == "Đồng Mỏ"
    assert Body.objects.count() == before


def test_a_code_that_nobody_bears_is_told_and_nothing_is_imported(plan: Plan, client: Client) -> None:
    preview = try_out(client, Membership, "user,body,role,starts_on\nreviewer,khong-co,viewer,2024-01-01\n")
    assert "process_import" not in preview
    assert "errorlist" in preview or "import-error" in preview or "does not exist" in preview


def test_memberships_come_from_a_file_with_days_as_people_write_them(plan: Plan, cast: Cast, client: Client) -> None:
    csv = "user,body,role,starts_on\npreparer,hu-chi-lang,preparer,05/02/2024\n"
    confirm(client, Membership, try_out(client, Membership, csv))
    row = Membership.objects.get(user=cast.preparer, body__code="hu-chi-lang")
    assert f"{row.starts_on:%Y-%m-%d}" == "2024-02-05"


def test_scope_rules_are_found_by_task_and_kind(plan: Plan, client: Client) -> None:
    before = ScopeRule.objects.count()
    rule = ScopeRule.objects.filter(task__code="1.2", body_kind="district").get()
    csv = f"task,body_kind,body,mode,basis\n1.2,district,,{rule.mode},plan\n"
    confirm(client, ScopeRule, try_out(client, ScopeRule, csv))
    rule.refresh_from_db()
    assert rule.basis == "plan"
    assert ScopeRule.objects.count() == before


def test_an_extension_comes_from_a_file(plan: Plan, client: Client) -> None:
    csv = "assignment,body,due_on,document,decided_on\nIV.1a,hu-chi-lang,30/9/2024,Công văn 12,20/6/2024\n"
    confirm(client, Extension, try_out(client, Extension, csv))
    assert Extension.objects.get().assignment == Assignment.objects.get(code="IV.1a")


def test_a_set_of_bodies_takes_its_members_by_code(plan: Plan, client: Client) -> None:
    csv = "code,name,members,order,certainty\nvung-bien,các huyện biên giới,hu-van-lang;hu-cao-loc,90,unknown\n"
    confirm(client, BodyGroup, try_out(client, BodyGroup, csv))
    assert BodyGroup.objects.get(code="vung-bien").members.count() == 2


FIGURE = (
    "indicator,body,covers_from,covers_to,measure,value,status,source\n"
    "T2.2,{body},01/01/2022,31/12/2022,level,{value},official,Niên giám\n"
)


def test_a_figure_is_read_as_offices_write_it(plan: Plan, client: Client) -> None:
    csv = FIGURE.format(body=plan.province.code, value='"53,4"')
    confirm(client, Observation, try_out(client, Observation, csv))
    row = Observation.objects.get(covers_to="2022-12-31", indicator__code="T2.2")
    assert str(row.value) == "53.4000"
    assert row.recorded_by is not None


def test_a_figure_that_could_mean_two_things_is_refused(plan: Plan, client: Client) -> None:
    preview = try_out(client, Observation, FIGURE.format(body=plan.province.code, value="1.234"))
    assert "hai cách" in preview
    assert "process_import" not in preview


@pytest.mark.parametrize("model", [Body, Observation], ids=name_of)
def test_no_page_of_the_administration_carries_scripts_or_styles_of_its_own(
    model: type[Model], plan: Plan, client: Client
) -> None:
    csv = "code,place\nhu-chi-lang,Đồng Mỏ\n" if model is Body else FIGURE.format(body=plan.province.code, value="1")
    pages = [client.get(address(model, page)).content.decode() for page in ("changelist", "import", "export")]
    for html in [*pages, try_out(client, model, csv)]:
        assert not re.search(r"<script(?![^>]*\b(src|type=\"application/json\"))", html)
        assert not re.search(r'\sstyle="|\son\w+="|<style', html)
