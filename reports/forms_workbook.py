"""The forms with which a filled-in workbook or an attachment is uploaded; nothing comes in without the declaration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """One file, and the declaration that nothing in it is a state secret."""

    file = forms.FileField(
        label=_("The filled-in workbook (.xlsx)"),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )
    no_secret = forms.BooleanField(
        label=_("I have checked: the file holds no state secret."),
        error_messages={"required": _("Declare that the file holds no state secret.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".xlsx"


class AttachForm(UploadForm):
    """A file for a line of the report, or for the report as a whole."""

    line = forms.ChoiceField(label=_("Belongs to"), required=False)
    field_order = ("line", "file", "no_secret")

    def __init__(self, *args: Any, lines: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["line"]
        choice.choices = [("", _("the report as a whole")), *lines.items()]
        file = self.fields["file"]
        file.label = _("File")
        file.help_text = _("PDF, DOCX, XLSX, JPG or PNG; at most 20 MB, all files of a report together at most 100 MB.")
        file.widget.attrs["accept"] = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"
