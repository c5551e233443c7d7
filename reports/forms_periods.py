"""The forms of periods: opening one, and changing it or what one body owes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plan_tracker.lib.dates import ZONE, add_working_days
from reports.choices import Depth, PeriodKind
from reports.office_days import decided_around
from reports.period_proposals import propose_occasion
from reports.periods import MAX_FOCUS_TASKS, NUMBERED, propose
from reports.signed_copies import scan_faults
from tasks.choices import BodyKind, PartyRole
from tasks.models import AssignmentParty, Body, Plan, Task
from tasks.succession import read_lineage

FIRST_YEAR, LAST_YEAR = 2024, 2035
# The item of the plan that names who reports on it.
REPORTERS_ASSIGNMENT = "IV.1a"
DAYS_TO_WRITE = 5
NEVER_ASKED = (BodyKind.PROVINCE, BodyKind.PROVINCIAL_COMMITTEE, BodyKind.STANDING_COMMITTEE)


class DayInput(forms.DateInput):
    """A day typed as 23/11/2026."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "input--date", "placeholder": "dd/mm/yyyy", "autocomplete": "off"})


class DayField(forms.DateField):
    """A day, day first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DayInput(), **kwargs)


class HourField(forms.TimeField):
    """An hour of the day such as 16:00."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"class": "input--date", "placeholder": "16:00", "autocomplete": "off"}
        super().__init__(widget=forms.TimeInput(format="%H:%M", attrs=attrs), **kwargs)


def in_columns() -> forms.CheckboxSelectMultiple:
    """Return check boxes that stand in columns where there is room."""
    return forms.CheckboxSelectMultiple(attrs={"class": "choices--columns"})


class KindForm(forms.Form):
    """Which period is to be opened; the rest is proposed from it."""

    kind = forms.ChoiceField(label=_("Kind of period"), choices=PeriodKind.choices)
    year = forms.IntegerField(
        label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, localize=False, widget=forms.TextInput()
    )
    ordinal = forms.IntegerField(
        label=_("Month or quarter"),
        required=False,
        min_value=1,
        max_value=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Required for monthly and quarterly reports, and only for them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].widget.attrs |= {"inputmode": "numeric", "class": "input--date"}
        self.fields["ordinal"].widget.attrs["class"] = "input--date"

    def clean(self) -> dict[str, Any]:
        """Ask for the month or the quarter where the kind has one."""
        data = super().clean() or {}
        most = NUMBERED.get(PeriodKind(data["kind"])) if data.get("kind") else None
        if most and not 1 <= (data.get("ordinal") or 0) <= most:
            self.add_error("ordinal", _("Give a number from 1 to %(most)s.") % {"most": most})
        return data


class AskedFields(forms.Form):
    """What a period asks for, as it is chosen when it is opened and may be corrected later."""

    own_title = forms.CharField(
        label=_("Own title"),
        max_length=200,
        required=False,
        help_text=_("Only where the kind and the year do not say enough."),
    )
    depth = forms.ChoiceField(label=_("Depth of the form"), choices=Depth.choices)
    data_from = DayField(label=_("Data from"))
    data_to = DayField(label=_("Data to"))


