"""Visits to new tenants."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from residents.interests import queries
from residents.interests.forms.expressions import staff_field
from residents.interests.forms.who import WhoForm
from residents.interests.forms.wishes import Ticks, WishesForm
from residents.interests.models import Method


def past_day(label: str, missing: str) -> forms.DateField:
    """A day up to today."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": "Write a day that exists, such as 2026-06-11.",
            "required": missing,
        },
        validators=[not_to_come],
    )


def not_to_come(day: dt.date) -> None:
    """Raises ValidationError for a day later than today."""
    if day > timezone.localdate():
        raise ValidationError("The day cannot be later than today.")


class DueForm(WhoForm):
    """A tenancy that began, and whose it is."""

    tenancy_began_on = past_day("The tenancy began on", "Say on which day the tenancy began.")


class PackForm(forms.Form):
    """The day the welcome pack went."""

    sent_on = past_day("Pack sent on", "Say on which day the pack went.")


class MadeForm(WishesForm):
    """What came of a visit."""

    made_on = past_day("Visit made on", "Say on which day the visit was made.")
    officer = staff_field("Who made it", "Choose a colleague")
    talked_about = Ticks(Method, label="Ways of taking part you talked about")
    discussed = forms.CharField(
        label="What else was talked about",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = queries.methods()
        talked: Any = self.fields["talked_about"]
        talked.offer(offered, [(row.pk, row.name) for row in offered])
        self.fields["officer"].required = True
        self.fields["officer"].error_messages["required"] = "Say who made the visit."


class AsideForm(forms.Form):
    """Why no visit is made."""

    why = forms.CharField(
        label="Why no visit is made",
        max_length=300,
        error_messages={"required": "Write why no visit is made."},
    )
