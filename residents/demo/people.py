"""Invents residents, the same ones at every loading."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, Final

from django.db.models import QuerySet

from involvement.auditing.actors import Channel
from involvement.calendars.words import count
from involvement.demo import operations
from involvement.demo.moments import ago
from involvement.demo.queries import officer
from involvement.demo.sources import toml_of
from involvement.landlords.models import Landlord, Place
from residents.people.models import Person

# One home in ten, and all of them.
FEW: Final = 60
ALL: Final = 400
CHANNELS: Final = (
    Channel.POST,
    Channel.EMAIL,
    Channel.PHONE,
    Channel.EMAIL,
    Channel.POST,
    Channel.TEXT,
    Channel.EMAIL,
)


def load(landlord: Landlord, *, full: bool) -> str:
    """Add the people that are missing to the landlord in scope."""
    if landlord.slug not in toml_of("residents", "names.toml")["landlords"]:
        return ""
    places = list(Place.objects.filter(parent__isnull=False).order_by("pk"))
    there = Person.objects.filter(is_demo=True, reference="").count()
    wanted = ALL if full else FEW
    if there >= wanted:
        return ""
    new = list(invented(landlord.slug, places, wanted))[there:]
    operations.plant(rows=new, by=officer(), at=ago(600))
    return count(len(new), "resident")


def first_residents(*, full: bool) -> QuerySet[Person]:
    """Those invented here, who say and decide things, apart from the rest of the population."""
    rows: QuerySet[Person] = Person.objects.filter(is_demo=True, reference="").order_by("pk")
    return rows[: ALL if full else FEW]


def invented(slug: str, places: list[Place], number: int) -> Iterator[Person]:
    """`number` people, the first of whom are always the same, each name once."""
    names = toml_of("residents", "names.toml")
    pairs = [(first, last) for first in names["first"] for last in names["last"]]
    random.Random(slug).shuffle(pairs)  # noqa: S311 -- invents names, guards nothing
    for at, (first, last) in enumerate(pairs[:number]):
        yield _person(at, first, last, places[at % len(places)], names)


def _person(at: int, first: str, last: str, place: Place, names: dict[str, Any]) -> Person:
    channel = CHANNELS[at % len(CHANNELS)]
    street = names["streets"][at % len(names["streets"])]
    # The ranges kept for drama: https://www.ofcom.org.uk/phones-and-broadband/phone-numbers
    mobile = f"07700 900 {at % 1000:03d}"
    return Person(
        name=f"{first} {last} (demo)",
        preferred_channel=channel,
        email=f"{first}.{last}.{at}@post.example".lower() if channel == Channel.EMAIL else "",
        phone=mobile if channel in (Channel.TEXT, Channel.PHONE) else "",
        address=f"{at % 87 + 1} {street}, {place.name}" if channel == Channel.POST else "",
        place=place,
        unit=place.unit,
        is_demo=True,
        created_at=ago(600),
    )
