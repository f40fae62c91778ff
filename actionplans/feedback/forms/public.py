"""What a resident tells us without signing in."""

from __future__ import annotations

from typing import Any

from django import forms

from actionplans.feedback.models import LONGEST_WORDS
from residents.people.queries import Contact


class TellUs(forms.Form):
    """Words, and only if they wish, who they are."""

    words = forms.CharField(
        label="What would you like to tell us?",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="In your own words. It can be a complaint, an idea or a thank you.",
        error_messages={
            "required": "Write what you would like to tell us.",
            "max_length": "This is longer than we can take here. Keep it under %(limit_value)d "
            "characters, or write us a letter.",
        },
    )
    where = forms.CharField(
        label="Where is it about?",
        max_length=120,
        required=False,
        help_text="A street, a block or an estate. You may leave this empty.",
    )
    name = forms.CharField(
        label="Your name",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="You may leave this empty.",
    )
    contact = forms.CharField(
        label="How can we answer you?",
        max_length=300,
        required=False,
        help_text="Your e-mail address, telephone number or postal address. Without one we read "
        "what you say, but cannot answer you.",
    )
    quote_permission = forms.BooleanField(
        label="You may print my words, without my name", required=False
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    # People do not see this; programs that fill in every field do.
    website = forms.CharField(required=False, label="Leave this empty", max_length=200)

    @property
    def from_a_program(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.cleaned_data.get("website"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        data["contact"] = Contact.read(data.get("contact", ""))
        return data
