"""Plays the composer of the demonstration: a report that is being written, and a passage whose source changed later."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from plan_tracker.accounts.models import User
from reports.choices import Product, SubmissionState
from reports.composer_pages import quotes_standing
from reports.composing import Hand, Typed, mark, save_text, take
from reports.conflicts import digest
from reports.coverage_values import Source
from reports.demo.stage import moment
from reports.edition_content import body_ref, edition_content
from reports.edition_opening import open_edition
from reports.edition_values import EditionContent, SectionContent
from reports.models import Edition, Entry, Period
from reports.passages import TEXT
from reports.section_material import material_of, pieces_for
from reports.told import Quote
from tasks.models import Plan

TAKEN_IN = ("group:1", "group:5", "group:8")
READY = ("opening", "direction", "indicators", "group:1", "group:5")
WRITTEN_IN = "group:3"
LEAD = "Các cấp uỷ tiếp tục coi trọng công tác dân vận trong xây dựng, chỉnh đốn Đảng; nổi bật là:"


def play_composing(plan: Plan, today: date) -> None:
    """Leave the report of the latest period to the Centre half written."""
    latest = moment(today - timedelta(days=14), 0)
    periods = Period.objects.filter(plan=plan, is_demo=True, due_at__lt=latest).select_related("plan__issuer")
    period = periods.order_by("-due_at").first()
    if period is None:
        return
    hand = Hand(User.objects.get(username="chuyenvien", is_demo=True), moment(today, 9))
    on = timezone.localtime(hand.at).date()
    edition = open_edition(period, Product.STANDING, actor=hand.actor, at=hand.at, on=on)
    take_changed(edition, period, hand)
    for key in TAKEN_IN:
        take_first(edition, key, hand)
    write(edition, hand)
    content = content_at(edition, hand.at)
    for key in READY:
        if section := content.section(key):
            mark(edition, section, ready=True)


def content_at(edition: Edition, at: datetime) -> EditionContent:
    """Return what the edition says."""
    return edition_content(Edition.objects.opened().get(pk=edition.pk), now=at)


def section_of(content: EditionContent, key: str) -> SectionContent:
    """Return a section that every report has."""
    return next(row for row in content.sections if row.key == key)


def take_first(edition: Edition, key: str, hand: Hand) -> None:
    """Take the first words that do not stand in a section yet."""
    content = content_at(edition, hand.at)
    section = section_of(content, key)
    offered = material_of(pieces_for(key, content.summary), quotes_standing(section))
    fresh = next((one for one in offered if not one.is_taken), None)
    if fresh is not None:
        take(edition, section, fresh.quotes, content.summary, hand)


def write(edition: Edition, hand: Hand) -> None:
    """Put a leading sentence before what a section says."""
    section = section_of(content_at(edition, hand.at), WRITTEN_IN)
    text = f"{LEAD}\n{section.text}"
    save_text(edition, section, Typed(text, digest(section.text), section.saved.row_version), hand)


def take_changed(edition: Edition, period: Period, hand: Hand) -> None:
    """Take words that stood in a report before it was corrected: the page shows that they stand there no more."""
    superseded = Entry.objects.filter(
        submission__expectation__period=period, submission__state=SubmissionState.SUPERSEDED, group__number=2
    )
    entry = superseded.exclude(text="").select_related("submission__expectation__body").first()
    if entry is None:
        return
    content = content_at(edition, hand.at)
    source = Source(body_ref(entry.submission.expectation.body), entry.submission_id, "group:2")
    take(edition, section_of(content, "group:2"), [Quote(source, TEXT, entry.text)], content.summary, hand)
