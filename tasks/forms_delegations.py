"""The form of a delegation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plan_tracker.lib.text import nfc
from plan_tracker.widgets import DayField
from tasks.delegating import colleagues, faults_of, memberships_to_lend
from tasks.models import Delegation
from tasks.permissions import Standing


class DelegationForm(forms.ModelForm):  # type: ignore[type-arg] # generic only for the checker
    """Which role, to whom, from when until when, and why."""

    hide_required = True
    starts_on = DayField(label=_("From the day"))
    ends_on = DayField(label=_("To the day"))

    class Meta:
        model = Delegation
        fields = ("membership", "receiver", "starts_on", "ends_on", "reason")
        labels = {"membership": _("Role that is delegated"), "receiver": _("Who acts"), "reason": _("Reason")}

    def __init__(self, standing: Standing, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["membership"].queryset = memberships_to_lend(standing, on=on)  # type: ignore[attr-defined]
        self.fields["receiver"].queryset = colleagues(standing, on=on)  # type: ignore[attr-defined]

    def clean_reason(self) -> str:
        """Keep the reason in one spelling, without stray blanks."""
        return " ".join(nfc(self.cleaned_data["reason"]).split())

    def clean(self) -> dict[str, Any]:
        """Compare the days, and look where the person works."""
        asked = super().clean() or self.cleaned_data
        for name, sentence in faults_of(asked, on=self.on).items():
            self.add_error(name, sentence)
        return asked
