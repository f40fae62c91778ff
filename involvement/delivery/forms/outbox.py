from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django import forms

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


def read_chosen(given: Iterable[str]) -> list[int]:
    """The keys of the ticked rows; what is no key is passed over."""
    keys = [int(one) for one in given if one.isdecimal() and len(one) < 19]
    return keys[:MOST_AT_ONCE]
