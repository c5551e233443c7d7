"""Form controls of the house that Django does not have."""

from __future__ import annotations

from django import forms


class SegmentedRadio(forms.RadioSelect):
    """A row of states, one of which is chosen; works as plain radio buttons everywhere."""

    template_name = "django/forms/widgets/segmented.html"
