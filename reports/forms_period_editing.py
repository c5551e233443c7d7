"""The form of what is asked in a period that is open already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.choices import PeriodKind
from reports.forms_periods import AskedFields
from reports.models import Period
from reports.period_editing import Asked, asked_of, one_line

UNTIL_BEGUN = ("depth", "data_from", "data_to")


class PeriodEditForm(AskedFields):
    """Title, questions and note; depth and window only until a report has been begun."""

    questions = forms.CharField(
        label=_("Questions of this period"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One question a line. A question that somebody works on already stays word for word."),
    )
    note = forms.CharField(label=_("Note to the bodies"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    seen = forms.CharField(widget=forms.HiddenInput())

    def __init__(self, data: Any = None, *, period: Period, begun: bool) -> None:
        stored = asked_of(period)
        initial = {
            "own_title": stored.own_title,
            "depth": stored.depth,
            "data_from": stored.window[0],
            "data_to": stored.window[1],
            "questions": "\n".join(stored.questions),
            "note": stored.note,
            "seen": stored.print,
        }
        super().__init__(data, initial=initial)
        self.period, self.stored = period, stored
        # Who typed them before the first report was begun gets them back, with the sentence that says why not.
        if begun and not (self.is_bound and "depth" in self.data):
            for name in UNTIL_BEGUN:
                del self.fields[name]

    @property
    def wanted(self) -> Asked:
        """Return what is to be asked now."""
        data = self.cleaned_data
        start, end = self.stored.window
        lines = (one_line(line) for line in data["questions"].splitlines())
        return Asked(
            own_title=data["own_title"],
            note="\n".join(data["note"].splitlines()),
            depth=data.get("depth", self.stored.depth),
            window=(data.get("data_from", start), data.get("data_to", end)),
            questions=tuple(line for line in lines if line),
        )

    def clean(self) -> dict[str, Any]:
        """Keep the days in their order, and a title where nothing else names the period."""
        data = super().clean() or {}
        start, end = data.get("data_from"), data.get("data_to")
        if start and end and start > end:
            self.add_error("data_to", _("The window must start before it ends."))
        if self.period.kind == PeriodKind.THEMATIC and not data.get("own_title"):
            self.add_error("own_title", _("Say in the title what the report is about."))
        return data
