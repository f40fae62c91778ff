from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from involvement.accounts.permissions import Permission
from involvement.faces.search import Finder, Hit
from residents.people import queries


def find(words: str, limit: int) -> Sequence[Hit]:
    """People whose name begins with the words."""
    return [
        Hit(person.name, reverse("people:person_detail", args=[person.pk]), str(person.place or ""))
        for person in queries.people_named(words)[:limit]
    ]


people = Finder("People", Permission.PEOPLE_READ, find)
