from __future__ import annotations

from typing import Any

from django import forms

from residents.preferences.forms.told import ToldForm
from residents.preferences.models import Consent, Purpose
from residents.preferences.queries import Allowed

AS_IT_IS, YES, NO = "", "yes", "no"


class ConsentForm(ToldForm):
    """What somebody says to one purpose: yes, no, or nothing new, by each way it is asked for."""

    whom = "they"
    whose = "Their answer"

    read_out = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, standing: list[Allowed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        for allowed in standing:
            words = allowed.channel_words
            self.fields[_name(allowed.channel)] = forms.ChoiceField(
                label=words[0].upper() + words[1:] if words else self.whose,
                choices=[
                    (AS_IT_IS, _as_it_is(allowed, self.whom)),
                    (YES, "Yes"),
                    (NO, _no(allowed)),
                ],
                widget=forms.RadioSelect,
                required=False,
                initial=AS_IT_IS,
            )
        for name in ("source", "told_by", "said_on"):
            self.fields[name] = self.fields.pop(name)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not any(data.get(_name(allowed.channel)) for allowed in self.standing):
            self.add_error(None, "Choose yes or no at least once, or leave the page.")
        return data

    @property
    def acts(self) -> list[tuple[str, str]]:
        """What was chosen: rows of (channel, act)."""
        found = []
        for allowed in self.standing:
            answer = self.cleaned_data.get(_name(allowed.channel))
            if answer == YES:
                found.append((allowed.channel, Consent.Act.GIVEN.value))
            elif answer == NO:
                act = Consent.Act.WITHDRAWN if allowed.holds else Consent.Act.REFUSED
                found.append((allowed.channel, act.value))
        return found


class PurposeForm(forms.Form):
    """Something to ask leave for, and its words."""

    name = forms.CharField(
        label="What you ask leave for",
        max_length=80,
        error_messages={"required": "Write what you ask leave for."},
    )
    words = forms.CharField(
        label="The words people are asked with",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Say what you would do, and that they can take it back at any time.",
        error_messages={"required": "Write the words people are asked with."},
    )
    by_channel = forms.BooleanField(
        label="Ask for each way to reach them: letter, e-mail, text, telephone",
        required=False,
        initial=True,
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if Purpose.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError("There is a purpose of this name already.")
        return name


class PurposeNameForm(forms.Form):
    """The name of a purpose, and its place in the list."""

    name = forms.CharField(
        label="What you ask leave for",
        max_length=80,
        error_messages={"required": "Write what you ask leave for."},
    )
    position = forms.IntegerField(
        label="Place in the order",
        min_value=0,
        max_value=1000,
        help_text="0 stands first. Those with the same number stand by name.",
    )

    def __init__(self, *args: Any, purpose: Purpose, **kwargs: Any) -> None:
        begun = {"name": purpose.name, "position": purpose.position}
        super().__init__(*args, **{**kwargs, "initial": begun})
        self.purpose = purpose

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if Purpose.objects.exclude(pk=self.purpose.pk).filter(name__iexact=name).exists():
            raise forms.ValidationError("There is a purpose of this name already.")
        return name


class WordingForm(forms.Form):
    """New words for a purpose."""

    words = forms.CharField(
        label="The words from now on",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write the words people are asked with."},
    )


def _name(channel: str) -> str:
    return f"by_{channel.lower()}" if channel else "answer"


def _as_it_is(allowed: Allowed, whom: str) -> str:
    if allowed.latest is None:
        return "Not asked"
    return f"As it is: {whom} {Consent.Act(allowed.latest.act).label}"


def _no(allowed: Allowed) -> str:
    return "No, take it back" if allowed.holds else "No"
