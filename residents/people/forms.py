from __future__ import annotations

from typing import Any

from django import forms

from involvement.auditing.actors import Channel
from involvement.landlords.models import Place, Unit
from residents.people.queries import Contact

REACHED_BY = [
    (Channel.POST, "by letter"),
    (Channel.PHONE, "by telephone"),
    (Channel.EMAIL, "by e-mail"),
    (Channel.TEXT, "by text"),
    (Channel.FACE, "face to face"),
    (Channel.WEB, "online"),
]


class PersonForm(forms.Form):
    """A person and the way they wish to be told."""

    name = forms.CharField(
        label="Name", max_length=120, error_messages={"required": "Write the person's name."}
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
    phone = forms.CharField(label="Telephone number", max_length=30, required=False)
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

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
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

    @property
    def contact(self) -> Contact:
        """Every way to reach them that was given."""
        data = self.cleaned_data
        return Contact(email=data["email"], phone=data["phone"], address=data["address"])

    def ask_whether_another(self) -> None:
        """Show the tick that says: this is somebody else."""
        self.fields["another"].widget = forms.CheckboxInput()
