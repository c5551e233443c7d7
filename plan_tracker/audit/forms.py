"""The questions that the audit trail is asked: who, when, what kind of record, which one, which action."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from plan_tracker.audit.choices import Action
from plan_tracker.audit.models import Entry
from plan_tracker.audit.reading import kinds
from plan_tracker.audit.scope import covered_tables
from plan_tracker.audit.sealing import midnight
from plan_tracker.widgets import DayField


class TrailFilterForm(forms.Form):
    """Every field may stay empty; `entries` gives what fits, the newest first."""

    hide_required = True
    person = forms.CharField(label=_("Who"), max_length=150, required=False)
    first_day = DayField(label=_("From the day"), required=False)
    last_day = DayField(label=_("To the day"), required=False)
    kind = forms.ChoiceField(label=_("Kind of record"), required=False)
    record = forms.CharField(label=_("Number of the record"), max_length=80, required=False)
    action = forms.ChoiceField(label=_("Action"), required=False)
    words = forms.CharField(label=_("Words in the values"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anything = ("", _("all"))
        self.fields["kind"].choices = [anything, *kinds(iter(covered_tables()))]  # type: ignore[attr-defined]
        self.fields["action"].choices = [anything, *Action.choices]  # type: ignore[attr-defined]

    def entries(self) -> QuerySet[Entry]:
        """Return the entries that were asked for; none while a field is wrong."""
        if not self.is_valid():
            return Entry.objects.none()
        asked = self.cleaned_data
        rows = Entry.objects.order_by("-pk")
        if asked["person"]:
            rows = rows.filter(Q(actor__icontains=asked["person"]) | Q(actor_name__icontains=asked["person"]))
        if asked["first_day"]:
            rows = rows.filter(at__gte=midnight(asked["first_day"]))
        if asked["last_day"]:
            rows = rows.filter(at__lt=midnight(asked["last_day"] + timedelta(days=1)))
        if asked["words"]:
            words = asked["words"]
            rows = rows.filter(Q(old__icontains=words) | Q(new__icontains=words) | Q(note__icontains=words))
        exact = {"table": asked["kind"], "record": asked["record"], "action": asked["action"]}
        return rows.filter(**{name: value for name, value in exact.items() if value})
