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
