"""The fixtures: loadable twice without a change, complete, tied to the plan, and careful with what was entered."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter as Tally
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from plan_tracker.management.commands.load_plan import FILES
from reports.choices import PeriodKind
from targets.models import Counter, Definition, Goal, Indicator, IndicatorReporter, Observation, Target
from tasks.choices import Basis, BodyKind, DeadlineKind, DueUnit, PartyRole, ScopeMode
from tasks.models import (
    Assignment,
    AssignmentParty,
    AssignmentTask,
    Body,
    BodyGroup,
    BodyName,
    LegalDocument,
    Passage,
    Plan,
    ScopeRule,
    Task,
    TaskGroup,
)
from tests.plandata import load_plan

PATHS = [Path(settings.BASE_DIR) / "fixtures" / f"{name}.json" for name in FILES]


def tables() -> list[Any]:
    labels = {row["model"] for path in PATHS for row in json.loads(path.read_text(encoding="utf-8"))}
    return [apps.get_model(label) for label in sorted(labels)]


def everything() -> dict[str, list[dict[str, Any]]]:
    found = {}
    for table in tables():
        rows = list(table._default_manager.order_by("pk").values())
        for column in table._meta.many_to_many:
            links = column.remote_field.through._default_manager.order_by("pk").values()
            found[f"{table._meta.label}.{column.name}"] = list(links)
        found[table._meta.label] = rows
    return found


def test_every_file_in_the_folder_is_loaded() -> None:
    assert sorted(PATHS) == sorted((Path(settings.BASE_DIR) / "fixtures").glob("*.json"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_file_is_composed_text_without_primary_keys_or_demonstration_data(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\\u" not in text
    for row in json.loads(text):
        assert set(row) == {"model", "fields"}
        assert not row["fields"].get("is_demo")


def test_loading_twice_changes_nothing(plan: Plan) -> None:
    before = everything()
    load_plan()
    assert everything() == before
    load_plan("--update")
    assert everything() == before


def test_django_itself_reads_the_files_to_the_same_rows(plan: Plan) -> None:
    before = everything()
    call_command("loaddata", *map(str, PATHS), verbosity=0)
    assert everything() == before


def test_the_counts_are_those_of_the_plan(plan: Plan) -> None:
    assert [group.tasks.count() for group in TaskGroup.objects.all()] == [4, 14, 5, 4, 4, 3, 6, 3]
    assert Task.objects.count() == 43
    assert Assignment.objects.count() == 8
    assert (Target.objects.count(), Indicator.objects.count()) == (8, 20)
    assert (Definition.objects.count(), Goal.objects.count()) == (20, 20)
    assert Tally(Indicator.objects.values_list("target__code", flat=True)) == {
        "T0": 2, "T1": 1, "T2": 2, "T3": 3, "T4": 3, "T5": 1, "T6": 7, "T7": 1
    }  # fmt: skip
    assert Counter.objects.count() == 32
    documents = LegalDocument.objects.all()
    assert (documents.exclude(symbol="").count(), documents.filter(symbol="").count()) == (32, 10)


def test_the_lead_paragraph_of_group_2_belongs_to_the_group(plan: Plan) -> None:
    assert {group.number: group.lead.code for group in TaskGroup.objects.exclude(lead=None) if group.lead} == {
        2: "III.2.0"
    }
    assert not Task.objects.filter(passage__code="III.2.0").exists()
    assert Passage.objects.filter(code__regex=r"^III\.\d\.\d+$").count() == 44


def test_what_hangs_on_a_passage_uses_its_words(plan: Plan) -> None:
    for group in TaskGroup.objects.select_related("heading"):
        assert group.title in group.heading.text
    for assignment in Assignment.objects.select_related("passage"):
        assert assignment.action in assignment.passage.text
        assert all(words in assignment.passage.text for words in assignment.deadline_printed.split("; "))
    for party in AssignmentParty.objects.select_related("assignment__passage"):
        assert party.printed in party.assignment.passage.text
    for indicator in Indicator.objects.select_related("passage", "target"):
        assert indicator.printed
        assert indicator.printed in indicator.passage.text
        assert indicator.passage_id == indicator.target.passage_id
    assert all(task.passage.code == f"III.{task.code}" for task in Task.objects.select_related("passage"))


def test_the_plans_own_number_and_date_are_missing_until_somebody_enters_them(plan: Plan) -> None:
    assert plan.lacks_number_or_date
    assert plan.organisation_note == "Tổ chức bộ máy theo thời điểm ban hành kế hoạch (2024)"
    plan.symbol, plan.issued_on = "128-KH/TU", date(2024, 4, 26)
    plan.save()
    for options in ((), ("--update",)):
        load_plan(*options)
        plan.refresh_from_db()
        assert (plan.symbol, plan.issued_on) == ("128-KH/TU", date(2024, 4, 26))


def test_what_an_administrator_changed_stays_unless_an_update_is_asked_for(plan: Plan) -> None:
    Body.objects.filter(code="hu-chi-lang").update(symbol="HU-CL")
    Task.objects.filter(code="2.5").update(title="Thế hệ trẻ")
    load_plan()
    assert Body.objects.get(code="hu-chi-lang").symbol == "HU-CL"
    assert Task.objects.get(code="2.5").title == "Thế hệ trẻ"
    load_plan("--update")
    assert Body.objects.get(code="hu-chi-lang").symbol == "HU"
    assert Task.objects.get(code="2.5").title == "Giáo dục, phát huy vai trò thế hệ trẻ"


def test_a_row_that_an_administrator_renamed_is_not_loaded_beside_his(
    plan: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    BodyName.objects.filter(body__code="hu-chi-lang").update(name="Huyện ủy Chi Lăng")
    load_plan()
    assert list(BodyName.objects.filter(body__code="hu-chi-lang").values_list("name", flat=True)) == [
        "Huyện ủy Chi Lăng"
    ]
    assert "left out" in capsys.readouterr().err


def test_a_missing_row_comes_back_with_its_references(plan: Plan) -> None:
    AssignmentParty.objects.filter(body_group__code="cac-huyen-uy").delete()
    BodyGroup.objects.get(code="cac-huyen-uy").delete()
    Counter.objects.filter(code="C05").delete()
    load_plan()
    assert BodyGroup.objects.get(code="cac-huyen-uy").members.count() == 10
    assert Counter.objects.get(code="C05").reporters.count() == 1


def expected_of(code: str) -> list[Body]:
    bodies: dict[int, Body] = {}
    for party in AssignmentParty.objects.filter(assignment__code=code, role=PartyRole.LEAD):
        if party.body:
            bodies[party.body.pk] = party.body
        if party.body_group:
            bodies |= {body.pk: body for body in party.body_group.members.all()}
    return list(bodies.values())


def test_thirty_addressees_of_iv_1a_make_25_reports(plan: Plan) -> None:
    addressees = expected_of("IV.1a")
    assert len(addressees) == 30
    senders = {(body.reports_through or body).pk for body in addressees}
    assert len(senders) == 25
    assert Body.objects.reporting().filter(pk__in=[body.pk for body in addressees]).count() == 25
    information = Body.objects.get(code="ban-tuyen-giao")
    assert len(senders | {information.pk}) == 26
    assert expected_of("IV.1b") == addressees


def test_a_party_group_reports_together_with_its_organisation(plan: Plan) -> None:
    through = Body.objects.filter(reports_through__isnull=False)
    assert dict(through.values_list("code", "reports_through__code")) == {
        "dang-doan-mttq": "mttq-tinh",
        "dang-doan-ldld": "ldld-tinh",
        "dang-doan-hoi-nong-dan": "hoi-nong-dan-tinh",
        "dang-doan-hoi-lhpn": "hoi-lhpn-tinh",
        "dang-doan-hoi-ccb": "hoi-ccb-tinh",
    }


def test_bodies_stand_in_the_official_order_with_a_name_a_source_and_a_head(plan: Plan) -> None:
    kinds = list(dict.fromkeys(Body.objects.values_list("kind", flat=True)))
    assert kinds == [
        BodyKind.PROVINCE,
        BodyKind.PROVINCIAL_COMMITTEE,
        BodyKind.STANDING_COMMITTEE,
        BodyKind.ADVISORY,
        BodyKind.PARTY_GROUP,
        BodyKind.CIVIL_AFFAIRS,
        BodyKind.FRONT,
        BodyKind.SOCIO_POLITICAL,
        BodyKind.DISTRICT,
        BodyKind.SUBORDINATE,
    ]
    assert Tally(Body.objects.values_list("kind", flat=True))[BodyKind.DISTRICT] == 11
    assert list(Body.objects.filter(is_summarizer=True).values_list("code", flat=True)) == ["ban-dan-van"]
    for body in Body.objects.prefetch_related("names"):
        assert body.source
        assert [(name.name, name.symbol) for name in body.names.all()] == [(body.name, body.symbol)]
        if body.kind != BodyKind.PROVINCE:
            assert body.symbol
            assert body.head_name == body.head_name.upper()
    assert not BodyGroup.objects.get(code="cac-hoi-quan-chung").members.exists()


def test_deadlines_are_of_the_kind_that_the_plan_sets(plan: Plan) -> None:
    assert dict(Assignment.objects.values_list("code", "deadline_kind")) == {
        "IV.1a": DeadlineKind.FIXED,
        "IV.1b": DeadlineKind.ONGOING,
        "IV.2": DeadlineKind.UNSPECIFIED,
        "IV.3": DeadlineKind.ONGOING,
        "IV.4a": DeadlineKind.ONGOING,
        "IV.4b": DeadlineKind.ON_TRIGGER,
        "IV.5": DeadlineKind.ONGOING,
        "IV.6": DeadlineKind.ONGOING,
    }
    first = Assignment.objects.get(code="IV.1a")
    assert (first.due_on, first.due_unit) == (date(2024, 6, 30), DueUnit.QUARTER)
    assert [row.code for row in Assignment.objects.filter(reports_periodically=True)] == ["IV.6"]
    assert AssignmentTask.objects.filter(basis=Basis.PLAN).exists()
    assert AssignmentTask.objects.get(assignment__code="IV.4b").task.code == "2.14"


def test_the_scope_is_a_proposal_for_every_task_and_column(plan: Plan) -> None:
    assert not ScopeRule.objects.exclude(basis=Basis.PROPOSED).exists()
    # Eight columns, and for five tasks the one organisation concerned beside the others of its kind.
    assert ScopeRule.objects.count() == 43 * 8 + 5
    concerned = ScopeRule.objects.filter(body__kind=BodyKind.SOCIO_POLITICAL)
    assert dict(concerned.values_list("task__code", "body__code")) == {
        "2.1": "ldld-tinh",
        "2.2": "hoi-nong-dan-tinh",
        "2.5": "tinh-doan",
        "2.6": "hoi-lhpn-tinh",
        "2.7": "hoi-ccb-tinh",
    }
    assert set(concerned.values_list("mode", flat=True)) == {ScopeMode.LEAD}
    own = ScopeRule.objects.filter(body_kind=BodyKind.DISTRICT, mode=ScopeMode.OWN_LINE)
    assert own.count() == 13
    assert ScopeRule.objects.filter(mode=ScopeMode.CONFIDENTIAL).count() == 4


def test_every_figure_has_one_owning_channel(plan: Plan) -> None:
    for counter in Counter.objects.prefetch_related("reporters"):
        assert {reporter.channel for reporter in counter.reporters.all()} == {counter.channel}
    quantitative = Indicator.objects.exclude(evaluation="qualitative")
    assert set(IndicatorReporter.objects.exclude(indicator=None).values_list("indicator__code", flat=True)) == set(
        quantitative.values_list("code", flat=True)
    )


def test_only_kinds_of_period_that_exist_are_named(plan: Plan) -> None:
    named = {kind for kinds in IndicatorReporter.objects.values_list("period_kinds", flat=True) for kind in kinds}
    assert named == {PeriodKind.YEAR}


def test_what_ended_in_2025_is_loaded_only_when_asked_for(plan: Plan) -> None:
    assert not Definition.objects.exclude(valid_to=None).exists()
    for options in (("--later", "definition_ends_2025"), ("--update",), ("--later", "definition_ends_2025")):
        load_plan(*options)
        ended = Definition.objects.filter(ends_without_object=True)
        assert dict(ended.values_list("indicator__code", "valid_to")) == {
            "T3.2": date(2025, 6, 30),
            "T4.2": date(2026, 2, 14),
            "T4.3": date(2025, 6, 30),
        }
        second = Definition.objects.filter(version=2)
        assert set(second.values_list("indicator__code", flat=True)) == {"T3.1", "T3.3", "T4.1"}
        for definition in second.select_related("indicator"):
            first = definition.indicator.definitions.get(version=1)
            assert first.valid_to == definition.valid_from - timedelta(1)
            assert definition.goals.get().valid_from == definition.valid_from


def test_published_figures_are_real_sourced_and_inside_their_definition(plan: Plan) -> None:
    observations = Observation.objects.select_related("definition", "body", "indicator")
    assert Tally(row.indicator.code for row in observations) == {"T2.1": 6, "T2.2": 4, "T3.1": 4}
    for row in observations:
        assert row.source
        assert row.body == plan.province
        assert row.definition.valid_from <= row.covers_from
        assert row.value == row.value.quantize(row.value.__class__(1).scaleb(-row.indicator.decimals))
