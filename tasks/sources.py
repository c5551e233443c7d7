"""Where a published state came from: the address of the report behind a reference such as “submission:12”."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from tasks.models import Progress

# The report itself stands in a higher app; only its address is known here.
REPORT = "submission:"


@dataclass(frozen=True)
class Told:
    """What one body has told of one subject, with the address of the report that it told it in."""

    progress: Progress
    url: str


def url_of(source: str) -> str:
    """Return the address of the source, or nothing for a source that is no page."""
    number = source.removeprefix(REPORT)
    if source.startswith(REPORT) and number.isdigit():
        return reverse("reports:report_read", args=[int(number)])
    return ""


def told(rows: list[Progress]) -> list[Told]:
    """Return the rows with the addresses of their sources."""
    return [Told(row, url_of(row.source)) for row in rows]
