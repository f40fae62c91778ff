"""Invents residents, the same ones at every loading."""

from __future__ import annotations

import datetime as dt
import random
import zlib
from collections.abc import Iterator
from typing import Any, Final

from django.db.models import QuerySet

from involvement.auditing.actors import Channel
from involvement.calendars.words import count
from involvement.demo import operations
from involvement.demo.moments import ago, day
from involvement.demo.queries import officer
from involvement.demo.sources import toml_of
from involvement.landlords.models import Landlord, Place
from residents.people.models import CustomerType, Home, Person, Residency, Tenancy
from residents.people.operations import found

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
    found(by=officer(), at=ago(700))
    house(new, landlord.slug, first=there)
    return count(len(new), "resident")


def house(people: list[Person], slug: str, *, first: int) -> None:
    """Write these people, each with a home of their own, held since before they said anything.

    `first` numbers their homes from there on.
    """
    kinds = toml_of("residents", "population.toml")["tenures"]
    types = {kind.kind: kind for kind in CustomerType.objects.order_by("-position", "-pk")}
    by, at = officer(), ago(600)
    rng = random.Random(f"{slug} homes from {first}")  # noqa: S311 -- invents homes, guards nothing
    held = rng.choices(kinds, [each["share"] for each in kinds], k=len(people))
    homes = [
        _home(slug, number, person, kind)
        for number, (person, kind) in enumerate(zip(people, held, strict=True), start=first)
    ]
    operations.plant(rows=homes, by=by, at=at)
    for person, home, kind in zip(people, homes, held, strict=True):
        old = kind["tenure"] == "SHELTERED"
        age = rng.randrange(62, 92) if old else min(max(int(rng.gauss(56, 15)), 19), 92)
        person.home = home
        person.address = home.postal_address
        person.customer_type = types.get(kind["type"])
        person.born_on = day(int(age * 365.25) + rng.randrange(365))
        person.born_precision = "DAY"
    operations.plant(rows=people, by=by, at=at)
    began = [day(rng.randrange(700, 9000)) for _ in people]
    tenancies = operations.plant(rows=list(map(_tenancy, homes, began)), by=by, at=at)
    lived = [
        Residency(
            person=person,
            home=home,
            tenancy=tenancy,
            capacity=kind["capacity"],
            started_on=tenancy.started_on,
        )
        for person, home, tenancy, kind in zip(people, homes, tenancies, held, strict=True)
    ]
    operations.plant(rows=lived, by=by, at=at)


def _home(slug: str, number: int, person: Person, kind: dict[str, Any]) -> Home:
    streets = toml_of("residents", "names.toml")["streets"]
    return Home(
        reference=f"HOME-{number + 1:04d}",
        uprn=f"8{zlib.crc32(slug.encode()) % 100_000:05d}{number:06d}",
        address=f"{number % 87 + 1} {streets[number % len(streets)]}\n{person.place}",
        postcode=f"ZZ99 {number // 30 % 9 + 1}{'ABDEFGHJLN'[number % 10]}{'PQR'[number // 10 % 3]}",
        place=person.place,
        unit=person.unit,
        tenure=kind["tenure"],
        stock=kind["stock"],
        is_demo=True,
        created_at=ago(600),
    )


def _tenancy(home: Home, began: dt.date) -> Tenancy:
    reference = home.reference.replace("HOME", "HELD")
    return Tenancy(
        home=home, reference=reference, tenure=home.tenure, started_on=began, is_demo=True
    )


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
        yield _person(at, first, last, places[at % len(places)])


def _person(at: int, first: str, last: str, place: Place) -> Person:
    channel = CHANNELS[at % len(CHANNELS)]
    # The ranges kept for drama: https://www.ofcom.org.uk/phones-and-broadband/phone-numbers
    mobile = f"07700 900 {at % 1000:03d}"
    return Person(
        name=f"{first} {last} (demo)",
        preferred_channel=channel,
        email=f"{first}.{last}.{at}@post.example".lower() if channel == Channel.EMAIL else "",
        phone=mobile if channel in (Channel.TEXT, Channel.PHONE) else "",
        place=place,
        unit=place.unit,
        is_demo=True,
        created_at=ago(600),
    )
