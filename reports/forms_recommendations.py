"""Forms of recommendations: what the list shows, what the addressee answered, and why one is closed or opened again."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plan_tracker.lib.text import nfc
from plan_tracker.widgets import DayField
from reports.choices import Addressee
from reports.choices_recommendations import RecommendationState
from reports.models import Period
from reports.querysets import PeriodQuerySet


def open_text(text: str) -> str:
    """Return a typed text in its normal form; the field has refused one that bears a marking of secrecy."""
    return nfc(text).strip()


class ListForm(forms.Form):
    """Which recommendations the list shows; the names are those of the address."""

    trang_thai = forms.ChoiceField(
        label=pgettext_lazy("recommendation", "State"),
        required=False,
        choices=[("", _("every state")), *RecommendationState.choices],
    )
    gui_toi = forms.ChoiceField(
        label=_("Addressed to"), required=False, choices=[("", _("every addressee")), *Addressee.choices]
    )
    ky = forms.ModelChoiceField(
        label=_("Period"), required=False, queryset=Period.objects.none(), empty_label=_("every period")
    )

    def __init__(self, *args: object, periods: PeriodQuerySet, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["ky"].queryset = periods  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What the addressee answered."""

    symbol = forms.CharField(
        label=_("Number of the answering document"), max_length=60, help_text=_("As printed, such as 215-CV/TU.")
    )
    day = DayField(label=_("Date of the answering document"), help_text=_("As in 23/11/2026."))
    text = forms.CharField(
        label=_("What is answered"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), strip=True
    )

    def clean_symbol(self) -> str:
        """Keep the number in its normal form."""
        return " ".join(open_text(self.cleaned_data["symbol"]).split())

    def clean_text(self) -> str:
        """Keep the answer in its normal form."""
        return open_text(self.cleaned_data["text"])


class ReasonForm(forms.Form):
    """Why a recommendation is closed, or opened again."""

    text = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_text(self) -> str:
        """Keep the reason in its normal form."""
        return open_text(self.cleaned_data["text"])
