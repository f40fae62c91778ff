"""Which of the uninvolved are listed."""

from __future__ import annotations

from typing import Any

from django import forms

CHOICES = (3, 6, 12, 24, 36)


class UninvolvedFilters(forms.Form):
    """For how long, and who."""

    months = forms.TypedChoiceField(label="Took part in nothing for", required=False, coerce=int)
    who = forms.ChoiceField(
        label="Who",
        required=False,
        choices=[("", "Those who said they would like to"), ("all", "Everybody")],
    )

    def __init__(self, *args: Any, usual: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months: Any = self.fields["months"]
        offered = sorted({usual, *CHOICES})
        months.choices = [
            ("", f"{usual} months"),
            *((str(each), f"{each} months") for each in offered if each != usual),
        ]
