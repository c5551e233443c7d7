"""Forms of an edition: whom a draft goes to, a comment and its handling, and how the report is numbered and signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plan_tracker.lib.text import nfc
from plan_tracker.widgets import DayField, SegmentedRadio
from reports.choices import Authority
from reports.choices_editions import Handling
from reports.documents.comments_report import WHOLE, Place
from reports.edition_moves import EditionData, Signing
from reports.forms_recommendations import open_text
from tasks.models import Body


def line_of(text: str) -> str:
    """Return one typed line in its normal form."""
    return " ".join(open_text(text).split())


class SendOutForm(forms.Form):
    """Whom a draft is sent to, and by when comments are wanted."""

    everybody = forms.BooleanField(label=_("All bodies of this list"), required=False)
    bodies = forms.ModelMultipleChoiceField(
        label=_("Sent to"), queryset=Body.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    comments_by = DayField(label=_("Comments wanted by"), required=False, help_text=_("As in 23/11/2026."))
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, bodies: Sequence[Body], number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["bodies"]
        field.queryset = Body.objects.filter(pk__in=[body.pk for body in bodies]).order_by("order", "code")
        field.label_from_instance = lambda body: body.name
        self.fields["number"].initial = number
        self.fields["comments_by"].widget.attrs["class"] = "input--date"

    def edition_data(self) -> EditionData:
        """Return what the step needs."""
        data = self.cleaned_data
        field: Any = self.fields["bodies"]
        chosen: Iterable[Body] = field.queryset if data["everybody"] else data["bodies"]
        return EditionData(bodies=tuple(chosen), comments_by=data["comments_by"], draft_number=data["number"])


class CommentForm(forms.Form):
    """What a body says of a draft; a reviewer also says for which body, and when the paper came."""

    body = forms.ModelChoiceField(label=_("Body"), queryset=Body.objects.none(), empty_label=None)
    place = forms.ChoiceField(label=_("Place in the draft"), required=False)
    text = forms.CharField(label=_("Comment"), max_length=8000, widget=forms.Textarea(attrs={"rows": 4}))
    received_on = DayField(label=_("Received on"), required=False, help_text=_("As in 23/11/2026."))

    def __init__(
        self,
        *args: Any,
        bodies: Iterable[int],
        places: Sequence[Place],
        today: date,
        is_recorded: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        body: Any = self.fields["body"]
        body.queryset = Body.objects.filter(pk__in=list(bodies)).order_by("order", "code")
        body.label_from_instance = lambda row: row.name
        place: Any = self.fields["place"]
        place.choices = [(WHOLE, _("the whole text")), *((row.key, _indented(row)) for row in places)]
        if is_recorded:
            self.fields["received_on"].widget.attrs["class"] = "input--date"
            self.fields["received_on"].initial = today
        else:
            del self.fields["received_on"]
            if len(body.queryset) == 1:
                body.widget, body.initial = forms.HiddenInput(), body.queryset[0].pk

    def clean_text(self) -> str:
        """Keep the comment in its normal form."""
        return open_text(self.cleaned_data["text"])

    def clean_received_on(self) -> date:
        """Return the day of the paper; today where none is given."""
        day: date | None = self.cleaned_data["received_on"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return day or self.today


def _indented(place: Place) -> str:
    return "\u2003" * (place.level - 1) + place.title


class HandlingForm(forms.Form):
    """What is done with a comment, and why."""

    handling = forms.ChoiceField(
        label=pgettext_lazy("comment", "Handling"),
        choices=[(value, label) for value, label in Handling.choices if value != Handling.OPEN],
        widget=SegmentedRadio,
    )
    text = forms.CharField(
        label=_("What was done, or why not"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=20)

    def clean_text(self) -> str:
        """Keep the words in their normal form."""
        return open_text(self.cleaned_data["text"])


class IssueForm(forms.Form):
    """Number, date, place, signature and recipients, as they stand on the signed paper."""

    number = forms.CharField(label=_("Number and symbol"), max_length=60)
    signed_on = DayField(label=_("Date of the document"), help_text=_("As in 23/11/2026."))
    place = forms.CharField(label=_("Place"), max_length=80)
    term = forms.CharField(label=_("Committee term"), max_length=20, help_text=_("Numbers begin anew in each term."))
    authority = forms.ChoiceField(label=_("Form of authority"), choices=Authority.choices, required=False)
    position = forms.CharField(label=_("Position"), max_length=120)
    signatory = forms.CharField(label=_("Signatory"), max_length=120, help_text=_("Without titles and degrees."))
    recipients = forms.CharField(
        label=_("Recipients"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One to a line, without hyphen or end mark; the files last."),
    )
    with_all_reports = forms.BooleanField(label=_("Annex who has sent what and when, with all names"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].widget.attrs["class"] = "input--date"

    def clean(self) -> dict[str, Any]:
        """Keep every line in its normal form."""
        data = dict(self.cleaned_data)
        for name in ("number", "place", "term", "position", "signatory"):
            if isinstance(data.get(name), str):
                data[name] = line_of(data[name])
        if isinstance(data.get("recipients"), str):
            data["recipients"] = tuple(_recipient_lines(open_text(data["recipients"])))
        return data

    def edition_data(self) -> EditionData:
        """Return what the step needs."""
        return EditionData(signing=Signing(**{name: self.cleaned_data[name] for name in self.fields}))


def _recipient_lines(text: str) -> Iterable[str]:
    """Yield the names without the hyphen and the mark that the layout sets itself."""
    for line in nfc(text).splitlines():
        if name := line.strip().removeprefix("-").strip().rstrip(".,;").strip():
            yield name
