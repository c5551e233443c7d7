"""What a reviewer should look at first: texts seen before, figures far from the last, sums that fell. No one is blamed.

Found in what was sent and kept; the comparison with other bodies takes one query.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from reports.choices import DELIVERED_STATES, ReportForm
from reports.delivered import frozen_figure
from reports.deliveries import line_of
from reports.models import Entry, Submission
from reports.outline import line_anchor
from reports.quality import FEWEST_WORDS, is_far, is_same
from reports.review_lines import Content, Versions, by_line

# Texts whose lengths differ more than this cannot be the same in four fifths of their runs.
NEAREST_LENGTH = 0.7


@dataclass(frozen=True)
class LookAt:
    """One thing to look at, at a line of the page."""

    line: str
    label: str
    sentence: str

    @property
    def anchor(self) -> str:
        """Return the id of its line on the page."""
        return line_anchor(self.line)


def look_at(submission: Submission, versions: Versions) -> list[LookAt]:
    """Return what is worth a look in a delivery, in the order of its lines; one query."""
    if versions.delivery is None:
        return []
    return [*_of_form(versions), *_of_texts(submission, versions), *_of_counters(versions), *_of_indicators(versions)]


def _of_form(versions: Versions) -> Iterator[LookAt]:
    """Yield that a body had nothing new twice running."""
    if versions.now.get("form") == ReportForm.NIL == versions.before.get("form"):
        yield LookAt("", "", _("The last report said that there was nothing new, too."))


def _of_texts(submission: Submission, versions: Versions) -> Iterator[LookAt]:
    """Yield the lines that repeat the last report, or that other bodies sent as well."""
    before = by_line(versions.before, "entries")
    rows = [row for row in versions.now.get("entries", ()) if len(row.get("text", "").split()) >= FEWEST_WORDS]
    others = _others(submission) if rows else {}
    for row in rows:
        line, text = row["line"], row["text"]
        label = row.get("title") or line
        if is_same(text, before.get(line, {}).get("text", "")):
            yield LookAt(line, label, _("The text is nearly that of the last report."))
        if bodies := [body for body, other in others.get(line, ()) if _is_near(text, other) and is_same(text, other)]:
            yield LookAt(
                line, label, _("Nearly the same text was sent by: %(bodies)s.") % {"bodies": ", ".join(bodies)}
            )


def _others(submission: Submission) -> dict[str, list[tuple[str, str]]]:
    """Return what other bodies sent for the same period, by line: body and text."""
    rows = Entry.objects.filter(
        submission__expectation__period=submission.expectation.period_id, submission__state__in=DELIVERED_STATES
    ).exclude(submission__expectation=submission.expectation_id)
    rows = rows.exclude(text="").select_related(
        "submission__expectation__body", "group", "task", "assignment", "question"
    )
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entry in rows.order_by("submission__expectation__body__order"):
        found[line_of(entry)].append((entry.submission.expectation.body.short_name, entry.text))
    return found


def _is_near(one: str, other: str) -> bool:
    """Return whether two texts are of about one length: the cheap question before the dear one."""
    return min(len(one), len(other)) >= NEAREST_LENGTH * max(len(one), len(other))


def _of_counters(versions: Versions) -> Iterator[LookAt]:
    """Yield the counters that are far from the last ones, stretched to this window, and the sums that fell."""
    before = by_line(versions.before, "counters")
    stretch = _days(versions.now) / _days(versions.before) if before else Decimal(1)
    for row in versions.now.get("counters", ()):
        old = before.get(row["line"], {})
        now, last = _number(row.get("in_period")), _number(old.get("in_period"))
        if now is not None and last is not None and not row.get("note") and is_far(now, last * stretch):
            yield LookAt(row["line"], row["title"], _far(old["in_period"], row["in_period"]))
        now, last = _number(row.get("cumulative")), _number(old.get("cumulative"))
        if now is not None and last is not None and now < last:
            yield LookAt(row["line"], row["title"], _("The cumulative figure is below that of the last report."))


def _of_indicators(versions: Versions) -> Iterator[LookAt]:
    """Yield the indicators that are far from the last ones."""
    before = by_line(versions.before, "indicators")
    for row in versions.now.get("indicators", ()):
        old = before.get(row["line"], {})
        now, last = _number(row.get("value")), _number(old.get("value"))
        if now is not None and last is not None and not row.get("note") and is_far(now, last):
            yield LookAt(row["line"], row["title"], _far(old["value"], row["value"]))


def _far(last: str, now: str) -> str:
    words = {"last": frozen_figure(last), "now": frozen_figure(now)}
    return _("Far from the last report: %(last)s → %(now)s.") % words


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _days(content: Content) -> Decimal:
    """Return how many days the window of a delivery has."""
    first, last = (date.fromisoformat(content["period"][name]) for name in ("from", "to"))
    return Decimal((last - first).days + 1)
