from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from django.urls import reverse

from involvement.accounts.permissions import Permission
from involvement.faces.search import Finder, Hit
from residents.people import queries


def find(words: str, limit: int) -> Sequence[Hit]:
    """People whose name begins with the words, then those who have them anywhere in it."""
    first = list(queries.people_named(words)[:limit])
    others = queries.people_containing(words).exclude(pk__in=[person.pk for person in first])
    return [
        Hit(person.name, reverse("people:person_detail", args=[person.pk]), str(person.place or ""))
        for person in chain(first, others[: limit - len(first)])
    ]


people = Finder("People", Permission.PEOPLE_READ, find)
