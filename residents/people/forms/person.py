from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils import timezone

from involvement.auditing.actors import Channel
from involvement.landlords.models import Place, Unit
from residents.people.models import CustomerType, Person
from residents.people.operations.homes import address_lines
from residents.people.queries import Contact

REACHED_BY = [
    (Channel.POST, "by letter"),
    (Channel.PHONE, "by telephone"),
    (Channel.EMAIL, "by e-mail"),
    (Channel.TEXT, "by text"),
    (Channel.FACE, "face to face"),
    (Channel.WEB, "online"),
]


# Fields of this form that a list from the housing system writes over
KEPT_BY_LISTS: Final = ("name", "customer_type", "born", "place", "unit")
EARLIEST: Final = dt.date(1900, 1, 1)


def born_from(words: str) -> tuple[dt.date | None, Person.BornPrecision]:
    """A date of birth as people write it, day first, or a year alone. None for what is neither."""
    if words.isdecimal() and len(words) == 4:
        return dt.date(max(int(words), 1), 1, 1), Person.BornPrecision.YEAR
    for pattern in ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"):
        try:
            born = dt.datetime.strptime(words, pattern)  # noqa: DTZ007 -- a day, in no zone
        except ValueError:
            continue
        return born.date(), Person.BornPrecision.DAY
    return None, Person.BornPrecision.DAY


def born_in_words(person: Person) -> str:
    """A date of birth as the form takes it."""
    if person.born_on is None:
        return ""
    if person.born_precision == Person.BornPrecision.YEAR:
        return str(person.born_on.year)
    return f"{person.born_on.day} {person.born_on:%B %Y}"


class PersonForm(forms.Form):
    """A person and the way they wish to be told."""

    name = forms.CharField(
        label="Name", max_length=120, error_messages={"required": "Write the person's name."}
    )
    customer_type = forms.ModelChoiceField(
        CustomerType.objects.filter(archived_at__isnull=True).order_by("position", "name", "pk"),
        label="Customer type",
        required=False,
        empty_label="Not said",
    )
    born = forms.CharField(
        label="Date of birth",
        max_length=20,
        required=False,
        help_text="The day, such as 31/3/1950, or the year alone.",
    )
    preferred_channel = forms.ChoiceField(
        label="How they wish to be told", choices=REACHED_BY, initial=Channel.POST
    )
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        error_messages={
            "invalid": "Write the e-mail address with an @, such as kasia@mail.example."
        },
    )
    phone = forms.CharField(
        label="Telephone number",
        max_length=30,
        required=False,
        error_messages={"max_length": "Write one telephone number, in at most 30 characters."},
    )
    address = forms.CharField(
        label="Postal address",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    place = forms.ModelChoiceField(
        Place.objects.filter(archived_at__isnull=True).order_by("name", "pk"),
        label="Where they live",
        required=False,
        empty_label="Not said",
    )
    unit = forms.ModelChoiceField(
        Unit.objects.order_by("position", "name", "pk"),
        label="Part of",
        required=False,
        empty_label="The whole landlord",
    )
    another = forms.BooleanField(
        label="This is somebody else: add them all the same",
        required=False,
        widget=forms.HiddenInput,
    )

    def clean_address(self) -> str:
        return address_lines(self.cleaned_data["address"])

    def __init__(self, *args: Any, kept_by: str = "", **kwargs: Any) -> None:
        """`kept_by` is the list that is the master of some fields; "" where we are."""
        super().__init__(*args, **kwargs)
        for name in KEPT_BY_LISTS if kept_by else ():
            field = self.fields[name]
            field.help_text = " ".join(
                filter(None, [str(field.help_text), f"Kept by {kept_by}: change it there too."])
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "born" in data:
            data["born_on"], data["born_precision"] = data.pop("born")
        return self.needs(data)

    def needs(self, data: dict[str, Any]) -> dict[str, Any]:
        """Whether the way they wish to be told reaches them. Returns what was given."""
        needed = {
            Channel.EMAIL: ("email", "To tell them by e-mail we need their e-mail address."),
            Channel.PHONE: ("phone", "To ring them we need their telephone number."),
            Channel.TEXT: ("phone", "To text them we need their telephone number."),
            Channel.POST: ("address", "To write to them we need their address."),
        }
        chosen = data.get("preferred_channel")
        field, words = needed.get(Channel(chosen), ("", "")) if chosen else ("", "")
        if field and not data.get(field) and not self.has_error(field):
            self.add_error(field, words)
        return data

    def clean_born(self) -> tuple[dt.date | None, str]:
        """The day, and whether it is a day or stands for its year."""
        words = self.cleaned_data["born"].strip()
        if not words:
            return None, Person.BornPrecision.DAY
        born, precision = born_from(words)
        if born is None or not EARLIEST <= born <= timezone.localdate():
            raise forms.ValidationError("Write a day such as 31/3/1950, or the year alone.")
        return born, precision

    @property
    def contact(self) -> Contact:
        """Every way to reach them that was given."""
        data = self.cleaned_data
        return Contact(email=data["email"], phone=data["phone"], address=data["address"])

    def ask_whether_another(self) -> None:
        """Show the tick that says: this is somebody else."""
        self.fields["another"].widget = forms.CheckboxInput()
