from __future__ import annotations

from django import forms

from residents.exports.models import Export

SHORTEST = 10


class ExportForm(forms.Form):
    """What a list is for, and as what kind of file."""

    purpose = forms.CharField(
        label="What it is for",
        max_length=300,
        help_text=(
            "In words that whoever it is about would understand: “Invitations to the AGM of 3 March”"
        ),
        error_messages={"required": "Write what the list is for."},
    )
    form = forms.ChoiceField(
        label="As",
        choices=Export.Form.choices,
        initial=Export.Form.XLSX,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a kind of file."},
    )

    def clean_purpose(self) -> str:
        words = " ".join(str(self.cleaned_data["purpose"]).split())
        if len(words) < SHORTEST:
            raise forms.ValidationError("Say in a few more words what the list is for.")
        return words
