"""What a sheet of figures asks first: which year, up to when, which kind of value and how firm."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from targets.choices import Measure, ObservationStatus
from targets.entry_sheets import YearPart, measures_of, span_of
from targets.figures import Span
from targets.models import Indicator

FIRST_YEAR, LAST_YEAR = 2010, 2050
# The bodies' reports bring the reported ones.
STATUSES = [(str(one), one.label) for one in ObservationStatus]


class YearForm(forms.Form):
    """One year of the province's figures, of one status."""

    nam = forms.IntegerField(label=gettext_lazy("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, localize=False)
    tinh_chat = forms.ChoiceField(label=gettext_lazy("Status"), choices=STATUSES)


class SpanForm(YearForm):
    """The span of one indicator's figures."""

    ky = forms.ChoiceField(label=gettext_lazy("Up to"), choices=YearPart.choices)
    field_order = ("nam", "ky", "loai", "tu_nam", "tinh_chat")

    def __init__(self, indicator: Indicator, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measures = measures_of(indicator)
        if len(self.measures) > 1:
            choices = [(str(one), one.label) for one in self.measures]
            self.fields["loai"] = forms.ChoiceField(label=gettext_lazy("Kind of value"), choices=choices)
            self.fields["tu_nam"] = forms.IntegerField(
                label=gettext_lazy("Average from the year"),
                min_value=FIRST_YEAR,
                max_value=LAST_YEAR,
                required=False,
                localize=False,
            )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Refuse an average without the years that it covers."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("loai") == Measure.MULTI_YEAR_AVERAGE:
            first, last = given.get("tu_nam"), given.get("nam")
            if not first or (last and first >= last):
                self.add_error("tu_nam", _("Write the first year of the average; it comes before the last one."))
        return given

    @property
    def span(self) -> Span:
        """Return the span that a valid form names."""
        given = self.cleaned_data
        measure = Measure(given.get("loai") or self.measures[0])
        status = ObservationStatus(given["tinh_chat"])
        return span_of(given["nam"], YearPart(given["ky"]), measure, status, given.get("tu_nam"))
