from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils import timezone

from involvement.auditing.actors import Channel
from residents.eligibility.forms import InSpiteForm
from residents.participation.models import LONGEST_MINUTES, Participation
from residents.people.models import Person
from residents.people.queries import people_named

CHANNELS = [
    (Channel.FACE, "face to face"),
    (Channel.PHONE, "by telephone"),
    (Channel.WEB, "online"),
    (Channel.EMAIL, "by e-mail"),
    (Channel.TEXT, "by text"),
    (Channel.POST, "by letter or on paper"),
]

# Their number alone, or after their name as other pages tell people apart: “Ada Coles, no. 12”
NUMBERED = re.compile(r"(?:^|, no\. )([0-9]{1,18})$")


def _any_day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write a day that is in the calendar, such as 28/11/2026."},
    )


class Narrowing(forms.Form):
    """Which of the times somebody took part to count, and by what to tell them apart."""

    first = _any_day("From")
    last = _any_day("To")
    kind = forms.ChoiceField(
        label="What it was",
        choices=[("", "Anything"), *Participation.Kind.choices],
        required=False,
    )
    by = forms.ChoiceField(
        label="Count by",
        choices=[
            ("kind", "What it was"),
            ("place", "Place"),
            ("unit", "Part of the landlord"),
            ("tenure", "Tenure"),
            ("customer_type", "What they were"),
        ],
        initial="kind",
        required=False,
    )

    def narrowed(self, today: dt.date) -> tuple[dt.date, dt.date, list[str], str]:
        """First and last day, kinds and what to count by; what cannot be read is as if not said:
        the twelve months up to today, of every kind, by kind."""
        self.is_valid()
        data = self.cleaned_data if self.is_bound else {}
        last = data.get("last") or today
        first = data.get("first") or last - dt.timedelta(days=365)
        kinds = [data["kind"]] if data.get("kind") else []
        return min(first, last), max(first, last), kinds, data.get("by") or "kind"


class Fact(forms.Form):
    """What somebody took part in, when and how."""

    kind = forms.ChoiceField(label="What it was", choices=Participation.Kind.choices)
    label = forms.CharField(
        label="Which one",
        max_length=200,
        help_text="For example “Repairs panel” or “Fun day at Turlin Moor”.",
        error_messages={"required": "Write what they took part in."},
    )
    began_on = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Write the day, such as 28/11/2026.",
            "invalid": "Write a day that is in the calendar, such as 28/11/2026.",
        },
    )
    ended_on = forms.DateField(
        label="Until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="For something that lasts, such as being a member. Leave it empty while it does.",
        error_messages={"invalid": "Write a day that is in the calendar, such as 28/11/2026."},
    )
    minutes = forms.IntegerField(
        label="Minutes",
        required=False,
        min_value=1,
        max_value=LONGEST_MINUTES,
        help_text="How long it took them, if you know.",
        error_messages={"invalid": "Write the minutes as a number, such as 90."},
    )
    channel = forms.ChoiceField(label="How they took part", choices=CHANNELS)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        began, ended = data.get("began_on"), data.get("ended_on")
        if began and began > timezone.localdate():
            self.add_error(
                "began_on", "Write a day that has come. What is to come is not a fact yet."
            )
        if began and ended and ended < began:
            self.add_error("ended_on", "It ends on or after the day it begins.")
        return data


class Correction(InSpiteForm, Fact):
    """The same fact put right."""

    field_order = ("kind", "label", "began_on", "ended_on", "channel", "minutes", "in_spite")


class SeveralPeople(InSpiteForm, Fact):
    """The same fact for several people, one name or number on each line."""

    people = forms.CharField(
        label="Who took part",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="One on each line: a name, or the number on their page. Twenty at once is fine.",
        required=False,
    )
    unnamed = forms.IntegerField(
        label="And how many more, unnamed",
        required=False,
        min_value=0,
        max_value=500,
        help_text="People who came and left no name. They count as attendances, not as people.",
    )

    field_order = (
        *("kind", "label", "began_on", "ended_on", "channel", "minutes"),
        *("people", "unnamed", "in_spite"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        found, wrong = _read(data.get("people", ""))
        for sentence in wrong:
            self.add_error("people", sentence)
        if not found and not wrong and not data.get("unnamed"):
            self.add_error("people", "Write who took part, or how many unnamed.")
        data["people"] = found
        return data


class Mistake(forms.Form):
    """Why something was written down by mistake."""

    why = forms.CharField(
        label="Why it was a mistake",
        max_length=300,
        error_messages={"required": "Write why it was a mistake."},
    )


def _read(words: str) -> tuple[list[Person], list[str]]:
    """The people on these lines in their order, each once, and what is wrong with the others."""
    found: dict[int, Person] = {}
    wrong: list[str] = []
    for line in (part.strip() for part in words.splitlines()):
        if not line:
            continue
        number = NUMBERED.search(line)
        named = people_named("").filter(pk=int(number[1])) if number else people_named(line)
        several = list(named[:3])
        exact = [person for person in several if person.name.lower() == line.lower()]
        several = exact if len(exact) == 1 else several
        if len(several) == 1:
            found[several[0].pk] = several[0]
        elif several:
            numbers = ", ".join(f"{person.pk} ({person.place or 'no place'})" for person in several)
            wrong.append(f"“{line}” fits several people. Write the number: {numbers}.")
        else:
            wrong.append(f"Nobody is called “{line}”. Add them first, or count them as unnamed.")
    return list(found.values()), wrong
