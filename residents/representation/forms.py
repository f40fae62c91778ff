from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from involvement.calendars.deadlines import read_deadline


class SliceForm(forms.Form):
    """Which figures are looked at; the choices are what there are tables of."""

    window = forms.ChoiceField(
        label="Who took part",
        required=False,
        choices=[
            ("YEAR", "In twelve months"),
            ("QUARTER", "In three months"),
            ("THREE_YEARS", "In three years"),
        ],
        initial="YEAR",
    )
    of = forms.ChoiceField(label="Of", required=False)
    outside = forms.ChoiceField(
        label="As seen by",
        required=False,
        choices=[("", "You: cells from five people"), ("1", "Everybody: cells from ten")],
    )

    def __init__(
        self,
        data: Any = None,
        *,
        units: Sequence[tuple[int, str]],
        kinds: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        choices = [("", "The whole landlord")]
        choices += [(f"unit-{key}", name) for key, name in units]
        choices += [(f"kind-{kind}", words) for kind, words in kinds]
        self.fields["of"] = forms.ChoiceField(
            label="Of", required=False, choices=choices, initial=""
        )


class GapForm(forms.Form):
    """The line of a plan that is to close a gap."""

    heading = forms.CharField(
        label="What we will do",
        max_length=200,
        error_messages={"required": "Write what will be done to reach them."},
    )
    plan = forms.TypedChoiceField(
        label="In which plan",
        coerce=int,
        error_messages={"required": "Choose the plan it goes into."},
    )
    owner = forms.CharField(
        label="Who owns it",
        max_length=120,
        help_text="Initials, a name, a role, a team or a group. Several with commas between.",
        error_messages={"required": "Write who owns it."},
    )
    deadline = forms.CharField(
        label="By when",
        max_length=120,
        help_text="A day, a month or a quarter with its year: 31 March 2027, March 2027.",
        error_messages={"required": "Write by when it should be done."},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        plans: Sequence[tuple[int, str]],
        owners: Sequence[str],
        year_start_month: int,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        plan: Any = self.fields["plan"]
        plan.choices = list(plans)
        self.owner_names = owners
        self.year_start_month = year_start_month

    def clean_deadline(self) -> str:
        """The words, where a line of a plan is read to fall due on a day by them."""
        words = str(self.cleaned_data["deadline"])
        read = read_deadline(words, year_start_month=self.year_start_month)
        if read.flagged or read.due is None:
            raise forms.ValidationError(
                "No day can be read from this. Write a day or a month with its year: "
                "31 March 2027, March 2027."
            )
        return words
