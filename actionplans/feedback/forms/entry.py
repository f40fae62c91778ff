"""Writing down what somebody said: one at a time, or ten at once."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import cached_property
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone

from actionplans.feedback.forms.fields import Named, WithLists, places, subjects, who_is_meant
from actionplans.feedback.models import EARLIEST, LONGEST_WORDS, SourceKind
from actionplans.feedback.operations import Said
from involvement.landlords.models import Unit
from residents.people.models import Person
from residents.people.queries import Contact
from residents.representatives.models import Authority
from residents.representatives.queries import acting_for
from structures.bodies.models import Body

ROWS_AT_ONCE: Final = 10
# What the next row begins with, since officers type one stall or one meeting at a time.
REMEMBERED: Final = ("said_on", "source_kind", "source_words", "place", "subject")


def day_field(label: str, **kwargs: Any) -> forms.DateField:
    """A day, typed or chosen."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": "Write a day that exists, such as 2026-06-11.",
            "required": "Say on which day it was said.",
        },
        **kwargs,
    )


def check_said_on(day: dt.date) -> dt.date:
    """Raises ValidationError for a day to come or too long ago to be meant."""
    if day > timezone.localdate():
        raise ValidationError("The day it was said cannot be later than today.")
    if day < EARLIEST:
        raise ValidationError(f"Write a day from {EARLIEST.year} on.")
    return day


class Source(WithLists):
    """When and how it reached us: the same for everything from one stall or one meeting."""

    said_on = day_field("Said on")
    source_kind = forms.ChoiceField(
        label="How it reached us",
        choices=SourceKind.choices,
        error_messages={"required": "Choose how it reached us."},
    )
    source_words = forms.CharField(
        label="Which one",
        required=False,
        max_length=200,
        help_text="“Stall at the fun day”, “Forum of 3 June”",
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_said_on(self) -> dt.date:
        return check_said_on(self.cleaned_data["said_on"])


class Words(WithLists):
    """What one person said, and who they are."""

    words = forms.CharField(
        label="What was said, in their own words",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Write what was said.",
            "max_length": "Keep it under %(limit_value)d characters, or record it in two parts. "
            "You have written %(show_value)d.",
        },
    )
    who = forms.CharField(
        label="Who said it",
        max_length=120,
        required=False,
        help_text="A person, a group, or nothing where nobody gave a name.",
    )
    contact = forms.CharField(
        label="How to reach them, if they are new",
        max_length=300,
        required=False,
        help_text="E-mail address, telephone number or postal address.",
    )
    subject = Named(label="About", known=subjects, noun="subject")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        words, contact = data.get("who", "").strip(), Contact.read(data.get("contact", ""))
        data["contact"], data["speaker"] = contact, None
        if words:
            try:
                data["speaker"] = who_is_meant(words, contact=contact)
            except ValidationError as error:
                self.add_error("who", error)
        elif contact:
            self.add_error("who", "Write the name of the person to be reached like this.")
        return data

    @property
    def new_person(self) -> tuple[str, Contact] | None:
        """The name and contact of somebody to be added first, where the form names one."""
        data = self.cleaned_data
        if data["speaker"] is None and data["who"] and data["contact"]:
            return data["who"], data["contact"]
        return None


