"""Invents a landlord's whole population, the same one for the same seed.

Of real shape: tenures, places, ages, households, people who can be reached by letter alone, people
who left. About three in a hundred take part, fewer of them young, leaseholders or in shared
ownership, so that who takes part is unlike who lives here in ways that are known.
"""

from __future__ import annotations

import datetime as dt
import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from involvement.auditing.actors import Actor, Channel
from involvement.demo.moments import ago, day
from involvement.demo.sources import toml_of
from involvement.landlords.models import Place, Unit
from residents.participation.models import Participation
from residents.people.models import CustomerType, Home, Person, Residency, Tenancy

INVOLVED: Final = 0.03
# How likely somebody is to take part beside somebody of forty-five to sixty-four who rents
YOUNG, OLD = 0.25, 1.3
OWNS: Final = 0.35
LEFT: Final = 0.02
_K = CustomerType.Kind


@dataclass
class Invented:
    """Rows of one landlord, not yet written. People, homes and tenancies stand in the same order
    as what hangs on them, by index."""

    homes: list[Home] = field(default_factory=list)
    tenancies: list[Tenancy] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    lived: list[tuple[int, int, str, dt.date, dt.date | None]] = field(default_factory=list)


class Inventor:
    """Invents from a seed alone: the same seed, places and types give the same people."""

    def __init__(
        self,
        seed: str,
        *,
        places: Sequence[Place],
        units: Sequence[Unit],
        types: Sequence[CustomerType],
    ) -> None:
        self.facts = toml_of("residents", "population.toml")
        self.names = self.facts["names"]
        self.rng = random.Random(seed)  # noqa: S311 -- invents people, guards nothing
        self.places, self.units = places, units
        self.types = {kind.kind: kind for kind in reversed(types)}
        self.today = day(0)
        self.added_at = ago(600)
        self.prefix = ""
        self.first = 0
        self.in_home = 0
        self.made = Invented()

    def invent(self, homes: int, first: int = 0) -> Invented:
        """So many homes and whoever lives in them; `first` numbers them from there on."""
        self.first = first
        shares = [each["share"] for each in self.facts["tenures"]]
        for number in range(first, first + homes):
            kind = self.rng.choices(self.facts["tenures"], shares)[0]
            self._home(number, kind)
            self._household(number - first, kind)
        return self.made

    def _home(self, number: int, kind: dict[str, Any]) -> None:
        rng = self.rng
        place = rng.choice(self.places) if self.places else None
        unit = place.unit if place and place.unit_id else None
        if unit is None and self.units:
            unit = self.units[number % len(self.units)]
        street = self.names["streets"][number // 40 % len(self.names["streets"])]
        town = place.name if place else "Demo Town"
        began = self.today - dt.timedelta(days=rng.randrange(60, 9000))
        home = Home(
            reference=f"{self.prefix}-H{number:06d}",
            uprn=f"9{zlib.crc32(self.prefix.encode()) % 100_000:05d}{number:06d}",
            address=f"{number % 40 + 1} {street} {number // 1320 + 1}\n{town}",
            postcode=_postcode(number),
            place_id=place.pk if place else None,
            unit_id=unit.pk if unit else None,
            tenure=kind["tenure"],
            stock=kind["stock"],
            feed_source="",
            is_demo=True,
            created_at=self.added_at,
        )
        self.made.homes.append(home)
        self.made.tenancies.append(
            Tenancy(
                home=home,
                reference=f"{self.prefix}-T{number:06d}",
                tenure=kind["tenure"],
                started_on=began,
                is_demo=True,
            )
        )

    def _household(self, index: int, kind: dict[str, Any]) -> None:
        """One holder, often a second, and grown-up or growing children."""
        rng, made = self.rng, self.made
        began = made.tenancies[index].started_on or self.today
        self.in_home = 0
        old = kind["tenure"] == "SHELTERED"
        age = rng.randrange(62, 94) if old else min(max(int(rng.gauss(49, 16)), 18), 96)
        last = rng.choice(self.names["last"])
        self._person(index, kind["type"], kind["capacity"], age=age, last=last, began=began)
        if rng.random() < (0.15 if old else 0.34):
            joint = "JOINT" if kind["capacity"] == "TENANT" else kind["capacity"]
            other = last if rng.random() < 0.7 else rng.choice(self.names["last"])
            near = max(18, age + rng.randrange(-8, 9))
            self._person(index, kind["type"], joint, age=near, last=other, began=began)
        if not old and 22 < age < 66:
            for _ in range(rng.choices((0, 1, 2, 3), (62, 20, 13, 5))[0]):
                child = max(16, age - rng.randrange(20, 36))
                if child < age - 15:
                    self._person(
                        index, _K.HOUSEHOLD, "HOUSEHOLD", age=child, last=last, began=began
                    )

    def _person(
        self, home: int, kind: str, capacity: str, *, age: int, last: str, began: dt.date
    ) -> None:
        rng, made = self.rng, self.made
        number = len(made.people)
        self.in_home += 1
        decade = "older" if age >= 70 else "middle" if age >= 40 else "younger"
        first = rng.choice(self.names[decade])
        born = self.today - dt.timedelta(days=int(age * 365.25) + rng.randrange(365))
        left = rng.random() < LEFT
        ended = self.today - dt.timedelta(days=rng.randrange(5, 700)) if left else None
        if ended and ended < began:
            ended = began
        reach = rng.choices(("EMAIL", "PHONE", "TEXT", "POST"), self._reached_by(age))[0]
        has_phone = reach in {"PHONE", "TEXT"} or rng.random() < 0.6
        # The ranges kept for drama: https://www.ofcom.org.uk/phones-and-broadband/phone-numbers
        phone = f"07700 900 {rng.randrange(1000):03d}" if has_phone else ""
        at_home = made.homes[home]
        plain = "".join(
            letter
            for letter in f"{first}.{last}".lower()
            if (letter.isascii() and letter.isalpha()) or letter == "."
        )
        made.people.append(
            Person(
                reference=f"{self.prefix}-P{self.first + home:06d}{self.in_home:02d}",
                name=f"{first} {last} (demo)",
                born_on=dt.date(born.year, 1, 1) if number % 25 == 0 else born,
                born_precision="YEAR" if number % 25 == 0 else "DAY",
                customer_type=self.types.get(kind),
                status=Person.Status.LEFT if left else Person.Status.CURRENT,
                status_on=ended,
                home=None if left else at_home,
                preferred_channel=reach,
                email=f"{plain}.{number}@post.example"
                if reach == "EMAIL" or rng.random() < 0.3
                else "",
                phone=phone,
                address=at_home.postal_address,
                place_id=at_home.place_id,
                unit_id=at_home.unit_id,
                is_demo=True,
                created_at=self.added_at,
            )
        )
        made.lived.append((number, home, capacity, began, ended))

    @staticmethod
    def _reached_by(age: int) -> tuple[int, int, int, int]:
        """How many of a hundred of this age wish for e-mail, telephone, text, letter."""
        if age >= 75:
            return (12, 28, 5, 55)
        return (38, 17, 15, 30) if age >= 45 else (48, 5, 37, 10)


def participations(
    people: Sequence[Person], seed: str, *, by: Actor, share: float = INVOLVED
) -> Iterator[Participation]:
    """What about `share` of these people took part in over the last five quarters."""
    facts = toml_of("residents", "population.toml")["acts"]
    rng = random.Random(f"{seed} takes part")  # noqa: S311 -- invents, guards nothing
    columns = by.columns()
    today = day(0)
    for person in people:
        if person.status != Person.Status.CURRENT or rng.random() > share * _keen(person, today):
            continue
        for _ in range(rng.choices((1, 2, 4, 9), (45, 30, 17, 8))[0]):
            act = rng.choices(facts, [each["share"] for each in facts])[0]
            began = today - dt.timedelta(days=rng.randrange(3, 450))
            yield Participation(
                person_id=person.pk,
                kind=act["kind"],
                label=rng.choice(act["labels"]),
                began_on=began,
                minutes=None if act["kind"] == "MEMBER" else rng.choice((15, 30, 60, 90, 120)),
                channel=Channel.FACE if act["kind"] in {"MEETING", "MEMBER"} else Channel.WEB,
                place_id=person.place_id,
                unit_id=person.unit_id,
                customer_type_id=person.customer_type_id,
                tenure=person.home.tenure if person.home else "",
                recorded_at=ago((today - began).days),
                is_demo=True,
                **columns,
            )


def _keen(person: Person, today: dt.date) -> float:
    age = (today - person.born_on).days / 365.25 if person.born_on else 50
    keen = YOUNG if age < 35 else OLD if age >= 65 else 1.1
    owns = person.home is not None and person.home.tenure in {"LEASEHOLD", "SHARED"}
    return keen * (OWNS if owns else 1.0)


def _postcode(number: int) -> str:
    """One for every forty homes, of an area there is not."""
    street = number // 40
    inward = f"{street % 9 + 1}{'ABDEFGHJLN'[street // 9 % 10]}{'PQRSTUWXYZ'[street // 90 % 10]}"
    return f"ZZ{street // 900 % 90 + 1} {inward}"


def residencies(made: Invented) -> Iterator[Residency]:
    """Who lives where, once homes, tenancies and people have their keys."""
    for person, home, capacity, began, ended in made.lived:
        yield Residency(
            person_id=made.people[person].pk,
            home_id=made.homes[home].pk,
            tenancy_id=None if capacity == "HOUSEHOLD" else made.tenancies[home].pk,
            capacity=capacity,
            started_on=began,
            ended_on=ended,
        )
