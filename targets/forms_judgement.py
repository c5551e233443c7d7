"""The form of a judgement: a verdict, its reason, and the last day on which it counts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plan_tracker.lib.text import nfc
from plan_tracker.widgets import DayField, SegmentedRadio
from targets.choices import Verdict
from targets.judging import SAYABLE, Opinion


class JudgementForm(forms.Form):
    """What a person says of an indicator."""

    verdict = forms.ChoiceField(
        label=_("Verdict"),
        choices=[(str(verdict), verdict.label) for verdict in SAYABLE],
        widget=SegmentedRadio,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One or two sentences; they stand beside the verdict wherever it is shown."),
    )
    expires_on = DayField(
        label=_("Counts until"),
        widget=forms.TextInput(attrs={"class": "input--date"}),
        help_text=_("As in 31/12/2026, a year from now at most. After this day the figures speak again."),
    )

    def clean_reason(self) -> str:
        """Keep the text in one normal form."""
        return nfc(str(self.cleaned_data["reason"])).strip()

    def opinion(self) -> Opinion:
        """Return what was said, once the form is valid."""
        data: dict[str, Any] = self.cleaned_data
        return Opinion(Verdict(data["verdict"]), data["reason"], data["expires_on"])