class PeriodForm(KindForm, AskedFields):
    """A whole period."""

    opens_on = DayField(label=_("Opens on"))
    due_on = DayField(label=_("To be sent by"))
    due_hour = HourField(label=_("Hour"))
    request_symbol = forms.CharField(label=_("Number and symbol"), max_length=60, required=False)
    request_date = DayField(label=_("Date"), required=False)
    request_signatory = forms.CharField(label=_("Signatory"), max_length=120, required=False)
    request_file = forms.FileField(
        label=_("File"), required=False, help_text=_("PDF, JPG or PNG, at most 20 MB."), widget=forms.FileInput()
    )
    addressees = forms.ModelMultipleChoiceField(
        label=_("Who is to report"), queryset=Body.objects.none(), widget=in_columns()
    )
    focus_tasks = forms.ModelMultipleChoiceField(
        label=_("Tasks in focus"), queryset=Task.objects.none(), required=False, widget=in_columns()
    )
    questions = forms.CharField(
        label=_("Questions of this period"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One question a line."),
    )
    note = forms.CharField(label=_("Note to the bodies"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    past_is_meant = forms.BooleanField(
        label=_("The due moment has passed already, and that is meant: old reports are entered afterwards."),
        required=False,
    )

    def __init__(self, *args: Any, plan: Plan, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        focus = cast("forms.ModelMultipleChoiceField[Any]", self.fields["focus_tasks"])
        offer_bodies(self, plan, since=self._first_day or timezone.localdate(now))
        tasks = Task.objects.filter(group__plan=plan).select_related("group")
        focus.queryset = tasks
        focus.choices = grouped((str(task.group), task.pk, str(task)) for task in tasks)

    @property
    def _first_day(self) -> date | None:
        """Return the first day of the window, as typed or proposed; None where it cannot be read."""
        try:
            day: date | None = self.fields["data_from"].clean(self["data_from"].value())
        except forms.ValidationError:
            return None
        return day

    @property
    def due_at(self) -> datetime:
        """Return the due moment on the office's clock."""
        return datetime.combine(self.cleaned_data["due_on"], self.cleaned_data["due_hour"], tzinfo=ZONE)

    @property
    def question_texts(self) -> list[str]:
        """Return the questions, one a line."""
        return [line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip()]

    def clean_request_file(self) -> Any:
        """Refuse what is no scan of a document."""
        file = self.cleaned_data["request_file"]
        if file:
            for fault in scan_faults(file):
                raise forms.ValidationError(fault)
        return file

    def clean_focus_tasks(self) -> Any:
        """Refuse more than eight."""
        tasks = self.cleaned_data["focus_tasks"]
        if len(tasks) > MAX_FOCUS_TASKS:
            raise forms.ValidationError(_("At most eight tasks can be in focus."))
        return tasks

    def clean(self) -> dict[str, Any]:
        """Keep the days in their order."""
        data = super().clean()
        start, end, due = data.get("data_from"), data.get("data_to"), data.get("due_on")
        if start and end and start > end:
            self.add_error("data_to", _("The window must start before it ends."))
        if end and due and due < end:
            self.add_error("due_on", _("The report cannot be due before its window ends."))
        elif due and data.get("due_hour") and self.due_at < self.now and not data.get("past_is_meant"):
            self.add_error(
                "due_on",
                _("This moment has passed: every body would be late at once. Choose a later one, or tick below."),
            )
        if data.get("kind") == PeriodKind.THEMATIC and not data.get("own_title"):
            self.add_error("own_title", _("Say in the title what the report is about."))
        return data


class AddresseesForm(forms.Form):
    """Who is asked in a period that is open already."""

    addressees = forms.ModelMultipleChoiceField(
        label=_("Who is to report"), queryset=Body.objects.none(), widget=in_columns()
    )

    def __init__(self, *args: Any, plan: Plan, since: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_bodies(self, plan, since=since)


class DueForm(forms.Form):
    """Another due moment for all."""

    due_on = DayField(label=_("To be sent by"))
    due_hour = HourField(label=_("Hour"))

    @property
    def due_at(self) -> datetime:
        """Return the due moment on the office's clock."""
        return datetime.combine(self.cleaned_data["due_on"], self.cleaned_data["due_hour"], tzinfo=ZONE)


class ReasonForm(forms.Form):
    """A reason that the bodies will read."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class ExtensionForm(DueForm, ReasonForm):
    """More time for one body."""


class CorrectionForm(forms.Form):
    """The document that corrects a report."""

    symbol = forms.CharField(label=_("Number and symbol"), max_length=60)
    date = DayField(label=_("Date"))


def _heading(words: str) -> str:
    return words[:1].upper() + words[1:]


def proposal_for(  # noqa: PLR0913 - which period, of which plan, on which day, for show or not
    kind: str, year: int, ordinal: int | None, *, plan: Plan, today: date, is_demo: bool = False
) -> dict[str, Any]:
    """Return what the form shows at first for a kind and year: window, due moment, depth, and who reports."""
    values: dict[str, Any] = {"kind": kind, "year": year, "ordinal": ordinal, "opens_on": today}
    decided = decided_around(date(year, 1, 1), date(year, 12, 31), today)
    proposal = propose(kind, year, ordinal, decided=decided) or propose_occasion(
        kind, year, plan=plan, today=today, is_demo=is_demo, decided=decided
    )
    # Of a window that ended long ago the reports are still due some days from now, never before.
    due_on = max(proposal.due_at.date(), add_working_days(today, DAYS_TO_WRITE, decided))
    return values | {
        "addressees": usual_addressees(plan, on=proposal.window[1]),
        "data_from": proposal.window[0],
        "data_to": proposal.window[1],
        "depth": proposal.depth,
        "due_on": due_on,
        "due_hour": f"{proposal.due_at:%H:%M}",
    }


def offer_bodies(form: forms.Form, plan: Plan, *, since: date) -> None:
    """Let a form offer the bodies that can be asked; whoever ended before the window began owes nothing of it."""
    field = cast("forms.ModelMultipleChoiceField[Any]", form.fields["addressees"])
    lasting = Q(valid_to=None) | Q(valid_to__gte=since)
    bodies = Body.objects.filter(lasting).exclude(pk__in=[plan.province_id, plan.issuer_id])
    bodies = bodies.exclude(kind__in=NEVER_ASKED)
    field.queryset = bodies
    field.choices = grouped((_heading(body.get_kind_display()), body.pk, body.name) for body in bodies)


def usual_addressees(plan: Plan, *, on: date) -> list[int]:
    """Return the bodies that item IV.1a of the plan tells to report, or those that follow them on a day (by key)."""
    parties = AssignmentParty.objects.filter(
        assignment__plan=plan, assignment__code=REPORTERS_ASSIGNMENT, role=PartyRole.LEAD
    )
    named = Q(assignment_parties__in=parties) | Q(body_groups__assignment_parties__in=parties)
    lineage = read_lineage()
    first = set(Body.objects.filter(named).values_list("pk", flat=True))
    holders = {holder for pk in first for holder in lineage.holders(pk, on=on)}
    return sorted(Body.objects.alive(on=on).filter(pk__in=holders).values_list("pk", flat=True))


def grouped(pairs: Iterable[tuple[str, int, str]]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return choices under their headings, from (heading, primary key, words)."""
    headings: dict[str, list[tuple[int, str]]] = {}
    for heading, key, words in pairs:
        headings.setdefault(heading, []).append((key, words))
    return list(headings.items())
