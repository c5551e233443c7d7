"""The living style guide: every component of the portal with sample content, for administrators."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from plan_tracker.looks import LOOKS, slug_of
from plan_tracker.widgets import SegmentedRadio

SAMPLE_MOMENT = datetime(2024, 6, 14, 7, 5, tzinfo=UTC)


class SampleState(TextChoices):
    """A list of states as a report form offers it."""

    NOT_STARTED = "not_started", _("not started")
    IN_PROGRESS = "in_progress", _("in progress")
    WITH_RESULTS = "with_results", _("carried out with results")
    IN_DIFFICULTY = "in_difficulty", _("in difficulty")


class SampleForm(forms.Form):
    """One field of every kind."""

    state = forms.ChoiceField(
        label=_("State"), choices=SampleState.choices, widget=SegmentedRadio, initial=SampleState.WITH_RESULTS
    )
    results = forms.CharField(label=_("Results"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    people = forms.CharField(
        label=_("People reached"),
        help_text=_("A whole number such as 1.240."),
        widget=forms.TextInput(attrs={"class": "input--number", "inputmode": "numeric"}),
    )
    due = forms.DateField(label=_("Due on"), widget=forms.TextInput(attrs={"class": "input--date"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("half", "6 tháng đầu năm"), ("year", "Năm")], required=False)
    scan = forms.FileField(label=_("Scan"), required=False)
    no_secret = forms.BooleanField(label=_("The report holds no state secret."))
    ways = forms.MultipleChoiceField(
        label=_("Sent by"),
        choices=[("paper", _("paper")), ("mail", _("e-mail"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def lists_of_states() -> Iterator[tuple[str, list[TextChoices]]]:
    """Yield each closed list of our apps that has states with a look of their own."""
    for config in apps.get_app_configs():
        if not find_spec(f"{config.name}.choices"):
            continue
        for value in vars(import_module(f"{config.name}.choices")).values():
            if isinstance(value, type) and issubclass(value, TextChoices) and value is not TextChoices:
                members = list(value)
                if members and all(slug_of(member) in LOOKS for member in members):
                    yield (value.__doc__ or value.__name__), members


def sample() -> dict[str, Any]:
    """Return the content that the page shows; none of it comes from the database."""
    counts = list(zip(SampleState, (3, 9, 11, 2), strict=True))
    return {
        "demo": True,
        "as_of_note": _("Organisation of the system as it was when the plan was issued (2024)"),
        "crumbs": [{"label": _("Home"), "url": "/"}, {"label": _("Style guide")}],
        "lists": list(lists_of_states()),
        "counts": counts,
        "rows": [("1", counts, 0, 1240), ("2", counts[1:], 9, 870), ("3", counts[2:], 2, 56000), ("4", [], None, None)],
        "figures": [
            {"number": 22, "of": 25, "label": "đã gửi báo cáo", "note": "20 đúng hạn"},
            {"number": 3, "label": "chưa gửi", "tone": "bad", "url": "#"},
            {"number": 4, "label": "chờ rà soát", "url": "#"},
            {"number": 1, "label": "đang bổ sung theo đề nghị"},
        ],
        "tabs": [
            {"label": "Tám nhóm nhiệm vụ", "url": "#", "current": True, "count": "5/8"},
            {"label": "Số liệu hoạt động", "url": "#", "count": "14/22"},
            {"label": "Nhiệm vụ được giao (mục IV)", "url": "#", "count": "2/2"},
            {"label": "Đánh giá chung, kiến nghị", "url": "#"},
            {"label": "Kiểm tra, trình ký", "url": "#"},
        ],
        "facts": [("Thời hạn", "trong quý II/2024"), ("Cơ quan chủ trì", "các huyện uỷ"), ("Văn bản", "")],
        "events": [
            {"at": SAMPLE_MOMENT, "who": "Chuyên viên", "state": SampleState.WITH_RESULTS, "text": "Đủ nội dung."},
            {"at": SAMPLE_MOMENT - timedelta(days=2), "who": "Văn phòng", "what": "Gửi báo cáo"},
        ],
        "page": Paginator(range(130), 20).page(3),
        "moment": SAMPLE_MOMENT,
    }


@require_http_methods(["GET", "POST"])
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component; the form at the end can be sent empty to see how errors look."""
    if not getattr(request.user, "is_staff", False):
        raise PermissionDenied
    form = SampleForm(request.POST if request.method == "POST" else None)
    return render(request, "styleguide.html", {**sample(), "form": form})
