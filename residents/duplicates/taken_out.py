"""The pairs of people who may be one, to be taken out and looked through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import QuerySet

from involvement.accounts.permissions import Permission
from involvement.wiring.lists import ListToExport
from residents.duplicates.models import DuplicatePair
from residents.duplicates.queries import open_pairs
from residents.people.models import Person

_SIDE: Final = ("number", "reference", "name", "place")


def _pairs(_narrowed: Mapping[str, str]) -> QuerySet[DuplicatePair]:
    return open_pairs()


def _pair(row: DuplicatePair) -> list[str]:
    why = ". ".join(map(str, row.reasons))
    return [*_side(row.first), *_side(row.second), why, str(row.score)]


def _side(person: Person) -> list[str]:
    return [str(person.pk), person.reference, person.name, str(person.place or "")]


LISTS: Final = (
    ListToExport(
        "here-twice",
        "People who may be here twice",
        (
            *(f"First: {each}" for each in _SIDE),
            *(f"Second: {each}" for each in _SIDE),
            "Why",
            "Score",
        ),
        _pairs,
        _pair,
        "duplicates:pair_list",
        also=(Permission.PEOPLE_MERGE,),
    ),
)
