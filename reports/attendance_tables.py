"""“Tình hình gửi báo cáo” of a period and of a year as tables for CSV and XLSX."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plan_tracker.lib.spreadsheets import Cell, Table
from reports.attendance import Attendance, BodyRow
from reports.attendance_year import Year
from reports.choices import ReportStanding
from tasks.models import Body


def standing_in_words(row: BodyRow) -> str:
    """Return “sent on time”, “3 days late”, “missing, 3 days” … as a cell of a table shows it."""
    if row.standing == ReportStanding.SENT_LATE:
        return ngettext("%(number)s day late", "%(number)s days late", row.days_late) % {"number": row.days_late}
    if row.standing == ReportStanding.MISSING:
        words = ngettext("missing, %(number)s day", "missing, %(number)s days", row.days_late)
        return words % {"number": row.days_late}
    return {
        ReportStanding.SENT_ON_TIME: _("on time"),
        ReportStanding.EXEMPT: _("exempt"),
    }.get(row.standing, _("not sent yet"))


def contacts_in_words(body: Body) -> str:
    """Return the office contacts of a body in one cell; `contacts` is prefetched."""
    found = (", ".join(filter(None, (one.label, one.phone, one.email))) for one in body.contacts.all())
    return "; ".join(found)


def period_table(attendance: Attendance, title: str) -> Table:
    """Return one line a body, in the official order."""
    headers = [
        _("No."),
        _("Body"),
        _("Punctuality"),
        _("Report"),
        _("First sent on"),
        _("Days late"),
        _("Accepted without being returned"),
        _("Signed copy outstanding"),
        _("Reason of the exemption"),
        _("Office contacts"),
    ]
    return Table(title, headers, [_period_cells(place, row) for place, row in enumerate(attendance.rows, start=1)])


def _period_cells(place: int, row: BodyRow) -> list[Cell]:
    return [
        place,
        row.body,
        str(row.standing.label),
        str(row.state.label) if row.state else "",
        timezone.localtime(row.first_sent_at).date() if row.first_sent_at else None,
        row.days_late,
        _("yes") if row.accepted_first_time else "",
        _("yes") if row.copy_missing else "",
        row.expectation.exempt_reason,
        contacts_in_words(row.expectation.body),
    ]


def year_table(year: Year) -> Table:
    """Return one line a body with its word for each period, then the counts; the last line is the whole."""
    counts = [
        _("Owed"),
        _("Sent"),
        _("On time"),
        _("Accepted without being returned"),
        _("Days late"),
        _("Exempt"),
        _("Signed copies outstanding"),
    ]
    headers = [_("No."), _("Body"), *(period.title for period in year.periods), *counts, _("Office contacts")]
    rows: list[list[Cell]] = [
        [
            place,
            line.body.name,
            *(standing_in_words(cell) if cell else "" for cell in line.cells),
            *_counts(line.counts),
            contacts_in_words(line.body),
        ]
        for place, line in enumerate(year.bodies, start=1)
    ]
    if len(rows) > 1:
        sent = (f"{one.received}/{one.expected}" for one in year.by_period)
        rows.append([None, _("Together"), *sent, *_counts(year.whole), ""])
    return Table(str(year.year), headers, rows)


def _counts(found: Attendance) -> list[Cell]:
    return [
        found.expected,
        found.received,
        found.on_time,
        found.accepted_first_time,
        found.days_late,
        found.exempt,
        found.copies_missing,
    ]
