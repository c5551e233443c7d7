"""The board and a series as files."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from plan_tracker.lib import spreadsheets
from plan_tracker.lib.spreadsheets import Table
from targets.board import build_board, indicators_of
from targets.exports import board_table, series_table
from targets.models import Indicator, Observation
from targets.series_choice import DEMO, chosen_series
from tasks.permissions import standing_of
from tasks.reading import chosen_plan, shown_plans

WRITERS: dict[str, tuple[Callable[[Table], bytes], str]] = {
    "xlsx": (spreadsheets.write_xlsx, spreadsheets.XLSX_TYPE),
    "csv": (spreadsheets.write_csv, spreadsheets.CSV_TYPE),
}


def _file(table: Table, name: str, kind: str) -> HttpResponse:
    """Return the table as a file to keep."""
    write, content_type = WRITERS[kind]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(write(table), content_type=content_type, headers=headers)


@require_GET
def board_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the board of all indicators as a file."""
    today = timezone.localdate()
    table = board_table(build_board(today, get_language() or "vi", plan=chosen_plan(request)))
    return _file(table, f"chi-tieu-{today:%Y-%m-%d}", kind)


def figures_that_stand(indicator: Indicator, *, is_demo: bool) -> QuerySet[Observation]:
    """Return the figures that stand of an indicator, in the order of a file."""
    rows = Observation.objects.current().filter(indicator=indicator, is_demo=is_demo)
    return rows.select_related("indicator__target__plan", "body", "definition").order_by(
        "covers_to", "body__order", "measure", "pk"
    )


@require_GET
def series_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Give the figures of one indicator that the person may see as a file that an import reads back."""
    standing = standing_of(request.user, on=timezone.localdate())
    indicator = get_object_or_404(indicators_of(shown_plans(request)), code=code)
    is_demo = bool(chosen_series(request))
    rows = figures_that_stand(indicator, is_demo=is_demo) & Observation.objects.visible_to(standing)
    return _file(series_table(indicator, rows), f"{indicator.code}{f'-{DEMO}' if is_demo else ''}", kind)
