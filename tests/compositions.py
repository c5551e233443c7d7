"""Editions in the making, for tests: a period with reports, its draft opened, and words taken into it."""

from __future__ import annotations

from typing import Any

import pytest

from reports.choices import Depth, Product, SubmissionState
from reports.composing import Hand
from reports.edition_content import edition_content
from reports.edition_opening import open_edition
from reports.edition_values import EditionContent, SectionContent
from reports.models import Edition, EditionSection, Expectation, Period, SectionSource, Submission
from tasks.choices import WorkState
from tasks.models import Body
from tests.factories import at, make_entry, make_group, make_period, make_plan, make_submission
from tests.people import Cast

LONG = "Đã tổ chức đối thoại với Nhân dân tại các xã, giải quyết dứt điểm kiến nghị về đất đai"
GROUP = "group:1"


@pytest.fixture
def period(cast: Cast) -> Period:
    """Return the period that its tests compose a report on."""
    return make_scene_period(cast)


def make_scene_period(cast: Cast, **fields: Any) -> Period:
    """Make a period of two districts with two groups of tasks."""
    plan = make_plan()
    for number in (1, 2):
        make_group(plan, number, tasks=1)
    return make_period(plan, bodies=[cast.district, cast.other_district], depth=Depth.FULL, **fields)


def accept(period: Period, body: Body, cast: Cast, text: str = LONG, *, version: int = 1, **fields: Any) -> Submission:
    """Make an accepted report with results in group 1; the version before it is superseded."""
    owed = Expectation.objects.get(period=period, body=body)
    owed.submissions.filter(state=SubmissionState.ACCEPTED).update(state=SubmissionState.SUPERSEDED)
    report = make_submission(owed, cast.reviewer, SubmissionState.ACCEPTED, version=version, **fields)
    make_entry(report, text, group=period.plan.groups.get(number=1), state=WorkState.WITH_RESULTS)
    return report


def open_draft(period: Period, cast: Cast, kind: Product = Product.COMMITTEE) -> Edition:
    """Open the draft of a product."""
    given = Period.objects.select_related("plan__issuer").get(pk=period.pk)
    return open_edition(given, kind, actor=cast.reviewer, at=at(20), on=at(20).date())


def content_now(edition: Edition) -> EditionContent:
    """Return what the edition says."""
    return edition_content(Edition.objects.opened().get(pk=edition.pk), now=at(21))


def section_now(edition: Edition, key: str = GROUP) -> SectionContent:
    """Return what one section says."""
    found = content_now(edition).section(key)
    assert found is not None
    return found


def take_words(edition: Edition, report: Submission, cast: Cast, text: str = LONG, key: str = GROUP) -> SectionSource:
    """Take words of a report into a section, straight in the table."""
    return SectionSource.objects.create(
        section=edition.sections.get(key=key),
        submission=report,
        body=report.expectation.body,
        line=GROUP,
        part="text",
        text=text,
        taken_by=cast.reviewer,
        taken_at=at(20),
    )


def write_text(edition: Edition, text: str, key: str = GROUP) -> None:
    """Take a section over by hand, straight in the table."""
    EditionSection.objects.filter(edition=edition, key=key).update(text=text, is_own=True, based_on="")


def hand_of(cast: Cast) -> Hand:
    """Return the reviewer's hand."""
    return Hand(cast.reviewer, at(21))
