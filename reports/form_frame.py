"""What every page of the report form carries beside its fields: whose copy it is, who else is there, how it saves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from plan_tracker.accounts.carrying import keeper_for
from reports.browser_copy import copy_key, forget_fields
from reports.checks import Finding, completeness
from reports.form_pages import Opened
from reports.form_tabs import Tab, still_open
from reports.presence import note_visit, others_in

AUTO = "auto"


def saves_by_itself(request: HttpRequest) -> bool:
    """Return whether the page saves while somebody types, and only wants to hear what came of it."""
    return request.POST.get("do") == AUTO


def frame_of(  # noqa: PLR0913 - the page, its tabs, and what came of sending it
    request: HttpRequest,
    opened: Opened,
    tabs: Sequence[Tab],
    *,
    place: str,
    is_typed: bool = False,
    forget: Iterable[str] = (),
) -> dict[str, Any]:
    """Return the context of `_form_open.html` and of the bar at the foot; notes that the person is here.

    `is_typed`: the fields show what was sent and is not saved. `forget`: fields that the browser may not keep.
    """
    if opened.can_edit:
        note_visit(opened, place)
    return {
        "opened": opened,
        "tabs": tabs,
        "still_open": still_open(tabs),
        "frame": {
            "url": request.path,
            "keeper": keeper_for(opened.user),
            "copy": copy_key(opened.user.pk, request.path),
            "is_typed": is_typed,
            "forget": " ".join(sorted(set(forget))),
            "over": _(
                "Your session has ended. What you type stays in this browser: press Save, sign in again, and it is"
                " saved."
            ),
            "offline": _(
                "The connection is interrupted. What you type stays in this browser and is sent as soon as the line is"
                " back."
            ),
            "others": others_in(opened) if opened.can_edit else [],
        },
    }


def findings_at(opened: Opened, keys: Iterable[str]) -> dict[str, list[Finding]]:
    """Return what is missing or to be looked at in these lines, now."""
    found: dict[str, list[Finding]] = {key: [] for key in keys}
    for finding in completeness(opened.submission, opened.outline).findings:
        if finding.line in found:
            found[finding.line].append(finding)
    return found


def answer_to_typing(
    request: HttpRequest,
    frame: Mapping[str, Any],
    *,
    lines: Sequence[Mapping[str, Any]],
    status: HTTPStatus,
    moved: str = "",
) -> HttpResponse:
    """Return the parts of the page that change when it saves by itself.

    Each of `lines` has `anchor`, `seen` (empty: as it was), `errors`, `findings`, and may have `clash`, `total`.
    """
    context = {**frame, "lines": lines, "moved": moved, "is_saved": status == HTTPStatus.OK}
    response = render(request, "reports/_form_saved.html", context, status=status)
    return forget_fields(response, str(frame["frame"]["forget"]).split())
