from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils import timezone

from actionplans.replies.hearers import Hearer
from actionplans.replies.models import Verdict
from involvement.auditing.actors import Channel

BY_HAND = [
    (Channel.PHONE.value, "By telephone"),
    (Channel.FACE.value, "Face to face"),
    (Channel.TEXT.value, "By text"),
    (Channel.EMAIL.value, "By e-mail of my own"),
    (Channel.POST.value, "By a letter of my own"),
]


class ReplyForm(forms.Form):
    """The one answer that everybody in the theme gets."""

    subject = forms.CharField(
        label="Heading",
        max_length=200,
        error_messages={"required": "Write a heading."},
    )
    words = forms.CharField(
        label="What we tell them",
        help_text="Their name and what they told us come before it, the officer to ring after it.",
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Write what people are told."},
    )


class ToldForm(forms.Form):
    """Who was told by an officer, how and when."""

    hearers = forms.MultipleChoiceField(
        label="Whom did you tell?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one person.",
            "invalid_choice": "Somebody you chose has been told meanwhile. Choose again.",
        },
    )
    channel = forms.ChoiceField(
        label="How?",
        choices=[("", "Choose how"), *BY_HAND],
        error_messages={"required": "Choose how you told them."},
    )
    told_on = forms.DateField(
        label="When?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Write the day you told them.",
            "invalid": "Write the day as a date, such as 8 July 2026.",
        },
    )
    note = forms.CharField(
        label="What they said about it",
        max_length=300,
        required=False,
        help_text="Only if it helps the next person.",
    )

    def __init__(self, *args: Any, rows: Sequence[Hearer], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"].setdefault("told_on", timezone.localdate())
        super().__init__(*args, **kwargs)
        field = cast("forms.MultipleChoiceField", self.fields["hearers"])
        field.choices = [(hearer.key, hearer.name) for hearer in rows]


class AnswerForm(forms.Form):
    """Did it happen? The three answers are three equal buttons."""

    answer = forms.ChoiceField(
        choices=Verdict.Answer.choices,
        error_messages={
            "required": "Choose yes, partly or no.",
            "invalid_choice": "Choose yes, partly or no.",
        },
    )
    words = forms.CharField(
        label="Anything you want to add",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class KeyedInForm(AnswerForm):
    """The same answer, taken down by an officer."""

    answer = forms.ChoiceField(
        label="Did it happen?",
        choices=Verdict.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes, partly or no."},
    )
    channel = forms.ChoiceField(
        label="How did they answer?",
        choices=[("", "Choose how"), *BY_HAND[:3], (Channel.POST.value, "By letter")],
        error_messages={"required": "Choose how they answered."},
    )
