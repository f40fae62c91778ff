"""What residents keep of themselves, on their own page."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from involvement.auditing.actors import Channel
from residents.people.forms.person import REACHED_BY, PersonForm
from residents.people.models import Person
from residents.people.queries import PHONE

# By these they sign in: nobody who acts for somebody may turn them to themselves
SIGN_IN_FIELDS: Final = ("email", "phone")
_NEEDED: Final = {
    Channel.EMAIL: ("email", "To tell you by e-mail we need your e-mail address."),
    Channel.PHONE: ("phone", "To ring you we need your telephone number."),
    Channel.TEXT: ("phone", "To text you we need your telephone number."),
    Channel.POST: ("address", "To write to you we need your address."),
}


class OwnDetailsForm(forms.Form):
    """How somebody is reached. Their name and home stay with the landlord."""

    preferred_channel = forms.ChoiceField(
        label="How should we tell you what happens?",
        choices=REACHED_BY,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how we should tell you what happens."},
    )
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Write an e-mail address such as kasia@mail.example."},
    )
    phone = forms.CharField(
        label="Telephone number",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    address = forms.CharField(
        label="Postal address",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )

    clean_address = PersonForm.clean_address

    def __init__(self, *args: Any, person: Person, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept: dict[str, str] = {}
        for name in () if is_own else SIGN_IN_FIELDS:
            self.kept[name] = getattr(person, name)
            del self.fields[name]

    @staticmethod
    def begun_with(person: Person) -> dict[str, Any]:
        """What the form begins with."""
        names = ("preferred_channel", "email", "phone", "address")
        return {name: getattr(person, name) for name in names}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and not PHONE.match(phone):
            raise forms.ValidationError("Write a number such as 01632 960 142.")
        return phone

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        field, words = _NEEDED.get(Channel(data.get("preferred_channel") or Channel.WEB), ("", ""))
        if field and not {**self.kept, **data}.get(field) and not self.has_error(field):
            self.add_error(field if field in self.fields else "preferred_channel", words)
        return data
