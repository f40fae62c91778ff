"""Writes an invented population in bulk, with one line of history for all of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.calendars.words import count
from involvement.demo.moments import ago
from involvement.demo.queries import LOADER
from involvement.demo.sources import toml_of
from involvement.isolation.plans import plan_anew
from involvement.landlords.models import Landlord, Place, Unit
from residents.demo.population import Inventor, participations, residencies
from residents.demo.writing import write
from residents.people.models import CustomerType, Home
from residents.people.operations import found


@dataclass(frozen=True)
class Settled:
    """How many rows were written."""

    homes: int = 0
    people: int = 0
    participations: int = 0

    def __str__(self) -> str:
        took_part = count(
            self.participations, "time somebody took part", "times somebody took part"
        )
        return f"{count(self.homes, 'home')}, {count(self.people, 'person', 'people')}, {took_part}"


def load(landlord: Landlord, *, full: bool) -> str:
    """Fill the homes of a landlord of the demonstration that stand empty."""
    wanted = toml_of("residents", "population.toml")["homes"].get(landlord.slug, 0)
    if not full:
        wanted //= settings.DEMO_ONE_HOME_IN
    made = settle(landlord=landlord, homes=wanted, seed=landlord.slug, by=LOADER, at=ago(600))
    return str(made) if made.homes else ""


@transaction.atomic
def settle(*, landlord: Landlord, homes: int, seed: str, by: Actor, at: dt.datetime) -> Settled:
    """Bring the landlord's invented homes up to so many, with whoever lives in them.

    The same seed gives the same homes and people; those there already stay. Returns what is new.
    """
    found(by=by, at=at)
    there = Home.objects.filter(is_demo=True, reference__startswith=_prefix(seed)).count()
    if there >= homes:
        return Settled()
    inventor = Inventor(
        seed if not there else f"{seed} from {there}",
        places=list(
            Place.objects.filter(parent__isnull=False).select_related("unit").order_by("pk")
        ),
        units=list(Unit.objects.order_by("position", "pk")),
        types=list(CustomerType.objects.order_by("position", "pk")),
    )
    inventor.prefix = _prefix(seed)
    made = inventor.invent(homes - there, first=there)
    write(made.homes)
    write(made.tenancies)
    write(made.people)
    write(list(residencies(made)))
    facts = list(participations(made.people, seed, by=by))
    write(facts)
    plan_anew()
    settled = Settled(len(made.homes), len(made.people), len(facts))
    auditing.record(
        verb="population.invented", record=landlord, sentence=f"invented {settled}", by=by, at=at
    )
    return settled


def _prefix(seed: str) -> str:
    """What the references of a seed's homes and people begin with."""
    return "".join(letter for letter in seed.upper() if letter.isalnum())[:8] or "DEMO"
