from __future__ import annotations

from django import forms

from reporting.catalogue.queries import Every


class Choose(forms.Form):
    """How often a kind of report is made, and until when it counts."""

    every = forms.ChoiceField(label="How often", choices=Every.choices)
    cutoff_days = forms.IntegerField(
        label="Days after the period until which we count",
        min_value=0,
        max_value=92,
        help_text="What is recorded later is left to the next report. The draft is made on the "
        "day after.",
        error_messages={
            "required": "Write a number of days from 0 to 92.",
            "invalid": "Write a whole number of days from 0 to 92.",
            "max_value": "Choose at most 92 days, so that a report is made before the next is due.",
        },
    )
