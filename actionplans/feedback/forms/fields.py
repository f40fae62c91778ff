"""Fields typed from the keyboard: a name with suggestions, and who somebody is."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from involvement.landlords.models import Place, Subject
from residents.people import queries as people
from residents.people.models import Person
from structures.bodies.models import Body

# How a suggestion names one person among several of the same name.
NUMBERED: Final = re.compile(r"^(?P<name>.*), no\. (?P<key>\d{1,18})$")
LIST_PREFIX: Final = "known-"


def labelled(rows: list[Any]) -> dict[str, Any]:
    """Rows of a tree by name; where a name is used twice, with the parent's: “Doors (Repairs)”."""
    names = [row.name.lower() for row in rows]
    return {
        row.name
        if names.count(row.name.lower()) == 1 or row.parent is None
        else f"{row.name} ({row.parent.name})": row
        for row in rows
    }


def subjects() -> dict[str, Subject]:
    """Every subject in use, by the words it is chosen by."""
    rows = Subject.objects.filter(archived_at__isnull=True).select_related("parent")
    return labelled(list(rows.order_by("position", "name", "pk")))


def places() -> dict[str, Place]:
    """Every place in use, by the words it is chosen by."""
    rows = Place.objects.filter(archived_at__isnull=True).select_related("parent", "unit")
    return labelled(list(rows.order_by("name", "pk")))


class Named(forms.CharField):
    """A row typed by its name, with the names suggested; answers the row or None.

    `known` is asked once for each form, when its names are first needed.
    """

    def __init__(
        self, *, known: Callable[[], Mapping[str, Model]], noun: str, **kwargs: Any
    ) -> None:
        super().__init__(required=False, max_length=200, **kwargs)
        self.known, self.noun = known, noun
        self._rows: Mapping[str, Model] | None = None

    def share(self, rows: Mapping[str, Model]) -> None:
        """Use rows another field has asked for already."""
        self._rows = rows

    def rows(self) -> Mapping[str, Model]:
        """The rows by the words they are chosen by."""
        if self._rows is None:
            self._rows = self.known()
        return self._rows

    def clean(self, value: Any) -> Any:
        words = " ".join(str(super().clean(value)).split())
        if not words:
            return None
        by_words = {name.lower(): row for name, row in self.rows().items()}
        found = by_words.get(words.lower())
        if found is not None:
            return found
        near = difflib.get_close_matches(words.lower(), by_words, n=1, cutoff=0.5)
        meant = next((name for name in self.rows() if near and name.lower() == near[0]), "")
        hint = f"Did you mean “{meant}”?" if meant else "Choose one of the suggestions."
        raise ValidationError(f"There is no {self.noun} “{words}”. {hint} Or leave it empty.")


class WithLists(forms.Form):
    """A form whose `Named` fields bring lists of suggestions: `{% for list in form.lists %}`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, Named):
                field.widget.attrs |= {"list": f"{LIST_PREFIX}{name}", "autocomplete": "off"}

    @property
    def lists(self) -> list[tuple[str, list[str]]]:
        """The suggestions: rows of (id of the list, names)."""
        return [
            (f"{LIST_PREFIX}{name}", list(field.rows()))
            for name, field in self.fields.items()
            if isinstance(field, Named)
        ]


def person_label(person: Person) -> str:
    """How a person is suggested and told apart: “Doreen Hackett, no. 12”."""
    return f"{person.name}, no. {person.pk}"


def who_is_meant(words: str, *, contact: people.Contact) -> Person | Body | None:
    """The person or group somebody typed; None where nobody we know has this name.

    Raises ValidationError where several do and nothing tells them apart.
    """
    numbered = NUMBERED.match(words)
    if numbered:
        person: Person | None = Person.objects.filter(
            pk=int(numbered["key"]), name_sort=numbered["name"].strip().lower()
        ).first()
        if person is not None:
            return person
        raise ValidationError(f"There is nobody “{words}”. Type the name again and choose.")
    body: Body | None = (
        Body.objects.filter(name__iexact=words).first()
        or Body.objects.filter(short_name__iexact=words).exclude(short_name="").first()
    )
    if body is not None:
        return body
    return _one_person(words, contact)


def _one_person(name: str, contact: people.Contact) -> Person | None:
    if contact:
        return people.known_by(name, contact)
    named = list(people.same_name(name)[:5])
    if len(named) > 1:
        choices = "; ".join(f"{person_label(one)} ({_told_apart(one)})" for one in named)
        raise ValidationError(f"{len(named)} people have this name. Type one of: {choices}.")
    return named[0] if named else None


def _told_apart(person: Person) -> str:
    return str(person.place) if person.place else f"added in {person.created_at:%Y}"
