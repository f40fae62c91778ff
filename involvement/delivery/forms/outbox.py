from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django import forms

from involvement.auditing.refusals import Refusal
from involvement.delivery import telephone
from involvement.delivery.models import Message

MOST_AT_ONCE: Final = 200


class OutboxFilters(forms.Form):
    """GET, so that a colleague can be sent what one sees."""

    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "Any"), *Message.State.choices]
    )
    channel = forms.ChoiceField(
        label="How", required=False, choices=[("", "Any way"), *Message.Channel.choices]
    )
    until = forms.DateField(
        label="Written up to",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class StuckFilters(forms.Form):
    """What did not go, what may have gone, or both."""

    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "Both"), *((state, state.label) for state in Message.STUCK)],
    )


class CameBack(forms.Form):
    failure = forms.CharField(
        label="What happened to it?",
        max_length=300,
        help_text="“Returned to sender: gone away”.",
        error_messages={"required": "Write what happened to it."},
    )


class TestNumber(forms.Form):
    """Where the test text of a provider goes."""

    number = forms.CharField(
        label="Your mobile number",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": "Write the number the test text is to go to."},
    )

    def clean_number(self) -> str:
        try:
            return telephone.to_text(self.cleaned_data["number"])
        except Refusal as refused:
            raise forms.ValidationError(str(refused)) from None


def read_chosen(given: Iterable[str]) -> list[int]:
    """The keys of the ticked rows; what is no key is passed over."""
    keys = [int(one) for one in given if one.isdecimal() and len(one) < 19]
    return keys[:MOST_AT_ONCE]
