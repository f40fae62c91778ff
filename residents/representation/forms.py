from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms


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
        error_messages={"required": "Write who owns it."},
    )
    deadline = forms.CharField(
        label="By when",
        max_length=120,
        help_text="March 2027, or in your own words",
        error_messages={"required": "Write by when it should be done."},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        plans: Sequence[tuple[int, str]],
        owners: Sequence[str],
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        plan: Any = self.fields["plan"]
        plan.choices = list(plans)
        self.owner_names = owners
