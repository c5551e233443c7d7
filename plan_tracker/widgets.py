"""Form controls of the house that Django does not have."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from plan_tracker.lib.dates import DayError, parse_day, screen_day


class SegmentedRadio(forms.RadioSelect):
    """A row of states, one of which is chosen; works as plain radio buttons everywhere."""

    template_name = "django/forms/widgets/segmented.html"


class DayField(forms.CharField):
    """A day as people write it, 23/11/2026; the refusal is a sentence."""

    def prepare_value(self, value: Any) -> Any:
        """Show a stored day as it is written here."""
        return screen_day(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:
        """Return the day, or refuse with a sentence."""
        text = str(super().clean(value)).strip()
        if not text:
            return None
        try:
            return parse_day(text)
        except DayError as error:
            raise forms.ValidationError(error.sentence, code=error.code) from error
