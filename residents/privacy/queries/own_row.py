"""A person's own row, field by field, whatever fields the register has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from django.db import models
from django.utils import timezone

from involvement.auditing import queries as auditing
from involvement.auditing.operations import in_words
from involvement.calendars.words import say_date
from residents.people.models import Person
from residents.privacy.ports import Item, Section

NOT_THEIRS = {"landlord", "id", "is_demo", "name_sort"}
# What a field is called to the person it is about, where its own name says less to them
CALLED: Final = {
    "born_precision": "How much of your date of birth we know",
    "status": "Whether you live here",
    "status_on": "Since",
    "merged_into": "The entry this one was joined to",
    "preferred_channel": "How we write to you or ring you",
    "email": "E-mail",
    "phone": "Telephone",
    "place": "Your estate or area",
    "unit": "The part of us that looks after your home",
    "large_print": "Whether you need large print",
    "feed_source": "The list that told us of you",
    "created_at": "On our list since",
}


def own_fields() -> list[Any]:
    """The fields of a person's row that say something about them."""
    return [
        field
        for field in Person._meta.local_concrete_fields
        if field.name not in NOT_THEIRS and not getattr(field, "generated", False)
    ]


def rows_of(person: Person) -> list[Person]:
    """The person's row and every row merged into it, however often."""
    found, newest = [person], [person]
    while newest:
        newest = list(Person.objects.filter(merged_into__in=newest).order_by("pk"))
        found += newest
    return found


def collect(person: Person) -> list[Section]:
    """What the register says of them, its history, and who looked at it."""
    rows = rows_of(person)
    own = [Item(*said) for row in rows for said in _said(row)]
    changes = [
        Item(entry.by_name, entry.sentence, entry.at)
        for row in rows
        for entry in auditing.history_of(row)
    ]
    looks = [
        Item(look.by_name, f"{look.get_kind_display()}: {look.page}", look.at)
        for look in auditing.looks_at(list(rows))
    ]
    found = [
        Section("Who you are and how we reach you", own),
        Section("What was changed about you", changes),
        Section("Who looked at what we keep about you", looks),
    ]
    return [section for section in found if section.rows]


def _said(person: Person) -> Iterator[tuple[str, str]]:
    for field in own_fields():
        if words := _words(person, field.name):
            yield CALLED.get(field.name) or _label(field), words


def _words(person: Person, name: str) -> str:
    if name == "born_precision" and person.born_on is None:
        return ""
    display = getattr(person, f"get_{name}_display", None)
    said = display() if display else getattr(person, name)
    if isinstance(said, dt.datetime):
        return say_date(timezone.localdate(said))
    return in_words(said)


def _label(field: models.Field[Any, Any]) -> str:
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]
