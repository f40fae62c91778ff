from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from involvement.accounts.permissions import Permission
from involvement.faces.search import Finder, Hit
from residents.people.queries import first_found, homes_by_reference


def find(words: str, limit: int) -> Sequence[Hit]:
    """People found by name, address, postcode, telephone number or reference."""
    return [
        Hit(person.name, reverse("people:person_detail", args=[person.pk]), str(person.place or ""))
        for person in first_found(words, limit)
    ]


def find_homes(words: str, limit: int) -> Sequence[Hit]:
    """Homes found by how their reference begins."""
    return [
        Hit(
            ", ".join(home.address.splitlines()) or home.reference,
            reverse("people:home_detail", args=[home.pk]),
            home.reference,
        )
        for home in homes_by_reference(words)[:limit]
    ]


people = Finder("People", Permission.PEOPLE_READ, find)
homes = Finder("Homes", Permission.PEOPLE_READ, find_homes)
