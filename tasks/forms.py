"""Forms of `tasks`: the plan's own number and date."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plan_tracker.lib.dates import DayError, parse_day, screen_day
from plan_tracker.lib.text import nfc
from tasks.models import Plan


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


class PlanNumberForm(forms.ModelForm):
    """The number, symbol and date that the plan was issued under; without them no report can cite it."""

    issued_on = DayField(label=_("Issued on"), help_text=_("Day, month and year, as in 23/11/2026."))

    class Meta:
        model = Plan
        fields = ("symbol", "issued_on")
        labels = {"symbol": _("Number and symbol")}
        help_texts = {"symbol": _("As printed in the head of the plan, such as 128-KH/TU.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["symbol"].required = True

    def clean_symbol(self) -> str:
        """Keep the symbol in one spelling, without stray blanks."""
        return " ".join(nfc(self.cleaned_data["symbol"]).split())
