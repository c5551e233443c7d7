"""The form with which the office confirms the signed copy and sends, or adds the copy that followed."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from plan_tracker.lib.dates import screen_day
from plan_tracker.lib.text import nfc
from plan_tracker.widgets import DayField, SegmentedRadio
from reports.choices import Authority
from reports.models import SignedCopy
from reports.moves import StepData
from reports.signed_copies import CopyData

SIGNED, FOLLOWS, SAME = "signed", "follows", "same"


class SendForm(forms.Form):
    """What the office enters: the signed copy's data, or when it follows; that nothing secret is in it; a token."""

    way = forms.ChoiceField(
        label=_("The signed document"),
        choices=[(SIGNED, _("is signed: enter its data")), (FOLLOWS, _("follows: send the content first"))],
        initial=SIGNED,
        widget=SegmentedRadio,
    )
    symbol = forms.CharField(
        label=_("Number and symbol"), max_length=60, required=False, help_text=_("As printed, such as 125-BC/HU.")
    )
    signed_on = DayField(label=_("Date of the document"), required=False, help_text=_("As in 23/11/2026."))
    signatory = forms.CharField(label=_("Signatory"), max_length=120, required=False)
    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    authority = forms.ChoiceField(label=_("Form of authority"), choices=Authority.choices, required=False)
    scan = forms.FileField(
        label=_("Scan of the signed document"),
        required=False,
        help_text=_(
            "PDF, JPG or PNG, at most 20 MB. The portal cannot read a scan: look yourself that it is no secret."
        ),
    )
    follows_by = DayField(
        label=_("The signed document follows by"), required=False, help_text=_("Only where the content goes first.")
    )
    no_secret = forms.BooleanField(
        label=_("I have checked: the report and the scan hold no state secret."),
        error_messages={"required": _("Declare that the report holds no state secret.")},
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self,
        *args: Any,
        copy: SignedCopy | None = None,
        only_copy: bool = False,
        is_again: bool = False,
        **kwargs: Any,
    ) -> None:
        """Make the form; `is_again`: the report was sent before, so what stood then is named but not filled in."""
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid4().hex
        for name in ("signed_on", "follows_by"):
            self.fields[name].widget.attrs["class"] = "input--date"
        self.fields["scan"].widget.attrs["accept"] = ".pdf,.jpg,.jpeg,.png"
        if only_copy:
            del self.fields["way"], self.fields["follows_by"]
        if is_again and copy is not None and copy.signed_on and "way" in self.fields:
            self._offer_the_same(copy.symbol, copy.signed_on)
        elif copy is not None and not is_again:
            self._fill_from(copy)

    def _fill_from(self, copy: SignedCopy) -> None:
        """Show what is known of the signed copy from an earlier sending."""
        for name in ("symbol", "signed_on", "signatory", "position", "authority", "follows_by"):
            if name in self.fields:
                self.fields[name].initial = getattr(copy, name)
        if "way" in self.fields and not copy.symbol:
            self.fields["way"].initial = FOLLOWS

    def _offer_the_same(self, symbol: str, signed_on: date) -> None:
        """Let the office say that no new document was signed; a new one is typed afresh, never over old data."""
        way = self.fields["way"]
        assert isinstance(way, forms.ChoiceField)  # noqa: S101 - declared so above
        said = _("is still no. %(symbol)s of %(day)s") % {"symbol": symbol, "day": screen_day(signed_on)}
        way.choices = [(SIGNED, _("was signed anew: enter its data")), (SAME, said), (FOLLOWS, _("follows later"))]

    def without_document(self) -> None:
        """Leave only the declaration: a separate confidential report has no file and no data here."""
        for name in [name for name in self.fields if name not in {"no_secret", "token"}]:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Normalise the letters; each way asks for its own fields."""
        data = {
            name: " ".join(nfc(value).split()) if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
        }
        if "symbol" not in self.fields:
            return data
        if data.get("way") == SAME:
            for name in ("symbol", "signed_on", "signatory", "follows_by"):
                self.errors.pop(name, None)
            return data
        if data.get("way") == FOLLOWS:
            if "follows_by" not in self.errors and not data.get("follows_by"):
                self.add_error("follows_by", _("Say by which day the signed document follows."))
            return data
        for name, sentence in (
            ("symbol", _("Write the number of the signed document.")),
            ("signed_on", _("Write the date of the signed document.")),
            ("signatory", _("Write who signed.")),
        ):
            if name not in self.errors and not data.get(name):
                self.add_error(name, sentence)
        return data

    def step_data(self) -> StepData:
        """Return what the step needs."""
        data = self.cleaned_data
        if data.get("way") == SAME:
            return StepData(declared_no_secret=bool(data.get("no_secret")))
        follows = data.get("way") == FOLLOWS
        copy = CopyData(
            symbol="" if follows else data.get("symbol", ""),
            signed_on=None if follows else data.get("signed_on"),
            signatory="" if follows else data.get("signatory", ""),
            position="" if follows else data.get("position", ""),
            authority="" if follows else data.get("authority", ""),
            scan=None if follows else data.get("scan"),
            follows_by=data.get("follows_by") if follows else None,
        )
        return StepData(declared_no_secret=bool(data.get("no_secret")), copy=None if copy.is_blank else copy)
