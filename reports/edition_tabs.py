"""The way about an edition: what hangs above its pages, and its tabs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.models import Edition, Period


def tabs_of(edition: Edition, current: str) -> list[dict[str, Any]]:
    """Return the tabs of an edition's pages."""
    labels = {"edition_life": _("Approval and issue"), "edition_comments": _("Comments")}
    if not edition.is_fixed:
        labels = {"edition_detail": _("Text"), **labels}
    return [
        {"label": label, "url": reverse(f"reports:{name}", args=[edition.pk]), "current": name == current}
        for name, label in labels.items()
    ]


def crumbs_of(period: Period, edition: Edition | None = None, section: str = "") -> list[dict[str, str]]:
    """Return what hangs above a page of an edition: the summary of the period, its reports, the edition."""
    summary = _("Summary: %(period)s") % {"period": period.title}
    crumbs = [{"label": summary, "url": reverse("reports:summary_detail", args=[period.pk])}]
    if edition is None:
        return crumbs
    crumbs.append({"label": _("Reports of the period"), "url": reverse("reports:edition_list", args=[period.pk])})
    if section:
        own = reverse("reports:edition_detail", args=[edition.pk])
        crumbs.append({"label": edition.get_kind_display(), "url": own})
    return crumbs
