"""Forms of `tasks`: the plan's own number and date."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plan_tracker.lib.text import nfc
from plan_tracker.widgets import DayField
from tasks.models import Plan


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
