from __future__ import annotations

from django import forms

from involvement.delivery.models import Message


class OutboxFilters(forms.Form):
    """GET, so that a colleague can be sent what one sees."""

    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "Any"), *Message.State.choices]
    )
    channel = forms.ChoiceField(
        label="How", required=False, choices=[("", "Any way"), *Message.Channel.choices]
    )


class CameBack(forms.Form):
    failure = forms.CharField(
        label="What happened to it?",
        max_length=300,
        help_text="“Returned to sender: gone away”.",
        error_messages={"required": "Write what happened to it."},
    )
