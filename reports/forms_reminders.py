"""The forms of reminding: a call that was made, and the formal letter to the late bodies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plan_tracker.lib.dates import ZONE
from reports.forms_periods import DayField, HourField


class CallForm(forms.Form):
    """A call to a body's office."""

    office = forms.CharField(
        label=_("Office called"),
        max_length=120,
        help_text=_("The office or the position, such as “Văn phòng Huyện uỷ”; no names of persons."),
    )
    called_on = DayField(label=_("Day"))
    called_hour = HourField(label=_("Hour"))
    note = forms.CharField(
        label=_("What was said"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    @property
    def called_at(self) -> datetime:
        """Return the moment of the call on the office's clock."""
        return datetime.combine(self.cleaned_data["called_on"], self.cleaned_data["called_hour"], tzinfo=ZONE)

    def clean(self) -> dict[str, Any]:
        """Refuse a call that has not been made yet."""
        data = super().clean() or {}
        if data.get("called_on") and data.get("called_hour") and self.called_at > self.now:
            self.add_error("called_on", _("This moment is still to come: write down the call after it was made."))
        return data
