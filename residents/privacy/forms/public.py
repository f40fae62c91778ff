"""A complaint about data, from anybody."""

from __future__ import annotations

from typing import Any

from django import forms


class ComplainForm(forms.Form):
    """What went wrong, and how to answer."""

    words = forms.CharField(
        label="What went wrong?",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="What we did with information about you, and when, as far as you know.",
        error_messages={
            "required": "Write what went wrong.",
            "max_length": "This is longer than we can take here. Keep it under %(limit_value)d "
            "characters, or write us a letter.",
        },
    )
    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Write your name, so that we know whose data it is about."},
    )
    contact = forms.CharField(
        label="How can we answer you?",
        max_length=300,
        help_text="Your e-mail address, telephone number or postal address.",
        error_messages={"required": "Write an e-mail address, a telephone number or an address."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    # People do not see this; programs that fill in every field do.
    website = forms.CharField(required=False, label="Leave this empty", max_length=200)

    @property
    def from_a_program(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.cleaned_data.get("website"))

    def clean(self) -> dict[str, Any]:
        return super().clean() or {}
