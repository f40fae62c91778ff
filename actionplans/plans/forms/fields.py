from __future__ import annotations

from django import forms


def day(label: str, *, required: bool = False, hint: str = "") -> forms.DateField:
    """A day, as three numbers or from a calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": "There is no such day. Write it as day, month and year.",
            "required": f"Give the day: {label.lower()}.",
        },
    )


def text(
    label: str, rows: int = 2, *, hint: str = "", required: bool = False, error: str = ""
) -> forms.CharField:
    """Text of several lines."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": error or "Fill this in."},
    )
