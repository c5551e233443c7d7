"""The demonstration: the same day gives the same data, everything is marked, and all of it can be taken away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db.models import Model

from plan_tracker.accounts.models import User
from reports.choices import PeriodKind, Product, SubmissionState
from reports.choices_editions import EditionState
from reports.demo.calendar import rounds_until
from reports.edition_content import edition_content
from reports.models import CounterValue, Edition, Entry, Expectation, Period, SignedCopy, Submission, Transition
from targets.models import Observation
from tasks.choices import Role
from tasks.models import IssuedDocument, Membership, Plan, Progress
from tests.factories import at

pytestmark = pytest.mark.django_db
DAY = "2025-02-10"
OURS = ("accounts", "tasks", "targets", "reports")


def demo(**options: object) -> str:
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


def counts() -> dict[str, int]:
    models: list[type[Model]] = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: model._default_manager.count() for model in models}


def picture() -> list[object]:
    reports = Submission.objects.order_by("expectation__period__data_to", "expectation__body__order", "version")
    return [
        list(reports.values_list("expectation__body__code", "state", "submitted_at", "accepted_at")),
        sorted(Entry.objects.values_list("state", "text")),
        sorted(CounterValue.objects.values_list("counter__code", "in_period", "cumulative")),
        list(Transition.objects.order_by("taken_at", "step").values_list("step", "taken_at")),
        sorted(IssuedDocument.objects.values_list("symbol", "issued_on")),
    ]


def test_the_calendar_has_every_round_since_the_first_half_of_2024() -> None:
    kinds = [(item.kind, item.year) for item in rounds_until(date(2025, 4, 30))]
    assert kinds == [
        (PeriodKind.FIRST_HALF, 2024),
        (PeriodKind.NINE_MONTHS, 2024),
        (PeriodKind.YEAR, 2024),
        (PeriodKind.QUARTER, 2025),
    ]


def test_the_same_day_gives_the_same_data_and_removal_leaves_nothing(plan: Plan) -> None:
    before = counts()
    demo(today=DAY)
    first = picture()
    demo(remove=True)
    assert counts() == before
    demo(today=DAY)
    assert picture() == first


def test_everything_is_marked_and_nothing_is_dated_after_the_day(plan: Plan) -> None:
    demo(today=DAY)
    assert not Period.objects.filter(is_demo=False).exists()
    assert not Progress.objects.filter(is_demo=False).exists()
    assert not IssuedDocument.objects.filter(is_demo=False).exists()
    assert not User.objects.filter(is_demo=False).exists()
    assert not Observation.objects.filter(is_demo=False).exclude(source_ref="").exists()
    assert not IssuedDocument.objects.filter(issued_on__gt=DAY).exists()


def test_reports_stand_in_many_states_late_and_missing_ones_among_them(plan: Plan) -> None:
    demo(today="2025-03-01")
    states = set(Submission.objects.values_list("state", flat=True))
    assert states == set(SubmissionState.values)
    owed = Expectation.objects.all()
    assert owed.filter(first_delivered_at=None).exists()
    assert any(row.first_delivered_at and row.first_delivered_at > row.due_at for row in owed)
    assert owed.filter(period__kind=PeriodKind.FIRST_HALF).count() == 25


def test_a_report_is_half_written_and_one_of_its_passages_has_changed(plan: Plan) -> None:
    demo(today=DAY)
    edition = Edition.objects.opened().get(kind=Product.STANDING, state=EditionState.DRAFT)
    content = edition_content(edition, now=at(10, month=2))
    assert sum(row.is_ready for row in content.sections) == 5
    assert [row.key for row in content.sections if row.is_own] == ["group:3"]
    assert [row.key for row in content.sections if row.changed] == ["group:2"]


def test_removal_takes_the_files_too(plan: Plan, django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    demo(today="2024-07-01")
    copy = SignedCopy.objects.exclude(symbol="")[0]
    copy.scan.save("van-ban.pdf", ContentFile(b"%PDF-1.4"))
    storage, name = copy.scan.storage, str(copy.scan.name)
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        demo(remove=True)
    assert not storage.exists(name)


def test_there_is_an_account_for_every_role_and_the_command_prints_them(plan: Plan) -> None:
    told = demo(today="2024-06-01")
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role.values) - {Role.ADMINISTRATOR}
    assert User.objects.filter(is_staff=True).exists()
    assert "chuyenvien" in told
    # The code of the second factor moves on every half minute.
    assert demo(accounts=True).partition("or, within")[0] == told.partition("or, within")[0]


def test_a_second_demonstration_and_a_wrong_day_are_refused_with_a_sentence(plan: Plan) -> None:
    demo(today="2024-06-01")
    with pytest.raises(CommandError, match="there already"):
        demo(today="2024-06-01")
    with pytest.raises(CommandError, match="write a day such as"):
        demo(today="10/2/2025")
