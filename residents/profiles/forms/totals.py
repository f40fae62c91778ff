from __future__ import annotations

from django import forms


class TotalsFile(forms.Form):
    """A table of totals."""

    file = forms.FileField(
        label="The table",
        help_text="CSV or Excel, with the headings Characteristic, Category, Count, As of, Source.",
        error_messages={"required": "Choose the file.", "empty": "This file is empty."},
    )
