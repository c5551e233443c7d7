"""The form of an inspection: what was inspected by whom, what was found, and how it is remedied by when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms_periods import NEVER_ASKED, DayField
from tasks.models import Body, Inspection


class InspectionForm(forms.ModelForm):  # type: ignore[type-arg] # generic only for the checker
    """One inspection."""

    inspected_on = DayField(label=_("Inspected on"))
    remedy_due_on = DayField(label=_("To be remedied by"), required=False)
    remedied_on = DayField(label=_("Remedied on"), required=False)

    class Meta:
        model = Inspection
        fields = ("body", "team", "document", "inspected_on", "findings", "remedy_due_on", "remedied_on", "remedy")
        labels = {
            "body": _("Body inspected"),
            "team": _("Team"),
            "document": _("Inspection plan or decision"),
            "findings": _("Findings"),
            "remedy": _("What was done"),
        }
        help_texts = {
            "team": _("As in “Đoàn kiểm tra của Ban Dân vận Tỉnh uỷ”; no names of persons."),
            "document": _("Number, symbol and date."),
        }
        widgets = {
            "findings": forms.Textarea(attrs={"rows": 5}),
            "remedy": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        bodies = Body.objects.exclude(kind__in=NEVER_ASKED).exclude(is_summarizer=True)
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - a foreign key makes one
        field.queryset = bodies
        field.empty_label = _("Choose a body")

    def clean(self) -> dict[str, Any]:
        """Refuse a remedy in the future, and one of which nothing is said."""
        data = super().clean() or {}
        done = data.get("remedied_on")
        if done and done > self.on:
            self.add_error("remedied_on", _("This day is still to come."))
        if done and not (data.get("remedy") or "").strip():
            self.add_error("remedy", _("Say what was done."))
        return data
