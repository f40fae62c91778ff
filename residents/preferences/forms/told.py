from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from residents.preferences.models import Heard, Source, Teller

TOLD: Final = ("source", "told_by", "said_on")


class ToldForm(forms.Form):
    """Where something was said, by whom and on which day; other forms build on it."""

    source = forms.ChoiceField(
        label="How do you know?",
        choices=Source.choices,
        initial=Source.PHONE,
        error_messages={"required": "Choose how you know."},
    )
    told_by = forms.ChoiceField(
        label="Who said so?",
        choices=Teller.choices,
        initial=Teller.THEMSELVES,
        error_messages={"required": "Choose who said so."},
    )
    said_on = forms.DateField(
        label="On which day?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
        error_messages={
            "invalid": "Write a day that exists, such as 2026-06-11.",
            "required": "Say on which day it was said.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # How we know comes after what we know
        for name in TOLD:
            self.fields[name] = self.fields.pop(name)

    def clean_said_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["said_on"]
        if day > timezone.localdate():
            raise ValidationError("The day it was said cannot be later than today.")
        return day

    @property
    def heard(self) -> Heard:
        """What was filled in, as it is kept."""
        data = self.cleaned_data
        return Heard(data["source"], data["said_on"], data["told_by"])
