"""Whose card or wish it is: somebody we know, or somebody to be added."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from residents.people import queries as people
from residents.people.models import Person
from residents.people.queries import Contact

# How a suggestion names one person among several of the same name.
NUMBERED: Final = re.compile(r"^(?P<name>.*), no\. (?P<key>\d{1,18})$")


def person_label(person: Person) -> str:
    """How a person is suggested and told apart: “Doreen Hackett, no. 12”."""
    return f"{person.name}, no. {person.pk}"


class WhoForm(forms.Form):
    """A name, and how to reach them where they are new. Answers `person`, or None to add one.

    `may_read` says whether the clerk may see who else has the name.
    """

    who = forms.CharField(
        label="Who",
        max_length=140,
        help_text="Begin to write, and choose if they are suggested.",
        error_messages={"required": "Write the person’s name."},
    )
    contact = forms.CharField(
        label="How to reach them, if they are new",
        max_length=300,
        required=False,
        help_text="E-mail address, telephone number or postal address.",
    )

    def __init__(self, *args: Any, may_read: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_read = may_read
        self.fields["who"].widget.attrs |= {"list": "known-who", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        words, contact = data.get("who", "").strip(), Contact.read(data.get("contact", ""))
        data["contact"], data["person"] = contact, None
        if words:
            try:
                data["person"] = self._meant(words, contact)
            except ValidationError as error:
                self.add_error("who", error)
            else:
                if data["person"] is None and not contact:
                    self.add_error("contact", "They are new to us: write one way to reach them.")
        return data

    def _meant(self, words: str, contact: Contact) -> Person | None:
        if not self.may_read:
            return None
        numbered = NUMBERED.match(words)
        if numbered:
            found = people.same_name(numbered["name"]).filter(pk=int(numbered["key"])).first()
            if found is None:
                raise ValidationError(f"There is nobody “{words}”. Type the name again and choose.")
            return found
        if contact:
            return people.known_by(words, contact)
        named = list(people.same_name(words)[:5])
        if len(named) > 1:
            choices = "; ".join(f"{person_label(one)} ({_told_apart(one)})" for one in named)
            raise ValidationError(f"{len(named)} people have this name. Type one of: {choices}.")
        return named[0] if named else None


def _told_apart(person: Person) -> str:
    if person.place:
        return str(person.place)
    return person.address.split("\n")[0] or person.phone or person.email or "no address"
