"""Home, report page and summary against a bare Django view, and what every page weighs as it travels."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse

from plan_tracker.urls import urlpatterns as portal
from reports.models import Entry
from tasks.choices import WorkState
from tests.access_table import READS, Row
from tests.access_world import World, make_world
from tests.bench.interleaved import Measurement, in_turns
from tests.bench.workbook import full_report

PAGES = (
    ("home of a reviewer", "reviewer", "reports:home"),
    ("home of a district", "preparer", "reports:home"),
    ("page of a full report", "preparer", "reports:report_detail"),
    ("summary of a period", "reviewer", "reports:summary_detail"),
)
# Shown, not judged: how much a page says decides how much more than a bare view it costs.
NO_BAR = float("inf")
ROLES = ("anonymous", "other", "preparer", "sender", "reviewer", "leader", "viewer", "admin")
MOST_BYTES, MOST_BYTES_OF_LONG = 14_000, 40_000
# The whole plan, the review, and what is composed from all reports may be longer.
LONG = ("plan_detail", "plan_edit", "review_detail", "summary_detail", "edition", "document_list")


def bare(request: HttpRequest) -> HttpResponse:
    """Answer with nothing but the sign-in behind it."""
    return HttpResponse("ok")


urlpatterns = [path("bare/", bare), *portal]


@dataclass(frozen=True)
class Weight:
    """What one page weighs gzipped, in bytes, and its bar."""

    name: str
    size: int
    bar: int

    @property
    def is_met(self) -> bool:
        """Say whether the page is light enough."""
        return self.size <= self.bar

    def __str__(self) -> str:
        met = "met" if self.is_met else "MISSED"
        return f"{self.name}: {self.size / 1000:.1f} kB gzipped, bar {self.bar / 1000:.0f}: {met}"


def against_a_bare_view() -> Iterator[Measurement]:
    """Measure each page in turns with the bare view, as the same person."""
    with transaction.atomic(), override_settings(ROOT_URLCONF="tests.bench.pages", ALLOWED_HOSTS=["testserver"]):
        _client, report = full_report()
        plan = report.expectation.period.plan
        Entry.objects.bulk_create(
            Entry(submission=report, group=group, state=WorkState.IN_PROGRESS, text="Đã triển khai. " * 60)
            for group in plan.groups.all()
        )
        people = {one.username: one for one in type(report.created_by)._default_manager.all()}
        for name, role, route in PAGES:
            client = Client()
            client.force_login(people[role])
            args = {"reports:report_detail": [report.pk], "reports:summary_detail": [report.expectation.period_id]}
            url = reverse(route, args=args.get(route, []))
            assert client.get(url).status_code == client.get("/bare/").status_code == 200, name
            floor, ours = (_visit(client, address) for address in ("/bare/", url))
            yield in_turns(f"{name} against a bare view", connection.vendor, floor, ours, NO_BAR)
        transaction.set_rollback(True)


def _visit(client: Client, url: str) -> Any:
    return lambda: client.get(url)


def weights() -> Iterator[Weight]:
    """Weigh every page of the portal as the first role that may read it."""
    with transaction.atomic(), override_settings(ALLOWED_HOSTS=["testserver"]):
        world = make_world()
        for row in READS:
            if page := _page(world, row):
                long = any(name in row.route for name in LONG)
                packed = len(gzip.compress(page, 6))
                yield Weight(f"weight of {row.route}", packed, MOST_BYTES_OF_LONG if long else MOST_BYTES)
        transaction.set_rollback(True)


def _page(world: World, row: Row) -> bytes:
    """Return the page as it is sent, or nothing where no role gets one."""
    for role, answer in zip(ROLES, row.answers.split(), strict=True):
        if answer == "200":
            client = Client()
            if role != "anonymous":
                client.force_login(world.people[role])
            response = client.get(reverse(row.route, args=row.args(world)))
            is_page = response.headers.get("Content-Type", "").startswith("text/html")
            if response.streaming:
                response.getvalue()
            return bytes(response.content) if is_page and not response.streaming else b""
    return b""


def every_ratio() -> list[Measurement]:
    """Return the ratios of all pages."""
    return list(against_a_bare_view())


def every_weight() -> list[Weight]:
    """Return the weight of all pages."""
    return list(weights())


measurements = (every_ratio, every_weight)
