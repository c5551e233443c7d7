"""The forms of a withdrawal: what is asked for and why, and why it is refused."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from reports.choices_tombstones import FileKind, Scope
from reports.tombstone_files import ReportFile
from reports.tombstone_search import Asked

MOST_REASON = 2000


class AskForm(forms.Form):
    """Which line, how much of it, which files, and why."""

    line = forms.ChoiceField(label=_("Line of the report"))
    scope = forms.ChoiceField(
        label=_("What is withdrawn"),
        choices=Scope.choices,
        initial=Scope.LINE,
        widget=forms.RadioSelect(),
        help_text=_("Where only a sentence is secret, withdraw that passage: the rest of the line stays."),
    )
    words = forms.CharField(
        label=_("The passage, in its exact words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=_("Only for a passage. It is looked for in every text of the portal and kept until it is decided."),
    )
    chosen = forms.MultipleChoiceField(
        label=_("Files that hold it as well"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_(
            "Files in which the portal can read the words are added by itself. Scans and pictures cannot be read: look"
            " at them yourself. A scan of the whole report holds every line of it."
        ),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who found it, by which document it is withdrawn. The reason stays: do not repeat the secret."),
    )

    def __init__(self, *args: Any, lines: dict[str, str], files: list[ReportFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["line"]).choices = list(lines.items())
        choices = [(file.sha256, in_words(file, lines)) for file in files]
        cast("forms.MultipleChoiceField", self.fields["chosen"]).choices = choices
        if not files:
            del self.fields["chosen"]

    def asked(self) -> Asked:
        """Return what was asked for."""
        data = self.cleaned_data
        files = frozenset(data.get("chosen", ()))
        return Asked(data["line"], Scope(data["scope"]), data["reason"].strip(), data["words"], files)


def in_words(file: ReportFile, lines: dict[str, str]) -> str:
    """Return what a file is called in the list."""
    parts = [file.name, capfirst(str(FileKind(file.kind).label))]
    if file.kind == FileKind.ATTACHMENT:
        parts.append(lines.get(file.line) or _now("the report as a whole"))
    if file.size:
        parts.append(filesizeformat(file.size))
    return " · ".join(parts)


class RefuseForm(forms.Form):
    """Why nothing is withdrawn."""

    why = forms.CharField(
        label=_("Why it is not withdrawn"), max_length=MOST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )
