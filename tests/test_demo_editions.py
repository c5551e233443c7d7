"""The editions of the demonstration: which states it shows, that no step went round a rule, and its briefs."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.translation import override

from reports import edition_facts
from reports.choices_editions import EditionState, Handling
from reports.documents.pdf_file import render_pdf
from reports.documents.report_json import from_data
from reports.documents.report_value import Layout
from reports.edition_papers import brief_of, summary_at
from reports.models import Edition, EditionComment, EditionDraft, Period
from reports.sentences import FOR_SHOW
from reports.summaries import build_summary
from tasks.models import Plan
from tests.documents import OpenedPdf
from tests.factories import at
from tests.random_summaries import LETTERHEAD

pytestmark = pytest.mark.django_db
DAY = "2025-02-10"
HISTORY = [
    ("committee_report", "draft", ["send_out"]),
    ("committee_report", "issued", ["hand_up", "approve", "issue"]),
    ("brief_page", "approved", ["hand_up", "approve"]),
    ("standing_report", "draft", []),
    ("standing_report", "in_review", ["hand_up"]),
]


def test_the_stage_shows_editions_in_many_states_that_keep_every_rule(plan: Plan) -> None:
    call_command("demo", stdout=StringIO(), today=DAY)
    shown = [(row.kind, str(row.state), [step.step for step in row.steps.all()]) for row in Edition.objects.all()]
    assert sorted(shown) == sorted(HISTORY)
    assert set(EditionComment.objects.values_list("handling", flat=True)) == {
        Handling.OPEN,
        Handling.TAKEN,
        Handling.EXPLAINED,
    }
    edition = Edition.objects.get(state=EditionState.ISSUED)
    changed_since(edition)
    numbered_for_show(edition)
    briefs_on_one_page()


def changed_since(edition: Edition) -> None:
    """Check that figures of an issued edition have changed since."""
    now = edition_facts.facts_of(summary_at(edition, at=edition.issued_at or at()))
    assert edition_facts.differences(edition_facts.from_data(edition.facts or {}), now)


def numbered_for_show(edition: Edition) -> None:
    """Check that papers name the plan by a number that says that it is none, and that no plan got it."""
    assert set(Plan.objects.values_list("symbol", "issued_on")) == {("", None)}
    for content in (edition.content, EditionDraft.objects.get().content):
        paper = from_data(content or {})
        assert FOR_SHOW in paper.subject
        assert "…" not in paper.subject
        assert "DỮ LIỆU MINH HOẠ" in paper.page_mark


def briefs_on_one_page() -> None:
    """Check that the brief of every period is one page, in both layouts."""
    for period in Period.objects.select_related("plan__issuer"):
        summary = build_summary(period, at=period.due_at)
        for layout in Layout:
            with override("vi"):
                paper = brief_of(summary, LETTERHEAD, on=date(2025, 2, 10), layout=layout)
            (page,) = OpenedPdf(render_pdf(paper)).texts()
            assert "BÁO CÁO TÓM TẮT" in page
            assert "VIỆC CHẬM NHẤT" in page