class Entry(Source, Words):
    """One thing that was said, written down in under twenty seconds."""

    field_order = (
        "words",
        "who",
        "contact",
        "spoken_by",
        "subject",
        "place",
        "said_on",
        "source_kind",
        "source_words",
        "unit",
        "quote_permission",
        "no_reply",
    )
    spoken_by = forms.CharField(
        label="Who spoke for them",
        max_length=140,
        required=False,
        help_text="An advocate or a carer; nothing where they spoke themselves.",
    )
    place = Named(label="Where", known=places, noun="place")
    unit = forms.ModelChoiceField(Unit.objects.none(), label="Part of", required=False)
    quote_permission = forms.BooleanField(label="They may be quoted", required=False)
    no_reply = forms.BooleanField(label="They want no reply", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(archived_at__isnull=True).order_by("position", "name", "pk")
        if units.exists():
            choice = cast("forms.ModelChoiceField[Any]", self.fields["unit"])
            choice.queryset, choice.empty_label = units, "Follows the place or the person"
        else:
            del self.fields["unit"]
        self.fields["words"].widget.attrs |= {"autofocus": True}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        words = data.get("spoken_by", "").strip()
        data["authority"] = None
        if words and not self.has_error("who"):
            try:
                data["authority"] = leave_to_speak(words, data["speaker"], data.get("said_on"))
            except ValidationError as error:
                self.add_error("spoken_by", error)
        return data

    def said(self, person: Person | None) -> Said:
        """What the form says. `person` is the one just added for it, if any."""
        data = self.cleaned_data
        speaker = person or data["speaker"]
        return Said(
            words=data["words"],
            said_on=data["said_on"],
            source_kind=data["source_kind"],
            source_words=data["source_words"],
            person=speaker if isinstance(speaker, Person) else None,
            authority=data["authority"],
            body=speaker if isinstance(speaker, Body) else None,
            speaker_words=data["who"] if speaker is None else "",
            subject=data["subject"],
            place=data["place"],
            unit=data.get("unit"),
            quote_permission=data["quote_permission"],
            wants_reply=False if data["no_reply"] else None,
            form_token=data["token"],
        )

    def remembered(self) -> dict[str, str]:
        """What the next row begins with, as it was typed."""
        return {name: self.data.get(name, "") for name in REMEMBERED if self.data.get(name)}


def leave_to_speak(words: str, person: Any, on: dt.date | None) -> Authority:
    """By which authority somebody of this name spoke for a person. Raises ValidationError."""
    if not isinstance(person, Person):
        raise ValidationError("Write under “Who said it” the person they spoke for.")
    rows = acting_for(person, on or timezone.localdate()).filter(may_speak=True)
    named = [row for row in rows if row.representative.name.lower() == words.lower()]
    if not named:
        raise ValidationError(
            f"“{words}” has no leave to speak for {person}. Write it down on their page first, or "
            "leave this empty."
        )
    return named[0]


class ManySource(Source):
    """The head of the grid: what all ten rows have in common."""

    place = Named(label="Where", known=places, noun="place")


class _Rows(BaseFormSet):  # type: ignore[type-arg]  # generic in the stubs only
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["words"].widget.attrs["rows"] = 2
        for name in ("words", "who", "contact", "subject"):
            form.fields[name].help_text = ""
        form.fields["words"].label = "Their words"
        form.fields["contact"].label = "If new, how to reach them"
        form.fields["subject"].share(self.subjects)

    @cached_property
    def subjects(self) -> dict[str, Any]:
        """Asked once for all rows."""
        return subjects()


Rows: Final = formset_factory(Words, formset=_Rows, extra=ROWS_AT_ONCE, max_num=ROWS_AT_ONCE)


def said_in_rows(head: ManySource, rows: Any) -> list[tuple[Words, Said]]:
    """Each row that was filled in, with what it says; blank ones are passed over."""
    batch: uuid.UUID | None = head.cleaned_data["token"]
    filled = []
    for number, form in enumerate(rows.forms):
        if not form.has_changed() or not form.cleaned_data:
            continue
        data = form.cleaned_data
        speaker = data["speaker"]
        said = Said(
            words=data["words"],
            said_on=head.cleaned_data["said_on"],
            source_kind=head.cleaned_data["source_kind"],
            source_words=head.cleaned_data["source_words"],
            person=speaker if isinstance(speaker, Person) else None,
            body=speaker if isinstance(speaker, Body) else None,
            speaker_words=data["who"] if speaker is None else "",
            subject=data["subject"],
            place=head.cleaned_data["place"],
            form_token=uuid.uuid5(batch, str(number)) if batch else None,
        )
        filled.append((form, said))
    return filled
