"""The form of one line in a body's register of issued documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plan_tracker.lib.text import nfc
from plan_tracker.widgets import DayField
from tasks.models import Assignment, Body, IssuedDocument, Plan, Task


class RegisterForm(forms.ModelForm):  # type: ignore[type-arg] # generic only for the checker
    """A document that the body issued, and the tasks and assignments that it serves."""

    issued_on = DayField(label=_("Date of the document"), help_text=_("As in 23/11/2026."))

    class Meta:
        model = IssuedDocument
        fields = ("body", "kind", "symbol", "issued_on", "title", "assignments", "tasks")
        labels = {"title": _("Subject"), "symbol": _("Number and symbol"), "body": _("Issued by")}
        help_texts = {"symbol": _("As printed, such as 45-KH/HU.")}
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "assignments": forms.CheckboxSelectMultiple,
            "tasks": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, plan: Plan, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.fields["body"] = forms.ModelChoiceField(
            Body.objects.filter(pk__in=[body.pk for body in bodies]),
            label=_("Issued by"),
            empty_label=None,
            initial=bodies[0].pk,
        )
        if len(bodies) == 1:
            self.fields["body"].widget = forms.HiddenInput()
        self.fields["issued_on"].widget.attrs["class"] = "input--date"
        self._offer("assignments", Assignment.objects.filter(plan=plan).order_by("order"))
        tasks = list(Task.objects.filter(group__plan=plan).select_related("group").order_by("group__number", "number"))
        self._offer("tasks", Task.objects.filter(group__plan=plan), by_group(tasks))

    def _offer(self, name: str, rows: Any, choices: Any = None) -> None:
        """Offer these rows to tick."""
        field: Any = self.fields[name]
        field.queryset = rows
        field.choices = choices or [(row.pk, str(row)) for row in rows]
        field.help_text = ""

    def clean(self) -> dict[str, Any]:
        """Keep texts in one normal form; refuse a document that is there already."""
        data: dict[str, Any] = super().clean() or {}
        for name in [name for name in ("symbol", "title") if name in data]:
            data[name] = " ".join(nfc(data[name]).split())
        known = IssuedDocument.objects.filter(**{name: data.get(name) for name in ("body", "kind", "symbol")})
        if data.get("issued_on") and known.filter(issued_on=data["issued_on"]).exclude(pk=self.instance.pk).exists():
            self.add_error("symbol", _("This document is already in the register."))
        return data


def by_group(tasks: list[Task]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the tasks as ticks under the heading of their group."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for task in tasks:
        groups.setdefault(str(task.group), []).append((task.pk, f"{task.code} {task.title}"))
    return list(groups.items())
