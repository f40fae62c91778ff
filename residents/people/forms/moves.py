from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from residents.people.models import Residency

NOWHERE: Final = "none"


class TakenBackForm(forms.Form):
    """Where somebody lives after all, and what the mistake was."""

    home = forms.ChoiceField(
        label="Where they live",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where they live."},
    )
    why = forms.CharField(
        label="What the mistake was",
        max_length=200,
        help_text="“Somebody else of the same name died.” It stands in their history.",
        error_messages={"required": "Write what the mistake was."},
    )

    def __init__(self, *args: Any, ended: Sequence[Residency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ended = {str(row.pk): row for row in ended}
        lived = [(key, f"{row.home}, as before") for key, row in self.ended.items()]
        home: Any = self.fields["home"]
        home.choices = [*lived, (NOWHERE, "In none of your homes")]
        home.initial = next(iter(self.ended), NOWHERE)

    def clean_home(self) -> Residency | None:
        return self.ended.get(self.cleaned_data["home"])
