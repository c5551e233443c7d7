"""“Tình hình gửi báo cáo”: the page of a year, and the files of a year and of a period."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from plan_tracker.lib import spreadsheets
from plan_tracker.lib.spreadsheets import Table
from reports.attendance import attendance_of
from reports.attendance_tables import contacts_in_words, period_table, standing_in_words, year_table
from reports.attendance_year import read_year
from reports.file_names import file_words
from reports.permissions import can_see_review, expectations_visible_to, periods_visible_to
from reports.views_documents import file_response
from reports.views_periods import who

WRITERS: dict[str, tuple[Callable[[Table], bytes], str]] = {
    "xlsx": (spreadsheets.write_xlsx, spreadsheets.XLSX_TYPE),
    "csv": (spreadsheets.write_csv, spreadsheets.CSV_TYPE),
}


@require_GET
def attendance_year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the bodies by the periods of a year; a body reads its own row."""
    _user, standing = who(request)
    found = read_year(year, standing, at=timezone.now())
    rows = [
        {
            "body": line.body,
            "cells": [(cell.standing, standing_in_words(cell)) if cell else None for cell in line.cells],
            "counts": line.counts,
            "contacts": contacts_in_words(line.body),
        }
        for line in found.bodies
    ]
    context = {
        "year": found,
        "rows": rows,
        "columns": list(zip(found.periods, found.by_period, strict=True)),
        "sees_all": can_see_review(standing),
        "crumbs": [{"label": _("Periods"), "url": reverse("reports:period_list")}, {"label": str(year), "url": ""}],
    }
    return render(request, "reports/attendance_year.html", context)


@require_GET
def attendance_year_file(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """Give the page of a year as a file."""
    _user, standing = who(request)
    table = year_table(read_year(year, standing, at=timezone.now()))
    return _file(table, f"tinh-hinh-gui-bao-cao-{year}", kind)


@require_GET
def attendance_period_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give the table of a period as a file: all rows to those who see every report, else the own one."""
    _user, standing = who(request)
    period = get_object_or_404(periods_visible_to(standing), pk=pk)
    owed = expectations_visible_to(standing).filter(period=period)
    attendance = attendance_of(owed, at=timezone.now(), with_contacts=True)
    return _file(period_table(attendance, period.title), f"tinh-hinh-gui-bao-cao-{file_words(period)}", kind)


def _file(table: Table, name: str, kind: str) -> HttpResponse:
    """Return the table as the kind of file that the address asks for."""
    if kind not in WRITERS:
        raise Http404
    write, content_type = WRITERS[kind]
    return file_response(write(table), content_type, f"{name}.{kind}")
