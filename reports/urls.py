"""Addresses of `reports`; each part of the app keeps its own list."""

from __future__ import annotations

from reports import (
    urls_calendar,
    urls_changes,
    urls_counters,
    urls_deliveries,
    urls_edition_life,
    urls_editions,
    urls_form,
    urls_home,
    urls_periods,
    urls_recommendations,
    urls_reminders,
    urls_search,
    urls_summary,
    urls_tombstones,
    urls_workbook,
)

app_name = "reports"
urlpatterns = [
    *urls_home.urlpatterns,
    *urls_form.urlpatterns,
    *urls_workbook.urlpatterns,
    *urls_deliveries.urlpatterns,
    *urls_periods.urlpatterns,
    *urls_reminders.urlpatterns,
    *urls_calendar.urlpatterns,
    *urls_summary.urlpatterns,
    *urls_editions.urlpatterns,
    *urls_edition_life.urlpatterns,
    *urls_counters.urlpatterns,
    *urls_recommendations.urlpatterns,
    *urls_changes.urlpatterns,
    *urls_tombstones.urlpatterns,
    *urls_search.urlpatterns,
]
