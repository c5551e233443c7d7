"""The form that draws up a change of bodies, and what was chosen on its page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from plan_tracker.accounts.models import User
from plan_tracker.lib.numbers import row_number
from plan_tracker.lib.text import nfc, vn_key
from reports.forms_periods import DayField, grouped, in_columns
from reports.handover_values import Choices
from tasks.choices import BodyKind, BodyLevel, Certainty, SuccessionKind
from tasks.models import Body, BodyChange

LEVELS = {BodyKind.COMMUNE: BodyLevel.COMMUNE, BodyKind.DISTRICT: BodyLevel.DISTRICT}
REPORT, SEAT, FINAL = "bao-cao-", "thanh-vien-", "ket-thuc-"


class ChangeForm(forms.Form):
    """Which bodies change, how, when and by what."""

    title = forms.CharField(label=_("What changes"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of change"), choices=SuccessionKind.choices)
    happened_on = DayField(label=_("First day of the new organisation"))
    is_day_unknown = forms.BooleanField(label=_("The day is not confirmed yet"), required=False)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    certainty = forms.ChoiceField(label=_("How sure"), choices=Certainty.choices, initial=Certainty.PUBLISHED)
    source = forms.CharField(label=_("Source"), max_length=300, required=False)
    before = forms.ModelMultipleChoiceField(
        label=_("Bodies before the change"), queryset=Body.objects.none(), widget=in_columns()
    )
    goes_on = forms.BooleanField(
        label=_("They go on; only a part of their work goes over"),
        required=False,
        help_text=_("Otherwise they end on the day before."),
    )
    after = forms.ModelMultipleChoiceField(
        label=_("Receiving bodies that exist"), queryset=Body.objects.none(), required=False, widget=in_columns()
    )
    new_kind = forms.ChoiceField(label=_("Kind of the new bodies"), choices=BodyKind.choices, required=False)
    new_bodies = forms.CharField(
        label=_("New bodies"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: full name; short name; symbol in documents. The last two may be left out."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(Body.objects.alive(on=today).exclude(kind=BodyKind.PROVINCE))
        choices = grouped((body.get_kind_display().capitalize(), body.pk, body.name) for body in rows)
        for name in ("before", "after"):
            field = cast("forms.ModelMultipleChoiceField[Any]", self.fields[name])
            field.queryset = Body.objects.filter(pk__in=[body.pk for body in rows])
            field.choices = choices

    def clean_new_bodies(self) -> list[list[str]]:
        """Return name, short name and symbol of each new body."""
        rows = []
        for line in nfc(self.cleaned_data["new_bodies"]).splitlines():
            name, short, symbol = [*(part.strip() for part in line.split(";")), "", "", ""][:3]
            if not name:
                continue
            if len(name) > 200 or len(short) > 120 or len(symbol) > 30:
                raise forms.ValidationError(_("A name is too long: “%(name)s”.") % {"name": name[:60]})
            rows.append([name, short or name[:120], symbol])
        return rows

    def clean(self) -> dict[str, Any]:
        """Ask for a receiver, except where a body simply ends."""
        data = super().clean() or {}
        before, after = data.get("before"), data.get("after")
        if before is not None and after is not None and set(before) & set(after):
            self.add_error("after", _("A body cannot follow itself."))
        if data.get("new_bodies") and not data.get("new_kind"):
            self.add_error("new_kind", _("Say what kind the new bodies are."))
        return data

    def drawn_up(self, *, actor: User, at: datetime) -> BodyChange:
        """Return the change, saved as a draft that moves nothing yet."""
        data = self.cleaned_data
        bodies = list(self._new_bodies())
        after = [*(body.code for body in data["after"]), *(fields["code"] for fields in bodies)]
        before = [body.code for body in data["before"]]
        pairs = [[one, other, data["kind"], data["certainty"], ""] for one in before for other in after]
        proposal: dict[str, Any] = {"pairs": pairs, "bodies": bodies, "ends": [] if after else before}
        proposal["go_on"] = before if data["goes_on"] else []
        day: date = data["happened_on"]
        return BodyChange.objects.create(
            code=free_code(BodyChange, f"sap-xep-{day.isoformat()}"),
            title=nfc(data["title"]),
            happened_on=day,
            is_day_known=not data["is_day_unknown"],
            legal_basis=nfc(data["legal_basis"]),
            certainty=data["certainty"],
            source=nfc(data["source"]),
            proposal=proposal,
            created_by=actor,
            created_at=at,
        )

    def _new_bodies(self) -> Iterator[dict[str, Any]]:
        """Yield the fields of the bodies to be made; they stand where the first one before the change stood."""
        data = self.cleaned_data
        first = data["before"][0]
        for place, (name, short, symbol) in enumerate(data["new_bodies"], start=1):
            yield {
                "code": free_code(Body, slugify(vn_key(short))[:50] or "co-quan"),
                "name": name,
                "short_name": short,
                "symbol": symbol,
                "kind": data["new_kind"],
                "level": LEVELS.get(BodyKind(data["new_kind"]), BodyLevel.PROVINCE),
                "parent": first.parent.code if first.parent else "",
                "order": first.order + place,
                "head_superior": first.head_superior,
                "head_name": name.upper(),
                "place": first.place,
                "certainty": data["certainty"],
                "source": data["source"] or data["legal_basis"],
                "is_summarizer": any(body.is_summarizer for body in data["before"]),
            }


def free_code(table: type[Body] | type[BodyChange], wanted: str) -> str:
    """Return a code that no row has yet."""
    taken = set(table._base_manager.filter(code__startswith=wanted).values_list("code", flat=True))
    return next(code for code in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if code not in taken)


def read_choices(data: QueryDict) -> Choices:
    """Return what was chosen on the page of a change; what is no number is left out."""
    return Choices(
        reports=dict(_numbered(data, REPORT)),
        seats=dict(_numbered(data, SEAT)),
        closing=frozenset(key for key, value in _numbered(data, FINAL) if value),
    )


def _numbered(data: QueryDict, prefix: str) -> Iterator[tuple[int, str]]:
    for name in data:
        key = row_number(name.removeprefix(prefix))
        if name.startswith(prefix) and key is not None:
            yield key, str(data[name])
