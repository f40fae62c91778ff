from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils import timezone

from involvement.accounts.models import Membership
from involvement.auditing.actors import Channel
from involvement.auditing.models import ViewLogEntry
from residents.people.forms import REACHED_BY
from residents.people.models import Person
from residents.privacy.kinds import Kind
from residents.privacy.models import DataComplaint, Mention, RetentionRule
from residents.privacy.queries import holds

HOW = [(value, words) for value, words in REACHED_BY if value != Channel.WEB] + [
    (Channel.WEB, "online")
]


NOBODY: Final = "none"


def day_input() -> forms.DateInput:
    """A date as the browser's own control."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PastDay(forms.DateField):
    """A day that is not after today."""

    def __init__(self, label: str, *, missing: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            widget=day_input(),
            initial=timezone.localdate,
            error_messages={
                "required": missing,
                "invalid": "Write the day as a date, such as 8 July 2026.",
            },
            **kwargs,
        )

    def clean(self, value: Any) -> dt.date | None:
        day: dt.date | None = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError(
                "This day is still to come. Write today’s, or an earlier one."
            )
        return day


class AccessRequestForm(forms.Form):
    """That somebody asked to see what is kept about them."""

    asked_on = PastDay("They asked on", missing="Write the day they asked.")
    asked_how = forms.ChoiceField(label="How they asked", choices=HOW, initial=Channel.PHONE)
    identity_words = forms.CharField(
        label="How we know it is them",
        max_length=200,
        help_text="For instance: “rang from the number we have, and knew when they moved in”. Do "
        "not copy a passport.",
        error_messages={"required": "Say how we know that it is them."},
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)


class MentionForm(forms.Form):
    """Include one text with these words, or leave it out."""

    choice = forms.ChoiceField(
        choices=[(Mention.Choice.INCLUDED, "Include"), (Mention.Choice.LEFT_OUT, "Leave out")]
    )
    shown_words = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("choice") == Mention.Choice.INCLUDED and not data.get("shown_words"):
            self.add_error("shown_words", "Write what they are shown, or leave the text out.")
        return data


class SentForm(forms.Form):
    """When and how a pack was sent."""

    sent_on = PastDay("Sent on", missing="Write the day it was sent.")
    sent_how = forms.ChoiceField(label="How", choices=HOW, initial=Channel.POST)


class BecauseForm(forms.Form):
    """A reason, and nothing else."""

    because = forms.CharField(
        label="Because",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, in a sentence."},
    )


class HoldForm(forms.Form):
    """Why nothing may be erased, and until when."""

    reason = forms.CharField(
        label="Why nothing may be erased",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why nothing may be erased."},
    )
    ends_on = forms.DateField(
        label="Until",
        required=False,
        widget=day_input(),
        help_text="Leave empty where nobody knows yet.",
        error_messages={"invalid": "Write the day as a date, such as 8 July 2026."},
    )

    def clean_ends_on(self) -> dt.date | None:
        """A hold cannot end before it starts."""
        day: dt.date | None = self.cleaned_data["ends_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("This day is over. Write a later one, or none.")
        return day


class RecordHoldForm(HoldForm):
    """Which record of a kind is held back, why, and until when."""

    record = forms.IntegerField(
        label="Number of the record",
        min_value=1,
        help_text="It stands beside each record in the list of what is over.",
        error_messages={
            "required": "Write the number of the record.",
            "invalid": "Write a number, such as 41.",
            "min_value": "Write a number, such as 41.",
        },
    )
    field_order = ("record", "reason", "ends_on")

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["reason"].label = "Why it is kept"
        self.fields["reason"].error_messages["required"] = "Say why it is kept."

    def clean_record(self) -> int:
        """There has to be such a record, and no hold on it yet."""
        number, today = int(self.cleaned_data["record"]), timezone.localdate()
        # Beyond what a key can be, PostgreSQL would refuse to look
        there = number < 2**63 and self.kind.due(today).filter(pk=number).exists()
        if not there:
            raise forms.ValidationError(
                "We keep no record of this kind under this number whose time is running."
            )
        if number in holds.records_held(self.kind.key, today):
            raise forms.ValidationError("A hold stands over this record already.")
        return number


class RuleForm(forms.Form):
    """How long a kind of record is kept, and what happens then."""

    then = forms.ChoiceField(label="What happens then", widget=forms.RadioSelect)
    months = forms.IntegerField(
        label="After how many months",
        required=False,
        min_value=1,
        max_value=1200,
        help_text="24 months are two years, 72 are six. Leave empty to keep it for ever.",
        error_messages={"invalid": "Write a number of months, such as 24."},
    )
    source = forms.CharField(
        label="Where this comes from",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say where this period comes from: a law, a policy, a decision."
        },
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["then"].choices = [  # type: ignore[attr-defined]  # a field of choices
            (then.value, then.label[:1].upper() + then.label[1:]) for then in kind.may
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        keeps = data.get("then") == RetentionRule.Then.KEEP
        if keeps:
            data["months"] = None
        elif data.get("months") is None and not self.has_error("months"):
            self.add_error("months", "Write after how many months, or choose to keep it for ever.")
        return data


class ComplaintForm(forms.Form):
    """A complaint about data that came by telephone, letter or in person."""

    name = forms.CharField(
        label="Who complains", max_length=120, error_messages={"required": "Write their name."}
    )
    contact = forms.CharField(
        label="How to answer them",
        max_length=300,
        help_text="E-mail address, telephone number or postal address.",
        error_messages={"required": "Write how to answer them."},
    )
    words = forms.CharField(
        label="What they complain about",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write what they complain about, in their words."},
    )
    received_on = PastDay("It reached us on", missing="Write the day it reached us.")
    received_how = forms.ChoiceField(label="How", choices=HOW, initial=Channel.PHONE)
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)


class WhoseForm(forms.Form):
    """Whose complaint it is, of the people found; nobody's, where they are not in the register."""

    person = forms.ChoiceField(
        label="Whose complaint it is",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whose complaint it is."},
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        choices: Any = self.fields["person"]
        choices.choices = [
            *((key, _told_apart(one)) for key, one in self.people.items()),
            (NOBODY, "Nobody in the register"),
        ]

    def clean_person(self) -> Person | None:
        return self.people.get(self.cleaned_data["person"])


def _told_apart(person: Person) -> str:
    """“Doreen Hackett, 3 Drake Court”: what tells two of one name apart."""
    home = person.address.split("\n")[0] or person.email or person.phone
    status = "" if person.status == Person.Status.CURRENT else person.get_status_display().lower()
    return ", ".join(filter(None, [person.name, home, status]))


class AnswerForm(forms.Form):
    """What was found, and that they were told."""

    outcome = forms.ChoiceField(
        label="What we found",
        choices=DataComplaint.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was found."},
    )
    outcome_words = forms.CharField(
        label="In the words they were told",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what was found, and what was done about it."},
    )
    told_on = PastDay("Told on", missing="Write the day they were told.")
    told_how = forms.ChoiceField(label="How", choices=HOW, initial=Channel.POST)


class LookFilters(forms.Form):
    """Narrows the register of who looked at whom."""

    by = forms.CharField(label="Who looked", required=False, max_length=120)
    person = forms.IntegerField(label="At person number", required=False, min_value=1)
    kind = forms.ChoiceField(
        label="What they did",
        required=False,
        choices=[("", "Either"), *ViewLogEntry.Kind.choices],
    )
    since = forms.DateField(label="Since", required=False, widget=day_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted({str(member.user) for member in Membership.objects.select_related("user")})
        self.fields["by"] = forms.ChoiceField(
            label="Who looked",
            required=False,
            choices=[("", "Anybody"), *((name, name) for name in names)],
        )
