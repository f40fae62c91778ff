from __future__ import annotations

from typing import Any

from django import forms

from involvement.calendars.periods import NotAPeriodError, Period, read_period
from reporting.catalogue.queries import Kind, kind_named, kinds


class Begin(forms.Form):
    """Which report, and of which period."""

    kind = forms.ChoiceField(
        label="Which report",
        choices=lambda: [(kind.slug, kind.title) for kind in kinds()],
        error_messages={"required": "Choose a report."},
    )
    period = forms.CharField(
        label="Which period",
        max_length=24,
        help_text="2026/27-Q3 is a financial quarter, 2026-Q3 a calendar one, 2026/27 a year, "
        "2026-07 a month.",
        error_messages={"required": "Write a period, such as 2026/27-Q3."},
    )

    def __init__(self, *args: Any, year_start_month: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year_start_month = year_start_month

    def clean_kind(self) -> Kind:
        return kind_named(self.cleaned_data["kind"])

    def clean_period(self) -> Period:
        try:
            return read_period(self.cleaned_data["period"], year_start_month=self.year_start_month)
        except NotAPeriodError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class Reason(forms.Form):
    """Why a published report is withdrawn or written anew."""

    because = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In plain words. The reason is printed.",
        error_messages={"required": "Say why, in plain words. The reason is printed."},
    )


class Words(forms.Form):
    """One of our own texts."""

    words = forms.CharField(
        label="How it reads",
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        strip=True,
        error_messages={"max_length": "This is too long. Write at most 4,000 letters."},
    )
