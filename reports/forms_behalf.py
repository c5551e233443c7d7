"""The form with which a reviewer sends a report that came on paper: its scan, its data, and when it came."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from plan_tracker.lib.dates import ZONE
from plan_tracker.widgets import DayField
from reports.forms_periods import HourField
from reports.forms_send import SendForm
from reports.moves import StepData


class BehalfForm(SendForm):
    """Number, date, signatory and scan of the paper, and the moment of its receipt, which decides on time."""

    came_on = DayField(
        label=_("Came on"), help_text=_("The day of receipt; it decides whether the report was on time.")
    )
    came_hour = HourField(label=_("Hour"), required=False, help_text=_("Leave it empty where only the day is known."))
    field_order = ("came_on", "came_hour", "symbol", "signed_on", "signatory", "position", "authority", "scan")

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, only_copy=True, **kwargs)
        self.now = now
        self.fields["came_on"].widget.attrs["class"] = "input--date"
        self.fields["scan"].required = True
        self.fields["scan"].error_messages["required"] = _("A report entered on a body's behalf needs the scan.")

    def without_document(self) -> None:
        """Leave the moment of receipt and the declaration: a confidential report has no file and no data here."""
        for name in [name for name in self.fields if name not in {"no_secret", "token", "came_on", "came_hour"}]:
            del self.fields[name]

    @property
    def came_at(self) -> datetime:
        """Return the moment of receipt; where only the day is known, its beginning."""
        return datetime.combine(self.cleaned_data["came_on"], self.cleaned_data.get("came_hour") or time(), tzinfo=ZONE)

    def clean(self) -> dict[str, Any]:
        """Refuse a receipt that is still to come."""
        data = super().clean()
        if data.get("came_on") and "came_hour" not in self.errors:
            self.cleaned_data |= {"came_on": data["came_on"], "came_hour": data.get("came_hour")}
            if self.came_at > self.now:
                self.add_error("came_on", _("The report cannot have come at a moment that is still ahead."))
        return data

    def step_data(self) -> StepData:
        """Return what the step needs."""
        return replace(super().step_data(), came_at=self.came_at)
